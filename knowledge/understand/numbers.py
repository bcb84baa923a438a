"""The unit of a number that nobody said, settled by what it was said of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from knowledge.amounts import COUNT, Quantity
from knowledge.understand.claims import Claim
from knowledge.understand.figures_in_text import LEAST_BARE
from policies.notation import FEN_PER_YUAN, MONEY


def with_units(quantities: Sequence[Quantity], claims: Sequence[Claim]) -> Iterator[Quantity]:
    """Quantities with the unit left unsaid: that of the fact that took the number, or 元 for a large number nobody counts by."""
    taken = {claim.quantity.start: claim.fact for claim in claims}
    for quantity in quantities:
        if quantity.unit is not None or quantity.currency is not None or not isinstance(quantity.low, Fraction):
            yield quantity
            continue
        fact = taken.get(quantity.start)
        if fact is not None and fact.type == "count":
            yield replace(quantity, unit=COUNT, measure=fact.unit)
        elif quantity.low >= LEAST_BARE or (fact is not None and fact.type == "money" and quantity.low == 0):
            high = quantity.high * FEN_PER_YUAN if isinstance(quantity.high, Fraction) else None
            yield replace(quantity, unit=MONEY, low=quantity.low * FEN_PER_YUAN, high=high)
        else:
            yield quantity
