"""Ranges as bars: where each begins and ends on a common scale. The pages write the same numbers beside them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

WIDTH = 1000  # units of a bar's own coordinates


@dataclass(frozen=True, slots=True)
class Bar:
    """A range drawn: solid up to ``sure``, lighter up to ``most``; ``open``: the text sets no upper bound."""

    sure: int
    most: int
    open: bool


def top_of(ranges: Iterable[tuple[int, int | None]]) -> int:
    """The end of a scale (分) that all ranges fit on; where one has no bound, its low end leaves room for it."""
    return max((high if high is not None else low * 2 for low, high in ranges), default=0)


def bar(low: int, high: int | None, top: int) -> Bar:
    """A range (分) on a scale from 0 to ``top``. What is above zero is never drawn as nothing."""
    if high is None:
        return Bar(_place(low, top), WIDTH, open=True)
    return Bar(_place(low, top), _place(high, top), open=False)


def _place(amount: int, top: int) -> int:
    if amount <= 0 or top <= 0:
        return 0
    return max(4, min(WIDTH, amount * WIDTH // top))
