"""Conversations on disk: an append-only log in SQLite, one row an event."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from pydantic import TypeAdapter
from sqlite_utils import Database
from sqlite_utils.db import NotFoundError

from dialogs.session import Event, Session

_EVENT: TypeAdapter[Event] = TypeAdapter(Event)


class SessionStore:
    """Sessions in one SQLite file; made on first use."""

    def __init__(self, path: Path) -> None:
        """Open (and if need be create) the file."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self._db = Database(path)
        self._db["sessions"].create(  # type: ignore[union-attr]
            {"id": str, "corpus_version": str, "as_of": str, "touched": int}, pk="id", if_not_exists=True
        )
        self._db["events"].create(  # type: ignore[union-attr]
            {"session": str, "position": int, "event": str}, pk=("session", "position"), if_not_exists=True
        )

    def save(self, session: Session) -> None:
        """Keep what is new of a session; events already kept are never changed."""
        kept = self._db["events"].count_where("session = ?", [session.id])
        with self._db.conn:
            row = {
                "corpus_version": session.corpus_version,
                "as_of": session.as_of.isoformat(),
                "touched": self._next(),
            }
            self._db["sessions"].upsert({"id": session.id, **row}, pk="id")  # type: ignore[union-attr]
            self._db["events"].insert_all(  # type: ignore[union-attr]
                {"session": session.id, "position": position, "event": event.model_dump_json()}
                for position, event in enumerate(session.events)
                if position >= kept
            )

    def load(self, session_id: str) -> Session | None:
        """A session with its whole log, or ``None`` when there is none of that id."""
        try:
            row = self._db["sessions"].get(session_id)  # type: ignore[union-attr]
        except NotFoundError:
            return None
        events = self._db["events"].rows_where("session = ?", [session_id], order_by="position")
        return Session(
            id=session_id,
            corpus_version=row["corpus_version"],
            as_of=date.fromisoformat(row["as_of"]),
            events=tuple(_EVENT.validate_python(json.loads(event["event"])) for event in events),
        )

    def latest(self) -> Session | None:
        """The session saved last, or ``None``."""
        row = next(self._db["sessions"].rows_where(order_by="touched desc", limit=1), None)
        return None if row is None else self.load(row["id"])

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def _next(self) -> int:
        """A counter rather than a clock: only the order of saving matters."""
        last = next(self._db.query("select coalesce(max(touched), 0) as last from sessions"))
        return int(last["last"]) + 1
