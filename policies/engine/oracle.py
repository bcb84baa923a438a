"""The slow, obvious way to judge: walks the rules, uses fractions, does nothing clever.

It exists to be compared with :mod:`policies.engine.compiled`, which the product uses.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from policies.engine.judged import DEPENDS, ELIGIBLE, FALSE, HUGE, INELIGIBLE, TRUE, UNKNOWN, Judged, negate
from policies.engine.rules import LeafRule, Node, Rule, VariantRule, base_units, clamps
from policies.model.award import Award, Costs
from policies.model.fact import Fact
from policies.values import PPM, Facts, Span, Value

_Range = tuple[Fraction, Fraction | None]


def judge(rule: Rule, variant: VariantRule, facts: Facts, vocabulary: Mapping[str, Fact]) -> Judged:
    """Judge one reading of one measure."""
    known = _Known(rule, facts, vocabulary)
    truths = tuple(known.truth(leaf) for leaf in variant.leaves)
    holds = _holds(variant.tree, variant.leaves, truths)
    if not variant.award.is_money:
        verdict = _unpriced(variant.award, holds)
        nothing = 0 if verdict == INELIGIBLE and variant.award.unspecified is not None else None
        return Judged(verdict, nothing, nothing, truths, exhausted=False, floor=nothing)
    for leaf in clamps(variant):
        known.clamp(leaf)
    low, high = _payable(variant, known)
    if holds == FALSE or high == 0:
        return Judged(INELIGIBLE, 0, 0, truths, exhausted=holds != FALSE, floor=0)
    verdict = ELIGIBLE if holds == TRUE else DEPENDS
    floor = _fen(low)
    most = None if high is None else _fen(high)
    return Judged(verdict, floor if variant.exact else 0, most, truths, exhausted=False, floor=floor)


def _unpriced(award: Award, holds: int) -> str:
    if holds == FALSE:
        return INELIGIBLE
    return ELIGIBLE if holds == TRUE and award.unspecified is None else DEPENDS


def _fen(amount: Fraction) -> int:
    return amount.numerator // amount.denominator


class _Known:
    """The facts as one measure sees them: derived from definitions, bounded by other answers, clamped by conditions."""

    def __init__(self, rule: Rule, facts: Facts, vocabulary: Mapping[str, Fact]) -> None:
        self._facts: dict[str, Value | None] = dict(facts)
        self._vocabulary = vocabulary
        for bound in rule.bounds:
            self._bound(bound.fact, bound.at_most_fact, bound.at_least_fact, bound.minus, bound.divided_by)

    def value(self, key: str) -> Value | None:
        return self._facts.get(key)

    def span(self, key: str) -> Span:
        value = self._facts.get(key)
        if isinstance(value, Span):
            return value
        return Span(None if self._vocabulary[key].negative_allowed else 0, None)

    def truth(self, leaf: LeafRule) -> int:
        if leaf.kind == "number":
            return self._number(leaf)
        value = self._facts.get(leaf.facts[0])
        if value is None:
            return UNKNOWN
        if isinstance(value, frozenset):
            return TRUE if value & leaf.allowed else FALSE
        return TRUE if value in leaf.allowed else FALSE

    def _number(self, leaf: LeafRule) -> int:
        spans = [self.span(key) for key in leaf.facts]
        low = None if any(span.low is None for span in spans) else sum(span.low or 0 for span in spans)
        high = None if any(span.high is None for span in spans) else sum(span.high or 0 for span in spans)
        allowed = Span(leaf.low, leaf.high)
        if Span(low, high).within(allowed):
            return TRUE
        too_low = leaf.low is not None and high is not None and high < leaf.low
        too_high = leaf.high is not None and low is not None and low > leaf.high
        return FALSE if too_low or too_high else UNKNOWN

    def _bound(self, key: str, at_most: str | None, at_least: str | None, minus: object, divided_by: object) -> None:
        span = self.span(key)
        other = self.span(at_most or at_least or key)
        less = base_units(minus) if minus is not None else 0  # type: ignore[arg-type]
        parts = base_units(divided_by) if divided_by is not None else 1  # type: ignore[arg-type]
        low, high = span.low or 0, span.high
        if at_most is not None and other.high is not None:
            edge = max(0, (other.high - less) // parts)
            high = edge if high is None else min(high, edge)
            low = min(low, high)
        if at_least is not None and other.low is not None:
            edge = max(0, (other.low - less) // parts)
            low = max(low, edge) if high is None else min(max(low, edge), high)
        self._facts[key] = Span(low, high)

    def clamp(self, leaf: LeafRule) -> None:
        key = leaf.facts[0]
        span = self.span(key)
        low = span.low if leaf.low is None else max(leaf.low, span.low if span.low is not None else leaf.low)
        high = span.high if leaf.high is None else min(leaf.high, span.high if span.high is not None else leaf.high)
        if low is None or high is None or low <= high:
            self._facts[key] = Span(low, high)


def _holds(node: Node, leaves: tuple[LeafRule, ...], truths: tuple[int, ...]) -> int:
    if node.kind == "leaf":
        truth, presumed = truths[node.leaf], leaves[node.leaf].presumed
        if truth == UNKNOWN and presumed is not None:
            return TRUE if presumed else FALSE
        return truth
    values = [_holds(child, leaves, truths) for child in node.children]
    if node.kind == "not":
        return negate(values[0])
    if node.kind == "all":
        return min(values, default=TRUE)
    return max(values, default=FALSE)


def _payable(variant: VariantRule, known: _Known) -> _Range:
    award = variant.award
    low, high = _amount(award, known)
    if award.cap is not None:
        cap = Fraction(award.cap.value)
        low, high = min(low, cap), cap if high is None else min(high, cap)
    for limit in award.limits:
        room_low, room_high = _room(limit, known)
        if limit.mode != "ceiling":
            low, high = _through_gate(limit.mode, low, high, room_low, room_high)
            continue
        room_low = max(Fraction(0), room_low)
        room_high = None if room_high is None else max(Fraction(0), room_high)
        certain = True
        if limit.only_if is not None:
            trigger = known.span(limit.only_if)
            if trigger.high == 0:
                continue
            certain = (trigger.low or 0) > 0
        low = min(low, room_low)
        if certain and room_high is not None:
            high = room_high if high is None else min(high, room_high)
    return low, high


def _through_gate(
    mode: str, low: Fraction, high: Fraction | None, room_low: Fraction, room_high: Fraction | None
) -> _Range:
    """In full or not at all: what must fit is nothing (``gate_before``) or the amount itself (``gate_after``)."""
    need_low, need_high = (Fraction(0), Fraction(0)) if mode == "gate_before" else (low, high)
    opens = need_high is not None and need_high <= room_low
    shuts = room_high is not None and need_low > room_high
    return (low if opens else Fraction(0)), (Fraction(0) if shuts else high)


def _room(limit: object, known: _Known) -> _Range:
    share, of, total, less = limit.share, limit.of, limit.total, limit.less  # type: ignore[attr-defined]
    taken = [known.span(key) for key in less]
    taken_low = sum(span.low or 0 for span in taken)
    taken_high = None if any(span.high is None for span in taken) else sum(span.high or 0 for span in taken)
    if total is not None:
        low = high = Fraction(total.value)
        ceiling_high: Fraction | None = high
    else:
        base = known.span(of)
        low = share.value * (base.low or 0)
        ceiling_high = None if base.high is None else share.value * base.high
    low = Fraction(_fen(Fraction(low)))
    room_low = Fraction(-HUGE) if taken_high is None else low - taken_high
    room_high = None if ceiling_high is None else Fraction(_fen(ceiling_high)) - taken_low
    return room_low, room_high


def _amount(award: Award, known: _Known) -> _Range:
    if award.fixed is not None:
        return Fraction(award.fixed.value), Fraction(award.fixed.value)
    if award.rate is not None or (award.up_to is not None and award.of is not None):
        share = award.rate or award.up_to
        assert share is not None  # noqa: S101 - narrowed by the line above
        return _part(Fraction(share.value), award.of or (), None, known)
    if award.up_to is not None:
        return Fraction(award.up_to.value), Fraction(award.up_to.value)
    if award.each is not None and award.per is not None:
        return _items(award.each, award.per, known)
    if award.tiers is not None:
        span = known.span(award.tiers.by)
        steps = [(base_units(step.at_least), Fraction(step.up_to.value)) for step in award.tiers.steps]
        low = max((up_to for edge, up_to in steps if (span.low or 0) >= edge), default=Fraction(0))
        high = max((up_to for edge, up_to in steps if span.high is None or span.high >= edge), default=Fraction(0))
        return low, high
    if award.stages is not None:
        total, shares = award.stages.total.value, award.stages.shares
        chosen = known.value(award.stages.by)
        picked = [shares[chosen]] if isinstance(chosen, str) and chosen in shares else list(shares.values())
        amounts = [Fraction(total) * share.value for share in picked]
        return min(amounts), max(amounts)
    low, high = Fraction(0), Fraction(0)
    unbounded = False
    for part in award.up_to_parts or ():
        part_low, part_high = _part(Fraction(part.rate.value), part.of, part.less, known)
        low += part_low
        unbounded = unbounded or part_high is None
        high += part_high or 0
    return low, None if unbounded else high


def _part(share: Fraction, of: tuple[str, ...], less: str | None, known: _Known) -> _Range:
    spans = [known.span(key) for key in of]
    low = sum(span.low or 0 for span in spans)
    high = None if any(span.high is None for span in spans) else sum(span.high or 0 for span in spans)
    if less is not None:
        taken = known.span(less)
        low = 0 if taken.high is None else max(0, low - taken.high)
        high = None if high is None else max(0, high - (taken.low or 0))
    return Fraction(_fen(share * low)), None if high is None else Fraction(_fen(share * high))


def _items(each: object, per: str, known: _Known) -> _Range:
    items = known.span(per)
    if isinstance(each, Costs):
        cost = known.span(each.cost)
        most = int(each.at_most.value)
        low_each, high_each = min(cost.low or 0, most), most if cost.high is None else min(cost.high, most)
    else:
        low_each = high_each = int(each.value)  # type: ignore[attr-defined]
    low = Fraction(low_each * (items.low or 0))
    if high_each == 0 or items.high == 0:
        return low, Fraction(0)
    return low, None if items.high is None else Fraction(high_each * items.high)


def derived(facts: Facts, vocabulary: Mapping[str, Fact]) -> dict[str, Value | None]:
    """The facts with those added that a definition decides from others (``sme`` from industry and size)."""
    from policies.engine.rules import leaf_rule  # noqa: PLC0415 - only the oracle's entry needs it
    from policies.model.condition import AllOf, AnyOf, Leaf, Not  # noqa: PLC0415

    class _NoBounds:
        bounds = ()

    known = _Known(_NoBounds(), facts, vocabulary)  # type: ignore[arg-type]

    def holds(condition: Leaf | AllOf | AnyOf | Not) -> int:
        if isinstance(condition, Leaf):
            return known.truth(leaf_rule(condition, 0, positive=True))
        if isinstance(condition, Not):
            return negate(holds(condition.not_))
        if isinstance(condition, AllOf):
            return min(holds(child) for child in condition.all_of)
        return max(holds(child) for child in condition.any_of)

    complete = dict(facts)
    for fact in vocabulary.values():
        if complete.get(fact.key) is not None:
            continue
        for derivation in fact.derived:
            if holds(derivation.when) == TRUE:
                truth = holds(derivation.holds)
                complete[fact.key] = None if truth == UNKNOWN else truth == TRUE
    return complete


__all__ = ["PPM", "derived", "judge"]
