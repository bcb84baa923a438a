"""What is counted for staff: by day, without a word of who said what.

A turn adds rows to ``tallies``: nobody waits for anybody else's, as they would for a counter that all of them raise. Now
and then they are folded into ``counts``, one row for a day, a thing and a key.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bot.store import gaps
from bot.store.database import Database, Rows
from bot.store.store import Noted

_BATCH = 20_000  # rows folded in one transaction, so that turns need not wait long


@dataclass(frozen=True, slots=True)
class Count:
    """How often something happened on a day (ISO): ``what`` as in :class:`bot.store.store.Noted`."""

    day: str
    what: str
    key: str
    times: int


class Figures:
    """The counts in a database. Every method raises :class:`bot.store.errors.StoreError` when the database fails."""

    def __init__(self, database: Database) -> None:
        """Use a database whose tables are there."""
        self._database = database

    def add(self, noted: Noted) -> None:
        """Count what happened outside of conversations."""
        with self._database.writing() as rows:
            count(rows, noted)

    def fold(self) -> None:
        """Add up the rows turns have left."""
        while True:
            with self._database.writing() as rows:
                if _fold(rows) < _BATCH:
                    return

    def counts(self, first: str, last: str) -> list[Count]:
        """Everything counted from one day to another, both included, by day, thing and key."""
        self.fold()
        with self._database.reading() as rows:
            found = rows.execute(
                "SELECT day, what, key, times FROM counts WHERE day BETWEEN ? AND ? ORDER BY day, what, key",
                (first, last),
            ).fetchall()
            return [Count(*row) for row in found]

    def left_at(self, before: float) -> dict[str, int]:
        """Question → in how many conversations it is the one open, nobody having written since (epoch seconds)."""
        with self._database.reading() as rows:
            found = rows.execute(
                "SELECT question, count(*) FROM conversations"
                " WHERE question IS NOT NULL AND question <> '' AND touched < ? GROUP BY question",
                (before,),
            ).fetchall()
            return dict(found)


def count(rows: Rows, noted: Noted) -> None:
    """Count what a turn brought, in its transaction."""
    if noted.counted:
        marks = ", ".join(["(?, ?, ?)"] * len(noted.counted))
        values = [value for what, key in noted.counted for value in (noted.day, what, key)]
        rows.execute(f"INSERT INTO tallies (day, what, key) VALUES {marks}", values)  # noqa: S608 - question marks only
    for gap in noted.gaps:
        gaps.note(rows, gap, noted.day)


def _fold(rows: Rows) -> int:
    """What is taken away is what is counted: rows that come in meanwhile stay for the next time."""
    taken = rows.execute(
        "DELETE FROM tallies WHERE id IN (SELECT id FROM tallies ORDER BY id LIMIT ?) RETURNING day, what, key",
        (_BATCH,),
    ).fetchall()
    _raise(rows, taken)
    return len(taken)


def _raise(rows: Rows, taken: Sequence[tuple[str, str, str]]) -> None:
    for (day, what, key), times in sorted(Counter(tuple(row) for row in taken).items()):  # one order: no deadlock
        rows.execute(
            "INSERT INTO counts (day, what, key, times) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (day, what, key) DO UPDATE SET times = counts.times + excluded.times",
            (day, what, key, times),
        )
