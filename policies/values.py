"""What is known of a fact: a yes/no, a choice, a set of choices, a span of numbers, or nothing (``None``).

Numbers are integers: money in 分, counts in their unit, shares in parts per million. A span is closed on both sides,
so ``超过 3 家`` is ``[4, ∞)`` and ``不到 3 家`` is ``[0, 2]``. Unknown is ``None``, never false and never zero.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

PPM = 1_000_000


@dataclass(frozen=True, slots=True)
class Span:
    """All whole numbers from ``low`` to ``high``; ``None`` on a side means no bound there."""

    low: int | None
    high: int | None

    def __post_init__(self) -> None:
        """Refuse an empty span."""
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"empty span: {self.low} > {self.high}")

    @property
    def exact(self) -> bool:
        """Whether the span is one number."""
        return self.low is not None and self.low == self.high

    def within(self, other: Span) -> bool:
        """Whether every number of this span is in the other."""
        low_ok = other.low is None or (self.low is not None and self.low >= other.low)
        high_ok = other.high is None or (self.high is not None and self.high <= other.high)
        return low_ok and high_ok


def exactly(number: int) -> Span:
    """The span of one number."""
    return Span(number, number)


Value = bool | str | frozenset[str] | Span
Facts = Mapping[str, Value | None]


def to_data(value: Value | None) -> bool | str | list[str] | dict[str, int | None] | None:
    """A value as plain data for JSON: a span as ``{"low": …, "high": …}`` in base units."""
    if isinstance(value, Span):
        return {"low": value.low, "high": value.high}
    return sorted(value) if isinstance(value, frozenset) else value


def from_data(data: object) -> Value | None:
    """The value that :func:`to_data` wrote.

    Raises:
        ValueError: when it is not such data.
    """
    if data is None or isinstance(data, bool | str):
        return data
    if isinstance(data, list) and all(isinstance(item, str) for item in data):
        return frozenset(data)
    if isinstance(data, dict) and data.keys() == {"low", "high"}:
        return Span(data["low"], data["high"])
    raise ValueError(f"not a stored value: {data!r}")
