"""The best lawful combination: what may be paid together, under exclusions, shared caps and 从高不重复.

Works on ranges in 分. ``high`` of ``None`` is no bound. Nothing here knows conditions or words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

from policies.model.policy import Cap, ChooseOne, HigherOf, Policy
from policies.values import Facts, Span

Bounds = tuple[int, int | None]


@dataclass(frozen=True, slots=True)
class Entry:
    """One measure that could be paid: its id within the document and its range.

    ``sure``: its low end may count. ``several_years``: the amount is a total over several years.
    """

    id: str
    low: int
    high: int | None
    sure: bool
    several_years: bool = False


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A measure the best combination leaves out, and the exclusion that makes it choose."""

    id: str
    by: ChooseOne


@dataclass(frozen=True, slots=True)
class Applied:
    """A shared cap or 从高不重复 rule that lowered the total, or a cap lifted by a measure."""

    rule: Cap | HigherOf
    ceiling: int | None
    before: int | None
    lifted: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """The chosen measures, the total they may reach, what was left out and which ceilings bound."""

    chosen: tuple[str, ...]
    total: Bounds
    left_out: tuple[LeftOut, ...]
    applied: tuple[Applied, ...]
    unasked: tuple[str, ...]


def best_plan(policy: Policy, entries: Sequence[Entry], facts: Facts) -> Plan:
    """The combination with the highest reachable total (ties: the highest assured one, then the most eligible measures).

    A cap whose base is not known is taken as not binding; ``unasked`` names such facts.
    """
    by_id = {entry.id: entry for entry in entries}
    exclusions = _active(policy.choose_one, by_id, facts)
    selections = list(_selections(entries, exclusions)) if exclusions else [list(entries)]
    best = max(
        [_weigh(policy, chosen, facts) for chosen in selections],
        key=lambda weighed: (
            _rank(weighed[1][1]),
            weighed[1][0],
            sum(entry.sure for entry in weighed[0]),
            len(weighed[0]),
        ),
    )
    chosen = {entry.id for entry in best[0]}
    left = [
        LeftOut(entry.id, rule)
        for rule, groups in exclusions
        for group in groups
        for entry in group
        if entry.id not in chosen
    ]
    unique = tuple({item.id: item for item in left}.values())
    return Plan(tuple(entry.id for entry in best[0]), best[1], unique, best[2], _unasked(policy, best[0], facts))


def strict_bounds(policy: Policy, entries: Sequence[Entry], facts: Facts) -> Bounds:
    """What the enterprise may get whatever the open answers turn out to be: no cap is presumed away.

    The low end is the best assured total over all lawful combinations, the high end the best reachable one. An
    exclusion that may or may not apply limits the low end only.
    """
    by_id = {entry.id: entry for entry in entries}
    feared = _selections(entries, _active(policy.choose_one, by_id, facts, unknown=True))
    certain = _selections(entries, _active(policy.choose_one, by_id, facts))
    low = max(_total(policy, chosen, facts, strict=True)[0][0] for chosen in feared)
    high = max(_rank(_total(policy, chosen, facts, strict=True)[0][1]) for chosen in certain)
    return low, None if high >= _NO_BOUND else high


_NO_BOUND = 1 << 120


def _rank(high: int | None) -> int:
    return _NO_BOUND if high is None else high


def _active(
    rules: Sequence[ChooseOne], entries: Mapping[str, Entry], facts: Facts, *, unknown: bool = False
) -> list[tuple[ChooseOne, list[list[Entry]]]]:
    """Exclusions that apply, with the groups present; ``unknown``: also those of which it is open whether they do."""
    active = []
    for rule in rules:
        applies = True if rule.when is None else facts.get(rule.when)
        if applies is not True and not (unknown and applies is None):
            continue
        groups = [[entries[key] for key in group if key in entries] for group in rule.groups]
        present = [group for group in groups if group]
        if len(present) > 1:
            active.append((rule, present))
    return active


def _selections(
    entries: Sequence[Entry], exclusions: list[tuple[ChooseOne, list[list[Entry]]]]
) -> Iterator[list[Entry]]:
    for picks in product(*(range(len(groups)) for _, groups in exclusions)):
        dropped = {
            entry.id
            for (_, groups), pick in zip(exclusions, picks, strict=True)
            for index, group in enumerate(groups)
            if index != pick
            for entry in group
        }
        yield [entry for entry in entries if entry.id not in dropped]


def _weigh(policy: Policy, chosen: list[Entry], facts: Facts) -> tuple[list[Entry], Bounds, tuple[Applied, ...]]:
    total, applied = _total(policy, chosen, facts, strict=False)
    return chosen, total, applied


def _total(
    policy: Policy, chosen: Sequence[Entry], facts: Facts, *, strict: bool
) -> tuple[Bounds, tuple[Applied, ...]]:
    total, applied = _capped(policy, chosen, facts, strict=strict)
    for rule in policy.higher_of:
        other = facts.get(rule.fact)
        if isinstance(other, Span) and other.high != 0 and chosen:
            before = total[1]
            total = _after_higher(policy, chosen, other, facts, strict=strict)
            if total[1] != before:
                applied = (*applied, Applied(rule, total[1], before))
        elif strict and chosen and other is None:
            total = (0, total[1])
    return total, applied


