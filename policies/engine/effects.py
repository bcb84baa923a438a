"""What one open fact could still change: the measure's verdict and range for each kind of answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from policies.answers import number_text, value_text
from policies.engine.assessment import MeasureResult
from policies.engine.engine import Engine
from policies.engine.rules import LeafRule
from policies.model.fact import Fact
from policies.values import Span, Value

OTHERWISE = "其他"


@dataclass(frozen=True, slots=True)
class Effect:
    """If the fact is answered so (``answer``, in words), the measure's verdict and range (分) would be these."""

    answer: str
    verdict: str
    low: int | None
    high: int | None


def effects(engine: Engine, result: MeasureResult, key: str) -> tuple[Effect, ...]:
    """The answers to one fact that lead to different results, one each, in the order they are tried.

    Answers are tried at what the rules ask for: yes and no, each choice named and another one, each bound and just
    short of it. Everything else stays as it is.
    """
    fact = engine.corpus.facts[key]
    policy = engine.policies[result.rule.loaded.policy]
    found: dict[tuple[str, int | None, int | None], Effect] = {}
    for answer, value in _answers(fact, result):
        changed = {**result.facts, key: value}
        outcome = policy.verdict(result.id, engine.slots.fill(changed))
        found.setdefault(outcome, Effect(answer, *outcome))
    return tuple(found.values())


def _answers(fact: Fact, result: MeasureResult) -> Iterator[tuple[str, Value]]:
    leaves = [leaf for variant in result.rule.variants for leaf in variant.leaves if fact.key in leaf.facts]
    if fact.type == "bool":
        yield from (("是", True), ("否", False))
    elif fact.type in ("choice", "set"):
        yield from _choices(fact, leaves)
    else:
        yield from _numbers(fact, leaves, result)


def _choices(fact: Fact, leaves: list[LeafRule]) -> Iterator[tuple[str, Value]]:
    named = [choice for choice in fact.choices if any(choice in leaf.allowed for leaf in leaves)]
    others = [choice for choice in fact.choices if choice not in named]
    for choice in (*named, *others[:1]):
        label = choice if choice in named else OTHERWISE
        yield label, frozenset({choice}) if fact.type == "set" else choice


def _numbers(fact: Fact, leaves: list[LeafRule], result: MeasureResult) -> Iterator[tuple[str, Value]]:
    """Both sides of every bound, as far as what is known of the number leaves room."""
    known = result.facts.get(fact.key)
    span = known if isinstance(known, Span) else Span(None if fact.negative_allowed else 0, None)
    for leaf in leaves:
        if leaf.low is not None:
            yield from _side(fact, span, Span(leaf.low, None), f"{number_text(fact, leaf.low)}以上")
            yield from _side(fact, span, Span(None, leaf.low - 1), f"不到{number_text(fact, leaf.low)}")
        if leaf.high is not None:
            yield from _side(fact, span, Span(None, leaf.high), f"{number_text(fact, leaf.high)}以内")
            yield from _side(fact, span, Span(leaf.high + 1, None), f"超过{number_text(fact, leaf.high)}")
    if not leaves and span.low == 0:
        yield value_text(fact, Span(0, 0)), Span(0, 0)


def _side(fact: Fact, span: Span, side: Span, words: str) -> Iterator[tuple[str, Value]]:
    low = max((edge for edge in (span.low, side.low) if edge is not None), default=None)
    high = min((edge for edge in (span.high, side.high) if edge is not None), default=None)
    if low is None or high is None or low <= high:
        yield words, Span(low, high)
