"""``assess``: the one function whose result every channel shows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from policies.engine.assessment import Assessment, MeasureResult, PolicyAssessment
from policies.engine.codegen import Slots
from policies.engine.compiled import Truth, compile_condition
from policies.engine.compiled_policy import CompiledPolicy, entry
from policies.engine.explain import firm_verdict
from policies.engine.judged import ELIGIBLE, INELIGIBLE, TRUE, UNKNOWN
from policies.engine.plan import strict_bounds
from policies.engine.readings import combine
from policies.engine.together import together
from policies.law import Corpus
from policies.lazy import lazy
from policies.model.condition import leaves
from policies.model.fact import Fact
from policies.values import Facts


class Engine:
    """A corpus made ready for judging. Make one per corpus and keep it; it holds no state of any enterprise."""

    def __init__(self, corpus: Corpus) -> None:
        """Prepare the rules; code is generated for a measure when an answer first touches it."""
        self.corpus = corpus
        self.slots = Slots(corpus.facts)
        self.policies = {policy.id: CompiledPolicy(policy, self.slots) for policy in corpus.policies.values()}
        self._derived = [(fact.key, _conditional_on(fact)) for fact in corpus.vocabulary.facts if fact.derived]

    def assess(self, facts: Facts, as_of: date, policies: Iterable[str] | None = None) -> Assessment:
        """Judge one enterprise under the documents named (default: all) on a date.

        ``facts`` holds values as :mod:`policies.values` describes them; unknown keys are ignored.
        """
        complete = self.complete(facts)
        slots = self.slots.fill(complete)
        names = self.policies if policies is None else policies
        return Assessment(
            tuple(self.policies[name].assess(complete, slots, as_of) for name in names),
            as_of,
            self.corpus.version,
        )

    def complete(self, facts: Facts) -> Facts:
        """The facts of the vocabulary, with those added that a definition decides from others."""
        of = self.slots.of
        known = {key: value for key, value in facts.items() if value is not None and key in of}
        pending = [key for key, asked in self._derived if key not in known and not asked.isdisjoint(known)]
        if pending:
            slots = self.slots.fill(known)
            for key in pending:
                value = _derive(self._definitions[key], slots)
                if value is not None:
                    known[key] = value
        return known

    @lazy
    def _definitions(self) -> dict[str, list[tuple[Truth, Truth]]]:
        """For each fact that definitions decide: when one applies, and what it says."""
        return {
            fact.key: [
                (compile_condition(one.when, self.slots), compile_condition(one.holds, self.slots))
                for one in fact.derived
            ]
            for fact in self.corpus.vocabulary.facts
            if fact.derived
        }


def possible(assessed: PolicyAssessment) -> tuple[int, int | None]:
    """What the enterprise may get under one document whatever the open answers turn out to be (分; ``None``: no bound)."""
    entries = [
        entry(result, sure=is_firm(result))
        for result in assessed.measures
        if result.monetary and result.verdict != INELIGIBLE
    ]
    return strict_bounds(together(assessed.policy.header), entries, assessed.facts)


def is_firm(result: MeasureResult) -> bool:
    """Whether a measure is eligible for good: nothing presumed, and something to pay from for sure."""
    return result.verdict == ELIGIBLE and all(
        firm_verdict(result.rule, judged, index)
        for index, judged in enumerate(result.judged)
        if index == 0 or result.rule.variants[index].disputed
    )


def _conditional_on(fact: Fact) -> frozenset[str]:
    """The facts that must be known before any definition can decide this one."""
    return frozenset(key for derivation in fact.derived for leaf in leaves(derivation.when) for key in leaf.facts)


def _derive(definitions: list[tuple[Truth, Truth]], slots: list[Any]) -> bool | None:
    for when, holds in definitions:
        if when(slots) == TRUE:
            truth = holds(slots)
            return None if truth == UNKNOWN else truth == TRUE
    return None


__all__ = ["CompiledPolicy", "Engine", "combine", "entry", "is_firm", "possible"]
