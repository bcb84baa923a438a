"""Conversations in one SQLite file: what a single process needs, with nothing to install.

One connection, guarded by a lock: SQLite lets one write at a time anyway, and a lock hands over at once where a second
connection would have to ask again and again. Everything is on disk when a transaction ends (WAL, synchronous=FULL).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import RLock
from urllib.parse import quote

from bot.store.database import Rows
from bot.store.store import StoreError

SCHEMA = 6  # how many migrations of sqlite_schema.py a file of this version has
_OURS = 0x48515F31  # application_id, "HQ_1"
_OLD_TABLES = {"sessions", "events"}  # of a file from before there was an application_id
_WAIT = 5.0  # seconds for another process to finish writing
_SETTINGS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA wal_autocheckpoint = 4000",  # pages: rarer than usual, since each waits for the disk twice more
    "PRAGMA secure_delete = ON",  # what is erased is overwritten
)


class SqliteDatabase:
    """One file; made with its folder on first use."""

    skip_locked = ""  # there is one writer

    def __init__(self, path: Path) -> None:
        """Open (and if need be create or bring up to date) the file.

        Raises:
            StoreError: when it cannot be opened, or is not a file of ours.
        """
        self._path, self._lock = path, RLock()
        with _reported(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(path, timeout=_WAIT, isolation_level=None, check_same_thread=False)
        try:
            with _reported(path):
                self._prepare()
        except BaseException:
            self._db.close()
            raise

    def _prepare(self) -> None:
        if self._pragma("user_version") != SCHEMA or self._pragma("application_id") != _OURS:
            self._check()
        for setting in _SETTINGS:
            self._db.execute(setting)
        if self._pragma("user_version") != SCHEMA:
            self._migrate()

    def _check(self) -> None:
        """See that the file is new, ours, or a conversation log from before files were marked."""
        with self._transaction("BEGIN"):  # one moment of the file, which another process may just be making
            tables = {row[0] for row in self._db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            mark, version = self._pragma("application_id"), self._pragma("user_version")
        if mark == _OURS and version > SCHEMA:
            raise StoreError(f"对话记录 {self._path} 是更新的版本写的。请先升级 huiqi 再打开。")
        if mark != _OURS and (mark or version or tables not in (set(), _OLD_TABLES)):
            raise StoreError(_not_ours(self._path))

    def _migrate(self) -> None:
        from sqlite_utils import Database  # noqa: PLC0415 - takes a tenth of a second, needed once a version

        from bot.store.sqlite_schema import migrations  # noqa: PLC0415

        with self._transaction("BEGIN IMMEDIATE"):  # of two processes that start at once, one waits and finds it done
            migrations.apply(Database(self._db))
            self._db.execute(f"PRAGMA user_version = {SCHEMA}")
            self._db.execute(f"PRAGMA application_id = {_OURS}")

    def _pragma(self, name: str) -> int:
        return int(self._db.execute(f"PRAGMA {name}").fetchone()[0])

    @contextmanager
    def writing(self) -> Iterator[Rows]:
        """A transaction that is the only writer from its beginning."""
        with self._lock, _reported(self._path), self._transaction("BEGIN IMMEDIATE") as rows:
            yield rows

    @contextmanager
    def reading(self) -> Iterator[Rows]:
        """A transaction that sees one state."""
        with self._lock, _reported(self._path), self._transaction("BEGIN") as rows:
            yield rows

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[sqlite3.Connection]:
        self._db.execute(begin)
        try:
            yield self._db
            self._db.execute("COMMIT")
        except BaseException:
            if self._db.in_transaction:  # a full disk may have ended it already
                self._db.execute("ROLLBACK")
            raise

    @contextmanager
    def sending(self, name: str) -> Iterator[bool]:
        """Held by a locked file beside the database, which the system frees when the process ends, however it ends."""
        path = self._path.with_name(f"{self._path.name}-sender-{quote(name, safe='')}")
        with _reported(path):
            path.touch()
            before = path.stat().st_ino
            lock = sqlite3.connect(path, timeout=0, isolation_level=None, check_same_thread=False)
        with closing(lock):
            ours = _locked(lock, path) and _is(path, before)
            try:
                yield ours
            finally:
                if ours:  # away with it: conversations at a terminal have one each
                    path.unlink(missing_ok=True)

    def scrub(self) -> None:
        """Empty the write-ahead log, which still holds what was erased; another reader may put that off."""
        with self._lock, _reported(self._path):
            self._db.execute("PRAGMA busy_timeout = 0")
            try:
                self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            finally:
                self._db.execute(f"PRAGMA busy_timeout = {int(_WAIT * 1000)}")

    def backup(self, target: Path) -> None:
        """Copy what is there now beside the target, then put it in its place."""
        if target.exists() and target.samefile(self._path):
            raise StoreError("备份不能写到对话记录自己身上，请换一个文件名。")
        part = target.with_name(target.name + ".part")
        try:
            with _reported(target), closing(sqlite3.connect(self._path, timeout=_WAIT)) as source:
                part.unlink(missing_ok=True)
                with closing(sqlite3.connect(part, isolation_level=None)) as copy:
                    source.backup(copy)  # in one step: writers go on meanwhile and do not make it begin again
                    copy.execute("PRAGMA journal_mode = DELETE")  # one file, nothing beside it
                part.replace(target)
        finally:
            part.unlink(missing_ok=True)

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._db.close()


def _locked(lock: sqlite3.Connection, path: Path) -> bool:
    with _reported(path):
        try:
            lock.execute("PRAGMA journal_mode = OFF")  # nothing is written
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise
            return False
        return True


def _is(path: Path, inode: int) -> bool:
    """Whether a path still leads to the same file: one just given up is taken away, and a lock of it is worth nothing."""
    try:
        return path.stat().st_ino == inode
    except FileNotFoundError:
        return False


@contextmanager
def _reported(path: Path) -> Iterator[None]:
    """Name the file and the remedy where SQLite only names the fault."""
    try:
        yield
    except sqlite3.Error as error:
        raise StoreError(_explained(error, path)) from error
    except OSError as error:
        raise StoreError(f"{path} 用不了：请检查这个文件夹能不能写、磁盘满没满。") from error


def _explained(error: sqlite3.Error, path: Path) -> str:
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF  # without the extended part
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return f"对话记录 {path} 用不了：另一个程序正在写它，稍后再试。"
    if code == sqlite3.SQLITE_FULL:
        return f"对话记录 {path} 写不下：磁盘满了，腾出地方再试。"
    if code in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
        return _not_ours(path)
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_IOERR):
        return f"对话记录 {path} 用不了：请检查这个文件夹能不能写、磁盘满没满。"
    return f"对话记录 {path} 用不了（{error}）。请检查这个文件夹能不能写、磁盘满没满。"


def _not_ours(path: Path) -> str:
    return f"对话记录 {path} 坏了，或者不是惠企的文件。把它移到别处，会重新建一个。"
