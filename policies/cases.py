"""Worked examples in the rule files: running them against an engine and telling what differs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from policies.answers import AnswerError, read_answers
from policies.engine.assessment import PolicyAssessment
from policies.engine.engine import Engine
from policies.law import LoadedPolicy
from policies.model.measure import Case, Expectation
from policies.notation import yuan_text

DEFAULT_DAY = date(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class Located:
    """A case and where it stands: its file and the path of keys to it."""

    case: Case
    file: str
    path: tuple[str | int, ...]


def cases_of(policy: LoadedPolicy) -> Iterator[Located]:
    """All worked examples of one document, those of the header first."""
    for index, case in enumerate(policy.header.cases):
        yield Located(case, f"{policy.id}/policy.yaml", ("cases", index))
    counts: dict[str, int] = {}
    for loaded in policy.measures:
        position = counts[loaded.file] = counts.get(loaded.file, -1) + 1
        for index, case in enumerate(loaded.measure.cases):
            yield Located(case, loaded.file, ("measures", position, "cases", index))


def differences(engine: Engine, policy: LoadedPolicy, case: Case) -> list[str]:
    """What a case expects and does not get, one Chinese sentence each; empty when it holds."""
    try:
        facts = read_answers(case.given, engine.corpus.facts)
    except AnswerError as error:
        return [str(error)]
    assessed = engine.assess(facts, case.as_of or DEFAULT_DAY, [policy.id]).policies[0]
    found = [
        difference
        for measure_id, expected in case.expect.items()
        for difference in _measure(assessed, policy.full_id(measure_id), expected)
    ]
    if case.total is not None:
        nominal = assessed.nominal or (0, 0)
        wanted = (int(case.total[0].value), int(case.total[1].value))
        if nominal != wanted:
            found.append(f"合计应为 {_range(*wanted)}，算出 {_range(*nominal)}")
    return found


def _measure(assessed: PolicyAssessment, measure_id: str, expected: Expectation) -> Iterator[str]:
    result = assessed.by_id[measure_id]
    if result.verdict != expected.verdict:
        yield f"{measure_id} 应为 {expected.verdict}，算出 {result.verdict}"
    if expected.range is not None:
        wanted = (int(expected.range[0].value), int(expected.range[1].value))
        if (result.low, result.high) != wanted:
            yield f"{measure_id} 区间应为 {_range(*wanted)}，算出 {_range(result.low, result.high)}"
    elif result.low is not None and expected.verdict != "ineligible" and not result.monetary:
        yield f"{measure_id} 不应有金额"


def _range(low: int | None, high: int | None) -> str:
    if low is None:
        return "无金额"
    return f"{yuan_text(low)}–{'无上限' if high is None else yuan_text(high)}"
