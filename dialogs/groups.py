"""The measures of a result in the order people read them: what is met, what is near, what is open, what is not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dialogs.needs import spoken_of
from policies.engine.assessment import Assessment, MeasureResult, PolicyAssessment
from policies.engine.engine import Engine
from policies.engine.explain import UNMET, Reason
from policies.engine.judged import CONTESTED, DEPENDS, ELIGIBLE, INELIGIBLE
from policies.values import Facts, Span

MET, DISPUTED, OPEN, NEAR, UNASKED, FAILED, IN_KIND = (
    "符合",
    "两可",
    "待确认",
    "可争取",
    "没有问到",
    "不符合",
    "非资金支持",
)
GROUPS = (MET, DISPUTED, NEAR, OPEN, UNASKED, FAILED, IN_KIND)


@dataclass(frozen=True, slots=True)
class Item:
    """One measure in a result: its number there, its group, and its document's assessment."""

    number: int
    group: str
    result: MeasureResult
    policy: PolicyAssessment


def items(assessment: Assessment) -> tuple[Item, ...]:
    """All measures worth showing, grouped and numbered; the number opens the details."""
    placed = [
        (FAILED if (group := group_of(result)) == NEAR and _over(policy) else group, result, policy)
        for policy in assessment.policies
        for result in policy.measures
    ]
    placed.sort(key=lambda item: (GROUPS.index(item[0]), -(item[1].high or 0)))
    return tuple(Item(number, *item) for number, item in enumerate(placed, start=1))


def _over(policy: PolicyAssessment) -> bool:
    """Whether nothing can be reached for any more: the document has lapsed, or would have."""
    return policy.validity.status == "expired" or policy.validity.as_if == "expired"


def group_of(result: MeasureResult) -> str:
    """The group a measure is shown in."""
    if not result.monetary and result.rule.variants[0].award.unspecified is None:
        return IN_KIND if result.verdict != INELIGIBLE else FAILED
    if result.verdict == ELIGIBLE:
        return MET
    if result.verdict == CONTESTED:
        return DISPUTED
    if result.verdict == DEPENDS:
        return OPEN if result.counted or spoken_of(result) else UNASKED
    return NEAR if shortfall(result) is not None else FAILED


def shortfall(result: MeasureResult) -> Reason | None:
    """The one number that is short, when everything else does not fail and at least half of the bound is reached."""
    unmet = [reason for reason in result.reasons if reason.state == UNMET and reason.decisive]
    if result.verdict != INELIGIBLE or len(unmet) != 1 or unmet[0].low is None or unmet[0].test.past:
        return None
    short = distance(unmet[0], result.facts)
    return unmet[0] if short is not None and short[0] * 2 <= unmet[0].low else None


def distance(reason: Reason, facts: Facts) -> tuple[int, bool] | None:
    """How far a failing number is from its bound at most, and whether it is exactly that far.

    ``None`` when the number does not fail, or is not known well enough (“低于行业增速” says nothing of how far).
    """
    spans = [span for key in reason.facts if isinstance(span := facts.get(key), Span)]
    if reason.gap is None or len(spans) != len(reason.facts):
        return None
    ends = [span.high if reason.low is None else span.low for span in spans]
    reached = sum(end for end in ends if end is not None)
    if None in ends:
        return None
    far = reached - (reason.high or 0) if reason.low is None else reason.low - reached
    return far, far == reason.gap


def worth_if_reached(engine: Engine, item: Item, reason: Reason) -> tuple[int | None, int | None]:
    """The range (分) the measure would have if the short number reached its bound."""
    key = reason.facts[0]
    changed = {**item.result.facts, key: Span(reason.low, reason.low)}
    _, low, high = engine.policies[item.policy.policy.id].verdict(item.result.id, engine.slots.fill(changed))
    return low, high


def in_group(all_items: tuple[Item, ...], *groups: str) -> Iterator[Item]:
    """The items of some groups."""
    return (item for item in all_items if item.group in groups)
