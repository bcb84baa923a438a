"""Judging one measure on one set of facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from policies.engine.engine import CompiledPolicy, Engine, combine
from policies.engine.judged import Judged
from policies.engine.rules import Rule
from policies.values import Value

Assignment = dict[str, Value | None]
Change = Mapping[str, Value | None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a measure comes to: verdict and range (分), and each reading's own result, the default first."""

    facts: Mapping[str, Value | None]
    verdict: str
    low: int | None
    high: int | None
    judged: tuple[Judged, ...]


class Trial:
    """The measures of one document, ready to be tried."""

    def __init__(self, engine: Engine, policy_id: str) -> None:
        """Take one document of an engine."""
        self.engine = engine
        self.compiled: CompiledPolicy = engine.policies[policy_id]
        self.vocabulary = engine.corpus.facts

    @property
    def rules(self) -> tuple[Rule, ...]:
        """All measures of the document."""
        return self.compiled.rules

    def judge(self, index: int, facts: Mapping[str, Value | None]) -> Outcome:
        """Judge the measure at ``index``."""
        slots = self.engine.slots.fill(self.engine.complete(facts))
        judged = self.compiled.judged(index, slots)
        verdict, low, high = combine(self.rules[index], judged)
        return Outcome(facts, verdict, low, high, judged)
