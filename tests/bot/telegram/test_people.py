"""A person asked for in Telegram, over HTTP: what is said there while one waits, is answered, is given back."""

from __future__ import annotations

import time

import pytest

from bot.store.staff import Staff
from tests.bot.telegram.conftest import Clock
from tests.bot.telegram.desk import Desk
from tests.bot.telegram.person import Person
from tests.bot.telegram.standin.faults import Fault
from tests.bot.telegram.standin.server import Standin


@pytest.fixture
def person(standin: Standin, desk: Desk) -> Person:
    Staff(desk.parts.database).add("李娜", "hash", 1.0)
    return Person(standin.world, 7, desk.settle)


def take(desk: Desk, clock: Clock) -> int:
    which = desk.parts.handovers.board().waiting[0].id
    desk.parts.handovers.take(which, "李娜", clock())
    desk.settle()
    return which


def last(person: Person) -> str:
    return str(person.chat.messages[person.from_bot[-1]].get("text", ""))


def test_asked_for_answered_and_given_back(person: Person, desk: Desk, clock: Clock) -> None:
    person.start()
    person.tap("海珠区")
    assert "已经叫了人工" in person.say("转人工")
    which = take(desk, clock)
    assert "人工（李）已经接入" in last(person)
    before = len(person.from_bot)
    person.say("几点上班？")
    person.send("photo")
    assert len(person.from_bot) == before
    desk.parts.handovers.write(which, "李娜", "<b>九点</b> & **五点半**", "k", clock())
    desk.settle()
    assert last(person) == "人工（李）\n<b>九点</b> & ＊＊五点半＊＊"
    desk.parts.handovers.give_back(which, "李娜", clock())
    desk.settle()
    assert "人工已经把对话交还给助手" in "".join(
        str(person.chat.messages[one].get("text")) for one in person.from_bot[-2:]
    )
    assert "做过" in last(person)
    exchange = desk.parts.handovers.one(which)
    assert exchange is not None
    assert [line.text for line in exchange.lines if line.by == "enterprise"] == [
        "几点上班？",
        "（发来图片，这里收不到）",
    ]


def test_a_button_pressed_meanwhile_stops_waiting_and_answers_nothing(
    person: Person, desk: Desk, clock: Clock, standin: Standin
) -> None:
    person.start()
    person.say("转人工")
    which = take(desk, clock)
    before = [dict(person.chat.messages[one]) for one in person.from_bot]
    person.tap("海珠区")
    assert len(standin.world.answered) == len(standin.world.pressed) == 1
    assert [dict(person.chat.messages[one]) for one in person.from_bot] == before
    exchange = desk.parts.handovers.one(which)
    assert exchange is not None
    assert exchange.lines[-1].text == "（按了：海珠区）"


def test_nobody_there_is_told_by_the_clock_of_the_process(person: Person, desk: Desk, clock: Clock) -> None:
    person.say("转人工")
    clock.now += 15 * 60
    end = time.monotonic() + 30
    while desk.parts.handovers.board().waiting:
        assert time.monotonic() < end
        time.sleep(0.05)
    desk.settle()
    texts = "".join(str(person.chat.messages[one].get("text")) for one in person.from_bot)
    assert "还没有人接" in texts
    assert "解释部门" in texts


def test_what_telegram_refuses_for_good_is_seen_by_the_operator(
    person: Person, desk: Desk, clock: Clock, standin: Standin
) -> None:
    person.say("转人工")
    which = take(desk, clock)
    standin.faults.order(Fault("refused", "sendMessage"))
    desk.parts.handovers.write(which, "李娜", "您好", "k", clock())
    desk.settle()
    exchange = desk.parts.handovers.one(which)
    assert exchange is not None
    assert exchange.lines[-1].arrival == "failed"
