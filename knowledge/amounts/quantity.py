"""What is read: a quantity with its place in the text, and the refusal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

COUNT = "count"
DATE = "date"
EXAMPLES = "1200万、八千多万、30%、15家"


class AmountError(ValueError):
    """The text is not one quantity that can be read whole; the message (Chinese) says what would be."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number, share, count or period as somebody wrote it.

    ``text[start:end]`` of the given text is ``text``. ``low`` and ``high`` bound the value: 分 when ``unit`` is ``元``,
    fractions of one when ``比例``, pieces of ``measure`` (家, 项, 年 …) when ``count``, dates when ``date`` (a period is
    half-open), plain numbers when ``None``. ``None`` as a bound: no bound on that side. ``low_open`` / ``high_open``: the
    bound itself is not included. ``currency`` is the code of foreign money (USD, HKD …), which is never in 元: its unit
    is ``None``. ``qualifier`` is the word that widened the number (多, 不到, 左右 …).
    """

    start: int
    end: int
    text: str
    low: Fraction | date | None
    high: Fraction | date | None
    low_open: bool = False
    high_open: bool = False
    unit: str | None = None
    measure: str | None = None
    currency: str | None = None
    qualifier: str | None = None
