"""Rules made ready for judging: numbers in base units, scope joined in, every test numbered.

The YAML models say what the officer wrote; a :class:`Rule` says what is computed. The oracle walks it, the compiler
turns it into code; neither looks at YAML again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from policies.law import LoadedMeasure, LoadedPolicy
from policies.model.award import Award
from policies.model.condition import AllOf, AnyOf, Leaf, Not, Test
from policies.model.fact import Fact
from policies.model.measure import Bound, Reading
from policies.notation import Quantity
from policies.references import award_facts
from policies.values import PPM

Condition = Leaf | AllOf | AnyOf | Not
EXACT_KINDS = ("fixed", "rate", "each")


@dataclass(frozen=True, slots=True)
class LeafRule:
    """One numbered test.

    ``allowed``: the answers that pass (yes/no, choice, or any of a set). ``low``/``high``: the whole numbers that pass,
    both inclusive. ``presumed``: what is taken while nothing is said; ``None`` leaves it open.
    """

    index: int
    facts: tuple[str, ...]
    kind: str
    allowed: frozenset[object]
    low: int | None
    high: int | None
    presumed: bool | None
    test: Test


@dataclass(frozen=True, slots=True)
class Node:
    """``leaf`` (with its index), or ``all`` / ``any`` / ``not`` over children."""

    kind: str
    leaf: int = -1
    children: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class VariantRule:
    """One way to read a measure. ``exact``: pays exactly the computed amount (R1, R2); else it is a maximum (R3, R4).

    The last conditions of ``tree`` are the scope of the document: its own are the first ``conditions``, with the first
    ``tests`` of the ``leaves``. ``figures``: the facts the award is computed from. ``own``: its tests that the default
    reading does not have; ``lacks``: tests of the default that it does not have.
    """

    option: str
    reading: Reading | None
    leaves: tuple[LeafRule, ...]
    tree: Node
    conditions: int
    tests: int
    award: Award
    exact: bool
    figures: tuple[str, ...]
    own: tuple[int, ...] = ()
    lacks: tuple[int, ...] = ()

    @property
    def disputed(self) -> bool:
        """Whether the verdict changes when this reading disagrees with the default one."""
        return self.reading is not None and self.reading.differ != "default"


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """One measure, its readings (the default first), and the facts that bring it into play.

    ``id``: its full id, ``short_id``: within the document. ``monetary``: the text states an amount. ``staged``: for an
    amount paid in parts, the fact that says which part, and the answer that means all of them. ``disputed``: indexes
    of the readings that change the verdict where they disagree with the default one.
    """

    id: str
    short_id: str
    loaded: LoadedMeasure
    monetary: bool
    staged: tuple[str, str] | None
    variants: tuple[VariantRule, ...]
    disputed: tuple[int, ...]
    bounds: tuple[Bound, ...]
    facts: tuple[str, ...]
    telling: frozenset[str]


def base_units(quantity: Quantity) -> int:
    """A bound as the whole number facts are kept in: 分, counts, or parts per million for shares."""
    if quantity.is_share:
        scaled = quantity.value * PPM
        if scaled.denominator != 1:
            raise ValueError(f"{quantity.text} is finer than one part per million")
        return int(scaled)
    return int(quantity.value)


def rules_of(policy: LoadedPolicy, facts: Mapping[str, Fact]) -> tuple[Rule, ...]:
    """All measures of a document as rules, in the order of the text."""
    return tuple(_rule(loaded, policy, facts) for loaded in policy.measures)


def _rule(loaded: LoadedMeasure, policy: LoadedPolicy, facts: Mapping[str, Fact]) -> Rule:
    measure = loaded.measure
    variants = [_variant("", None, measure.requires, measure.award, policy)]
    for reading in measure.readings:
        for option, other in reading.otherwise.items():
            requires = measure.requires if other.requires is None else other.requires
            variant = _variant(option, reading, requires, other.award or measure.award, policy)
            variants.append(_compared(variant, variants[0]))
    used = _used(variants, measure.bounds)
    own = _used(variants[:1], measure.bounds, scope=False)
    telling = frozenset(measure.mentioned_by or (key for key in own if not facts[key].generic))
    disputed = tuple(index for index, variant in enumerate(variants) if variant.disputed)
    stages = measure.award.stages
    return Rule(
        loaded.id,
        measure.id,
        loaded,
        loaded.monetary,
        None if stages is None else (stages.by, stages.whole),
        tuple(variants),
        disputed,
        measure.bounds,
        used,
        telling,
    )


def _compared(variant: VariantRule, default: VariantRule) -> VariantRule:
    def key(leaf: LeafRule) -> tuple[object, ...]:
        return leaf.facts, leaf.kind, leaf.allowed, leaf.low, leaf.high, leaf.presumed

    here, there = {key(leaf) for leaf in variant.leaves}, {key(leaf) for leaf in default.leaves}
    own = tuple(leaf.index for leaf in variant.leaves if key(leaf) not in there)
    return replace(variant, own=own, lacks=tuple(leaf.index for leaf in default.leaves if key(leaf) not in here))


def _used(variants: list[VariantRule], bounds: tuple[Bound, ...], *, scope: bool = True) -> tuple[str, ...]:
    keys: list[str] = []
    for variant in variants:
        keys += [key for leaf in (variant.leaves if scope else variant.leaves[: variant.tests]) for key in leaf.facts]
        keys += variant.figures
    for bound in bounds:
        keys += [key for key in (bound.at_most_fact, bound.at_least_fact) if key]
    return tuple(dict.fromkeys(keys))


def _variant(
    option: str,
    reading: Reading | None,
    requires: tuple[Condition, ...],
    award: Award,
    policy: LoadedPolicy,
) -> VariantRule:
    own, tests = _nodes(requires, [])
    children, leaves = _nodes(policy.header.scope, tests.copy())
    tree = Node("all", children=(*own, *children))
    exact = award.kind in EXACT_KINDS and policy.header.maxima is None and not award.maximum
    return VariantRule(option, reading, tuple(leaves), tree, len(own), len(tests), award, exact, award_facts(award))


def numbered(conditions: Iterable[Condition]) -> tuple[Node, tuple[LeafRule, ...]]:
    """Conditions that must all hold, as a tree over their numbered tests."""
    children, leaves = _nodes(conditions, [])
    return Node("all", children=children), tuple(leaves)


def _nodes(conditions: Iterable[Condition], leaves: list[LeafRule]) -> tuple[tuple[Node, ...], list[LeafRule]]:
    return tuple([_node(condition, leaves, positive=True) for condition in conditions]), leaves


def _node(condition: Condition, leaves: list[LeafRule], *, positive: bool) -> Node:
    if isinstance(condition, Leaf):
        leaves.append(leaf_rule(condition, len(leaves), positive=positive))
        return Node("leaf", leaf=len(leaves) - 1)
    if isinstance(condition, Not):
        return Node("not", children=(_node(condition.not_, leaves, positive=not positive),))
    many = condition.all_of if isinstance(condition, AllOf) else condition.any_of
    kind = "all" if isinstance(condition, AllOf) else "any"
    return Node(kind, children=tuple(_node(child, leaves, positive=positive) for child in many))


def leaf_rule(leaf: Leaf, index: int, *, positive: bool) -> LeafRule:
    """Number one test. A presumed test under a ``not`` is presumed to fail, so that the whole is presumed to hold."""
    test = leaf.test
    presumed = positive if test.presumed else None
    if test.comparison is not None:
        name, bound = test.comparison
        edge = base_units(bound)
        low = {"at_least": edge, "more_than": edge + 1}.get(name)
        high = {"at_most": edge, "less_than": edge - 1}.get(name)
        return LeafRule(index, leaf.facts, "number", frozenset(), low, high, presumed, test)
    if isinstance(test.is_, bool):
        return LeafRule(index, leaf.facts, "bool", frozenset({test.is_}), None, None, presumed, test)
    if test.has_any is not None:
        return LeafRule(index, leaf.facts, "set", frozenset(test.has_any), None, None, presumed, test)
    choices = test.in_ if test.in_ is not None else (test.is_,)
    return LeafRule(index, leaf.facts, "choice", frozenset(choices), None, None, presumed, test)


def clamps(variant: VariantRule) -> Iterator[LeafRule]:
    """Tests of a single number that must hold for anything to be paid: inside them the award is computed."""
    for child in variant.tree.children:
        if child.kind == "leaf":
            leaf = variant.leaves[child.leaf]
            if leaf.kind == "number" and len(leaf.facts) == 1:
                yield leaf
