"""The rules over several measures of one document, made ready for combining: plain numbers and sets, no models.

The YAML models say what the officer wrote; attribute access on them is too slow for every assessment.
"""

from __future__ import annotations

from typing import NamedTuple

from policies.model.policy import Cap, ChooseOne, HigherOf, Policy
from policies.values import Facts, Span


class SharedCap(NamedTuple):
    """A ceiling: ``amount`` (分), or ``top`` / ``bottom`` of the fact ``of``, less what the fact ``less`` has taken."""

    rule: Cap
    amount: int | None
    of: str | None
    less: str | None
    top: int
    bottom: int
    over: frozenset[str]
    lifted_by: frozenset[str]
    yearly: bool

    def ceiling(self, facts: Facts, *, strict: bool) -> tuple[int | None, int | None]:
        """The lowest and the highest the ceiling may be; ``None`` is no ceiling."""
        if self.of is None:
            return self.amount, self.amount
        base = facts.get(self.of)
        if not isinstance(base, Span):
            return (0, None) if strict else (None, None)
        taken_low, taken_high = 0, 0 if self.less is None or not strict else None
        if self.less is not None:
            taken = facts.get(self.less)
            if isinstance(taken, Span):
                taken_low, taken_high = taken.low or 0, taken.high
        low = 0 if taken_high is None else max(0, (base.low or 0) * self.top // self.bottom - taken_high)
        high = None if base.high is None else max(0, base.high * self.top // self.bottom - taken_low)
        return low, high


class OneOf(NamedTuple):
    """Groups of measures of which one is paid; ``when``: only if that fact is true."""

    rule: ChooseOne
    when: str | None
    groups: tuple[frozenset[str], ...]


class Together(NamedTuple):
    """The rules of one document over several measures, in the order they are written."""

    caps: tuple[SharedCap, ...]
    one_of: tuple[OneOf, ...]
    higher_of: tuple[tuple[str, HigherOf], ...]


def together(policy: Policy) -> Together:
    """Make the rules of a document ready."""
    return Together(
        tuple(_cap(cap) for cap in policy.caps),
        tuple(OneOf(rule, rule.when, tuple(frozenset(group) for group in rule.groups)) for rule in policy.choose_one),
        tuple((rule.fact, rule) for rule in policy.higher_of),
    )


def _cap(cap: Cap) -> SharedCap:
    amount = None if cap.amount is None else int(cap.amount.value)
    top, bottom = (1, 1) if cap.share is None else cap.share.value.as_integer_ratio()
    over, lifted_by = frozenset(cap.over), frozenset(cap.lifted_by)
    return SharedCap(cap, amount, cap.of, cap.less, top, bottom, over, lifted_by, cap.yearly)
