"""What the two databases have in common, so that everything that stands in tables is written once."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol

from bot.store.store import Sending


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

    first_ready: str
    """The conversation that has waited longest and that nobody else works on; it is ours until the transaction ends."""

    def writing(self) -> AbstractContextManager[Rows]:
        """One transaction: committed at the end, rolled back whole when anything is raised."""

    def reading(self) -> AbstractContextManager[Rows]:
        """One transaction that changes nothing and waits for no writer."""

    def sending(self, bot: str) -> AbstractContextManager[Sending]:
        """Whether this process, and no other, may send for a bot; the operating system or server ends a dead one's turn."""

    def scrub(self) -> None:
        """See that what was erased does not linger in files, as far as the database can."""

    def backup(self, target: Path) -> None:
        """Write a consistent copy while everything goes on."""

    def close(self) -> None:
        """Release files and connections."""
