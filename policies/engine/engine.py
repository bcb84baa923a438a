"""``assess``: the one function whose result every channel shows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache, partial
from typing import Any

from policies.engine import oracle
from policies.engine.assessment import Assessment, MeasureResult, PolicyAssessment
from policies.engine.compiled import Judge, Slots, compile_variant
from policies.engine.explain import firm_verdict
from policies.engine.judged import ELIGIBLE, INELIGIBLE, Judged
from policies.engine.plan import Entry, best_plan, strict_bounds
from policies.engine.readings import combine
from policies.engine.rules import LeafRule, Rule, leaf_rule, rules_of
from policies.engine.validity import validity
from policies.law import Corpus, LoadedPolicy
from policies.lazy import lazy
from policies.model.condition import AllOf, AnyOf, Leaf, Not, leaves
from policies.model.fact import Fact
from policies.values import Facts

_NOTHING: Facts = {}


class Engine:
    """A corpus made ready for judging. Make one per corpus and keep it; it holds no state of any enterprise."""

    def __init__(self, corpus: Corpus) -> None:
        """Prepare the rules; code is generated for a measure when an answer first touches it."""
        self.corpus = corpus
        self.slots = Slots(corpus.facts)
        self.policies = {policy.id: CompiledPolicy(policy, self.slots) for policy in corpus.policies.values()}
        self._derived = [(fact, _conditional_on(fact)) for fact in corpus.vocabulary.facts if fact.derived]

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
        known = {key: value for key, value in facts.items() if value is not None and key in self.slots.of}
        pending = [fact for fact, asked in self._derived if fact.key not in known and not asked.isdisjoint(known)]
        if pending:
            slots = self.slots.fill(known)
            for fact in pending:
                value = _derive(fact, slots, self.slots)
                if value is not None:
                    known[fact.key] = value
        return known


class CompiledPolicy:
    """One document's rules with the code that judges them and the answers that touch each measure."""

    def __init__(self, policy: LoadedPolicy, slots: Slots) -> None:
        """Keep one document; its rules are prepared when it is first asked about."""
        self.policy = policy
        self._slots = slots
        self._judges: dict[int, tuple[Judge, ...]] = {}
        self._blank: list[MeasureResult] | None = None
        self._validity = lru_cache(maxsize=64)(partial(validity, policy.header))

    @lazy
    def rules(self) -> tuple[Rule, ...]:
        """The measures as rules, in the order of the text."""
        return rules_of(self.policy, self._slots.vocabulary)

    @lazy
    def touching(self) -> dict[str, set[int]]:
        """For each fact, the indexes of the measures it bears on."""
        found: dict[str, set[int]] = {}
        for index, rule in enumerate(self.rules):
            for key in rule.telling.union(rule.facts):
                found.setdefault(key, set()).add(index)
        return found

    def blank(self) -> list[MeasureResult]:
        """Results while nothing is known; shared by all assessments for the measures no answer touches."""
        if self._blank is None:
            vocabulary = self._slots.vocabulary
            self._blank = [
                self._result(
                    rule,
                    tuple(oracle.judge(rule, variant, _NOTHING, vocabulary) for variant in rule.variants),
                    _NOTHING,
                )
                for rule in self.rules
            ]
        return self._blank

    def assess(self, facts: Facts, slots: list[Any], as_of: date) -> PolicyAssessment:
        """Judge this document."""
        touched = self.touched(facts)
        results = self._results(touched, facts, slots)
        counted = [results[index] for index in sorted(touched) if results[index].counted]
        header = self.policy.header
        plan = best_plan(header, [entry(result) for result in counted], facts) if counted else None
        return PolicyAssessment(self.policy, self._validity(as_of), tuple(results), plan, facts)

    def results(self, facts: Facts, slots: list[Any]) -> list[MeasureResult]:
        """The result of every measure; untouched ones are the shared blank results."""
        return self._results(self.touched(facts), facts, slots)

    def _results(self, touched: set[int], facts: Facts, slots: list[Any]) -> list[MeasureResult]:
        results = self.blank().copy()
        for index in touched:
            judged = tuple([Judged._make(judge(slots)) for judge in self.judges(index)])
            results[index] = self._result(self.rules[index], judged, facts)
        return results

    def touched(self, facts: Facts) -> set[int]:
        """Indexes of the measures some given fact touches."""
        touching = self.touching
        found: set[int] = set()
        for key in facts:
            if key in touching:
                found.update(touching[key])
        return found

    def judges(self, index: int) -> tuple[Judge, ...]:
        """The functions that judge one measure's readings, the default first."""
        judges = self._judges.get(index)
        if judges is None:
            rule = self.rules[index]
            judges = tuple(compile_variant(rule, variant, self._slots) for variant in rule.variants)
            self._judges[index] = judges
        return judges

    def verdicts(self, facts: Facts, slots: list[Any]) -> dict[int, tuple[str, int | None, int | None]]:
        """Verdicts and ranges only, by index, of the measures some given fact touches."""
        return {index: self._verdict(index, slots) for index in self.touched(facts)}

    def verdict(self, measure_id: str, slots: list[Any]) -> tuple[str, int | None, int | None]:
        """Verdict and range of one measure of this document, by its full id."""
        return self._verdict(next(i for i, rule in enumerate(self.rules) if rule.id == measure_id), slots)

    def _verdict(self, index: int, slots: list[Any]) -> tuple[str, int | None, int | None]:
        rule, judges = self.rules[index], self.judges(index)
        if rule.disputed:
            return combine(rule, [judge(slots) for judge in judges])
        verdict, low, high = judges[0](slots)[:3]
        return verdict, low, high

    @staticmethod
    def _result(rule: Rule, judged: tuple[Judged, ...], facts: Facts) -> MeasureResult:
        verdict, low, high = combine(rule, judged) if rule.disputed else judged[0][:3]
        return MeasureResult(rule, verdict, low, high, judged, facts)


