"""The questions the documents do not answer, for staff: one row a question, without personal data."""

from __future__ import annotations

from dataclasses import dataclass

from bot.store.database import Database, Rows
from bot.store.store import Gap


@dataclass(frozen=True, slots=True)
class KeptGap:
    """A question, how it ended, how often it was asked, on which days (ISO); ``settled``: the day staff dealt with it."""

    question: str
    outcome: str
    times: int
    first: str
    last: str
    settled: str | None


class Gaps:
    """The list in a database. Every method raises :class:`bot.store.errors.StoreError` when the database fails."""

    def __init__(self, database: Database) -> None:
        """Use a database whose tables are there."""
        self._database = database

    def listed(self, *, settled: bool = True) -> list[KeptGap]:
        """All questions, the most frequent first; without ``settled`` only those nobody has dealt with."""
        where = "" if settled else " WHERE settled IS NULL"
        with self._database.reading() as rows:
            found = rows.execute(
                f"SELECT question, outcome, times, first, last, settled FROM gaps{where}"  # noqa: S608 - ours
                " ORDER BY times DESC, last DESC, question"
            ).fetchall()
            return [KeptGap(*row) for row in found]

    def settle(self, question: str, day: str) -> bool:
        """Mark a question as dealt with; false when it is not on the list. Asked again later, it is open again."""
        with self._database.writing() as rows:
            return rows.execute("UPDATE gaps SET settled = ? WHERE question = ?", (day, question)).rowcount == 1


def note(rows: Rows, gap: Gap, day: str) -> None:
    """Count a question."""
    rows.execute(
        "INSERT INTO gaps (question, outcome, times, first, last) VALUES (?, ?, 1, ?, ?)"
        " ON CONFLICT (question) DO UPDATE SET outcome = excluded.outcome, times = gaps.times + 1,"
        " last = excluded.last, settled = NULL",
        (gap.question, gap.outcome, day, day),
    )
