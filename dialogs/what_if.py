"""What would be different if facts were others: clauses that flip, sums, and what the combination leaves out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from policies.engine.assessment import Assessment, MeasureResult, PolicyAssessment
from policies.engine.engine import Engine
from policies.engine.judged import ELIGIBLE
from policies.engine.plan import Bounds, LeftOut
from policies.law import LoadedPolicy
from policies.values import Facts
from policies.vocabulary import PLACE

_NOTHING: Bounds = (0, 0)


@dataclass(frozen=True, slots=True)
class Change:
    """A range (分) before and after; an upper end of ``None`` has no bound."""

    before: Bounds
    after: Bounds

    @property
    def low(self) -> int:
        """By how much the low end rises (below zero: falls)."""
        return self.after[0] - self.before[0]

    @property
    def high(self) -> int | None:
        """The same of the upper end; ``None`` where one of the two has no bound, so that no difference can be told."""
        before, after = self.before[1], self.after[1]
        return None if before is None or after is None else after - before

    def __bool__(self) -> bool:
        """Whether anything is different."""
        return self.before != self.after


@dataclass(frozen=True, slots=True)
class MeasureChange:
    """One measure before and after, and what it adds to the total of its document (``counts``)."""

    before: MeasureResult
    after: MeasureResult
    counts: Change

    @property
    def flips(self) -> bool:
        """Whether the verdict is another one."""
        return self.before.verdict != self.after.verdict

    @property
    def moves(self) -> bool:
        """Whether verdict, range or what the total counts of it is another one."""
        ranges = (self.before.low, self.before.high) != (self.after.low, self.after.high)
        return self.flips or ranges or bool(self.counts)


@dataclass(frozen=True, slots=True)
class DocumentChange:
    """One document before and after.

    ``measures``: those that are different. ``total``: without regard to the document's status; nothing counted is zero.
    ``cut``: what ceilings and other support take off the sum of the measures, so that the changes of the measures
    less that of ``cut`` are the change of ``total``. ``left_out``: newly left out of the combination, ``taken_in``: no longer.
    """

    policy: LoadedPolicy
    measures: tuple[MeasureChange, ...]
    total: Change
    cut: Change
    left_out: tuple[LeftOut, ...]
    taken_in: tuple[LeftOut, ...]

    def __bool__(self) -> bool:
        """Whether anything is different."""
        return bool(self.measures or self.total or self.left_out or self.taken_in)


def suppose(engine: Engine, before: Assessment, facts: Facts, changed: Facts) -> Assessment:
    """The assessment if some facts were others and everything else as it was said.

    What a definition decided from a fact is decided anew, unless it was said itself.

    Args:
        engine: the one that made ``before``.
        before: the assessment of what was said.
        facts: what was said.
        changed: what would be other (``None``: not known); where the enterprise is cannot be supposed, that is what
            comparing documents is for.

    Raises:
        ValueError: when one of them is unknown to the vocabulary or the place.
    """
    if not changed.keys() <= engine.corpus.facts.keys() - {PLACE}:
        raise ValueError(f"cannot be supposed: {', '.join(changed)}")
    return engine.assess({**facts, **changed}, before.as_of, [policy.policy.id for policy in before.policies])


def differences(before: Assessment, after: Assessment) -> tuple[DocumentChange, ...]:
    """The documents of two assessments with what is different in each; documents without a difference are left out.

    Raises:
        ValueError: when they are not of the same documents.
    """
    if [one.policy.id for one in before.policies] != [one.policy.id for one in after.policies]:
        raise ValueError("assessments of different documents cannot be compared")
    changes = (_document(old, new) for old, new in zip(before.policies, after.policies, strict=True))
    return tuple(change for change in changes if change)


def _document(before: PolicyAssessment, after: PolicyAssessment) -> DocumentChange:
    measures = tuple(_measures(before, after))
    total = Change(before.nominal or _NOTHING, after.nominal or _NOTHING)
    left = {one.id: one for one in before.plan.left_out} if before.plan else {}
    now = {one.id: one for one in after.plan.left_out} if after.plan else {}
    cut = Change(
        _cut([one.counts.before for one in measures], total.before),
        _cut([one.counts.after for one in measures], total.after),
    )
    return DocumentChange(
        before.policy,
        tuple(change for change in measures if change.moves),
        total,
        cut,
        tuple(one for key, one in now.items() if key not in left),
        tuple(one for key, one in left.items() if key not in now),
    )


def _measures(before: PolicyAssessment, after: PolicyAssessment) -> Iterator[MeasureChange]:
    for old, new in zip(before.measures, after.measures, strict=True):
        yield MeasureChange(old, new, Change(_counts(before, old), _counts(after, new)))


def _counts(policy: PolicyAssessment, result: MeasureResult) -> Bounds:
    """What the combination counts of one measure, before ceilings over several are looked at."""
    if policy.plan is None or result.rule.short_id not in policy.plan.chosen:
        return _NOTHING
    return ((result.low or 0) if result.verdict == ELIGIBLE else 0), result.high


def _cut(counts: list[Bounds], total: Bounds) -> Bounds:
    """What is taken off the sum of measures; where that has no bound, its upper end is ``None``."""
    low, highs = sum(count[0] for count in counts), [count[1] for count in counts if count[1] is not None]
    unbounded = total[1] is None or len(highs) < len(counts)
    return low - total[0], None if unbounded else sum(highs) - (total[1] or 0)
