"""A search for proof that a question can change something: two answers to it that lead to different outcomes.

What else is unknown is filled in, aimed at the bounds and the allowed answers of the measures the question bears on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations
from random import Random
from typing import Any

from dialogs.questions import Line
from policies.engine.assessment import MeasureResult
from policies.engine.engine import Engine
from policies.engine.judged import INELIGIBLE
from policies.engine.rules import Rule
from policies.model.fact import Fact
from policies.references import award_facts
from policies.values import Facts, Value, exactly

Answers = dict[str, Value | None]

_DAY = date(2022, 6, 1)
_SIZES = {"money": range(16), "share": range(3, 7), "count": range(10)}  # powers of ten worth trying
_TOLD = {"money": range(6, 12), "share": range(4, 6), "count": range(4)}  # and those an enterprise would name


@dataclass
class Search:
    """Looks for two outcomes under one document."""

    engine: Engine
    policy: str
    tries: int = 3000
    random: Random = field(default_factory=lambda: Random(0))

    def __post_init__(self) -> None:
        vocabulary = self.engine.corpus.facts
        self._rules = self.engine.policies[self.policy].rules
        bounds = _bounds(self._rules)
        self._pools = {key: _pool(fact, bounds.get(key, set()), _SIZES) for key, fact in vocabulary.items()}
        self._told = {key: _pool(fact, bounds.get(key, set()), _TOLD) for key, fact in vocabulary.items()}
        self._passing_of = {rule.id: _passing([rule]) for rule in self._rules}
        self._passing = _passing(self._rules)

    def some_value(self, key: str, random: Random) -> Value | None:
        """A value of a fact, mostly one that passes some test; sometimes nothing."""
        if random.random() < 0.15:
            return None
        passing = self._passing.get(key)
        return random.choice(passing if passing and random.random() < 0.7 else self._told[key])

    def fact_matters(self, key: str, known: Facts) -> bool:
        """Whether some two values of a fact lead to different outcomes, or of one that is only asked after it."""
        used = {other for rule in self._rules for other in rule.facts}
        later = [fact.key for fact in self.engine.corpus.vocabulary.facts if fact.ask_first == key and fact.key in used]
        if any(self.fact_matters(other, known) for other in later if known.get(other) is None):
            return True
        return self._matters({key}, known, lambda: [{key: value} for value in self._pools[key]])

    def line_matters(self, line: Line, known: Facts) -> bool:
        """Whether ticking a line may lead to another outcome than leaving it, with further answers where it is ticked."""
        keys = {*line.ticked, *line.unticked}

        def answers() -> list[Answers]:
            more = {key: self.random.choice(self._pools[key]) for key in keys}
            aimed = {key: self.random.choice(self._passing.get(key) or self._pools[key]) for key in keys}
            return [dict(line.unticked), {**more, **line.ticked}, {**aimed, **line.ticked}]

        return self._matters(keys, known, answers)

    def is_told_beside(self, key: str) -> bool:
        """Whether only a disputed second reading looks at a fact, never the reading that counts."""
        readers = [rule for rule in self._rules if key in rule.facts]
        default = [rule.variants[0] for rule in readers]
        counts = any(key in leaf.facts for variant in default for leaf in variant.leaves)
        return bool(readers) and not counts and all(key not in award_facts(variant.award) for variant in default)

    def _matters(self, keys: set[str], known: Facts, answers: Callable[[], list[Answers]]) -> bool:
        fixed = {key: value for key, value in known.items() if value is not None and key not in keys}
        failed = {result.id for result in self._results(fixed) if result.verdict == INELIGIBLE}
        near = [rule for rule in self._rules if keys & set(rule.facts) and rule.id not in failed]
        for _ in range(self.tries):
            others = self._completion(near, fixed)
            outcomes = {self._outcome({**others, **answer, **fixed}) for answer in answers()}
            if len(outcomes) > 1:
                return True
        return False

    def _completion(self, near: list[Rule], fixed: Facts) -> Answers:
        """Values for what is unknown: such that the measures concerned are met, but for up to four facts at random.

        All other measures stay open.
        """
        wanted = [rule for rule in self._rules if rule.telling & fixed.keys()] + near
        chosen = self.random.sample(near, 1) if near and self.random.random() < 0.7 else wanted
        completed: Answers = {}
        for rule in chosen:
            passing = self._passing_of[rule.id]
            completed.update({key: self.random.choice(passing.get(key) or self._pools[key]) for key in rule.facts})
        for key in self.random.sample(sorted(completed), min(len(completed), self.random.randint(0, 4))):
            completed[key] = self.random.choice(self._pools[key])
        return completed

    def _results(self, facts: Facts) -> tuple[MeasureResult, ...]:
        return self.engine.assess(facts, _DAY, [self.policy]).policies[0].measures

    def _outcome(self, facts: Facts) -> tuple[object, ...]:
        """All that a person would see differ: verdicts, ranges, totals and what is left out."""
        assessed = self.engine.assess(facts, _DAY, [self.policy]).policies[0]
        plan = assessed.plan
        return (
            tuple((result.verdict, result.low, result.high) for result in assessed.measures),
            assessed.nominal,
            tuple(left.id for left in plan.left_out) if plan else (),
            tuple((applied.rule.id, applied.ceiling) for applied in plan.applied) if plan else (),
        )


def _bounds(rules: Iterable[Rule]) -> dict[str, set[int]]:
    """For each fact, the numbers it is compared with."""
    found: dict[str, set[int]] = {}
    for leaf in (leaf for rule in rules for variant in rule.variants for leaf in variant.leaves):
        for key in leaf.facts:
            found.setdefault(key, set()).update(side for side in (leaf.low, leaf.high) if side is not None)
    return found


def _pool(fact: Fact, bounds: Iterable[int], sizes: Mapping[str, range]) -> list[Value]:
    """Answers worth trying: all choices, or numbers of every size and around every bound."""
    if fact.type == "bool":
        return [True, False]
    if fact.type == "choice":
        return list(fact.choices)
    if fact.type == "set":
        return [frozenset(chosen) for size in (1, 2) for chosen in combinations(fact.choices, size)]
    powers = {digit * 10**power for power in sizes[fact.type] for digit in (1, 3)}
    numbers = {0, *powers, *(bound + step for bound in bounds for step in (-1, 0, 1))}
    return [exactly(number) for number in sorted(numbers) if number >= 0 or fact.negative_allowed]


def _passing(rules: Iterable[Rule]) -> dict[str, list[Value]]:
    """For each fact, answers that pass the tests which look at it."""
    found: dict[str, list[Value]] = {}
    for rule in rules:
        for leaf in (leaf for variant in rule.variants for leaf in variant.leaves):
            for key in leaf.facts:
                found.setdefault(key, []).extend(_allowed(leaf.kind, leaf.allowed, leaf.low, leaf.high))
    return found


def _allowed(kind: str, allowed: Iterable[Any], low: int | None, high: int | None) -> Iterator[Value]:
    if kind == "number":
        yield exactly(low if low is not None else high or 0)
        yield exactly((low or 0) * 3 + 5 if high is None else high)
    elif kind == "set":
        yield from (frozenset(chosen) for size in (1, 2) for chosen in combinations(sorted(allowed), size))
    else:
        yield from sorted(allowed)
