"""Many numbers in one: what a gram adds to every document side by side in one long integer, so that adding grams adds all.

A document has 64 bits. Parts are rounded to 30 binary places and weights to 16, so that even a long question stays far
below what 64 bits hold.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence

_BITS = 64
_PART, _WEIGHT = 1 << 30, 1 << 16


def pack(added: Sequence[Mapping[str, float]]) -> dict[str, int]:
    """By gram, what it adds to each document; ``added`` tells it by document."""
    packed: dict[str, int] = {}
    for number, parts in enumerate(added):
        for gram, part in parts.items():
            packed[gram] = packed.get(gram, 0) | round(part * _PART) << _BITS * number
    return packed


def unpack(question: Mapping[str, float], packed: Mapping[str, int], count: int) -> list[float]:
    """The score of each of ``count`` documents for the weighted grams of a question."""
    sums: dict[float, int] = {}  # most weights are one of two
    for gram, weight in question.items():
        if gram in packed:
            sums[weight] = sums.get(weight, 0) + packed[gram]
    total = sum(parts * round(weight * _WEIGHT) for weight, parts in sums.items())
    scores = struct.unpack(f"<{count}Q", total.to_bytes(count * _BITS // 8, "little"))
    return [score / (_PART * _WEIGHT) for score in scores]
