"""When the desk answers, as the setting writes it: ``周一至周五 9:00-12:00 14:00-17:30``, ``9:00-21:00``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time

_DAYS = "一二三四五六日"
_WRITTEN = re.compile(r"(?:周([一二三四五六日])(?:[至到\-—]周?([一二三四五六日]))?\s+)?(.+)")
_SPAN = re.compile(r"(\d{1,2}):(\d{2})\s*[-—至到]\s*(\d{1,2}):(\d{2})")


@dataclass(frozen=True, slots=True)
class Hours:
    """Weekdays (0: Monday) from one to another, and times of day; ``text``: as it was written."""

    text: str
    first: int
    last: int
    spans: tuple[tuple[time, time], ...]

    def open_at(self, moment: datetime) -> bool:
        """Whether somebody answers at a moment (local time); the end of a span is outside of it."""
        inside = any(begin <= moment.time() < end for begin, end in self.spans)
        return inside and (moment.weekday() - self.first) % 7 <= (self.last - self.first) % 7


def read_hours(text: str) -> Hours:
    """Hours as they are written in the setting.

    Raises:
        ValueError: when they cannot be read; the message (Chinese) says how they are written.
    """
    match = _WRITTEN.fullmatch(text.strip())
    spans = match[3].split() if match else []
    times = [_SPAN.fullmatch(span) for span in spans]
    if match is None or not spans or None in times:
        raise ValueError("要写成 周一至周五 9:00-12:00 14:00-17:30，或 9:00-21:00")
    first = _DAYS.index(match[1]) if match[1] else 0
    last = _DAYS.index(match[2]) if match[2] else first if match[1] else 6
    return Hours(" ".join(text.split()), first, last, tuple(_span(found) for found in times if found is not None))


def _span(found: re.Match[str]) -> tuple[time, time]:
    begin_hour, begin_minute, end_hour, end_minute = (int(part) for part in found.groups())
    if (end_hour, end_minute) == (24, 0):
        end_hour, end_minute = 23, 59
    try:
        begin, end = time(begin_hour, begin_minute), time(end_hour, end_minute)
    except ValueError:
        raise ValueError(f"没有 {found[0]} 这样的时间") from None
    if begin >= end:
        raise ValueError(f"{found[0]} 的开始不在结束之前")
    return begin, end
