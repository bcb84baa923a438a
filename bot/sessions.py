"""Conversations on disk: an append-only log in SQLite, one row an event."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from pydantic import TypeAdapter
from sqlite_utils import Database
from sqlite_utils.db import NotFoundError

from dialogs.session import Event, Session

_EVENT: TypeAdapter[Event] = TypeAdapter(Event)
_WAIT = 5.0  # seconds for another process to finish writing


class StoreError(Exception):
    """Conversations cannot be kept or read; the message (Chinese) names the file and says what to do."""


class SessionStore:
    """Sessions in one SQLite file; made on first use."""

    def __init__(self, path: Path) -> None:
        """Open (and if need be create) the file.

        Raises:
            StoreError: when it cannot be opened or is no such file.
        """
        self._path = path
        with self._reported():
            path.parent.mkdir(parents=True, exist_ok=True)
            self._db = Database(sqlite3.connect(path, timeout=_WAIT))
            self._db["sessions"].create(  # type: ignore[union-attr]
                {"id": str, "corpus_version": str, "as_of": str, "touched": int}, pk="id", if_not_exists=True
            )
            self._db["events"].create(  # type: ignore[union-attr]
                {"session": str, "position": int, "event": str}, pk=("session", "position"), if_not_exists=True
            )

    def save(self, session: Session) -> None:
        """Keep what is new of a session; events already kept are never changed.

        Raises:
            StoreError: when the file cannot be written, or the conversation went on elsewhere in the meantime.
        """
        rows = [
            {"session": session.id, "position": position, "event": event.model_dump_json()}
            for position, event in enumerate(session.events)
        ]
        with self._reported(), self._db.conn:  # commits at the end, or rolls everything back
            self._db.conn.execute("BEGIN IMMEDIATE")
            kept = [row["event"] for row in self._rows(session.id)]
            if kept != [row["event"] for row in rows[: len(kept)]]:
                raise StoreError(
                    "这次对话在别的窗口里又答了，这里的回答没有保存。用 huiqi chat --resume 接着那边的来。"
                )
            self._db["sessions"].upsert(  # type: ignore[union-attr]
                {
                    "id": session.id,
                    "corpus_version": session.corpus_version,
                    "as_of": session.as_of.isoformat(),
                    "touched": self._next(),
                },
                pk="id",
            )
            self._db["events"].insert_all(rows[len(kept) :])  # type: ignore[union-attr]

    def load(self, session_id: str) -> Session | None:
        """A session with its whole log, or ``None`` when there is none of that id.

        Raises:
            StoreError: when the file cannot be read, or a row of the session is not what was written.
        """
        with self._reported():
            try:
                row = self._db["sessions"].get(session_id)  # type: ignore[union-attr]
            except NotFoundError:
                return None
            try:
                return Session(
                    id=session_id,
                    corpus_version=row["corpus_version"],
                    as_of=date.fromisoformat(row["as_of"]),
                    events=tuple(_EVENT.validate_json(kept["event"]) for kept in self._rows(session_id)),
                )
            except (ValueError, TypeError) as error:
                raise StoreError(
                    f"上次的对话记录坏了，读不出来（{self._path}）。不带 --resume 可以从头开始。"
                ) from error

    def latest(self) -> Session | None:
        """The session saved last, or ``None``.

        Raises:
            StoreError: as :meth:`load`.
        """
        with self._reported():
            rows = list(self._db["sessions"].rows_where(order_by="touched desc", limit=1))
        return self.load(rows[0]["id"]) if rows else None

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def _rows(self, session_id: str) -> list[dict[str, str]]:
        return list(self._db["events"].rows_where("session = ?", [session_id], order_by="position"))

    def _next(self) -> int:
        """A counter rather than a clock: only the order of saving matters."""
        last = next(self._db.query("select coalesce(max(touched), 0) as last from sessions"))
        return int(last["last"]) + 1

    @contextmanager
    def _reported(self) -> Iterator[None]:
        """Name the file and the remedy where SQLite only names the fault."""
        try:
            yield
        except sqlite3.OperationalError as error:
            busy = "locked" in str(error)
            mend = "另一个程序正在写它，稍后再试" if busy else "请检查这个文件夹能不能写、磁盘满没满"
            raise StoreError(f"对话记录 {self._path} 用不了：{mend}。") from error
        except sqlite3.DatabaseError as error:
            raise StoreError(f"对话记录 {self._path} 坏了，或者不是惠企的文件。把它移到别处，会重新建一个。") from error
