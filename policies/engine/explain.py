"""Why a verdict is what it is: the state of every condition, the distance to a bound, and what is still open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from policies.engine.judged import DEPENDS, FALSE, INELIGIBLE, TRUE, UNKNOWN, Judged, negate
from policies.engine.rules import LeafRule, Node, Rule, VariantRule
from policies.model.condition import Test
from policies.references import award_facts
from policies.values import Facts, Span

MET, UNMET, OPEN, CONFIRM = "met", "unmet", "open", "confirm"


@dataclass(frozen=True, slots=True)
class Reason:
    """One condition: its state (符合 / 不符合 / 待补充 / 待确认), the words it rests on, and how far off a number is.

    ``gap`` is in base units of the facts (分, counts, parts per million): how much is missing to (or over) the bound.
    """

    state: str
    facts: tuple[str, ...]
    test: Test
    low: int | None
    high: int | None
    gap: int | None
    decisive: bool


def reasons(variant: VariantRule, truths: tuple[int, ...], facts: Facts) -> tuple[Reason, ...]:
    """All conditions of one reading, in the order they are written, with their state."""
    matters = _mattering(variant, truths)
    return tuple(
        Reason(
            _state(leaf, truths[leaf.index]),
            leaf.facts,
            leaf.test,
            leaf.low,
            leaf.high,
            gap(leaf, facts),
            leaf.index in matters,
        )
        for leaf in variant.leaves
    )


def _state(leaf: LeafRule, truth: int) -> str:
    if truth == UNKNOWN:
        return OPEN if leaf.presumed is None else CONFIRM
    wanted = leaf.presumed is not False
    return MET if (truth == TRUE) == wanted else UNMET


def gap(leaf: LeafRule, facts: Facts) -> int | None:
    """How far a known number is from passing its test; ``None`` when it passes, is unknown, or is no number."""
    if leaf.kind != "number":
        return None
    spans = [facts.get(key) for key in leaf.facts]
    highs = [span.high for span in spans if isinstance(span, Span) and span.high is not None]
    lows = [span.low for span in spans if isinstance(span, Span) and span.low is not None]
    if leaf.low is not None and len(highs) == len(leaf.facts) and sum(highs) < leaf.low:
        return leaf.low - sum(highs)
    if leaf.high is not None and len(lows) == len(leaf.facts) and sum(lows) > leaf.high:
        return sum(lows) - leaf.high
    return None


@dataclass(frozen=True, slots=True)
class Open:
    """Facts still open: ``deciding`` the verdict, ``figures`` of the amount, and presumed ones to be ``confirmed``."""

    deciding: tuple[str, ...]
    figures: tuple[str, ...]
    confirming: tuple[str, ...]

    def __iter__(self) -> Iterator[str]:
        """All keys, deciding ones first, each once."""
        return iter(dict.fromkeys((*self.deciding, *self.figures, *self.confirming)))


def open_facts(rule: Rule, judged: tuple[Judged, ...], facts: Facts) -> Open:
    """Facts still open that could change the verdict or the range of a measure."""
    deciding: list[str] = []
    figures: list[str] = []
    confirming: list[str] = []
    for variant, result in zip(rule.variants, judged, strict=True):
        if variant.reading is not None and variant.reading.differ == "default":
            continue
        if result.verdict == INELIGIBLE:
            continue
        for index in _mattering(variant, result.truths):
            leaf = variant.leaves[index]
            if result.truths[index] == UNKNOWN:
                (deciding if leaf.presumed is None else confirming).extend(leaf.facts)
        shown = variant.reading is None or result.verdict != judged[0].verdict
        if shown and result.floor != result.high:
            figures += award_facts(variant.award)
    return Open(
        *(
            tuple(key for key in dict.fromkeys(keys) if not known(facts, key))
            for keys in (deciding, figures, confirming)
        )
    )


def known(facts: Facts, key: str) -> bool:
    """Whether a fact is known for good: a number only when it is exact."""
    value = facts.get(key)
    return value is not None and (not isinstance(value, Span) or value.exact)


def _mattering(variant: VariantRule, truths: tuple[int, ...]) -> tuple[int, ...]:
    """Tests that decide the outcome as it stands: the failing ones of a failure, else the open ones left in the tree."""
    found: list[int] = []
    _collect(variant.tree, truths, found)
    return tuple(found)


def _collect(node: Node, truths: tuple[int, ...], found: list[int]) -> None:
    if node.kind == "leaf":
        found.append(node.leaf)
        return
    firm = {id(child): _firm(child, truths) for child in node.children}
    whole = _firm(node, truths)
    for child in node.children:
        if firm[id(child)] == whole or node.kind == "not":
            _collect(child, truths, found)


def _firm(node: Node, truths: tuple[int, ...]) -> int:
    """The truth of a subtree with nothing presumed."""
    if node.kind == "leaf":
        return truths[node.leaf]
    values = [_firm(child, truths) for child in node.children]
    if node.kind == "not":
        return negate(values[0])
    if node.kind == "all":
        return min(values, default=TRUE)
    return max(values, default=FALSE)


def firm_verdict(rule: Rule, result: Judged, index: int) -> bool:
    """Whether one reading holds with nothing presumed: its verdict can no longer turn."""
    variant = rule.variants[index]
    return result.verdict != DEPENDS and _firm(variant.tree, result.truths) != UNKNOWN


def labels(keys: tuple[str, ...], names: Mapping[str, str]) -> str:
    """Fact labels joined for a sentence."""
    return "、".join(names[key] for key in keys)
