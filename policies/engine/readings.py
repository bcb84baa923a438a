"""One verdict out of several readings of the text (readings.yaml: the default, and what stands beside it).

Results are the plain tuples of :class:`policies.engine.judged.Judged`: this is the hot path.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from policies.engine.judged import CONTESTED, DEPENDS, INELIGIBLE, UNKNOWN
from policies.engine.rules import Rule, VariantRule


def combine(rule: Rule, judged: Sequence[tuple[Any, ...]]) -> tuple[str, int | None, int | None]:
    """Verdict and range of a measure from its readings: where a disputed one disagrees or may yet, both are enclosed."""
    default = judged[0]
    results, ways = [default], set()
    for index in rule.disputed:
        variant, result = rule.variants[index], judged[index]
        if disagree(variant, default, result) and variant.reading is not None:
            results.append(result)
            ways.add(variant.reading.differ)
    if not ways:
        return default[0], default[1], default[2]
    unsettled = DEPENDS in ways or DEPENDS in [result[0] for result in results]
    highs = [result[2] for result in results]
    # A dispute that may end as contested promises nothing, now or later; else what every reading that pays would pay.
    low = 0 if CONTESTED in ways else min([result[1] for result in results if result[0] != INELIGIBLE], default=0)
    return DEPENDS if unsettled else CONTESTED, low, None if None in highs else max(highs)


def disagree(variant: VariantRule, default: tuple[Any, ...], result: tuple[Any, ...]) -> bool:
    """Whether a reading's verdict differs from the default's, or may come to while a test only one has is open.

    When all tests they do not share are answered and neither failed, they stand or fall together: that one of them has
    no base to pay from is then no dispute about the text.
    """
    if result[0] == default[0] != DEPENDS:
        return False
    if UNKNOWN in [result[3][index] for index in variant.own] or UNKNOWN in [
        default[3][index] for index in variant.lacks
    ]:
        return True
    if (default[4] and not _failed(result)) or (result[4] and not _failed(default)):
        return False
    return bool(result[0] != default[0])


def _failed(result: tuple[Any, ...]) -> bool:
    return bool(result[0] == INELIGIBLE and not result[4])
