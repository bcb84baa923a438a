"""What several measures come to under the ceilings they share. Works on ranges in 分; ``high`` of ``None`` is no bound."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from policies.engine.together import SharedCap, Together
from policies.model.policy import Cap, HigherOf
from policies.values import Facts

Bounds = tuple[int, int | None]
NO_BOUND = 1 << 120


class Entry(NamedTuple):
    """One measure that could be paid: its id within the document and its range.

    ``sure``: its low end may count. ``several_years``: the amount is a total over several years.
    """

    id: str
    low: int
    high: int | None
    sure: bool
    several_years: bool = False


class Applied(NamedTuple):
    """A shared cap or 从高不重复 rule that lowered the total, or a cap lifted by a measure."""

    rule: Cap | HigherOf
    ceiling: int | None
    before: int | None
    lifted: bool = False


class Ceiling(NamedTuple):
    """A shared cap with the lowest and the highest its ceiling may be (分); ``None`` is no ceiling."""

    cap: SharedCap
    low: int | None
    high: int | None

    def may_bind(self, asked: int) -> bool:
        """Whether a sum is above it."""
        return (self.low is not None and asked > self.low) or (self.high is not None and asked > self.high)


def ceilings(rules: Together, facts: Facts, *, strict: bool) -> list[Ceiling]:
    """The caps that are ceilings on what is known; ``strict``: none is presumed away."""
    found = []
    for cap in rules.caps:
        low, high = cap.ceiling(facts, strict=strict)
        if low is not None or high is not None:
            found.append(Ceiling(cap, low, high))
    return found


def rank(high: int | None) -> int:
    """An upper end as a number to compare and add."""
    return NO_BOUND if high is None else high


def bounds(low: int, high: int) -> Bounds:
    """A range from ranks."""
    return min(low, high), None if high >= NO_BOUND else high


def capped(chosen: Sequence[Entry], limits: Sequence[Ceiling]) -> tuple[Bounds, tuple[Applied, ...]]:
    """The total under all shared caps, the narrow ones first. Of two caps, one must lie within the other or apart."""
    low = sum([entry.low for entry in chosen if entry.sure])
    high = sum([NO_BOUND if entry.high is None else entry.high for entry in chosen])
    binding = [one for ceiling in limits if ceiling.may_bind(high) and (one := _binding(ceiling, chosen))]
    if not binding:
        return bounds(low, high), ()
    lows = {1 << place: entry.low if entry.sure else 0 for place, entry in enumerate(chosen)}
    highs = {1 << place: rank(entry.high) for place, entry in enumerate(chosen)}
    applied: list[Applied] = []
    for (cap, lowest, highest), members in sorted(binding, key=_narrow_first):
        lifting = [entry for entry in chosen if entry.high != 0 and entry.id in cap.lifted_by] if cap.lifted_by else []
        if lifting and highest is not None and _sum(highs, members) > highest:
            applied.append(Applied(cap.rule, highest, None, lifted=True))
        if lowest is not None and True not in [entry.sure for entry in lifting]:
            _lower(lows, members, lowest)
        before = _lower(highs, members, highest) if highest is not None and not lifting else None
        if before is not None:
            applied.append(Applied(cap.rule, highest, before if before < NO_BOUND else None))
    return bounds(sum(lows.values()), sum(highs.values())), tuple(applied)


_Binding = tuple[Ceiling, int]


def _binding(ceiling: Ceiling, chosen: Sequence[Entry]) -> _Binding | None:
    """The measures a cap counts together (one bit each), if what they ask for may exceed it at all."""
    cap = ceiling.cap
    members = asked = 0
    for place, entry in enumerate(chosen):
        if (not cap.over or entry.id in cap.over) and not (cap.yearly and entry.several_years):
            members |= 1 << place
            asked += rank(entry.high)
    return (ceiling, members) if ceiling.may_bind(asked) else None


def _narrow_first(binding: _Binding) -> int:
    return len(binding[0].cap.over) or NO_BOUND


def _sum(amounts: dict[int, int], members: int) -> int:
    return sum([amount for ids, amount in amounts.items() if ids | members == members])


def _lower(amounts: dict[int, int], members: int, ceiling: int) -> int | None:
    """Merge the members' amounts under a ceiling; the sum before, if the ceiling bound."""
    total = _sum(amounts, members)
    if total <= ceiling:
        return None
    for ids in [ids for ids in amounts if ids | members == members]:
        del amounts[ids]
    amounts[members] = ceiling
    return total
