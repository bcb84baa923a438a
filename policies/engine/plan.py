"""The best lawful combination: what may be paid together, under exclusions, shared caps and 从高不重复.

Works on ranges in 分. ``high`` of ``None`` is no bound. Nothing here knows conditions or words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from typing import NamedTuple

from policies.engine.ceilings import NO_BOUND, Applied, Bounds, Ceiling, Entry, capped, ceilings, rank
from policies.engine.together import OneOf, Together
from policies.model.policy import ChooseOne
from policies.values import Facts, Span


class LeftOut(NamedTuple):
    """A measure the best combination leaves out, and the exclusion that makes it choose."""

    id: str
    by: ChooseOne


class Plan(NamedTuple):
    """The chosen measures, the total they may reach, what was left out and which ceilings bound."""

    chosen: tuple[str, ...]
    total: Bounds
    left_out: tuple[LeftOut, ...]
    applied: tuple[Applied, ...]
    unasked: tuple[str, ...]


def best_plan(rules: Together, entries: Sequence[Entry], facts: Facts) -> Plan:
    """The combination with the highest reachable total (ties: the highest assured one, then the most eligible measures).

    A cap whose base is not known is taken as not binding; ``unasked`` names such facts.
    """
    limits = ceilings(rules, facts, strict=False)
    exclusions = _active(rules, entries, facts)
    if not exclusions:
        total, applied = _total(rules, entries, limits, facts, strict=False)
        return Plan(tuple([entry.id for entry in entries]), total, (), applied, _unasked(rules, entries, facts))
    selections = list(_selections(entries, exclusions))
    totals = [_total(rules, chosen, limits, facts, strict=False) for chosen in selections]
    best = max(range(len(selections)), key=lambda index: _worth(selections[index], totals[index][0]))
    chosen, (total, applied) = selections[best], totals[best]
    left = _left_out(exclusions, chosen)
    return Plan(tuple([entry.id for entry in chosen]), total, left, applied, _unasked(rules, chosen, facts))


def _worth(chosen: Sequence[Entry], total: Bounds) -> tuple[int, int, int, int]:
    return rank(total[1]), total[0], sum([entry.sure for entry in chosen]), len(chosen)


def _left_out(exclusions: Sequence[_Exclusion], chosen: Sequence[Entry]) -> tuple[LeftOut, ...]:
    kept = {entry.id for entry in chosen}
    left = {
        entry.id: LeftOut(entry.id, one_of.rule)
        for one_of, groups in exclusions
        for group in groups
        for entry in group
        if entry.id not in kept
    }
    return tuple(left.values())


def strict_bounds(rules: Together, entries: Sequence[Entry], facts: Facts) -> Bounds:
    """What the enterprise may get whatever the open answers turn out to be: no cap is presumed away.

    The low end is the best assured total over all lawful combinations, the high end the best reachable one. An
    exclusion that may or may not apply limits the low end only.
    """
    limits = ceilings(rules, facts, strict=True)
    feared = _selections(entries, _active(rules, entries, facts, unknown=True))
    certain = _selections(entries, _active(rules, entries, facts))
    low = max(_total(rules, chosen, limits, facts, strict=True)[0][0] for chosen in feared)
    high = max(rank(_total(rules, chosen, limits, facts, strict=True)[0][1]) for chosen in certain)
    return low, None if high >= NO_BOUND else high


_Exclusion = tuple[OneOf, list[list[Entry]]]


def _active(rules: Together, entries: Sequence[Entry], facts: Facts, *, unknown: bool = False) -> list[_Exclusion]:
    """Exclusions that apply, with the groups present; ``unknown``: also those of which it is open whether they do."""
    if len(entries) < 2:
        return []
    active = []
    for one_of in rules.one_of:
        applies = True if one_of.when is None else facts.get(one_of.when)
        if applies is not True and not (unknown and applies is None):
            continue
        present = [found for group in one_of.groups if (found := [entry for entry in entries if entry.id in group])]
        if len(present) > 1:
            active.append((one_of, present))
    return active


def _selections(entries: Sequence[Entry], exclusions: Sequence[_Exclusion]) -> Iterator[list[Entry]]:
    for picks in product(*(range(len(groups)) for _, groups in exclusions)):
        dropped = {
            entry.id
            for (_, groups), pick in zip(exclusions, picks, strict=True)
            for index, group in enumerate(groups)
            if index != pick
            for entry in group
        }
        yield [entry for entry in entries if entry.id not in dropped]


def _total(
    rules: Together, chosen: Sequence[Entry], limits: Sequence[Ceiling], facts: Facts, *, strict: bool
) -> tuple[Bounds, tuple[Applied, ...]]:
    total, applied = capped(chosen, limits)
    for fact, rule in rules.higher_of:
        other = facts.get(fact)
        if isinstance(other, Span) and other.high != 0 and chosen:
            before = total[1]
            total = _after_higher(chosen, other, limits)
            if total[1] != before:
                applied = (*applied, Applied(rule, total[1], before))
        elif strict and chosen and other is None:
            total = (0, total[1])
    return total, applied


def _after_higher(chosen: Sequence[Entry], other: Span, limits: Sequence[Ceiling]) -> Bounds:
    """Other support concerns one matter; which one is not said, so every measure is tried and the results enclosed."""
    results = []
    for affected in chosen:
        rest = [entry for entry in chosen if entry is not affected]
        pays_nothing = affected.high is not None and (other.low or 0) > affected.high
        may_pay_nothing = other.high is None or other.high > affected.low
        changed = affected
        if may_pay_nothing:
            changed = affected._replace(low=0, sure=False)
        entries = rest if pays_nothing else [*rest, changed]
        results.append(capped(entries, limits)[0])
    high = max(rank(result[1]) for result in results)
    return min(result[0] for result in results), None if high >= NO_BOUND else high


def _unasked(rules: Together, chosen: Sequence[Entry], facts: Facts) -> tuple[str, ...]:
    """Facts not known that a cap, an exclusion or 从高不重复 over the chosen measures looks at."""
    ids = {entry.id for entry in chosen if entry.high != 0}
    if not ids:
        return ()
    keys = []
    for cap in rules.caps:
        if cap.of is not None and ids.isdisjoint(cap.lifted_by) and not (cap.over and ids.isdisjoint(cap.over)):
            based = facts.get(cap.of) is not None
            if based and cap.ceiling(facts, strict=False)[1] == 0:
                continue  # nothing is left under it, whatever was taken elsewhere
            keys.append(cap.less if based and cap.less is not None else cap.of)
    for one_of in rules.one_of:
        if one_of.when is not None and sum([not ids.isdisjoint(group) for group in one_of.groups]) > 1:
            keys.append(one_of.when)
    keys += [fact for fact, _ in rules.higher_of]
    return tuple([key for key in dict.fromkeys(keys) if facts.get(key) is None])


__all__ = ["Applied", "Bounds", "Entry", "LeftOut", "Plan", "best_plan", "strict_bounds"]
