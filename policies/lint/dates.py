"""Dates of the header: a date the cited sentence states is the date that is written."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import date

from policies.findings import Finding, Path
from policies.law import LoadedPolicy
from policies.model.policy import Day
from policies.places import header_file

_STATED = re.compile(r"(\d{4})\s?年\s?(\d{1,2})\s?月(?:\s?(\d{1,2})\s?日)?")


def check_dates(policy: LoadedPolicy) -> Iterator[Finding]:
    """A full date in the quote is both the earliest and the latest; a month is its first and its last day."""
    for path, day in _days(policy):
        stated = _windows(day.cite.quote) if day.cite else []
        if day.earliest is None or day.latest is None or not stated:
            continue
        if (day.earliest, day.latest) not in stated:
            first, last = stated[0]
            expected = f"{first}" if first == last else f"earliest {first}、latest {last}"
            yield Finding(
                header_file(policy),
                path,
                f"写的是 {day.earliest} 至 {day.latest}，引文写的不是这一天",
                expected,
                "照引文改日期，或换成说明这个日期的引文",
            )


def _windows(quote: str) -> list[tuple[date, date]]:
    found = []
    for year, month, day in _STATED.findall(quote):
        first = int(day) if day else 1
        last = int(day) if day else calendar.monthrange(int(year), int(month))[1]
        found.append((date(int(year), int(month), first), date(int(year), int(month), last)))
    return found


def _days(policy: LoadedPolicy) -> Iterator[tuple[Path, Day]]:
    header = policy.header
    yield ("effective", "starts"), header.effective.starts
    yield ("effective", "ends"), header.effective.ends
    if header.predecessor is not None:
        yield ("predecessor", "starts"), header.predecessor.starts
        yield ("predecessor", "ends"), header.predecessor.ends
