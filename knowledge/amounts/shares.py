"""Shares in words: 百分之十五, 千分之三, 三分之一, 一半; and what may follow 成: 三成半, 三成五."""

from __future__ import annotations

from fractions import Fraction

from knowledge.amounts.numerals import RUN, Number, number
from knowledge.amounts.pattern import Pattern
from knowledge.amounts.reader import NumeralError
from knowledge.amounts.units import Unit
from policies.notation import SHARE

_PARTS = Pattern("([百千万])分[之只支]|([二三四五六七八九十两])分之")
_WHOLE = {"百": 100, "千": 1000, "万": 10_000}
_HALF = Number(Fraction(1, 2), Fraction(1, 2))


def share_at(text: str, at: int) -> tuple[Number, Unit, int] | None:
    """The share in words at this place, with its unit and end; ``None`` where there is none.

    Raises:
        NumeralError: when one begins but cannot be read.
    """
    if text.startswith("一半", at) and text[at + 2 : at + 3] not in tuple("会天路途儿"):
        return _HALF, Unit(SHARE), at + 2
    parts = _PARTS.match(text, at)
    if not parts:
        return None
    run = RUN.match(text, parts.end())
    if not run:
        raise NumeralError
    read = number(run[0])
    if read.scaled or read.bare:
        raise NumeralError
    if parts[1]:
        return read, Unit(SHARE, Fraction(1, _WHOLE[parts[1]])), run.end()
    whole = number(parts[2]).low
    if read.vague or not 0 < read.low < whole:
        raise NumeralError
    return read, Unit(SHARE, Fraction(1, int(whole))), run.end()


def half_tenth(read: Number, text: str, at: int) -> tuple[Number, int]:
    """After 成: 半 or a digit adds half or so many hundredths (三成半, 三成五)."""
    if read.vague or at >= len(text):
        return read, at
    tail = text[at]
    digit = "一二三四五六七八九".find(tail) + 1
    if tail == "半":
        extra = Fraction(1, 2)
    elif digit and not RUN.match(text, at + 1):
        extra = Fraction(digit, 10)
    else:
        return read, at
    value = read.low + extra
    return read._replace(low=value, high=value), at + 1
