"""The generated cases of one measure: groups of changes, each to a set of facts under which the measure is due."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from policies.engine.rules import LeafRule, Node, Rule, VariantRule
from policies.lint.boundaries.amounts import bound_variations, fill, variations
from policies.lint.boundaries.solve import Way, edges, number_of, solve, wanted_span, ways
from policies.lint.boundaries.trial import Assignment, Outcome, Trial
from policies.model.condition import leaves
from policies.model.fact import Fact
from policies.values import Value, exactly


@dataclass(frozen=True, slots=True)
class Tried:
    """A change to the facts of its group (empty for the group's own facts) and what comes out."""

    change: Assignment
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Group:
    """Facts under which all conditions of one reading hold by one branch, and the changes tried on them."""

    facts: Assignment
    tried: tuple[Tried, ...]


def groups_of(trial: Trial, index: int, *, with_scope: bool) -> list[Group]:
    """All groups of a measure. ``with_scope``: the document's presumed scope is tried too (once a document)."""
    rule, vocabulary = trial.rules[index], trial.vocabulary
    found: list[Group] = []
    seen: set[frozenset[tuple[str, object]]] = set()
    for variant in rule.variants:
        scope = _scope_leaves(trial)
        for way in ways(_own_tree(variant, scope)):
            facts = solve(way, variant.leaves, vocabulary)
            if facts is None:
                continue
            fill(rule, facts, vocabulary)
            if frozenset(facts.items()) in seen:
                continue
            changes = [{}, *_changes(rule, variant, way, facts, vocabulary)]
            if with_scope and not found:
                changes += _scope_changes(variant, scope, vocabulary)
            tried = [
                Tried(change, trial.judge(index, {**facts, **change}))
                for change in changes
                if _new({**facts, **change}, seen)
            ]
            found.append(Group(facts, tuple(tried)))
    return found


def _new(facts: Assignment, seen: set[frozenset[tuple[str, object]]]) -> bool:
    key = frozenset(facts.items())
    if key in seen:
        return False
    seen.add(key)
    return True


def _scope_leaves(trial: Trial) -> int:
    header = trial.compiled.policy.header
    return sum(1 for condition in header.scope for _ in leaves(condition))


def _own_tree(variant: VariantRule, scope: int) -> Node:
    """The conditions that must be said: the presumed scope of the document goes without saying."""
    first = len(variant.leaves) - scope
    kept = tuple(child for child in variant.tree.children if not _presumed_scope(child, first, variant))
    return Node("all", children=kept)


def _presumed_scope(node: Node, first: int, variant: VariantRule) -> bool:
    if node.kind == "leaf":
        return node.leaf >= first and variant.leaves[node.leaf].presumed is not None
    return all(_presumed_scope(child, first, variant) for child in node.children)


def _changes(
    rule: Rule, variant: VariantRule, way: Way, facts: Assignment, vocabulary: Mapping[str, Fact]
) -> Iterator[Assignment]:
    for place, truth in way.must:
        yield from _leaf_changes(variant.leaves[place], truth, facts, vocabulary)
    for other in rule.variants:
        yield from variations(rule, other, facts, vocabulary)
    yield from bound_variations(rule, facts)


def _leaf_changes(
    leaf: LeafRule, truth: bool, facts: Assignment, vocabulary: Mapping[str, Fact]
) -> Iterator[Assignment]:
    """Just failing, one step to each side of a bound, and unknown."""
    if leaf.kind != "number":
        key = leaf.facts[0]
        yield {key: opposite(leaf, truth, vocabulary[key])}
        if leaf.kind != "bool":
            named = [choice for choice in vocabulary[key].choices if choice in leaf.allowed]
            yield from ({key: frozenset({choice}) if leaf.kind == "set" else choice} for choice in named)
        yield {key: None}
        return
    for key in dict.fromkeys(leaf.facts):
        times = leaf.facts.count(key)
        rest = sum(number_of(facts, other) for other in leaf.facts if other != key)
        for edge in edges(leaf):
            number = (edge - rest) // times if times > 1 else edge - rest
            if number >= 0 or vocabulary[key].negative_allowed:
                yield {key: exactly(number)}
        yield {key: None}


def _scope_changes(variant: VariantRule, scope: int, vocabulary: Mapping[str, Fact]) -> Iterator[Assignment]:
    for leaf in variant.leaves[len(variant.leaves) - scope :]:
        if leaf.presumed is None:
            continue
        for truth in (leaf.presumed, not leaf.presumed):
            if leaf.kind == "number":
                low, high = wanted_span(leaf, truth)
                yield {leaf.facts[0]: exactly(low if low is not None else high or 0)}
            else:
                key = leaf.facts[0]
                yield {key: opposite(leaf, not truth, vocabulary[key])}


def opposite(leaf: LeafRule, truth: bool, fact: Fact) -> Value:
    """An answer under which a test comes out the other way than ``truth``."""
    if leaf.kind == "bool":
        (allowed,) = leaf.allowed
        return bool(allowed) != truth
    fitting = [choice for choice in fact.choices if (choice in leaf.allowed) != truth]
    if leaf.kind == "set":
        return frozenset(fitting[-1:])
    return fitting[-1] if fitting else fact.choices[-1]
