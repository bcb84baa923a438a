"""Questions the documents do not answer: which are kept, without personal data, and how they are written as CSV."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import astuple, fields
from typing import TextIO

from bot.figures import csv_tables
from bot.store.gaps import KeptGap
from bot.store.store import Gap

_KEPT = ("near_miss", "not_covered")
_LONGEST = 200  # characters kept of a question
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")
_NUMBER = re.compile(r"\d(?:[ -]?\d){4,}")
_NAMED = re.compile(r"((?:我叫|我是|姓名|联系人|名字是|名字叫)[：: ]?)[\u4e00-\u9fff]{2,4}")


def gap_of(question: str, outcome: str) -> Gap | None:
    """What is kept of a question looked up; ``None`` when it had an answer."""
    return Gap(without_personal_data(question), outcome) if outcome in _KEPT else None


def write_csv(gaps: Sequence[KeptGap], out: TextIO) -> None:
    """Write questions as CSV with a heading."""
    csv_tables.write_csv([field.name for field in fields(KeptGap)], [astuple(gap) for gap in gaps], out)


def without_personal_data(question: str) -> str:
    """A question with mail addresses, numbers of five digits and more, and names after 我叫 and the like blotted out."""
    text = _MAIL.sub("〔邮箱〕", " ".join(question.split()))
    text = _NUMBER.sub("〔号码〕", text)
    return _NAMED.sub(r"\1〔姓名〕", text)[:_LONGEST]
