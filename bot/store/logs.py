"""Logs of conversations: reading them from their rows, and a bounded memory of those read lately.

Under one number a log only ever grows, and a number is never given twice; so number and length name its content, and
what is remembered cannot be stale.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from threading import Lock

from pydantic import TypeAdapter

from bot.store.database import Rows
from dialogs.session import Answered, Event, Session

_EVENT: TypeAdapter[Event] = TypeAdapter(Event)
_REMEMBERED = 1000  # logs; some 30 KB each


class BrokenLogError(Exception):
    """A log is not what was written."""


@dataclass(frozen=True, slots=True)
class Log:
    """One log: its number, what it says, and which message gave which answer (message id → question)."""

    number: int
    session: Session
    refs: Mapping[str, str]


class Memory:
    """The logs used last, for this process; shared by its threads."""

    def __init__(self, size: int = _REMEMBERED) -> None:
        """Nothing is remembered yet."""
        self._size, self._lock = size, Lock()
        self._logs: OrderedDict[int, Log] = OrderedDict()

    def get(self, number: int, length: int) -> Log | None:
        """The log of that number, if it is remembered at exactly that length."""
        with self._lock:
            log = self._logs.get(number)
            if log is None or log.session.revision != length:
                return None
            self._logs.move_to_end(number)
            return log

    def put(self, log: Log) -> None:
        """Remember a log that is committed."""
        with self._lock:
            self._logs[log.number] = log
            self._logs.move_to_end(log.number)
            if len(self._logs) > self._size:
                self._logs.popitem(last=False)


def read(rows: Rows, number: int, length: int, memory: Memory) -> Log:
    """A log at a length.

    Raises:
        BrokenLogError: when its rows are not what was written.
    """
    if log := memory.get(number, length):
        return log
    head = rows.execute("SELECT session, corpus_version, as_of FROM logs WHERE id = ?", (number,)).fetchone()
    kept = rows.execute(
        "SELECT event, ref FROM events WHERE log = ? AND position < ? ORDER BY position", (number, length)
    ).fetchall()
    if head is None or len(kept) != length:
        raise BrokenLogError(number)
    try:
        events = tuple(_EVENT.validate_json(event) for event, _ in kept)
        session = Session(id=head[0], corpus_version=head[1], as_of=date.fromisoformat(head[2]), events=events)
    except (ValueError, TypeError) as error:
        raise BrokenLogError(number) from error
    refs = {
        ref: event.question for event, (_, ref) in zip(events, kept, strict=True) if ref and isinstance(event, Answered)
    }
    log = Log(number, session, refs)
    memory.put(log)
    return log


def begin(rows: Rows, conversation: str, run: int, session: Session, made: float) -> Log:
    """A new, empty log for a session, the ``run``-th of its conversation."""
    number = rows.execute(
        "INSERT INTO logs (conversation, run, session, corpus_version, as_of, made) VALUES (?, ?, ?, ?, ?, ?)"
        " RETURNING id",
        (conversation, run, session.id, session.corpus_version, session.as_of.isoformat(), made),
    ).fetchone()[0]
    return Log(number, session.model_copy(update={"events": ()}), {})


def cut(rows: Rows, log: Log) -> Log:
    """A log read at a length, without what follows; it gets a new number, so that nothing remembered of it is stale."""
    number = rows.execute(
        "INSERT INTO logs (conversation, run, session, corpus_version, as_of, made)"
        " SELECT conversation, -run, session, corpus_version, as_of, made FROM logs WHERE id = ? RETURNING id",
        (log.number,),
    ).fetchone()[0]
    rows.execute("UPDATE events SET log = ? WHERE log = ? AND position < ?", (number, log.number, log.session.revision))
    drop(rows, log.number)
    rows.execute("UPDATE logs SET run = -run WHERE id = ?", (number,))  # two logs never have the same
    return Log(number, log.session, log.refs)


def drop(rows: Rows, number: int) -> None:
    """Take a log away."""
    rows.execute("DELETE FROM events WHERE log = ?", (number,))
    rows.execute("DELETE FROM logs WHERE id = ?", (number,))


def extend(rows: Rows, log: Log, session: Session, ref: str | None, made: float) -> Log:
    """The log with the events of a session that go beyond it, marked with the message they came from.

    Raises:
        ValueError: when the session is not the log with something added: a log is never changed.
    """
    kept = log.session.revision
    if session.events[:kept] != log.session.events or session.revision < kept:
        raise ValueError("a session changed what was already in its log")
    refs = dict(log.refs)
    for position, event in enumerate(session.events[kept:], start=kept):
        rows.execute(
            "INSERT INTO events (log, position, event, ref, made) VALUES (?, ?, ?, ?, ?)",
            (log.number, position, event.model_dump_json(), ref, made),
        )
        if ref and isinstance(event, Answered):
            refs[ref] = event.question
    return Log(log.number, session, refs)
