"""What is still open in an assessment, and how much hangs on each open fact."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, field
from enum import IntEnum

from policies.engine.assessment import Assessment, MeasureResult
from policies.engine.judged import INELIGIBLE

_NO_NUMBER = 100_000_00  # 分; what is taken to be at stake in support without an amount
_NO_BOUND = 10_000_000_00 * 100  # 分; what is taken to be at stake where the text sets no upper bound


class Role(IntEnum):
    """What an open fact does, the most pressing first."""

    DECIDES = 0
    FIGURE = 1
    COMBINES = 2
    CONFIRMS = 3


@dataclass
class Need:
    """One open fact: what it does, the measures it bears on, and the sum at stake there (分)."""

    key: str
    role: Role
    measures: list[MeasureResult] = field(default_factory=list)
    stake: int = 0


def needs(assessment: Assessment, asked: Set[str] = frozenset()) -> dict[str, Need]:
    """Every fact that could still change a verdict, a range or the combination, by key.

    Measures given up under the facts ``asked`` so far are left out.
    """
    found: dict[str, Need] = {}
    for policy in assessment.policies:
        for result in policy.measures:
            if result.verdict != INELIGIBLE and not given_up(result, asked):
                _collect(result, found)
        for key in policy.plan.unasked if policy.plan is not None else ():
            _add(found, key, Role.COMBINES, None, policy.plan.total[1] if policy.plan else 0)
    return found


def spoken_of(result: MeasureResult) -> bool:
    """Whether something telling was said about a measure."""
    return any(result.facts.get(key) is not None for key in result.rule.telling)


def given_up(result: MeasureResult, asked: Set[str]) -> bool:
    """Whether nobody can say if a measure concerns the enterprise: it was asked and all that came is 不清楚.

    Who does not know whether there was an event is not asked how many days it took.
    """
    return bool(result.rule.telling & asked) and not spoken_of(result)


def at_stake(result: MeasureResult) -> int:
    """The sum a measure may still bring (分), with stand-ins where the text gives no number or no bound."""
    if not result.monetary:
        return _NO_NUMBER
    return _NO_BOUND if result.high is None else result.high


def _collect(result: MeasureResult, found: dict[str, Need]) -> None:
    stake = at_stake(result)
    for role, keys in (
        (Role.DECIDES, result.open.deciding),
        (Role.FIGURE, result.open.figures),
        (Role.CONFIRMS, result.open.confirming),
    ):
        for key in keys:
            _add(found, key, role, result, stake)


def _add(found: dict[str, Need], key: str, role: Role, result: MeasureResult | None, stake: int | None) -> None:
    need = found.get(key)
    if need is None:
        need = found[key] = Need(key, role)
    need.role = min(need.role, role)
    if result is not None and need.measures and need.measures[-1] is result:
        return  # a fact that decides a measure and also sets its amount: the sum is at stake once
    need.stake += _NO_BOUND if stake is None else stake
    if result is not None:
        need.measures.append(result)
