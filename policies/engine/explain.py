"""Why a verdict is what it is: the state of every condition, the distance to a bound, and what is still open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache

from policies.engine.judged import DEPENDS, ELIGIBLE, FALSE, INELIGIBLE, TRUE, UNKNOWN, Judged, negate
from policies.engine.readings import disagree
from policies.engine.rules import LeafRule, Node, Rule, VariantRule
from policies.model.condition import Test
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


@dataclass(slots=True)
class Open:
    """Facts still open: ``deciding`` the verdict, ``figures`` of the amount, and presumed ones to be ``confirmed``.

    ``every``: all of them, the deciding ones first, each once.
    """

    deciding: tuple[str, ...]
    figures: tuple[str, ...]
    confirming: tuple[str, ...]
    every: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        """Put them in one row."""
        self.every = tuple(dict.fromkeys((*self.deciding, *self.figures, *self.confirming)))


@dataclass(slots=True, eq=False)
class _Pattern:
    """What follows from the truth of each test of a reading alone.

    ``short``: the failing tests whose gap depends on a number. ``open``: what is open when all figures are known,
    ``priceless``: when none is. ``partly``: some of it may be known, because an open test looks at a sum of facts.
    """

    reasons: tuple[Reason, ...]
    short: tuple[int, ...]
    open: Open
    priceless: Open
    partly: bool


@lru_cache(maxsize=REMEMBERED)
def _pattern(variant: VariantRule, truths: tuple[int, ...]) -> _Pattern:
    leaves = variant.leaves
    _, matters = _firm(variant.tree, truths)
    tests = [leaves[index] for index in matters if truths[index] == UNKNOWN]
    deciding = dict.fromkeys(key for leaf in tests if leaf.presumed is None for key in leaf.facts)
    confirming = dict.fromkeys(key for leaf in tests if leaf.presumed is not None for key in leaf.facts)
    return _Pattern(
        tuple([_reason(variant, index, truth, index in matters) for index, truth in enumerate(truths)]),
        tuple([leaf.index for leaf in leaves if leaf.kind == "number" and truths[leaf.index] == FALSE]),
        Open(tuple(deciding), (), tuple(confirming)),
        Open(tuple(deciding), variant.figures, tuple(confirming)),
        any(len(leaf.facts) > 1 for leaf in tests),
    )


@lru_cache(maxsize=REMEMBERED)
def _reason(variant: VariantRule, index: int, truth: int, decisive: bool) -> Reason:
    leaf = variant.leaves[index]
    if truth == UNKNOWN:
        state = OPEN if leaf.presumed is None else CONFIRM
    else:
        state = MET if (truth == TRUE) == (leaf.presumed is not False) else UNMET
    return Reason(state, leaf.facts, leaf.test, leaf.low, leaf.high, None, decisive)


def explain(rule: Rule, judged: tuple[Judged, ...], facts: Facts) -> tuple[tuple[Reason, ...], Open]:
    """Each condition with its state under the default reading, and the facts still open that could change the result."""
    default, variant = judged[0], rule.variants[0]
    verdict, _, high, truths, _, floor = default
    pattern = _pattern(variant, truths)
    reasons = _measured(pattern, variant, facts) if pattern.short else pattern.reasons
    if rule.disputed:
        return reasons, _disputed(rule, judged, facts)
    if verdict == INELIGIBLE:
        return reasons, _NOTHING_OPEN
    if pattern.partly or (variant.figures and floor != high):
        return reasons, _with_figures(pattern, variant.figures if floor != high else (), facts)
    return reasons, pattern.open


def _measured(pattern: _Pattern, variant: VariantRule, facts: Facts) -> tuple[Reason, ...]:
    reasons = list(pattern.reasons)
    for index in pattern.short:
        reasons[index] = replace(reasons[index], gap=gap(variant.leaves[index], facts))
    return tuple(reasons)


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


_NOTHING_OPEN = Open((), (), ())


def _with_figures(pattern: _Pattern, figures: tuple[str, ...], facts: Facts) -> Open:
    unknown = _unknown(figures, facts)
    if pattern.partly:
        return _still_open(pattern.open.deciding, unknown, pattern.open.confirming, facts)
    if not unknown:
        return pattern.open
    return pattern.priceless if len(unknown) == len(figures) else _merged((pattern,), unknown)


def _disputed(rule: Rule, judged: tuple[Judged, ...], facts: Facts) -> Open:
    """What is open under the default reading and under those that may change the verdict."""
    default = judged[0]
    patterns: list[_Pattern] = []
    figures: tuple[str, ...] = ()
    for index in (0, *rule.disputed):
        variant, result = rule.variants[index], judged[index]
        if result[0] == INELIGIBLE:
            continue
        patterns.append(_pattern(variant, result[3]))
        if result[5] != result[2] and (index == 0 or disagree(variant, default, result)):
            figures += variant.figures
    merged = _merged(tuple(patterns), _unknown(figures, facts))
    if True in [pattern.partly for pattern in patterns]:
        return _still_open(merged.deciding, merged.figures, merged.confirming, facts)
    return merged


@lru_cache(maxsize=REMEMBERED)
def _merged(patterns: tuple[_Pattern, ...], figures: tuple[str, ...]) -> Open:
    """What is open under several readings together, each fact once."""
    deciding = dict.fromkeys(key for pattern in patterns for key in pattern.open.deciding)
    confirming = dict.fromkeys(key for pattern in patterns for key in pattern.open.confirming)
    return Open(tuple(deciding), tuple(dict.fromkeys(figures)), tuple(confirming))


def _still_open(deciding: Iterable[str], figures: Iterable[str], confirming: Iterable[str], facts: Facts) -> Open:
    return Open(_unknown(deciding, facts), _unknown(figures, facts), _unknown(confirming, facts))


def _unknown(keys: Iterable[str], facts: Facts) -> tuple[str, ...]:
    return tuple([key for key in keys if not known(facts, key)])


def known(facts: Facts, key: str) -> bool:
    """Whether a fact is known for good: a number only when it is exact."""
    value = facts.get(key)
    return value is not None and (not isinstance(value, Span) or value.exact)


def _firm(node: Node, truths: tuple[int, ...]) -> tuple[int, list[int]]:
    """The truth of a subtree with nothing presumed, and the tests that decide it.

    Those are the failing ones of a failure, else the open ones left, in the order they are written.
    """
    parts = [
        (truths[child.leaf], [child.leaf]) if child.kind == "leaf" else _firm(child, truths) for child in node.children
    ]
    if node.kind == "not":
        return negate(parts[0][0]), parts[0][1]
    whole = min([part[0] for part in parts], default=TRUE)
    if node.kind == "any":
        whole = max([part[0] for part in parts], default=FALSE)
    return whole, [leaf for truth, leaves in parts if truth == whole for leaf in leaves]


def firm_verdict(rule: Rule, result: Judged, index: int) -> bool:
    """Whether one reading's verdict can no longer turn: nothing is presumed, and no base or room may prove to be zero."""
    variant = rule.variants[index]
    if result.verdict == ELIGIBLE and result.floor == 0:
        return False
    return result.verdict != DEPENDS and _firm(variant.tree, result.truths)[0] != UNKNOWN
