"""Figures for an award: enough to reach its cap, and the figures around every point where the amount bends."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction

from policies.engine import oracle
from policies.engine.rules import Rule, VariantRule, base_units
from policies.lint.boundaries.solve import NUMERIC, number_of
from policies.lint.boundaries.trial import Assignment, Change
from policies.model.award import Award, Costs, Limit
from policies.model.fact import Fact
from policies.notation import Quantity
from policies.references import award_facts
from policies.values import Span, exactly

USUAL = 100_000_000  # 分: 100万元, where the award itself gives no figure to aim at


def fill(rule: Rule, facts: Assignment, vocabulary: Mapping[str, Fact], bounded: Collection[str] = ()) -> None:
    """Add what the awards of all readings look at: bases at the cap, nothing yet received.

    A base that a condition has set at its lower bound is raised to the cap; ``bounded`` ones may not be raised.
    """
    for variant in rule.variants:
        award = variant.award
        for key, figure in _figures(award):
            if key not in facts or (key not in bounded and number_of(facts, key) < figure):
                facts[key] = exactly(figure)
        if award.stages is not None:
            facts.setdefault(award.stages.by, award.stages.whole)
        for limit in award.limits:
            for taken in (*limit.less, limit.only_if):
                if taken is not None:
                    facts.setdefault(taken, exactly(0))
    keep_bounds(rule, facts)
    for variant in rule.variants:
        for limit in variant.award.limits:
            if limit.of is not None and limit.share is not None and limit.of not in facts:
                facts[limit.of] = exactly(_base_with_room(rule, variant, limit, facts, vocabulary))


def keep_bounds(rule: Rule, facts: Assignment) -> None:
    """Raise what bounds a fact from above until it leaves room for it."""
    for bound in rule.bounds:
        if bound.at_most_fact is not None and isinstance(facts.get(bound.fact), Span):
            least = _bounding(bound.minus, bound.divided_by, number_of(facts, bound.fact))
            facts[bound.at_most_fact] = exactly(max(least, number_of(facts, bound.at_most_fact)))


def variations(rule: Rule, variant: VariantRule, base: Assignment, vocabulary: Mapping[str, Fact]) -> Iterator[Change]:
    """Changes to the base around the cap, the tiers, the stages and the limits of one reading's award."""
    award = variant.award
    for key, figure in _figures(award):
        for number in _around(figure):
            yield _kept(rule, base, {key: exactly(number)})
    if award.tiers is not None:
        for step in award.tiers.steps:
            yield from ({award.tiers.by: exactly(base_units(step.at_least) + near)} for near in (-1, 0, 1))
    if award.stages is not None:
        yield from ({award.stages.by: choice} for choice in award.stages.shares)
    for limit in award.limits:
        for change in _limit(rule, variant, limit, base, vocabulary):
            yield _kept(rule, base, change)
    for key in award_facts(award):
        yield {key: None}


def bound_variations(rule: Rule, base: Assignment) -> Iterator[Change]:
    """The point where another answer begins to bound a fact, and one step to each side."""
    for bound in rule.bounds:
        other = bound.at_most_fact or bound.at_least_fact or ""
        edge = _bounding(bound.minus, bound.divided_by, number_of(base, bound.fact))
        for number in (edge - 1, edge, edge + 1):
            if number >= 0:
                yield {other: exactly(number)}
                yield {bound.fact: None, other: exactly(number)}


def _bounding(minus: Quantity | None, divided_by: Quantity | None, value: int) -> int:
    parts = base_units(divided_by) if divided_by is not None else 1
    return value * parts + (base_units(minus) if minus is not None else 0)


def _kept(rule: Rule, base: Assignment, change: Change) -> Change:
    """A change together with what the bounds make it need."""
    whole = {**base, **change}
    keep_bounds(rule, whole)
    return {key: value for key, value in whole.items() if key not in base or base[key] != value}


def _around(figure: int) -> list[int]:
    """Half the way to a cap (where nothing cuts), the cap's point, and one step to each side."""
    return [number for number in (figure // 2, figure - 1, figure, figure + 1) if number >= 0]


def _figures(award: Award) -> Iterator[tuple[str, int]]:
    """Facts an amount is computed from, each with the figure at which the cap is reached."""
    share = award.rate or award.up_to
    if award.of is not None and share is not None:
        first, *others = award.of
        yield first, _ceiled(award.cap.value, share) if award.cap is not None else USUAL
        yield from ((key, 0) for key in others)
    if award.each is not None and award.per is not None:
        each = award.each.at_most if isinstance(award.each, Costs) else award.each
        ceilings = [int(limit.total.value) for limit in award.limits if limit.total is not None]
        most = min([int(award.cap.value)] if award.cap is not None else ceilings, default=None)
        if isinstance(award.each, Costs):
            yield award.each.cost, int(each.value)
        yield award.per, int(most // each.value) if most is not None else 2
    if award.tiers is not None:
        yield award.tiers.by, base_units(award.tiers.steps[0].at_least)
    for index, part in enumerate(award.up_to_parts or ()):
        yield from ((key, USUAL * (index + 1)) for key in part.of)


def _ceiled(amount: int | Fraction, share: Quantity) -> int:
    """The least base of which the share is the amount."""
    exact = Fraction(amount) / Fraction(share.value)
    return -(-exact.numerator // exact.denominator)


def _base_with_room(
    rule: Rule, variant: VariantRule, limit: Limit, facts: Assignment, vocabulary: Mapping[str, Fact]
) -> int:
    """The least base under whose share the amount and what others have paid still fit."""
    assert limit.share is not None  # noqa: S101 - called for shares only
    taken = sum(number_of(facts, key) for key in limit.less)
    return _ceiled(_unlimited(rule, variant, facts, vocabulary) + taken, limit.share)


def _unlimited(rule: Rule, variant: VariantRule, facts: Assignment, vocabulary: Mapping[str, Fact]) -> int:
    """The amount the award comes to before its limits."""
    free = replace(variant, award=variant.award.model_copy(update={"limits": ()}))
    return oracle.judge(rule, free, facts, vocabulary).high or 0


def _limit(
    rule: Rule, variant: VariantRule, limit: Limit, base: Assignment, vocabulary: Mapping[str, Fact]
) -> Iterator[Change]:
    award, amount = variant.award, _unlimited(rule, variant, base, vocabulary)
    computed_from = {*(award.of or ()), award.per}
    if limit.total is not None:
        ceiling = int(limit.total.value)
    else:
        assert limit.share is not None and limit.of is not None  # noqa: S101 - one of the two kinds
        ceiling = int(limit.share.value * number_of(base, limit.of))
        if limit.of not in computed_from:
            taken = sum(number_of(base, key) for key in limit.less)
            for edge in (_base_with_room(rule, variant, limit, base, vocabulary), _ceiled(taken, limit.share)):
                yield from ({limit.of: exactly(number)} for number in _around(edge))
    for key in limit.less:
        if key not in computed_from:
            room = max(0, ceiling - sum(number_of(base, other) for other in limit.less if other != key))
            full = max(0, room - amount)  # the most others can have paid without touching the amount
            edges = {max(0, full - 1), full, full + 1, room - 1, room, room + 1}
            yield from ({key: exactly(number)} for number in sorted(edges) if number >= 0)
    if limit.only_if is not None and vocabulary[limit.only_if].type in NUMERIC:
        yield {limit.only_if: exactly(1)}
