"""How many months had gone by: ``入选后第20个月`` names a month by its number, and says how much time that is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from knowledge.amounts import Quantity, find

_NTH_MONTH = re.compile(
    r"(?:[后後起]的?|(?=第[^，。；、]{2,6}月[就才便已]{0,2}(?:凑|湊|达|達|满|滿|够|夠)))第(?P<months>[0-9一二两三四五六七八九十]{1,4}[个個]月)"
)


def elapsed(text: str, as_of: date) -> Iterator[Quantity]:
    """Months counted from something (``…后第…个月``), which :func:`knowledge.amounts.find` leaves out as ordinals."""
    for match in _NTH_MONTH.finditer(text):
        at = match.start("months")
        for quantity in find(match["months"], as_of):
            yield replace(quantity, start=quantity.start + at, end=quantity.end + at)
