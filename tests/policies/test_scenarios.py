"""The scenarios of tests/cases/scenarios.yaml: what enterprises say, as facts, and what the engine answers.

``pytest -s`` shows how many hold as expected and how many by an answer accepted instead.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal

import pytest
import yaml

from policies.answers import read_answers
from policies.engine.assessment import Assessment, PolicyAssessment
from policies.engine.engine import Engine
from policies.engine.validity import Status
from policies.load import load
from policies.model.base import Model, Money, Names
from policies.notation import yuan_text

SCENARIOS = Path(__file__).parents[1] / "cases" / "scenarios.yaml"

# Where the engine takes an accepted answer rather than the expected one; the notes in the data say why.
BY_ACCEPTED = {"BA-006", "BA-007", "BA-011"}

Range = tuple[Money, Money]
Outcome = Literal["expected", "accepted", "different"]


class Answer(Model):
    """A right answer for one measure."""

    verdict: Literal["eligible", "ineligible", "depends", "contested"]
    range: Range | None


class Expected(Answer):
    """The expected answer for one measure, and others that are also right."""

    accept: tuple[Answer, ...] = ()
    note: str | None = None


class Total(Model):
    """The expected total, and others that are also right."""

    range: Range
    accept: tuple[Range, ...] = ()
    note: str | None = None


class Differs(Model):
    """The fields in which the engine is known to answer otherwise."""

    fields: tuple[str, ...]
    why: str


class Scenario(Model):
    """One enterprise's words as facts, and the answer due. ``policy`` of ``None``: it asks about all documents."""

    id: str
    text: str
    as_of: date
    policy: str | None
    status: dict[str, Status]
    facts: dict[str, Any]
    also: Names = ()
    expected: dict[str, Expected]
    no_measure: tuple[str, ...] = ()
    total: Total | None = None
    nominal: Range | None = None
    differs: Differs | None = None


@dataclass(frozen=True)
class Check:
    """One field of an answer, compared."""

    field: str
    outcome: Outcome
    got: str


def read_scenarios() -> list[Scenario]:
    raw = yaml.safe_load(SCENARIOS.read_text(encoding="utf-8"))
    return [Scenario.model_validate(scenario) for scenario in raw["scenarios"]]


ALL = read_scenarios()


@cache
def engine() -> Engine:
    return Engine(load())


def checks(scenario: Scenario) -> list[Check]:
    facts = read_answers(scenario.facts, engine().corpus.facts)
    named = None if scenario.policy is None else [scenario.policy]
    assessment = engine().assess(facts, scenario.as_of, named)
    documents = {document.policy.id: document for document in assessment.policies}
    return [
        *(measure_check(assessment, key, expected) for key, expected in scenario.expected.items()),
        *(compared(f"status.{key}", documents[key].validity.status, status) for key, status in scenario.status.items()),
        *(nothing_counted(documents[key]) for key in scenario.no_measure),
        *sums(scenario, documents),
    ]


def measure_check(assessment: Assessment, measure: str, expected: Expected) -> Check:
    result = assessment.by_id[measure]
    got = (result.verdict, None if result.low is None else (result.low, result.high))
    accepted = [(answer.verdict, bounds(answer.range)) for answer in expected.accept]
    shown = f"{result.verdict} {text(got[1])}"
    return compared(measure, got, (expected.verdict, bounds(expected.range)), accepted, shown)


def nothing_counted(document: PolicyAssessment) -> Check:
    counted = [result.id for result in document.measures if result.monetary and result.counted]
    return compared(f"no_measure.{document.policy.id}", counted, [])


def sums(scenario: Scenario, documents: dict[str, PolicyAssessment]) -> Iterator[Check]:
    """Total and nominal total; where nothing is counted they are nothing, which is 0."""
    if scenario.policy is None:
        return
    document = documents[scenario.policy]
    if scenario.total is not None:
        got = document.total or (0, 0)
        accepted = [bounds(other) for other in scenario.total.accept]
        yield compared("total", got, bounds(scenario.total.range), accepted, text(got))
    if scenario.nominal is not None:
        got = document.nominal or (0, 0)
        yield compared("nominal", got, bounds(scenario.nominal), (), text(got))


def compared(field: str, got: object, expected: object, accepted: Any = (), shown: str | None = None) -> Check:
    outcome: Outcome = "expected" if got == expected else "accepted" if got in accepted else "different"
    return Check(field, outcome, str(got) if shown is None else shown)


def bounds(given: Range | None) -> tuple[int, int] | None:
    return None if given is None else (int(given[0].value), int(given[1].value))


def text(got: tuple[int, int | None] | None) -> str:
    if got is None:
        return "无金额"
    return f"{yuan_text(got[0])}–{'无上限' if got[1] is None else yuan_text(got[1])}"


def different(scenario: Scenario) -> list[Check]:
    return [check for check in checks(scenario) if check.outcome == "different"]


def worst(scenario: Scenario) -> Outcome:
    outcomes = {check.outcome for check in checks(scenario)}
    if "different" in outcomes:
        return "different"
    return "accepted" if "accepted" in outcomes else "expected"


def parameter(scenario: Scenario) -> Any:
    if scenario.differs is None:
        return pytest.param(scenario, id=scenario.id)
    known = pytest.mark.xfail(strict=True, raises=AssertionError, reason=scenario.differs.why)
    return pytest.param(scenario, id=scenario.id, marks=known)


@pytest.mark.parametrize("scenario", [parameter(scenario) for scenario in ALL])
def test_scenario_holds(scenario: Scenario) -> None:
    found = different(scenario)
    assert not found, "\n".join(f"{check.field}: {check.got}" for check in found)


def test_known_differences_are_the_only_ones() -> None:
    known = {scenario.id: set(scenario.differs.fields) for scenario in ALL if scenario.differs is not None}
    found = {scenario.id: {check.field for check in different(scenario)} for scenario in ALL}
    assert {key: fields for key, fields in found.items() if fields} == known


def test_every_document_asked_about_is_checked() -> None:
    everything = set(engine().corpus.policies)
    for scenario in ALL:
        asked = everything if scenario.policy is None else {scenario.policy}
        answered = {key.split("/")[0] for key in scenario.expected} | set(scenario.no_measure)
        assert (set(scenario.status), answered) == (asked, asked), scenario.id


def test_how_each_scenario_holds() -> None:
    groups: dict[Outcome, list[str]] = {"expected": [], "accepted": [], "different": []}
    for scenario in ALL:
        groups[worst(scenario)].append(scenario.id)
    for outcome, ids in groups.items():
        sys.stdout.write(f"\n{outcome}: {len(ids)} of {len(ALL)} ({', '.join(ids)})")
    sys.stdout.write("\n")
    assert set(groups["accepted"]) == BY_ACCEPTED