def entry(result: MeasureResult) -> Entry:
    """A counted measure as the plan sees it."""
    return _entry(result, sure=result.verdict == ELIGIBLE)


def _entry(result: MeasureResult, *, sure: bool) -> Entry:
    stages = result.rule.variants[0].award.stages
    several_years = stages is not None and result.facts.get(stages.by) in (None, stages.whole)
    return Entry(result.rule.loaded.measure.id, (result.low or 0) if sure else 0, result.high, sure, several_years)


def possible(assessed: PolicyAssessment) -> tuple[int, int | None]:
    """What the enterprise may get under one document whatever the open answers turn out to be (分; ``None``: no bound)."""
    entries = [
        _entry(result, sure=is_firm(result))
        for result in assessed.measures
        if result.monetary and result.verdict != INELIGIBLE
    ]
    return strict_bounds(assessed.policy.header, entries, assessed.facts)


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


def _derive(fact: Fact, slots: list[Any], places: Slots) -> bool | None:
    for derivation in fact.derived:
        if _holds(derivation.when, slots, places) is True:
            return _holds(derivation.holds, slots, places)
    return None


def _holds(condition: Leaf | AllOf | AnyOf | Not, slots: list[Any], places: Slots) -> bool | None:
    if isinstance(condition, Leaf):
        return _leaf_holds(leaf_rule(condition, 0, positive=True), slots, places)
    if isinstance(condition, Not):
        inner = _holds(condition.not_, slots, places)
        return None if inner is None else not inner
    many = condition.all_of if isinstance(condition, AllOf) else condition.any_of
    values = [_holds(child, slots, places) for child in many]
    decisive = isinstance(condition, AnyOf)
    if decisive in values:
        return decisive
    return None if None in values else not decisive


def _leaf_holds(leaf: LeafRule, slots: list[Any], places: Slots) -> bool | None:
    values = [slots[places.of[key]] for key in leaf.facts]
    if leaf.kind != "number":
        value = values[0]
        if isinstance(value, frozenset):
            return bool(value & leaf.allowed)
        return None if value is None else value in leaf.allowed
    low, high = sum(value[0] for value in values), sum(value[1] for value in values)
    above = leaf.low is None or low >= leaf.low
    below = leaf.high is None or high <= leaf.high
    if above and below:
        return True
    out = (leaf.low is not None and high < leaf.low) or (leaf.high is not None and low > leaf.high)
    return False if out else None


__all__ = ["CompiledPolicy", "Engine", "combine", "entry", "is_firm", "possible"]
