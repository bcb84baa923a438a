"""Half-open periods of days: years, quarters, months and what is left of a month."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple


class Period(NamedTuple):
    """``[low, high)``; ``None``: open on that side. ``end``: where its words end. ``year``: the calendar year named."""

    low: date | None
    high: date | None
    end: int
    year: int | None = None


def months(year: int, first: int, last: int, end: int) -> Period:
    """From the first day of one month to the last day of another of the same year."""
    return Period(date(year, first, 1), next_month(year, last), end, year)


def quarter(year: int, number: int, end: int) -> Period:
    """A quarter, counted from 1."""
    return months(year, number * 3 - 2, number * 3, end)


def one_day(year: int, month: int, day: int, end: int) -> Period | None:
    """A single day; ``None`` where the calendar has none such."""
    try:
        low = date(year, month, day)
    except ValueError:
        return None
    return Period(low, low + timedelta(days=1), end, year)


def part_of_month(part: str | None, year: int, month: int, end: int) -> Period:
    """A month, or its 初/上旬 (to the 10th), 中/中旬 (to the 20th), 底/末/下旬 (from the 21st)."""
    low, high = date(year, month, 1), next_month(year, month)
    if part in ("初", "上旬"):
        return Period(low, date(year, month, 11), end, year)
    if part in ("中", "中旬"):
        return Period(date(year, month, 11), date(year, month, 21), end, year)
    if part in ("底", "末", "下旬"):
        return Period(date(year, month, 21), high, end, year)
    return Period(low, high, end, year)


def next_month(year: int, month: int) -> date:
    """The first day after a month."""
    return date(year + month // 12, month % 12 + 1, 1)


def add_months(day: date, count: int) -> date:
    """The same day so many months on, or the last of that month."""
    total = day.year * 12 + day.month - 1 + count
    year, month = total // 12, total % 12 + 1
    last = (next_month(year, month) - timedelta(days=1)).day
    return date(year, month, min(day.day, last))
