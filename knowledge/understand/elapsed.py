"""How many there are by the number of the last: ``入选后第20个月`` says how much time that is, ``办到第14场`` how often."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from knowledge.amounts import Quantity, find

_NTH_MONTH = re.compile(
    r"(?:[后後起]的?|(?=第[^，。；、]{2,6}月[就才便已]{0,2}(?:凑|湊|达|達|满|滿|够|夠)))第(?P<number>[0-9一二两三四五六七八九十]{1,4}[个個]月)"
)
_UP_TO_NTH = re.compile(
    r"[办辦做开開推带帶服引招搞]到了?第(?P<number>[0-9一二两三四五六七八九十百]{1,5}[场場家项項台期])"
)


def elapsed(text: str, as_of: date) -> Iterator[Quantity]:
    """Numbers that :func:`knowledge.amounts.find` leaves out as ordinals, and that count what has been so far."""
    for match in (*_NTH_MONTH.finditer(text), *_UP_TO_NTH.finditer(text)):
        at = match.start("number")
        for quantity in find(match["number"], as_of):
            yield replace(quantity, start=quantity.start + at, end=quantity.end + at)
