"""A PostgreSQL server for tests: the one ``HUIQI_TEST_POSTGRES`` names, or one started here in a temporary folder.

Debian's binaries are looked for where Debian puts them. As root the server runs as ``postgres``, since it refuses root.
"""

from __future__ import annotations

import itertools
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

GIVEN = "HUIQI_TEST_POSTGRES"
REQUIRED = "HUIQI_CI_REQUIRES_POSTGRES"
_FAST = "-c fsync=off -c full_page_writes=off -c max_connections=60 -c listen_addresses=''"
_numbers = itertools.count(1)


@dataclass
class Server:
    """A server, and new databases on it. ``data``: its folder, when it was started here."""

    url: str
    data: Path | None = None
    _binaries: Path | None = None
    _user: str | None = field(default=None)

    def database(self) -> str:
        """The address of a new, empty database."""
        name = f"huiqi_test_{os.getpid()}_{next(_numbers)}"
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return self._with(name)

    def drop(self, url: str) -> None:
        """Take a database away, whoever is still connected."""
        name = psycopg.conninfo.conninfo_to_dict(url)["dbname"]
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def start(self) -> None:
        """Start the server and wait until it answers."""
        assert self.data is not None
        self._run(
            "pg_ctl",
            "-D",
            self.data,
            "-w",
            "-t",
            "60",
            "-l",
            self.data / "log",
            "-o",
            f"-k {self.data} {_FAST}",
            "start",
        )

    def stop(self) -> None:
        """Stop the server; connections are cut."""
        self._run("pg_ctl", "-D", self.data, "-w", "-m", "immediate", "stop")

    def _run(self, program: str, *arguments: object) -> None:
        assert self._binaries is not None
        subprocess.run(
            [self._binaries / program, *map(str, arguments)],
            user=self._user,
            check=True,
            stdout=subprocess.DEVNULL,  # a server that inherits a pipe keeps it open
            stderr=subprocess.DEVNULL,
            cwd="/",
            timeout=120,
        )

    def _with(self, name: str) -> str:
        parts = psycopg.conninfo.conninfo_to_dict(self.url) | {"dbname": name}
        user = f"{parts['user']}@" if "user" in parts else ""
        return f"postgresql://{user}/{name}?host={parts['host']}" if self.data else make_url(parts)


def make_url(parts: Mapping[str, object]) -> str:
    """An address out of its parts."""
    secret = f":{parts['password']}" if "password" in parts else ""
    return f"postgresql://{parts.get('user', '')}{secret}@{parts.get('host', '')}:{parts.get('port', 5432)}/{parts['dbname']}"


def missing(why: str) -> None:
    """Skip, or fail where the tests must not be skipped."""
    if os.environ.get(REQUIRED) == "1":
        pytest.fail(f"{REQUIRED}=1, but {why}")
    pytest.skip(why)


@contextmanager
def running() -> Iterator[Server]:
    """A server of its own, for tests that stop it; skips when no binaries are found."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"), key=lambda path: int(path.parts[-3]))
    located = shutil.which("pg_ctl")
    if not found and located is None:
        missing("no PostgreSQL server: install Debian's postgresql, or set " + GIVEN)
    binaries = found[-1].parent if found else Path(located or "").parent
    user = "postgres" if os.geteuid() == 0 else None
    if user and user not in {entry.pw_name for entry in pwd.getpwall()}:
        missing("running as root, and there is no user postgres to run a server as")
    folder = Path(tempfile.mkdtemp(prefix="huiqi-pg-"))  # short: the socket's path is limited
    try:
        if user:
            shutil.chown(folder, user)
        owner = user or pwd.getpwuid(os.getuid()).pw_name
        data = folder / "data"
        server = Server(make_conninfo(host=str(data), user=owner, dbname="postgres"), data, binaries, user)
        server._run("initdb", "-D", data, "-U", owner, "-A", "trust", "-N", "-E", "UTF8", "--locale=C")
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """One server for all tests."""
    if given := os.environ.get(GIVEN):
        yield Server(given)
        return
    with running() as server:
        yield server
