"""Why a verdict is what it is: the state of every condition, the distance to a bound, and what is still open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from policies.engine.judged import DEPENDS, ELIGIBLE, FALSE, INELIGIBLE, TRUE, UNKNOWN, Judged, negate
from policies.engine.readings import disagree
from policies.engine.rules import LeafRule, Node, Rule, VariantRule
from policies.model.condition import Test
from policies.references import award_facts
from policies.values import Facts, Span

MET, UNMET, OPEN, CONFIRM = "met", "unmet", "open", "confirm"

# Few patterns of truths come up again and again; what follows from them alone is remembered.
REMEMBERED = 1 << 13


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
    stated, numbers = _stated(variant, truths)
    if not numbers:
        return stated
    measured = list(stated)
    for index in numbers:
        measured[index] = replace(stated[index], gap=gap(variant.leaves[index], facts))
    return tuple(measured)


@lru_cache(maxsize=REMEMBERED)
def _stated(variant: VariantRule, truths: tuple[int, ...]) -> tuple[tuple[Reason, ...], tuple[int, ...]]:
    """The reasons that follow from the truth of each test alone, and the failing tests whose gap depends on a number."""
    matters = _mattering(variant, truths)
    stated = tuple(
        Reason(
            _state(leaf, truths[leaf.index]),
            leaf.facts,
            leaf.test,
            leaf.low,
            leaf.high,
            None,
            leaf.index in matters,
        )
        for leaf in variant.leaves
    )
    numbers = (leaf.index for leaf in variant.leaves if leaf.kind == "number" and truths[leaf.index] == FALSE)
    return stated, tuple(numbers)


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


_NOTHING_OPEN = Open((), (), ())


def open_facts(rule: Rule, judged: tuple[Judged, ...], facts: Facts) -> Open:
    """Facts still open that could change the verdict or the range of a measure."""
    default = judged[0]
    if not rule.disputed:
        if default.verdict == INELIGIBLE:
            return _NOTHING_OPEN
        deciding, figures, confirming = _open_keys(rule.variants[0], default.truths)
        return _still_open(deciding, figures if default.floor != default.high else (), confirming, facts)
    found: tuple[list[str], list[str], list[str]] = ([], [], [])
    for index in (0, *rule.disputed):
        variant, result = rule.variants[index], judged[index]
        if result.verdict == INELIGIBLE:
            continue
        deciding, figures, confirming = _open_keys(variant, result.truths)
        shown = result.floor != result.high and (index == 0 or disagree(variant, default, result))
        for keys, more in zip(found, (deciding, figures if shown else (), confirming), strict=True):
            keys += [key for key in more if key not in keys]
    return _still_open(*found, facts)


def _still_open(deciding: Iterable[str], figures: Iterable[str], confirming: Iterable[str], facts: Facts) -> Open:
    return Open(
        tuple([key for key in deciding if not known(facts, key)]),
        tuple([key for key in figures if not known(facts, key)]),
        tuple([key for key in confirming if not known(facts, key)]),
    )


@lru_cache(maxsize=REMEMBERED)
def _open_keys(
    variant: VariantRule, truths: tuple[int, ...]
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Facts of the open tests that decide, facts the award is computed from, and facts of the tests presumed."""
    tests = [variant.leaves[index] for index in _mattering(variant, truths) if truths[index] == UNKNOWN]
    deciding = dict.fromkeys(key for leaf in tests if leaf.presumed is None for key in leaf.facts)
    confirming = dict.fromkeys(key for leaf in tests if leaf.presumed is not None for key in leaf.facts)
    return tuple(deciding), award_facts(variant.award), tuple(confirming)


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
    """Whether one reading's verdict can no longer turn: nothing is presumed, and no base or room may prove to be zero."""
    variant = rule.variants[index]
    if result.verdict == ELIGIBLE and result.floor == 0:
        return False
    return result.verdict != DEPENDS and _firm(variant.tree, result.truths) != UNKNOWN
