"""Which question comes next, beyond that it matters: what is given up, what confirming may do, how many are left."""

from __future__ import annotations

import pytest

from dialogs.advance import Dialog
from dialogs.incoming import NONE
from dialogs.needs import given_up
from dialogs.questions import CONFIRMING
from policies.answers import read_answers
from tests.dialogs.callers import Caller, topics
from tests.dialogs.talk import Talk
from tests.policies.test_scenarios import ALL, Scenario


def to_the_last_list(dialog: Dialog, scenario: Scenario) -> Talk | None:
    """The conversation of a scenario up to the list of presumed conditions, if it comes to one."""
    facts = read_answers(scenario.facts, dialog.engine.corpus.facts)
    policy = dialog.engine.policies[str(scenario.policy)].policy
    caller = Caller(facts, policy.header.districts[0], topics(dialog, scenario.policy), True)
    talk = Talk(dialog, scenario.as_of)
    while (question := talk.question) is not None and question.id != CONFIRMING:
        talk.take(caller.answer(question, dialog.engine.corpus.facts, talk.session.revision))
    return talk if question is not None else None


@pytest.mark.parametrize(
    "scenario", [scenario for scenario in ALL if scenario.policy], ids=lambda scenario: scenario.id
)
def test_confirming_brings_nothing_into_play(dialog: Dialog, scenario: Scenario) -> None:
    """To say that all presumed conditions hold settles what was spoken of; it mentions nothing new and asks no more."""
    talk = to_the_last_list(dialog, scenario)
    if talk is None:
        return
    before = {result.id for result in talk.assessment.by_id.values() if result.counted}
    talk.pick(NONE)
    assert {result.id for result in talk.assessment.by_id.values() if result.counted} == before
    assert talk.question is None


def test_what_nobody_knows_of_is_not_asked_in_detail(dialog: Dialog) -> None:
    talk = Talk(dialog)
    talk.say("海珠区", "牵头制定标准 其余不清楚", "国家1", "是", "不清楚", "都没有")
    assert talk.question is None
    event = talk.assessment.by_id["haizhu-2022/10"]
    assert given_up(event, talk.state.asked)
    assert "venue_fee" not in talk.state.asked
    assert not given_up(talk.assessment.by_id["haizhu-2022/7.b"], talk.state.asked)


def test_a_fact_once_given_up_comes_back_when_it_is_known(dialog: Dialog) -> None:
    talk = Talk(dialog)
    talk.say("海珠区", "不清楚", "修改 2")
    talk.pick(*(choice.key for choice in talk.ask.choices if "论坛" in choice.label) if talk.ask else ())
    assert talk.question is not None
    assert talk.question.id.removeprefix("fact:").startswith("event_")


def test_the_number_of_questions_left_is_told_and_falls(dialog: Dialog) -> None:
    talk = Talk(dialog)
    left = []
    for text in ("海珠区", "举办或承办产业互联网论坛、会议或国家级赛事", "是", "是"):
        talk.say(text)
        left.append(talk.ask.about if talk.ask else None)
    assert left[0] is None
    told = [number for number in left if number is not None]
    assert told == sorted(told, reverse=True)
    assert told[-1] < told[0]


def test_what_a_thing_is_comes_before_its_qualities(dialog: Dialog) -> None:
    talk = Talk(dialog)
    talk.say("黄埔区", "都没有", "牵头（主导）制定标准")
    assert talk.question is not None
    assert talk.question.id == "form:standards"
    talk = Talk(dialog)
    talk.say("白云区", "都没有", "推广二级节点应用")
    assert talk.question is not None
    assert talk.question.id == "form:promotion"


def test_where_a_ceiling_is_nothing_nobody_asks_what_was_taken_from_it(dialog: Dialog) -> None:
    talk = Talk(dialog)
    talk.say("海珠区", "牵头（主导）制定标准", "国家1", "是", "100万")
    assert talk.question is not None
    assert talk.question.id == "fact:other_district_funds"
    talk.say("上一步", "都没有")
    assert talk.question is not None
    assert talk.question.id == CONFIRMING
