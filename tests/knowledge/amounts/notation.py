"""The notation of ``tests/cases/amounts.yaml``: a value or an interval, and what it counts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from knowledge.amounts import Quantity

REFUSED = "refused"
_SCALES = {"": 1, "万": 10**4, "亿": 10**8}
_CURRENCIES = {"USD", "HKD", "EUR", "JPY", "GBP", "TWD"}
_BOUND = re.compile(r"(-?[0-9.]+(?:/[0-9]+)?)(万|亿|%)?")
_INTERVAL = re.compile(r"([\[(])(.+), (.+)([\])])(?: (\S+))?")


@dataclass(frozen=True)
class Reading:
    """What a quantity says, without its place and its words."""

    low: Fraction | date | None
    high: Fraction | date | None
    low_open: bool
    high_open: bool
    unit: str | None
    measure: str | None
    currency: str | None


def reading(quantity: Quantity) -> Reading:
    fields = ("low", "high", "low_open", "high_open", "unit", "measure", "currency")
    return Reading(*(getattr(quantity, field) for field in fields))


def expected(written: object) -> Reading:
    text = str(written)
    interval = _INTERVAL.fullmatch(text)
    if interval:
        opening, low_text, high_text, closing, name = interval.groups()
        bounds = [bound(low_text), bound(high_text)]
        is_share = "%" in text
    else:
        value, _, name = text.partition(" ")
        opening, closing, bounds = "[", "]", [bound(value)] * 2
        is_share = "%" in value or "/" in value
    low_open = opening == "(" and bounds[0] is not None
    high_open = closing == ")" and bounds[1] is not None
    if any(isinstance(value, date) for value in bounds):
        return Reading(bounds[0], bounds[1], low_open, high_open, "date", None, None)
    if is_share:
        return Reading(bounds[0], bounds[1], low_open, high_open, "比例", None, None)
    if name in _CURRENCIES:
        return Reading(bounds[0], bounds[1], low_open, high_open, None, None, name)
    if name == "元":
        fen = [value * 100 if isinstance(value, Fraction) else None for value in bounds]
        return Reading(fen[0], fen[1], low_open, high_open, "元", None, None)
    return Reading(bounds[0], bounds[1], low_open, high_open, "count" if name else None, name or None, None)


def bound(text: str) -> Fraction | date | None:
    if "∞" in text:
        return None
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return date.fromisoformat(text)
    found = _BOUND.fullmatch(text)
    assert found, text
    number = Fraction(found[1])
    return number / 100 if found[2] == "%" else number * _SCALES[found[2] or ""]