def _after_higher(policy: Policy, chosen: Sequence[Entry], other: Span, facts: Facts, *, strict: bool) -> Bounds:
    """Other support concerns one matter; which one is not said, so every measure is tried and the results enclosed."""
    results = []
    for affected in chosen:
        rest = [entry for entry in chosen if entry is not affected]
        pays_nothing = affected.high is not None and (other.low or 0) > affected.high
        may_pay_nothing = other.high is None or other.high > affected.low
        changed = affected
        if may_pay_nothing:
            changed = replace(affected, low=0, sure=False)
        entries = rest if pays_nothing else [*rest, changed]
        results.append(_capped(policy, entries, facts, strict=strict)[0])
    high = max(_rank(result[1]) for result in results)
    return min(result[0] for result in results), None if high >= _NO_BOUND else high


def _capped(
    policy: Policy, chosen: Sequence[Entry], facts: Facts, *, strict: bool
) -> tuple[Bounds, tuple[Applied, ...]]:
    """The total under all shared caps, the narrow ones first. Of two caps, one must lie within the other or apart."""
    binding = [one for cap in policy.caps if (one := _binding(cap, chosen, facts, strict=strict))]
    if not binding:
        high = sum([_rank(entry.high) for entry in chosen])
        low = sum([entry.low for entry in chosen if entry.sure])
        return (min(low, high), None if high >= _NO_BOUND else high), ()
    lows = {frozenset((entry.id,)): entry.low if entry.sure else 0 for entry in chosen}
    highs = {frozenset((entry.id,)): _rank(entry.high) for entry in chosen}
    applied: list[Applied] = []
    for found in sorted(binding, key=_narrow_first):
        cap, members, low_ceiling, high_ceiling = found
        lifting = [entry for entry in chosen if entry.high != 0 and entry.id in cap.lifted_by]
        if lifting:
            if high_ceiling is not None and _sum(highs, members) > high_ceiling:
                applied.append(Applied(cap, high_ceiling, None, lifted=True))
            high_ceiling = None
        if any(entry.sure for entry in lifting):
            low_ceiling = None
        _lower(lows, members, low_ceiling)
        before = _lower(highs, members, high_ceiling)
        if before is not None:
            applied.append(Applied(cap, high_ceiling, before if before < _NO_BOUND else None))
    high = sum(highs.values())
    return (min(sum(lows.values()), high), None if high >= _NO_BOUND else high), tuple(applied)


_Binding = tuple[Cap, frozenset[str], int | None, int | None]


def _binding(cap: Cap, chosen: Sequence[Entry], facts: Facts, *, strict: bool) -> _Binding | None:
    """The measures a cap counts together and its ceilings, if what they ask for may exceed them at all."""
    low, high = _ceiling(cap, facts, strict=strict)
    if low is None and high is None:
        return None
    counted = [
        entry for entry in chosen if (not cap.over or entry.id in cap.over) and not (cap.yearly and entry.several_years)
    ]
    asked = sum([_rank(entry.high) for entry in counted])
    if (low is None or asked <= low) and (high is None or asked <= high):
        return None
    return cap, frozenset([entry.id for entry in counted]), low, high


def _narrow_first(binding: _Binding) -> int:
    return len(binding[0].over) or _NO_BOUND


def _sum(amounts: dict[frozenset[str], int], members: frozenset[str]) -> int:
    return sum(amount for ids, amount in amounts.items() if ids <= members)


def _lower(amounts: dict[frozenset[str], int], members: frozenset[str], ceiling: int | None) -> int | None:
    """Merge the members' amounts under a ceiling; the sum before, if the ceiling bound."""
    if ceiling is None:
        return None
    inside = [ids for ids in amounts if ids <= members]
    total = sum(amounts[ids] for ids in inside)
    if total <= ceiling:
        return None
    for ids in inside:
        del amounts[ids]
    amounts[members] = ceiling
    return total


def _ceiling(cap: Cap, facts: Facts, *, strict: bool) -> tuple[int | None, int | None]:
    """The lowest and the highest the ceiling may be; ``None`` is no ceiling."""
    if cap.of is None:
        amount = int(cap.amount.value) if cap.amount is not None else None
        return amount, amount
    base = facts.get(cap.of)
    if not isinstance(base, Span):
        return (0, None) if strict else (None, None)
    taken = facts.get(cap.less) if cap.less else None
    taken_low, taken_high = (taken.low or 0, taken.high) if isinstance(taken, Span) else (0, None if strict else 0)
    if cap.less is None:
        taken_low = taken_high = 0
    top, bottom = cap.share.value.as_integer_ratio() if cap.share is not None else (1, 1)
    low = 0 if taken_high is None else max(0, (base.low or 0) * top // bottom - taken_high)
    high = None if base.high is None else max(0, base.high * top // bottom - taken_low)
    return low, high


def _unasked(policy: Policy, chosen: Sequence[Entry], facts: Facts) -> tuple[str, ...]:
    """Facts not known that a cap, an exclusion or 从高不重复 over the chosen measures looks at."""
    ids = {entry.id for entry in chosen if entry.high != 0}
    if not ids:
        return ()
    keys = []
    for cap in policy.caps:
        if cap.of is not None and ids.isdisjoint(cap.lifted_by) and not (cap.over and ids.isdisjoint(cap.over)):
            based = facts.get(cap.of) is not None
            if based and _ceiling(cap, facts, strict=False)[1] == 0:
                continue  # nothing is left under it, whatever was taken elsewhere
            keys.append(cap.less if based and cap.less is not None else cap.of)
    for rule in policy.choose_one:
        if rule.when is not None and sum([not ids.isdisjoint(group) for group in rule.groups]) > 1:
            keys.append(rule.when)
    keys += [rule.fact for rule in policy.higher_of]
    return tuple([key for key in dict.fromkeys(keys) if facts.get(key) is None])
