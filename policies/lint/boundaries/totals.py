"""Cases on what several measures come to together: shared caps, exclusions, 从高不重复."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from policies.cases import DEFAULT_DAY
from policies.engine.judged import ELIGIBLE
from policies.engine.plan import Bounds
from policies.lint.boundaries.generate import Group
from policies.lint.boundaries.trial import Assignment, Change, Outcome, Trial
from policies.model.policy import Cap
from policies.values import Span, exactly

Sums = Iterator[tuple[tuple[str, ...], Change]]


@dataclass(frozen=True, slots=True)
class Total:
    """The measures due together (each with its richest facts), what else is known, and what they come to (分)."""

    of: tuple[str, ...]
    also: Change
    total: Bounds | None
    chosen: tuple[str, ...]


def totals_of(trial: Trial, groups: Mapping[str, list[Group]]) -> list[Total]:
    """All cases on totals of one document; ``groups`` are the generated cases by measure id."""
    rich = {key: outcome for key, found in groups.items() if (outcome := _richest(found)) is not None}
    found: list[Total] = []
    seen: set[object] = set()
    for of, also in _wanted(trial, rich):
        key = (of, frozenset(also.items()))
        if key not in seen:
            seen.add(key)
            found.append(_total(trial, rich, of, also))
    return found


def _richest(groups: Sequence[Group]) -> Outcome | None:
    """The first case in which the measure pays most."""
    paid = [
        tried.outcome
        for group in groups
        for tried in group.tried
        if tried.outcome.verdict == ELIGIBLE and tried.outcome.high
    ]
    return max(paid, key=lambda outcome: (outcome.high or 0, outcome.low or 0), default=None)


def _wanted(trial: Trial, rich: Mapping[str, Outcome]) -> Sums:
    every = tuple(rich)
    if len(every) > 1:
        yield every, {}
    header = trial.compiled.policy.header
    for cap in header.caps:
        yield from _capped(cap, rich)
    for choice in header.choose_one:
        groups = [[key for key in group if key in rich] for group in choice.groups]
        pairs = [(one, other) for left, right in combinations(groups, 2) for one in left for other in right]
        if choice.when is None:
            yield from ((pair, {}) for pair in pairs)
            continue
        yield from ((pair, {choice.when: True}) for pair in pairs)
        yield from ((pair, {choice.when: answer}) for pair in pairs[:1] for answer in (False, None))
    for higher in header.higher_of:
        for key in every[:2]:
            high = rich[key].high or 0
            amounts = (0, high - 1, high, high + 1)
            yield from (((key,), {higher.fact: exactly(amount)}) for amount in amounts)
        yield every[:2], {higher.fact: None}


def _capped(cap: Cap, rich: Mapping[str, Outcome]) -> Sums:
    members = tuple(key for key in cap.over or rich if key in rich)
    if not members:
        return
    plain = [key for key in members if key not in cap.lifted_by]
    if cap.over:
        yield members, {}
        yield from ((pair, {}) for pair in combinations(members, 2))
        yield from (((key,), {}) for key in members)
    if cap.of is None or not plain:
        return
    most = max(plain, key=lambda key: rich[key].high or 0)
    amount = rich[most].high or 0
    share = cap.share.value if cap.share is not None else 1
    edge = -(-amount * share.denominator // share.numerator)
    received: Assignment = {cap.less: exactly(0)} if cap.less is not None else {}
    for base in (edge + 1, edge, edge - 1, 0):
        yield (most,), {cap.of: exactly(base), **received}
    if cap.less is not None:
        yield from (((most,), {cap.of: exactly(edge), cap.less: exactly(taken)}) for taken in (1, amount))
        yield (most,), {cap.of: exactly(edge), cap.less: None}
    yield (most,), {cap.of: None, **received}
    for lifting in cap.lifted_by:
        if lifting in rich:
            yield (most, lifting), {cap.of: exactly(edge // 2), **received}


def _total(trial: Trial, rich: Mapping[str, Outcome], of: tuple[str, ...], also: Change) -> Total:
    facts = {**_merged([rich[key] for key in of]), **also}
    policy = trial.compiled.policy.id
    assessed = trial.engine.assess(facts, DEFAULT_DAY, [policy]).policies[0]
    return Total(of, also, assessed.nominal, assessed.plan.chosen if assessed.plan else ())


def _merged(outcomes: Sequence[Outcome]) -> Assignment:
    """The facts of several measures at once: choices of a set together, of two numbers the larger."""
    merged: Assignment = {}
    for outcome in outcomes:
        for key, value in outcome.facts.items():
            old = merged.get(key)
            if isinstance(old, frozenset) and isinstance(value, frozenset):
                merged[key] = old | value
            elif isinstance(old, Span) and isinstance(value, Span):
                merged[key] = max(old, value, key=lambda span: span.low or 0)
            elif old is None:
                merged[key] = value
    return merged
