"""Conversations in PostgreSQL: for several processes that serve together.

Who works on a conversation holds its row in ``ready``; the others skip it. Isolation is READ COMMITTED: what must not
change meanwhile is locked. Nothing waits for ever: a server that is gone or silent is an error within seconds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any
from zlib import crc32

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg_pool import ConnectionPool

from bot.store import postgres_dump
from bot.store.database import Cursor, Rows
from bot.store.store import Sending, StoreError

_MIGRATIONS = Path(__file__).with_name("migrations")
_WAIT = 5.0  # seconds for a connection
_CONNECTIONS = 10  # of one process, at most
_LOCKS = 0x6871  # our advisory locks, so that another program's in the same database are not met
_DEFAULTS = {
    "connect_timeout": "3",
    "keepalives_idle": "5",
    "keepalives_interval": "2",
    "keepalives_count": "3",
    "tcp_user_timeout": "10000",
    "application_name": "huiqi",
}
_OPTIONS = (
    r"-c default_transaction_isolation=read\ committed -c statement_timeout=10s -c lock_timeout=5s"
    " -c idle_in_transaction_session_timeout=60s"
)

_BUSY = (
    psycopg.errors.LockNotAvailable,
    psycopg.errors.QueryCanceled,  # by its timeout
    psycopg.errors.DeadlockDetected,
    psycopg.errors.SerializationFailure,
)


class PostgresDatabase:
    """One database, by connections of a pool."""

    skip_locked = "FOR UPDATE OF ready SKIP LOCKED"

    def __init__(self, url: str) -> None:
        """Connect, and bring the tables up to date.

        Raises:
            StoreError: when the server does not answer, or the tables are of a newer version.
        """
        try:
            given = conninfo_to_dict(url)
        except psycopg.Error as error:
            raise StoreError("数据库地址写法不对，应该像 postgresql://用户@主机/库名。") from error
        options = f"{_OPTIONS} {given.pop('options', None) or ''}".strip()
        self._conninfo = make_conninfo(
            url, **{key: _DEFAULTS[key] for key in _DEFAULTS.keys() - given}, options=options
        )
        self._place = f"{given.get('host') or '本机'}/{given.get('dbname') or ''}"  # never the password
        self._pool = ConnectionPool(
            self._conninfo,
            min_size=1,
            max_size=_CONNECTIONS,
            timeout=_WAIT,
            reconnect_timeout=_WAIT,
            check=ConnectionPool.check_connection,
            open=False,
        )
        self._migrate()
        self._pool.open()

    def _migrate(self) -> None:
        """Apply what is new, one process at a time."""
        files = {file.stem: file for file in _MIGRATIONS.glob("*.sql")}
        with self._reported(), psycopg.connect(self._conninfo) as connection:  # not the pool's: it would try for long
            rows = _Statements(connection)
            rows.execute("SELECT pg_advisory_xact_lock(?, 0)", (_LOCKS,))
            rows.execute(
                "CREATE TABLE IF NOT EXISTS huiqi_migrations"
                " (name text PRIMARY KEY, applied timestamptz NOT NULL DEFAULT now())"
            )
            applied = {row[0] for row in rows.execute("SELECT name FROM huiqi_migrations").fetchall()}
            if applied - set(files):
                raise StoreError(f"数据库 {self._place} 是更新的版本写的。请先升级 huiqi 再打开。")
            for name in sorted(set(files) - applied):
                rows.execute("SET LOCAL statement_timeout = 0")
                rows.execute(files[name].read_text(encoding="utf-8"))
                rows.execute("INSERT INTO huiqi_migrations (name) VALUES (?)", (name,))

    @contextmanager
    def writing(self) -> Iterator[Rows]:
        """A transaction on a connection of its own."""
        with self._reported(), self._pool.connection() as connection:
            yield _Statements(connection)

    @contextmanager
    def reading(self) -> Iterator[Rows]:
        """A transaction that sees one state."""
        with self.writing() as rows:
            rows.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield rows

    @contextmanager
    def sending(self, name: str) -> Iterator[Sending]:
        """Held by an advisory lock of a connection of its own; the server frees it when the connection ends."""
        with self._reported():
            connection = psycopg.connect(self._conninfo, autocommit=True)
        with closing(connection):
            with self._reported():
                key = crc32(name.encode()) - 2**31
                row = connection.execute("SELECT pg_try_advisory_lock(%s, %s)", (_LOCKS, key)).fetchone()
            if not row or not row[0]:
                yield False
                return
            try:
                yield _Lock(connection)
            finally:
                # Given back in words: the server notices a closed connection only some time later.
                with suppress(psycopg.Error):
                    connection.execute("SELECT pg_advisory_unlock(%s, %s)", (_LOCKS, key))

    def scrub(self) -> None:
        """The server's own vacuum frees what was erased."""

    def backup(self, target: Path) -> None:
        """Write a dump in PostgreSQL's own format, to be read by ``pg_restore``."""
        postgres_dump.dump(self._conninfo, target)

    def close(self) -> None:
        """Close all connections."""
        self._pool.close()

    @contextmanager
    def _reported(self) -> Iterator[None]:
        """Say in plain words what failed; without what the server says of values, which may be personal."""
        try:
            yield
        except psycopg.errors.DiskFull as error:
            raise StoreError(f"数据库 {self._place} 写不下：磁盘满了，腾出地方再试。") from error
        except _BUSY as error:
            raise StoreError(f"数据库 {self._place} 正忙，稍后再试。") from error
        except (psycopg.OperationalError, psycopg.InterfaceError) as error:
            raise StoreError(
                f"数据库 {self._place} 连不上或没有回应：请检查它是否在运行、地址和密码对不对，稍后再试。"
            ) from error
        except psycopg.Error as error:
            raise StoreError(f"数据库 {self._place} 出错：{error.diag.message_primary or error}") from error


class _Statements:
    """A connection that takes ``?`` for a value, as SQLite does."""

    def __init__(self, connection: psycopg.Connection[tuple[Any, ...]]) -> None:
        self._connection = connection

    def execute(self, sql: str, parameters: Sequence[Any] = (), /) -> Cursor:
        return self._connection.execute(_translated(sql), parameters or None)


class _Lock:
    """The right to send: as long as its connection lives."""

    def __init__(self, connection: psycopg.Connection[tuple[Any, ...]]) -> None:
        self._connection = connection

    def __bool__(self) -> bool:
        """Asks the server; once lost it stays lost."""
        try:
            self._connection.execute("SELECT 1")
        except psycopg.Error:
            self._connection.close()
            return False
        return True


@cache  # a few dozen statements
def _translated(sql: str) -> Any:  # psycopg wants literals only; ours are, but for the migrations
    return sql.replace("?", "%s")
