"""The days whose figures are wanted, as they stand in the address, checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from dialogs.commands import BadDateError, read_day

USUAL = 30  # days
LONGEST = 3660


@dataclass(frozen=True, slots=True)
class Period:
    """From one day to another, both included; ``wrong``: what of the address could not be used, in Chinese."""

    first: date
    last: date
    wrong: str | None = None

    @property
    def iso(self) -> tuple[str, str]:
        """Both days as the counts have them."""
        return self.first.isoformat(), self.last.isoformat()


def read_period(given: Mapping[str, str], today: date) -> Period:
    """The period named by ``from`` and ``to``; the last 30 days where they are missing or cannot be used."""
    usual = Period(today - timedelta(USUAL - 1), today)
    try:
        last = read_day(given["to"]) if given.get("to") else today
        first = read_day(given["from"]) if given.get("from") else last - timedelta(USUAL - 1)
    except (BadDateError, OverflowError) as error:
        return Period(usual.first, usual.last, f"{error}。下面是最近 {USUAL} 天。")
    if first > last:
        return Period(usual.first, usual.last, f"开始的一天在结束之后。下面是最近 {USUAL} 天。")
    if (last - first).days > LONGEST:
        return Period(usual.first, usual.last, f"最多看十年。下面是最近 {USUAL} 天。")
    return Period(first, last)
