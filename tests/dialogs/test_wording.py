"""The tone of every reply: nothing promised, nothing exclaimed, every amount with its unit, every status told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

import pytest

from dialogs.advance import Dialog
from dialogs.commands import Name
from dialogs.groups import items
from dialogs.incoming import Said
from knowledge.standing import standing
from policies.answers import read_answers
from tests.dialogs.callers import Caller, topics
from tests.dialogs.talk import Talk, words
from tests.policies.test_scenarios import ALL

AFTERWARDS = (Name.RESULT, Name.ALL, Name.MISSING, Name.LEFT_OUT, Name.FAILED, Name.IN_KIND, Name.REPORT, Name.HELP)
AMOUNT = re.compile(r"(?<![A-Z])\d[\d,]{2,}(?:\.\d+)?")  # smaller numbers count things or name articles
UNITS = re.compile(
    r" ?[万亿]*(?:元|份|家|项|场|人|天|台|条|次|个|年|月|日|款|件|号|%|‰|w)|[万亿]?[–至](?:不到)?\d|[〕\-]|[GP]|:\d"
)
QUOTED = re.compile(r"“[^”]*”|《[^》]*》")
PLACES = re.compile(
    r"\d{4}-\d\d-\d\d|语料版本 \S+|（?修改 \d+|详情 \d+|改第 \d+|^\d+\. |1 3 5|[①-⑳]|\(\d+\)|例如[^\n]*", re.M
)


@cache
def said(dialog: Dialog) -> tuple[tuple[str, str, Talk], ...]:
    """What was asked for, the reply, and the conversation, for every scenario and every question on the way."""
    return tuple(replies(dialog))


def replies(dialog: Dialog) -> Iterator[tuple[str, str, Talk]]:
    for scenario in ALL:
        facts = read_answers(scenario.facts, dialog.engine.corpus.facts)
        district = facts.pop("district", None)
        if scenario.policy is not None:
            district = dialog.engine.policies[scenario.policy].policy.header.districts[0]
        caller = Caller(facts, str(district) if district else None, topics(dialog, scenario.policy), True)
        talk = Talk(dialog, scenario.as_of)
        yield "open", talk.open(), talk
        while (question := talk.question) is not None:
            yield "why", aside(talk, Name.WHY.value), talk
            talk.take(caller.answer(question, dialog.engine.corpus.facts, talk.session.revision))
            yield question.id, talk.words, talk
        details = [f"{Name.DETAIL.value} {item.number}" for item in items(talk.assessment)]
        for command in (*AFTERWARDS, *details):
            yield str(command), aside(talk, str(command)), talk


def aside(talk: Talk, text: str) -> str:
    """A reply that does not move the conversation."""
    return "\n".join(words(talk.dialog.advance(talk.session, Said(text))[1], talk.dialog))


def test_nothing_is_promised_and_nothing_exclaimed(dialog: Dialog) -> None:
    for asked, text, _ in said(dialog):
        own = QUOTED.sub("", text)
        for word in ("可申报", "保证", "!", "！", "抱歉", "恭喜"):
            assert word not in own, (asked, word, text)


def test_every_amount_has_a_unit(dialog: Dialog) -> None:
    for asked, text, _ in said(dialog):
        own = PLACES.sub(" ", QUOTED.sub(" ", text))
        bare = [
            own[max(0, found.start() - 12) : found.end() + 8] for found in AMOUNT.finditer(own) if not unit(own, found)
        ]
        assert not bare, (asked, bare)


def unit(text: str, found: re.Match[str]) -> bool:
    """Whether a unit follows a number; a lone 0 before a dash is the low end of a range that names it."""
    return UNITS.match(text, found.end()) is not None


def test_no_template_is_left_unfilled(dialog: Dialog) -> None:
    for asked, text, _ in said(dialog):
        for piece in ("{{", "}}", "{%", "None", "Span(", "\n\n\n"):
            assert piece not in text, (asked, piece, text)


@pytest.mark.parametrize("command", ["结果", "全部", "还差什么", "没有计入", "报告", "详情 1", "为什么问"])
@pytest.mark.parametrize("as_of", [date(2022, 6, 1), date(2024, 3, 1), date(2025, 7, 4), date(2026, 11, 21)])
@pytest.mark.parametrize("district", ["海珠区", "黄埔区", "佛山市", "宝安区", "白云区"])
def test_a_document_that_is_not_in_force_says_so(dialog: Dialog, district: str, as_of: date, command: str) -> None:
    talk = Talk(dialog, as_of)
    talk.say(district, "不清楚")
    [policy] = talk.assessment.policies
    text = aside(talk, command)
    if policy.validity.status != "in_force" and "元" in text:
        assert standing(policy.validity) in text


@pytest.mark.parametrize("garbage", ["字" * 5000, "9" * 9000, "换日期 " + "明" * 5000, "1 " * 3000])
@pytest.mark.parametrize("district", [(), ("海珠区",), ("海珠区", "电商", "6000万")])
def test_long_input_gets_a_short_reply(dialog: Dialog, district: tuple[str, ...], garbage: str) -> None:
    talk = Talk(dialog)
    talk.say(*district)
    assert len(talk.say(garbage)) < 600
