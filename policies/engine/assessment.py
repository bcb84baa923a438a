"""结论: everything a channel may show about one enterprise comes out of these objects."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from policies.engine.explain import Open, Reason
from policies.engine.judged import INELIGIBLE, Judged
from policies.engine.plan import Bounds, Plan
from policies.engine.rules import Rule, VariantRule
from policies.engine.validity import Validity
from policies.law import LoadedPolicy
from policies.model.measure import Reading
from policies.values import Facts


@dataclass(frozen=True, slots=True)
class ReadingResult:
    """What another reading of the text would give."""

    reading: Reading
    option: str
    judged: Judged


@dataclass(eq=False, slots=True)
class MeasureResult:
    """One measure: verdict and range (分; ``None``: no amount in the text, or no upper bound), and why.

    ``reasons``: each condition with its state, under the default reading. ``open``: facts still open that could change
    the verdict or the range, by what they do; ``missing``: the same in one row, the deciding ones first.

    Never changed once made; not frozen, because making one is on the hot path and freezing doubles its cost.
    """

    rule: Rule
    verdict: str
    low: int | None
    high: int | None
    judged: tuple[Judged, ...]
    reasons: tuple[Reason, ...]
    open: Open
    missing: tuple[str, ...]
    facts: Facts = field(repr=False)

    @property
    def id(self) -> str:
        """Full id of the measure."""
        return self.rule.id

    @property
    def monetary(self) -> bool:
        """Whether the text states an amount."""
        return self.rule.monetary

    @property
    def exhausted(self) -> bool:
        """Whether nothing is left to pay although the conditions are not failed (used up, or a base of zero)."""
        return self.judged[0].exhausted

    @property
    def counted(self) -> bool:
        """Whether the total counts it: something telling was said about it, and it is not ineligible."""
        if self.verdict == INELIGIBLE or not self.monetary:
            return False
        return not self.rule.telling.isdisjoint(self.facts)

    @property
    def readings(self) -> tuple[ReadingResult, ...]:
        """Other readings of the text whose result was computed."""
        pairs: Iterator[tuple[VariantRule, Judged]] = zip(self.rule.variants[1:], self.judged[1:], strict=True)
        return tuple(ReadingResult(v.reading, v.option, j) for v, j in pairs if v.reading is not None)


@dataclass(eq=False)
class PolicyAssessment:
    """One document: its status on the date, every measure, and the best lawful combination.

    Never changed once made, as :class:`MeasureResult`.

    ``total`` is the plan's total as the status allows it (0 when out of force, low end 0 when the status is not sure),
    ``nominal`` the same without regard to the status; ``None`` when nothing is counted.
    """

    policy: LoadedPolicy
    validity: Validity
    measures: tuple[MeasureResult, ...]
    plan: Plan | None
    facts: Facts = field(repr=False)

    @property
    def nominal(self) -> Bounds | None:
        """The plan's total without regard to the document's status."""
        return None if self.plan is None else self.plan.total

    @property
    def total(self) -> Bounds | None:
        """The plan's total as the document's status allows it (readings.yaml L06)."""
        if self.plan is None:
            return None
        if not self.validity.pays:
            return (0, 0)
        low, high = self.plan.total
        return (low if self.validity.sure else 0, high)

    @cached_property
    def by_id(self) -> Mapping[str, MeasureResult]:
        """Results by full measure id."""
        return {result.id: result for result in self.measures}


@dataclass(frozen=True)
class Assessment:
    """All documents asked about, on one date, with the version of the corpus that was judged."""

    policies: tuple[PolicyAssessment, ...]
    as_of: date
    corpus_version: str

    @cached_property
    def by_id(self) -> Mapping[str, MeasureResult]:
        """Results by full measure id, over all documents."""
        return {result.id: result for policy in self.policies for result in policy.measures}
