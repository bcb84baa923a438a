"""How many questions the sample enterprises are asked; ``pytest -s`` shows the table."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import cache
from statistics import mean, median

import pytest

from dialogs.advance import Dialog
from policies.answers import read_answers
from policies.engine.judged import INELIGIBLE
from tests.dialogs.callers import Caller, interview, one_by_one, topics
from tests.dialogs.talk import Talk
from tests.policies.test_scenarios import ALL, Scenario

MOST_AT_THE_MEDIAN = 8


@dataclass(frozen=True)
class Row:
    """One scenario asked through: questions, whether the presumed conditions were listed, and one fact at a time.

    ``opened``: questions when the caller first says in a sentence what the scenario says.
    """

    scenario: Scenario
    asked: int
    opened: int
    confirmed: bool
    one_by_one: int
    talk: Talk


@cache
def rows(dialog: Dialog, *, did_nothing_else: bool) -> tuple[Row, ...]:
    return tuple(row(dialog, scenario, did_nothing_else=did_nothing_else) for scenario in ALL)


def row(dialog: Dialog, scenario: Scenario, *, did_nothing_else: bool) -> Row:
    facts = read_answers(scenario.facts, dialog.engine.corpus.facts)
    facts.pop("district", None)
    header = None if scenario.policy is None else dialog.engine.policies[scenario.policy].policy.header
    district = None if header is None else header.districts[0]
    caller = Caller(facts, district, topics(dialog, scenario.policy), did_nothing_else)
    held = interview(dialog, caller, scenario.as_of)
    fixed = one_by_one(dialog, caller, scenario.as_of)
    opened = interview(dialog, caller, scenario.as_of, opening=scenario.text)
    return Row(scenario, held.asked, opened.asked, held.confirmed, fixed, held.talk)


KINDS = pytest.mark.parametrize("did_nothing_else", [False, True], ids=["rest-unknown", "rest-denied"])


@KINDS
def test_few_questions_settle_one_district(dialog: Dialog, did_nothing_else: bool) -> None:
    found = rows(dialog, did_nothing_else=did_nothing_else)
    title = "the rest denied" if did_nothing_else else "the rest not known"
    sys.stdout.write(f"\nquestions: mean, median, most (one fact at a time: mean, median, most), {title}\n")
    for name in sorted({row.scenario.policy or "all documents" for row in found}):
        sys.stdout.write(line(name, [row for row in found if (row.scenario.policy or "all documents") == name]))
    one = [row for row in found if row.scenario.policy is not None]
    sys.stdout.write(line("one district", one))
    assert median(row.asked for row in one) <= MOST_AT_THE_MEDIAN
    assert all(row.asked < row.one_by_one for row in found)


@KINDS
def test_only_unknowns_are_left(dialog: Dialog, did_nothing_else: bool) -> None:
    """When the interview is over, every open measure waits for something that was answered 不清楚 or is never asked."""
    vocabulary = dialog.engine.corpus.facts
    for held in rows(dialog, did_nothing_else=did_nothing_else):
        asked = held.talk.state.asked
        for result in held.talk.assessment.by_id.values():
            if result.monetary and result.verdict != INELIGIBLE and result.open.deciding:
                waits_for = {*result.open.deciding, *result.rule.telling}
                assert any(key in asked or not vocabulary[key].asked for key in waits_for), (
                    held.scenario.id,
                    result.id,
                )


@KINDS
def test_an_opening_sentence_shortens_the_interview(dialog: Dialog, did_nothing_else: bool) -> None:
    found = rows(dialog, did_nothing_else=did_nothing_else)
    title = "the rest denied" if did_nothing_else else "the rest not known"
    without, opened = [row.asked for row in found], [row.opened for row in found]
    sys.stdout.write(
        f"\nquestions without and with an opening sentence, {title}: mean {mean(without):.1f} and {mean(opened):.1f},"
        f" median {median(without):.1f} and {median(opened):.1f}\n"
    )
    assert mean(opened) < mean(without)


def line(name: str, found: list[Row]) -> str:
    """One line of the table."""
    asked, fixed = [row.asked for row in found], [row.one_by_one for row in found]
    confirmed = sum(row.confirmed for row in found)
    return (
        f"  {name:18} {len(found):2} callers: {mean(asked):4.1f} {median(asked):4.1f} {max(asked):3}"
        f"  ({mean(fixed):5.1f} {median(fixed):5.1f} {max(fixed):3}); {confirmed} with a last list to confirm\n"
    )
