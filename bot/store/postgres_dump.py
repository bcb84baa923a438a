"""A copy of a PostgreSQL database, by PostgreSQL's own program."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict, make_conninfo

from bot.store.store import StoreError


def dump(conninfo: str, target: Path) -> None:
    """Write a consistent dump (custom format) beside the target, then put it in its place.

    Raises:
        StoreError: when there is no ``pg_dump``, or it fails.
    """
    program = shutil.which("pg_dump")
    if program is None:
        raise StoreError(
            "这台机器上没有 pg_dump，备份不了。请装上 PostgreSQL 的客户端程序（Debian：postgresql-client）。"
        )
    given = {key: str(value) for key, value in conninfo_to_dict(conninfo).items() if value is not None}
    password = given.pop("password", "")
    given.pop("options", None)  # with our timeouts: a dump takes its time
    part = target.with_name(target.name + ".part")
    try:
        ended = subprocess.run(  # noqa: S603 - no shell, and the address comes from the settings
            [program, "--format=custom", f"--file={part}", f"--dbname={make_conninfo(**given)}"],
            env={
                **os.environ,
                **({"PGPASSWORD": password} if password else {}),
            },  # not on the command line, for all to see
            capture_output=True,
            check=False,
        )
        if ended.returncode:
            said = ended.stderr.decode(errors="replace").strip().splitlines()
            raise StoreError(f"备份没有写成：{said[-1] if said else 'pg_dump 没有说明原因'}")
        part.replace(target)
    except OSError as error:
        raise StoreError(f"备份写不到 {target}：请检查这个文件夹能不能写、磁盘满没满。") from error
    finally:
        part.unlink(missing_ok=True)
