"""When the desk answers, as the setting writes it."""

from __future__ import annotations

from datetime import datetime

import pytest

from bot.handover.hours import read_hours

SPLIT = "周一至周五 9:00-12:00 14:00-17:30"


@pytest.mark.parametrize(
    ("text", "moment", "open_"),
    [
        (SPLIT, "2026-11-25 09:00", True),
        (SPLIT, "2026-11-25 08:59", False),
        (SPLIT, "2026-11-25 12:00", False),
        (SPLIT, "2026-11-25 14:00", True),
        (SPLIT, "2026-11-25 17:29", True),
        (SPLIT, "2026-11-25 17:30", False),
        (SPLIT, "2026-11-27 10:00", True),
        (SPLIT, "2026-11-28 10:00", False),
        (SPLIT, "2026-11-29 10:00", False),
        ("周六到周一 8:00-20:00", "2026-11-28 10:00", True),
        ("周六到周一 8:00-20:00", "2026-11-29 10:00", True),
        ("周六到周一 8:00-20:00", "2026-11-30 10:00", True),
        ("周六到周一 8:00-20:00", "2026-12-01 10:00", False),
        ("周三 8:00-20:00", "2026-11-25 10:00", True),
        ("周三 8:00-20:00", "2026-11-26 10:00", False),
        ("0:00-24:00", "2026-11-29 23:58", True),
        (" 9:00-21:00 ", "2026-11-29 20:59", True),
    ],
)
def test_open_at(text: str, moment: str, open_: bool) -> None:
    assert read_hours(text).open_at(datetime.fromisoformat(moment)) is open_


@pytest.mark.parametrize("text", ["", "周一至周五", "上班时间", "9-17", "周八 9:00-17:00", "9:00-17:00，13:00", "9:00"])
def test_what_cannot_be_read_is_told_how_it_is_written(text: str) -> None:
    with pytest.raises(ValueError, match="要写成"):
        read_hours(text)


@pytest.mark.parametrize(
    ("text", "why"), [("17:00-9:00", "不在结束之前"), ("25:00-26:00", "没有"), ("9:00-9:00", "不在结束之前")]
)
def test_times_that_are_none(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        read_hours(text)
