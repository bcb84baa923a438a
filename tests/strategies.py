"""Hypothesis strategies: enterprises made of the real vocabulary, with numbers around the bounds the rules use.

Most facts stay unknown. A few measures are picked and their facts answered, so that conditions meet often enough.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from policies.engine.engine import Engine
from policies.engine.rules import Rule, VariantRule, base_units
from policies.model.award import Award, Costs
from policies.model.condition import leaves
from policies.model.fact import Fact
from policies.model.policy import Policy
from policies.values import PPM, Span, Value, exactly

POLICIES = ("baiyun-draft", "baoan-2022-draft", "foshan-2020", "haizhu-2022", "huangpu-2019")
Answers = dict[str, Value | None]


class Enterprises:
    """Draws answers, and refinements of answers, for one engine's vocabulary."""

    def __init__(self, engine: Engine) -> None:
        self.vocabulary = engine.slots.vocabulary
        self.rules = {name: policy.rules for name, policy in engine.policies.items()}
        self.shared = {name: _shared(policy.policy.header) for name, policy in engine.policies.items()}
        every = [rule for rules in self.rules.values() for rule in rules]
        edges = _edges(every, self.vocabulary.values())
        self.values = {key: _value(fact, edges.get(key, set())) for key, fact in self.vocabulary.items()}

    def answers(self, policy: str) -> SearchStrategy[Answers]:
        """Answers of one enterprise, mostly about one document; ``None`` is "do not know"."""
        return _answers(self, policy)

    def refined(self, answers: Mapping[str, Value | None], policy: str) -> SearchStrategy[Answers]:
        """More or sharper answers: each known one stays or becomes narrower, some unknown ones become known."""
        return _refined(self, answers, policy)


@st.composite
def _answers(draw: DrawFn, enterprises: Enterprises, policy: str) -> Answers:
    keys = set(draw(st.lists(st.sampled_from(sorted(enterprises.vocabulary)), max_size=3)))
    for rule in draw(st.lists(st.sampled_from(enterprises.rules[policy]), min_size=1, max_size=3)):
        keys.update(rule.facts)
    if draw(st.booleans()):
        keys.update(enterprises.shared[policy])
    known = draw(st.sampled_from((3, 6, 9, 10)))
    return {key: draw(enterprises.values[key]) for key in sorted(keys) if draw(st.integers(0, 9)) < known}


@st.composite
def _refined(draw: DrawFn, enterprises: Enterprises, answers: Mapping[str, Value | None], policy: str) -> Answers:
    finer: Answers = {
        key: draw(enterprises.values[key] if value is None else _narrower(value)) for key, value in answers.items()
    }
    near = {key for rule in enterprises.rules[policy] if finer.keys() & set(rule.facts) for key in rule.facts}
    unknown = sorted((near | enterprises.shared[policy]) - finer.keys())
    for key in sorted(draw(st.sets(st.sampled_from(unknown), max_size=6))) if unknown else ():
        finer[key] = draw(enterprises.values[key])
    return finer


def _shared(header: Policy) -> set[str]:
    """Facts that only the rules over several measures look at: caps, exclusions, other support."""
    caps = [key for cap in header.caps for key in (cap.of, cap.less)]
    keys = [*caps, *(rule.when for rule in header.choose_one), *(rule.fact for rule in header.higher_of)]
    return {key for key in keys if key is not None}


def _narrower(value: Value) -> SearchStrategy[Value]:
    if not isinstance(value, Span) or value.exact:
        return st.just(value)
    low = value.low if value.low is not None else -(10 * PPM)
    high = value.high if value.high is not None else max(low, 0) * 3 + 10**9
    inside = st.integers(low, high)
    pair = st.tuples(inside, inside).map(lambda ends: Span(min(ends), max(ends)))
    return st.one_of(st.just(value), inside.map(exactly), st.sampled_from((low, high)).map(exactly), pair)


def _value(fact: Fact, edges: set[int]) -> SearchStrategy[Value | None]:
    if fact.type == "bool":
        return st.sampled_from((True, True, True, False, None))
    if fact.type == "choice":
        return st.sampled_from((*fact.choices, None))
    if fact.type == "set":
        return st.one_of(st.frozensets(st.sampled_from(fact.choices), min_size=1, max_size=3), st.none())
    return st.one_of(st.none(), _spans(fact, edges))


def _spans(fact: Fact, edges: set[int]) -> SearchStrategy[Span]:
    near = sorted({edge + step for edge in edges for step in (-1, 0, 1)} | {0, 1, 2})
    allowed = near if fact.negative_allowed else [number for number in near if number >= 0]
    most = {"money": 10**13, "share": 2 * PPM}.get(fact.type, 10**8)
    point = st.one_of(st.sampled_from(allowed), st.sampled_from(allowed), st.integers(0, most))
    pair = st.tuples(point, point).map(lambda ends: Span(min(ends), max(ends)))
    step = st.sampled_from(allowed).map(lambda low: Span(low, low + 1))
    up = point.map(lambda low: Span(low, None))
    down = point.map(lambda high: Span(None if fact.negative_allowed else 0, max(high, 0)))
    return st.one_of(point.map(exactly), point.map(exactly), pair, step, up, down)


def _edges(rules: Iterable[Rule], facts: Iterable[Fact]) -> dict[str, set[int]]:
    """For every numeric fact, the numbers at which some rule changes its mind."""
    found: dict[str, set[int]] = {}
    for rule in rules:
        for variant in rule.variants:
            for keys, edge in (*_test_edges(variant), *_award_edges(variant.award)):
                for key in keys:
                    found.setdefault(key, set()).add(edge)
    for derivation in (derivation for fact in facts for derivation in fact.derived):
        for leaf in leaves(derivation.holds):
            if leaf.test.comparison is not None:
                found.setdefault(leaf.facts[0], set()).add(base_units(leaf.test.comparison[1]))
    return found


def _test_edges(variant: VariantRule) -> Iterator[tuple[tuple[str, ...], int]]:
    for leaf in variant.leaves:
        for edge in (leaf.low, leaf.high):
            if edge is not None:
                yield leaf.facts, edge


def _award_edges(award: Award) -> Iterator[tuple[tuple[str, ...], int]]:
    """Bases at which a cap begins to bind, and the steps of tiers."""
    cap = award.cap.value if award.cap else None
    share = award.rate or award.up_to
    if cap is not None and share is not None and award.of is not None:
        yield award.of, int(Fraction(cap) / Fraction(share.value))
    if isinstance(award.each, Costs):
        yield (award.each.cost,), int(award.each.at_most.value)
    elif cap is not None and award.each is not None and award.per is not None:
        yield (award.per,), int(Fraction(cap) / award.each.value)
    for step in award.tiers.steps if award.tiers else ():
        yield (award.tiers.by if award.tiers else "",), base_units(step.at_least)
    for limit in award.limits:
        if limit.total is not None:
            yield limit.less, int(limit.total.value)
