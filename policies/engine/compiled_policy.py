"""One document made ready for judging: its rules, the code that judges them, and which answers touch which measure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache, partial
from typing import Any

from policies.engine import oracle
from policies.engine.assessment import MeasureResult, PolicyAssessment
from policies.engine.codegen import Slots
from policies.engine.compiled import (
    NO_SCOPE,
    Brief,
    Judge,
    Scope,
    ScopeJudge,
    compile_scope,
    compile_variant,
    compile_verdict,
)
from policies.engine.explain import explain
from policies.engine.judged import ELIGIBLE, FALSE, INELIGIBLE, Judged, Outcome
from policies.engine.plan import Entry, best_plan
from policies.engine.readings import combine
from policies.engine.rules import Rule, rules_of
from policies.engine.together import Together, together
from policies.engine.validity import validity
from policies.law import LoadedPolicy
from policies.lazy import lazy
from policies.model.condition import leaves
from policies.values import Facts

_NOTHING: Facts = {}


class CompiledPolicy:
    """One document's rules with the code that judges them and the answers that touch each measure."""

    def __init__(self, policy: LoadedPolicy, slots: Slots) -> None:
        """Keep one document; its rules are prepared when it is first asked about."""
        self.policy = policy
        self._slots = slots
        self._judges: dict[int, tuple[Judge, ...]] = {}
        self._briefs: dict[int, Brief] = {}
        self._validity = lru_cache(maxsize=64)(partial(validity, policy.header))

    @lazy
    def rules(self) -> tuple[Rule, ...]:
        """The measures as rules, in the order of the text."""
        return rules_of(self.policy, self._slots.vocabulary)

    @lazy
    def touching(self) -> dict[str, frozenset[int]]:
        """For each fact, the indexes of the measures it bears on."""
        return _index((index, rule.telling.union(rule.facts)) for index, rule in enumerate(self.rules))

    @lazy
    def _counting(self) -> dict[str, frozenset[int]]:
        """For each fact, the indexes of the measures that the total counts once it is known."""
        return _index((index, rule.telling) for index, rule in enumerate(self.rules) if rule.monetary)

    @lazy
    def _together(self) -> Together:
        """The rules over several measures."""
        return together(self.policy.header)

    @lazy
    def blank(self) -> tuple[MeasureResult, ...]:
        """Results while nothing is known; shared by all assessments for the measures no answer touches."""
        vocabulary = self._slots.vocabulary
        return tuple(
            _result(rule, tuple(oracle.judge(rule, one, _NOTHING, vocabulary) for one in rule.variants), _NOTHING)
            for rule in self.rules
        )

    def assess(self, facts: Facts, slots: list[Any], as_of: date) -> PolicyAssessment:
        """Judge this document."""
        results = self.results(facts, slots)
        spoken = sorted(_known(self._counting, facts))
        counted = [
            entry(results[index], sure=results[index].verdict == ELIGIBLE)
            for index in spoken
            if results[index].verdict != INELIGIBLE
        ]
        plan = best_plan(self._together, counted, facts) if counted else None
        return PolicyAssessment(self.policy, self._validity(as_of), results, plan, facts)

    def results(self, facts: Facts, slots: list[Any]) -> tuple[MeasureResult, ...]:
        """The result of every measure; untouched ones are the shared blank results."""
        touched = self.touched(facts)
        if not touched:
            return self.blank
        scope = self.scope(slots)
        results, rules, compiled = list(self.blank), self.rules, self._judges
        for index in touched:
            judges = compiled.get(index) or self._compiled(index)
            judged = (
                (judges[0](slots, scope),) if len(judges) == 1 else tuple([judge(slots, scope) for judge in judges])
            )
            results[index] = _result(rules[index], judged, facts)
        return tuple(results)

    def touched(self, facts: Facts) -> set[int]:
        """Indexes of the measures some given fact touches."""
        return _known(self.touching, facts)

    @lazy
    def scope(self) -> ScopeJudge:
        """The function that judges the document's scope for all its measures at once."""
        return compile_scope(self.policy.header.scope, self._slots) if self._shared else lambda _: NO_SCOPE

    @lazy
    def _shared(self) -> bool:
        """Whether the scope is the same for all measures: none of them bounds a fact the scope looks at."""
        asked = {key for condition in self.policy.header.scope for leaf in leaves(condition) for key in leaf.facts}
        return bool(asked) and asked.isdisjoint(bound.fact for rule in self.rules for bound in rule.bounds)

    def judged(self, index: int, slots: list[Any]) -> tuple[Judged, ...]:
        """What each reading of one measure yields, the default first."""
        scope = self.scope(slots)
        return tuple([judge(slots, scope) for judge in self._judges.get(index) or self._compiled(index)])

    def _compiled(self, index: int) -> tuple[Judge, ...]:
        rule, shared = self.rules[index], self._shared
        judges = tuple(compile_variant(rule, variant, self._slots, shared=shared) for variant in rule.variants)
        self._judges[index] = judges
        return judges

    def verdicts(self, facts: Facts, slots: list[Any]) -> dict[int, Outcome]:
        """Verdicts and ranges only, by index, of the measures some given fact touches."""
        touched, scope = self.touched(facts), self.scope(slots)
        if scope[0] == FALSE:
            failed = self._failed
            return {index: failed[index] for index in touched}
        briefs = self._briefs
        return {index: (briefs.get(index) or self._brief(index))(slots, scope) for index in touched}

    def _brief(self, index: int) -> Brief:
        rule = self.rules[index]
        if not rule.disputed:
            brief = compile_verdict(rule, self._slots, shared=self._shared)
        else:
            judges = self._judges.get(index) or self._compiled(index)

            def brief(slots: list[Any], scope: Scope) -> Outcome:
                return combine(rule, [judge(slots, scope) for judge in judges])

        self._briefs[index] = brief
        return brief

    @lazy
    def _failed(self) -> tuple[Outcome, ...]:
        """What each measure comes to when the scope of the document fails."""
        awards = (rule.variants[0].award for rule in self.rules)
        return tuple((INELIGIBLE, None, None) if award.in_kind else (INELIGIBLE, 0, 0) for award in awards)

    def verdict(self, measure_id: str, slots: list[Any]) -> Outcome:
        """Verdict and range of one measure of this document, by its full id."""
        index = next(i for i, rule in enumerate(self.rules) if rule.id == measure_id)
        judged = self.judged(index, slots)
        return combine(self.rules[index], judged) if self.rules[index].disputed else judged[0][:3]


def _index(facts_of: Iterable[tuple[int, Iterable[str]]]) -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for index, keys in facts_of:
        for key in keys:
            found.setdefault(key, set()).add(index)
    return {key: frozenset(indexes) for key, indexes in found.items()}


def _known(index: dict[str, frozenset[int]], facts: Facts) -> set[int]:
    """All that an index has for the facts given."""
    found: set[int] = set()
    for key in facts:
        if key in index:
            found |= index[key]
    return found


def _result(rule: Rule, judged: tuple[Judged, ...], facts: Facts) -> MeasureResult:
    verdict, low, high = combine(rule, judged) if rule.disputed else judged[0][:3]
    reasons, open_ = explain(rule, judged, facts)
    return MeasureResult(rule, verdict, low, high, judged, reasons, open_, open_.every, facts)


def entry(result: MeasureResult, *, sure: bool) -> Entry:
    """A measure as the plan sees it; ``sure``: its low end may count."""
    rule = result.rule
    several_years = rule.staged is not None and result.facts.get(rule.staged[0]) in (None, rule.staged[1])
    return Entry(rule.short_id, (result.low or 0) if sure else 0, result.high, sure, several_years)
