"""What the two databases have in common, so that everything that stands in tables is written once."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol

from bot.store.store import Scope, Sending


class Cursor(Protocol):
    """What a statement gave."""

    @property
    def rowcount(self) -> int:
        """How many rows were changed."""

    def fetchone(self) -> Any:
        """The next row as a tuple, or ``None``."""

    def fetchall(self) -> list[Any]:
        """All rows left, as tuples."""


class Rows(Protocol):
    """A transaction under way. Statements are written in the words both databases know, with ``?`` for a value."""

    def execute(self, sql: str, parameters: Sequence[Any] = (), /) -> Cursor:
        """Run one statement."""


class Database(Protocol):
    """A database with the tables of the store. Whatever fails in it is raised as :class:`StoreError`."""

    skip_locked: str
    """What a query of ``ready`` ends with to take a row that nobody else works on, until the transaction ends."""

    def writing(self) -> AbstractContextManager[Rows]:
        """One transaction: committed at the end, rolled back whole when anything is raised."""

    def reading(self) -> AbstractContextManager[Rows]:
        """One transaction that changes nothing and waits for no writer."""

    def sending(self, name: str) -> AbstractContextManager[Sending]:
        """Whether this process, and no other, holds a name; the operating system or server frees a dead one's."""

    def scrub(self) -> None:
        """See that what was erased does not linger in files, as far as the database can."""

    def backup(self, target: Path) -> None:
        """Write a consistent copy while everything goes on."""

    def close(self) -> None:
        """Release files and connections."""


def scoped(scope: Scope, channel: str, conversation: str) -> tuple[str, tuple[str, ...]]:
    """What a query says to see only a scope, and its values; ``channel`` and ``conversation`` are columns."""
    where = f"{channel} IN ({', '.join('?' * len(scope.channels))})" if scope.channels else "1 = 0"
    if scope.conversation is None:
        return where, scope.channels
    return f"{where} AND {conversation} = ?", (*scope.channels, scope.conversation)
