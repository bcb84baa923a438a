"""A caller checked at one sitting: the same result and the same next question as a conversation, fields only that matter."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.advance import Dialog
from dialogs.answers import NotUnderstoodError
from dialogs.check.caller import Caller
from dialogs.check.fields import field_groups, values_of
from dialogs.check.lines import Mark, facts_of, marked_lists, marks_in, name_of, told_by
from dialogs.check.open_facts import open_facts
from dialogs.check.reading import read_field, written
from dialogs.choose import assess, documents, next_question
from dialogs.questions import CONFIRMING
from dialogs.session import Answered, Session, State
from policies.engine.explain import CONFIRM
from policies.values import Facts, Span, Value, exactly, to_data
from policies.vocabulary import PLACE
from tests.strategies import POLICIES, Enterprises

DAY = date(2024, 3, 15)
STANDARDS = "std_international"


@settings(max_examples=40)
@given(data=st.data())
def test_a_check_asks_and_finds_what_a_conversation_does(dialog: Dialog, enterprises: Enterprises, data: st.DataObject):
    policy = data.draw(st.sampled_from(POLICIES))
    facts = {key: value for key, value in data.draw(enterprises.answers(policy)).items() if key != PLACE}
    place = dialog.engine.policies[policy].policy.header.districts[0]
    caller = Caller((place,), DAY, facts)
    said = {key: to_data(value) for key, value in {**facts, PLACE: place}.items()}
    answered = Answered(question="told:0", facts=said, said="")
    state = State(Session(id="s", corpus_version="", as_of=DAY, events=(answered,)))
    assert caller.documents(dialog.engine) == documents(dialog.engine, state)
    mine, theirs = caller.assess(dialog.engine), assess(dialog.engine, state)
    assert [policy.total for policy in mine.policies] == [policy.total for policy in theirs.policies]
    assert caller.next_question(dialog.catalogue, mine) == next_question(dialog.catalogue, state, theirs)


@settings(max_examples=25)
@given(data=st.data())
def test_what_is_asked_next_can_be_answered_in_the_form(dialog: Dialog, enterprises: Enterprises, data: st.DataObject):
    """Answers whatever is asked next, line by line and field by field, until nothing is asked any more."""
    place = data.draw(st.sampled_from([one.policy.header.districts[0] for one in dialog.engine.policies.values()]))
    marks: dict[str, Mark] = {}
    figures: dict[str, Value | None] = {}
    for _ in range(200):
        lists = marked_lists(dialog.catalogue, Caller((place,), DAY, {}).documents(dialog.engine), marks)
        shown = frozenset(one.line.label for marked in lists for one in marked.lines if one.mark is not None)
        caller = Caller((place,), DAY, told_by(lists, figures), shown)
        assessment = caller.assess(dialog.engine)
        question = caller.next_question(dialog.catalogue, assessment)
        if question is None:
            return
        fields = values_of(field_groups(dialog.catalogue, assessment, lists, question, figures))
        names = {line.name for marked in lists for line in marked.lines}
        if question.kind == "list":
            asked = {name_of(line) for line in question.lines}
            assert asked <= names
            marks |= {name: data.draw(st.sampled_from(list(Mark))) for name in asked}
        else:
            answerable = fields.keys() | {key for line in lists for one in line.lines for key in one.line.ticked}
            assert answerable >= set(question.facts), question.id
            marks |= {key: data.draw(st.sampled_from(list(Mark))) for key in question.facts if key not in fields}
            figures |= {key: data.draw(enterprises.values[key]) for key in question.facts if key in fields}
        if question.id == CONFIRMING:
            return
    pytest.fail("the questions do not end")


def test_where_is_asked_first_and_several_places_are_compared(dialog: Dialog):
    nowhere, two = Caller((), DAY, {}), Caller(("佛山市", "海珠区"), DAY, {"std_national": exactly(2)})
    question = nowhere.next_question(dialog.catalogue, nowhere.assess(dialog.engine))
    assert question is not None
    assert question.id == "where"
    assert nowhere.documents(dialog.engine) == tuple(dialog.engine.policies)
    assert two.documents(dialog.engine) == ("foshan-2020", "haizhu-2022")
    assert two.facts[PLACE] is None
    question = two.next_question(dialog.catalogue, two.assess(dialog.engine))
    assert question is not None
    assert question.id != "where"


def test_only_lines_the_documents_ask_about(dialog: Dialog):
    asked = facts_of(dialog.engine, ["haizhu-2022"])
    lists = marked_lists(dialog.catalogue, ["haizhu-2022"], {})
    lines = [line for marked in lists for line in marked.lines]
    assert {STANDARDS, "event_held"} <= {line.name for line in lines}
    assert all(not asked.isdisjoint(line.line.unticked) for line in lines)
    kept = marked_lists(dialog.catalogue, ["haizhu-2022"], {"devices_on_platform": Mark.NO})
    assert len([line for marked in kept for line in marked.lines]) >= len(lines)
    assert "devices_on_platform" in {line.name for marked in kept for line in marked.lines}


def test_nothing_said_needs_no_figures_and_lacks_nothing(dialog: Dialog):
    caller = Caller(("海珠区",), DAY, {})
    assessment = caller.assess(dialog.engine)
    lists = marked_lists(dialog.catalogue, caller.documents(dialog.engine), {})
    assert field_groups(dialog.catalogue, assessment, lists, None, ()) == ()
    assert open_facts(dialog.engine, assessment, set()) == ()


def test_a_line_marked_brings_its_figures(dialog: Dialog):
    lists = marked_lists(dialog.catalogue, ["haizhu-2022"], {STANDARDS: Mark.YES})
    assessment = Caller(("海珠区",), DAY, told_by(lists, {})).assess(dialog.engine)
    fields = values_of(field_groups(dialog.catalogue, assessment, lists, None, ()))
    assert {STANDARDS, "std_national"} <= fields.keys()
    assert "std_local" not in fields  # no clause of this district looks at it


def test_a_denial_weighs_more_than_a_figure_given_before(dialog: Dialog):
    figures: Facts = {"std_national": exactly(2)}
    denied = marked_lists(dialog.catalogue, ["haizhu-2022"], {STANDARDS: Mark.NO})
    assert told_by(denied, figures)["std_national"] == exactly(0)
    unsure = marked_lists(dialog.catalogue, ["haizhu-2022"], {STANDARDS: Mark.UNSURE})
    told = told_by(unsure, figures)
    assert told["std_national"] == exactly(2)
    assert told["std_international"] is None


@pytest.mark.parametrize("mark", [Mark.YES, Mark.NO])
def test_marks_are_found_again_in_what_they_say(dialog: Dialog, mark: Mark):
    for _, lines in dialog.catalogue.tick_lists:
        for line in lines:
            said = line.ticked if mark is Mark.YES else line.unticked
            if said:
                assert marks_in(dialog.catalogue, said)[name_of(line)] is mark
    assert marks_in(dialog.catalogue, {"std_national": exactly(2)}) == {STANDARDS: Mark.YES}
    assert marks_in(dialog.catalogue, {"std_national": exactly(0)}) == {}


@settings(max_examples=300)
@given(data=st.data())
def test_what_is_written_is_read_back(dialog: Dialog, enterprises: Enterprises, data: st.DataObject):
    key = data.draw(st.sampled_from(sorted(enterprises.vocabulary.keys() - {PLACE})))
    value = data.draw(enterprises.values[key])
    if isinstance(value, Span) and (value.low is None or value.low < 0):
        return  # below zero, an interval has no words of its own
    assert read_field(dialog.catalogue, key, written(dialog.engine.corpus.facts[key], value)) == value


@pytest.mark.parametrize(
    ("key", "raw", "told"),
    [
        ("cross_platform_investment", "2300", "元还是"),
        ("cross_platform_investment", "很多", "没看懂"),
        ("cross_platform_investment", "2000万元至不到1000万元", "下限高于上限"),
        ("std_national", "两家", "单位应是项"),
        ("std_national", "-1项", "不能是负数"),
        ("std_in_effect", "也许", "请答"),
        ("platform_kinds", "飞机", "没有选项"),
        ("innovation_centre_level", "宇宙级", "没有选项"),
    ],
)
def test_what_does_not_fit_is_told(dialog: Dialog, key: str, raw: str, told: str):
    with pytest.raises(NotUnderstoodError, match=told):
        read_field(dialog.catalogue, key, [raw])


@settings(max_examples=40)
@given(data=st.data())
def test_what_is_missing_is_all_that_is_open_and_nothing_presumed(
    dialog: Dialog, enterprises: Enterprises, data: st.DataObject
):
    policy = data.draw(st.sampled_from(POLICIES))
    assessment = dialog.engine.assess(data.draw(enterprises.answers(policy)), DAY, [policy])
    missing = {one.fact.key: one for one in open_facts(dialog.engine, assessment, set())}
    for one in missing.values():
        assert one.combines or one.bearings
        assert len(
            {(effect.verdict, effect.low, effect.high) for bearing in one.bearings[:1] for effect in bearing.effects}
        ) == len([effect for bearing in one.bearings[:1] for effect in bearing.effects])
    for result in assessment.policies[0].measures:
        if result.counted and result.verdict != "ineligible":
            assert set(result.open.deciding) <= missing.keys()
            presumed = {key for reason in result.reasons if reason.state == CONFIRM for key in reason.facts}
            assert presumed.isdisjoint(set(result.open.deciding))
