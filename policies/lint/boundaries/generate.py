"""The generated cases of one measure: groups of changes, each to a set of facts under which the measure is due."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from policies.engine.rules import LeafRule, Node, Rule, VariantRule
from policies.lint.boundaries.amounts import bound_variations, fill, variations
from policies.lint.boundaries.solve import Way, edges, number_of, solve, wanted_span, ways
from policies.lint.boundaries.trial import Assignment, Change, Outcome, Trial
from policies.model.condition import leaves
from policies.model.fact import Fact
from policies.references import award_facts
from policies.values import Value, exactly


@dataclass(frozen=True, slots=True)
class Tried:
    """A change to the facts of its group (empty for the group's own facts) and what comes out."""

    change: Change
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Group:
    """Facts under which all conditions of one reading hold by one branch, and the changes tried on them."""

    facts: Assignment
    tried: tuple[Tried, ...]


def groups_of(trial: Trial, index: int, *, with_scope: bool) -> list[Group]:
    """All groups of a measure. ``with_scope``: the document's presumed scope is tried too (once a document)."""
    rule = trial.rules[index]
    scope = _scope_leaves(trial)
    drafts = _drafts(trial, rule, scope)
    if with_scope and drafts:
        drafts[0][1].extend(_scope_changes(rule.variants[0], scope, trial.vocabulary))
    found = []
    seen = {frozenset(facts.items()) for facts, _ in drafts}
    for facts, changes in drafts:
        tried = [Tried({}, trial.judge(index, facts))]
        for change in changes:
            whole = {**facts, **change}
            if frozenset(whole.items()) not in seen:
                seen.add(frozenset(whole.items()))
                tried.append(Tried(change, trial.judge(index, whole)))
        found.append(Group(facts, tuple(tried)))
    return found


def _drafts(trial: Trial, rule: Rule, scope: int) -> list[tuple[Assignment, list[Change]]]:
    """Facts and the changes to try on them; readings that hold under the same facts share them."""
    drafts: list[tuple[Assignment, list[Change]]] = []
    for variant in rule.variants:
        for way in ways(_own_tree(variant, scope)):
            facts = solve(way, variant.leaves, trial.vocabulary, award_facts(variant.award))
            if facts is None:
                continue
            fill(rule, facts, trial.vocabulary, _bounded(variant, way))
            changes = _changes(rule, variant, way, facts, trial.vocabulary)
            same = next((known for other, known in drafts if other == facts), None)
            if same is None:
                drafts.append((facts, list(changes)))
            else:
                same.extend(changes)
    return drafts


def _bounded(variant: VariantRule, way: Way) -> set[str]:
    """Facts that a condition bounds from above."""
    wanted = ((variant.leaves[place], truth) for place, truth in way.must)
    return {key for leaf, truth in wanted if wanted_span(leaf, truth)[1] is not None for key in leaf.facts}


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
) -> Iterator[Change]:
    for place, truth in way.must:
        yield from _leaf_changes(variant.leaves[place], truth, facts, vocabulary)
    for other in rule.variants:
        yield from variations(rule, other, facts, vocabulary)
    yield from bound_variations(rule, facts)


def _leaf_changes(leaf: LeafRule, truth: bool, facts: Assignment, vocabulary: Mapping[str, Fact]) -> Iterator[Change]:
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


def _scope_changes(variant: VariantRule, scope: int, vocabulary: Mapping[str, Fact]) -> Iterator[Change]:
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
