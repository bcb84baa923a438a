"""What judging one reading of one measure yields, before anything is explained."""

from __future__ import annotations

from typing import NamedTuple

FALSE, UNKNOWN, TRUE = 0, 1, 3  # so that "all" is a bitwise and, "any" a bitwise or
INFINITE = 1 << 120  # stands for "no upper bound" inside the engine; outside it is None
HUGE = 1 << 96  # anything above it came from INFINITE

ELIGIBLE, INELIGIBLE, DEPENDS, CONTESTED = "eligible", "ineligible", "depends", "contested"


Outcome = tuple[str, int | None, int | None]  # verdict and range (分)


class Judged(NamedTuple):
    """The result of one reading.

    ``low`` / ``high``: the payable range in 分 if the open conditions hold (``None``: the text states no amount; a
    ``high`` of ``None`` beside a number: no upper bound). ``truths``: FALSE, UNKNOWN or TRUE for every test.
    ``exhausted``: the money is used up or has no base, although no condition fails. ``floor``: the computed low end
    before a maximum's lower end is set to 0; equal to ``high`` when no further figure can change the amount.
    """

    verdict: str
    low: int | None
    high: int | None
    truths: tuple[int, ...]
    exhausted: bool
    floor: int | None


def negate(truth: int) -> int:
    """Three-valued not."""
    return UNKNOWN if truth == UNKNOWN else TRUE - truth
