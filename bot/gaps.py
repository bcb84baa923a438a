"""The questions the documents do not answer, kept for staff without personal data: one row a question, in SQLite."""

from __future__ import annotations

import csv
import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from datetime import date
from pathlib import Path
from typing import TextIO

from sqlite_utils import Database
from sqlite_utils.db import Table

from bot.store.errors import StoreError

_KEPT = ("near_miss", "not_covered")
_LONGEST = 200  # characters kept of a question
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")
_NUMBER = re.compile(r"\d(?:[ -]?\d){4,}")
_NAMED = re.compile(r"((?:我叫|我是|姓名|联系人|名字是|名字叫)[：: ]?)[\u4e00-\u9fff]{2,4}")
_WAIT = 5.0  # seconds for another process to finish writing


@dataclass(frozen=True, slots=True)
class Gap:
    """A question, how it ended, how often it was asked, and the first and last day of it."""

    question: str
    outcome: str
    times: int
    first: str
    last: str


class GapLog:
    """The log in one SQLite file, made on first use."""

    def __init__(self, path: Path) -> None:
        """Take the file; nothing is opened yet."""
        self._path = path

    def keep(self, question: str, outcome: str, day: date) -> None:
        """Count a question that was not answered; others are not kept.

        Raises:
            StoreError: when the file cannot be written.
        """
        if outcome not in _KEPT:
            return
        with self._table() as table:
            table.db.execute(
                "insert into gaps (question, outcome, times, first, last) values (?, ?, 1, ?, ?)"
                " on conflict (question) do update set"
                " outcome = excluded.outcome, times = times + 1, last = excluded.last",
                (without_personal_data(question), outcome, day.isoformat(), day.isoformat()),
            )

    def rows(self) -> list[Gap]:
        """All questions, the most frequent first.

        Raises:
            StoreError: when the file cannot be read.
        """
        with self._table() as table:
            return [Gap(**row) for row in table.rows_where(order_by="times desc, last desc, question")]

    def write_csv(self, out: TextIO) -> None:
        """Write all questions as CSV with a heading.

        Raises:
            StoreError: when the log cannot be read.
        """
        writer = csv.DictWriter(out, [field.name for field in fields(Gap)])
        writer.writeheader()
        writer.writerows({**asdict(gap), "question": _as_text(gap.question)} for gap in self.rows())

    @contextmanager
    def _table(self) -> Iterator[Table]:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            database = Database(sqlite3.connect(self._path, timeout=_WAIT))
            try:
                with database.conn:
                    yield database.table("gaps").create(
                        {"question": str, "outcome": str, "times": int, "first": str, "last": str},
                        pk="question",
                        if_not_exists=True,
                    )
            finally:
                database.close()
        except sqlite3.Error as error:
            raise StoreError(
                f"答不上的问题记不进 {self._path}：请检查这个文件能不能写、磁盘满没满；坏了就移到别处，会重新建一个。"
            ) from error


def without_personal_data(question: str) -> str:
    """A question with mail addresses, numbers of five digits and more, and names after 我叫 and the like blotted out."""
    text = _MAIL.sub("〔邮箱〕", " ".join(question.split()))
    text = _NUMBER.sub("〔号码〕", text)
    return _NAMED.sub(r"\1〔姓名〕", text)[:_LONGEST]


def _as_text(cell: str) -> str:
    """A cell that a spreadsheet does not take for a formula."""
    return f"'{cell}" if cell[:1] in "=+-@" else cell
