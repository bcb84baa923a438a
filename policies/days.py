"""Dates for people: ``2025年7月3日``, and windows of dates as far as a header knows them."""

from __future__ import annotations

from datetime import date

from policies.model.policy import Day


def day_text(day: date) -> str:
    """``2025年7月3日``."""
    return f"{day.year}年{day.month}月{day.day}日"


def window_text(day: Day) -> str:
    """A header date as far as it is known."""
    if day.earliest is None or day.latest is None:
        return "文件没有写"
    if day.earliest == day.latest:
        return day_text(day.earliest)
    if (day.latest - day.earliest).days == 1:
        return f"{day_text(day.earliest)}或{day.latest.day}日"
    return f"{day_text(day.earliest)}至{day_text(day.latest)}之间"
