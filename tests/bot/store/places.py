"""Places to keep conversations in, and the messages and work of these tests."""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import psycopg

from bot.messages import Inbound, Message, Operation, Typed
from bot.store.open import open_store
from bot.store.store import Outcome, Pending, Scope, Store, View
from dialogs.session import Answered, Session

DAY = date(2024, 3, 15)
NOW = 1_700_000_000.0
SCOPE = Scope(("test", "terminal"))
_peeks = itertools.count()
TABLES = ("conversations", "logs", "events", "inbox", "ready", "outbox", "tokens", "handovers", "handover_lines")


@dataclass
class Place:
    """A database of one kind, with whoever was opened on it."""

    address: str | Path
    opened: list[Store] = field(default_factory=list)

    @property
    def is_sqlite(self) -> bool:
        return isinstance(self.address, Path)

    def open(self) -> Store:
        """One more store on it, as another process would have."""
        store = open_store(self.address)
        self.opened.append(store)
        return store

    def close(self) -> None:
        for store in self.opened:
            store.close()
        self.opened.clear()

    def run(self, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """A statement past the store, committed."""
        if isinstance(self.address, Path):
            with closing(sqlite3.connect(self.address)) as db, db:
                return db.execute(sql, parameters).fetchall()
        with psycopg.connect(self.address) as connection:
            cursor = connection.execute(sql.replace("?", "%s"), parameters or None)
            return cursor.fetchall() if cursor.description else []

    def everything(self) -> str:
        """All rows of all tables."""
        return "\n".join(f"{table} {row}" for table in TABLES for row in self.run(f"SELECT * FROM {table}"))

    def empty(self) -> None:
        """Take all rows away."""
        for table in TABLES:
            self.run(f"DELETE FROM {table}")


def message(
    text: str = "好", conversation: str = "a", key: str | None = None, *, at: float = NOW, **more: Any
) -> Inbound:
    """Words somebody typed; the key is the text unless it is given."""
    content: Message = more.pop("message", None) or Typed(text=text)
    more = {"channel": "test", "address": f"chat-{conversation}", **more}
    return Inbound(
        dedupe_key=key or f"{conversation}/{text}", conversation=conversation, message=content, arrived=at, **more
    )


def said(pending: Pending) -> str:
    """The words of a message."""
    assert isinstance(pending.inbound.message, Typed)
    return pending.inbound.message.text


def begun(pending: Pending, **more: Any) -> Session:
    """The conversation's session, or its first."""
    first = Session(id=f"{pending.inbound.conversation}:{pending.runs + 1}", corpus_version="v", as_of=DAY, **more)
    return pending.session or first


def answered(text: str) -> Answered:
    return Answered(question=f"fact:{text}", facts={text: True}, said=text)


def say(text: str, *, anchor: bool = False) -> Operation:
    return Operation(kind="say", body={"text": text}, anchor=anchor)


def answer(pending: Pending, view: View) -> Outcome:
    """Take the words for an answer and say one thing."""
    text = said(pending)
    return Outcome(begun(pending).append(answered(text)), (say(f"记下：{text}"),))


def outcome(**fields: Any) -> Callable[[Pending, View], Outcome]:
    """As :func:`answer`, but with other fields."""

    def work(pending: Pending, view: View) -> Outcome:
        usual = answer(pending, view)
        values = {name: getattr(usual, name) for name in ("session", "operations")}
        return Outcome(**{**values, **fields})

    return work


def drain(store: Store, work: Callable[[Pending, View], Outcome] = answer) -> list[Inbound]:
    """Turn until nothing waits."""
    done = []
    while turned := store.turn(work, SCOPE, NOW):
        done.append(turned)
    return done


def deliver(store: Store, heard: list[str] | None = None) -> list[str]:
    """Send until nothing is due; what was said, in order, added to what was heard before."""
    heard = [] if heard is None else heard
    while claimed := store.claim(SCOPE, 100, NOW):
        for delivery in claimed:
            heard.append(delivery.operation.body["text"])
            store.sent(delivery, None)
    return heard


def peek(store: Store, conversation: str = "a") -> Pending:
    """What a turn would be given, once nothing waits any more; no log changes."""
    seen: list[Pending] = []

    def look(pending: Pending, view: View) -> Outcome:
        seen.append(pending)
        return Outcome(pending.session, ())

    store.receive([message("?", conversation, key=f"peek {next(_peeks)}")])
    while store.turn(look, SCOPE, NOW):
        pass
    return seen[-1]


def kept(store: Store, conversation: str = "a") -> list[str]:
    """What was answered in a conversation's current log."""
    session = peek(store, conversation).session
    return [event.said for event in session.events if isinstance(event, Answered)] if session else []
