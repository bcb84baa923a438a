"""Chats as a person sees them: one message holds the question, nothing is answered twice, nobody is spoken to unasked."""

from __future__ import annotations

import pytest

from dialogs.session import State
from policies.values import Span
from tests.bot.telegram.desk import Desk
from tests.bot.telegram.person import Person
from tests.bot.telegram.standin.faults import Fault
from tests.bot.telegram.standin.server import Standin
from tests.bot.word import words_of

STANDARDS = "牵头（主导）制定标准"


@pytest.fixture
def person(standin: Standin, desk: Desk) -> Person:
    return Person(standin.world, 7, desk.settle)


def facts(desk: Desk, address: str = "7") -> dict[str, object]:
    return dict(State(desk.session(address)).facts)


def test_taps_turn_one_message_into_question_after_question(person: Person, standin: Standin) -> None:
    person.start()
    person.tap("海珠区")
    person.pick(STANDARDS)
    assert "请一次填好" in person.words
    assert len(person.from_bot) == 1
    assert len(standin.world.answered) == len(standin.world.pressed) == 3


def test_boxes_are_ticked_in_place(person: Person) -> None:
    person.start()
    person.tap("海珠区")
    person.tap(STANDARDS)
    assert f"✓ {STANDARDS}" in person.words
    assert "选好了（1 项）" in person.words
    person.tap(f"✓ {STANDARDS}")
    assert "选好了" not in " ".join(label for row in person.buttons(1) for label in row)


def test_why_is_told_above_the_question_in_the_same_message(person: Person) -> None:
    person.start()
    person.tap("海珠区")
    told = person.tap("为什么问")
    assert "第三条" in told
    assert "都没有" in told
    assert len(person.from_bot) == 1


def test_typed_words_are_answered_below(person: Person) -> None:
    person.start()
    first = person.from_bot[-1]
    person.say("海珠区")
    assert person.buttons(first) == []
    assert person.from_bot[-1] > person.mine[-1]


def test_a_button_from_long_ago_brings_the_current_question(person: Person) -> None:
    person.start()
    old = person.from_bot[-1]
    person.say("海珠区")
    told = person.press("p0|1|where", old)
    assert "已经过去了" in told
    assert "还做过" in told or "做过" in told
    assert person.from_bot[-1] > person.mine[-1]
    assert [number for number in person.from_bot if person.buttons(number)] == person.from_bot[-1:]


@pytest.mark.parametrize(
    "data", ["", "x", "p0|0|fact:nothing", "pzzzzzz|0|where", "t0|99|where", "s0||where", "p0|修改 99|where"]
)
def test_a_forged_button_is_answered(person: Person, standin: Standin, data: str) -> None:
    person.start()
    assert person.press(data)
    assert standin.world.answered == list(standin.world.pressed)


def test_two_quick_taps_are_one_answer(person: Person, desk: Desk) -> None:
    person.start()
    settle, person.settle = person.settle, lambda: None
    person.tap("海珠区")
    person.tap("黄埔区")
    settle()
    assert facts(desk)["district"] == "海珠区"


def test_an_update_brought_twice_is_one_answer(person: Person, standin: Standin) -> None:
    person.start()
    person.say("海珠区")
    before = dict(person.chat.messages)
    again = {"update_id": standin.world._numbers, "message": person.chat.messages[person.mine[-1]]}
    standin.world.again(again, "chat 7")
    person.settle()
    assert dict(person.chat.messages) == before


def test_a_changed_message_corrects_its_answer(person: Person, desk: Desk) -> None:
    person.start()
    person.say("海珠区")
    person.say(STANDARDS)
    person.say("国际1 国家2")
    told = person.edit(person.mine[-1], "国际1 国家3")
    assert "3项" in told
    assert facts(desk)["std_national"] == Span(3, 3)


def test_what_cannot_be_read_gets_one_line_and_leaves_the_question(person: Person) -> None:
    person.start()
    question = person.from_bot[-1]
    for kind, called in (("photo", "图片"), ("voice", "语音"), ("sticker", "贴纸"), ("location", "位置")):
        told = person.send(kind)
        assert called in told
        assert len(told.splitlines()) == 1
    assert person.buttons(question)
    assert person.tap("海珠区")


def test_an_album_gets_one_answer(person: Person) -> None:
    person.start()
    before = len(person.from_bot)
    for _ in range(4):
        person.send("photo", media_group_id="9001")
    assert len(person.from_bot) == before + 1


def test_a_link_leads_to_a_document(person: Person, desk: Desk) -> None:
    told = person.start("haizhu-2022")
    assert "按海珠区来看" in told
    assert facts(desk)["district"] == "海珠区"


def test_the_report_comes_as_a_file(person: Person, standin: Standin) -> None:
    person.start("haizhu-2022")
    told = person.say("/report")
    assert "海珠" in told
    (document,) = [one["document"] for one in person.chat.messages.values() if "document" in one]
    assert document["file_name"] == "惠企政策核对.docx"
    assert "海珠" in words_of(standin.world.files[document["file_id"]])


def test_a_long_text_typed_by_mistake(person: Person) -> None:
    person.start()
    assert "太长了" in person.say("办" * 4000)


def test_what_people_write_is_never_markup(person: Person) -> None:
    person.start()
    assert "<b>&amp;" in person.say("换日期 <b>&amp;")


# -- groups


@pytest.fixture
def member(standin: Standin, desk: Desk) -> Person:
    return Person(standin.world, 7, desk.settle, group=-1007)


def test_talk_among_people_is_left_alone(member: Person) -> None:
    assert member.say("海珠区怎么走") == ""
    assert member.send("photo") == ""
    assert member.say("/new@other_bot") == ""
    assert member.from_bot == []


def test_in_a_group_who_names_the_bot_is_answered(member: Person, standin: Standin, desk: Desk) -> None:
    assert "哪" in member.say("@huiqi_bot 你好")
    first = member.from_bot[0]
    assert member.chat.messages[first]["reply_to_message"]["message_id"] == member.mine[-1]
    assert member.say("海珠区", reply_to=first)
    assert facts(desk, "-1007")["district"] == "海珠区"
    other = Person(standin.world, 8, desk.settle, group=-1007)
    assert other.pick(STANDARDS)
    assert other.say("/why")


def test_topics_of_a_group_are_different_conversations(standin: Standin, desk: Desk) -> None:
    one = Person(standin.world, 7, desk.settle, group=-1007, topic=3)
    two = Person(standin.world, 8, desk.settle, group=-1007, topic=4)
    one.start("haizhu-2022")
    two.start("foshan-2020")
    assert (facts(desk, "-1007:3")["district"], facts(desk, "-1007:4")["district"]) == ("海珠区", "佛山市")


# -- when Telegram fails


def test_told_to_wait_the_answer_comes_later_and_in_order(person: Person, standin: Standin) -> None:
    person.start()
    standin.faults.order(Fault("bad_gateway", "sendMessage"))
    assert person.say("海珠区")
    assert [number for number in person.from_bot if person.buttons(number)] == person.from_bot[-1:]


def test_a_lost_answer_is_the_one_window_for_a_message_twice(person: Person, standin: Standin, desk: Desk) -> None:
    """The first message surely arrived and nobody could know: it stands twice, without harm to the conversation."""
    person.start()
    standin.faults.order(Fault("lost_answer", "sendMessage"))
    person.say("海珠区")
    assert facts(desk)["district"] == "海珠区"
    assert person.tap(STANDARDS)


def test_blocked_and_back_again(person: Person, standin: Standin, desk: Desk) -> None:
    person.start()
    person.chat.blocked = True
    assert person.say("海珠区") == ""
    assert desk.store.backlog().paused == 1
    person.chat.blocked = False
    assert person.say("我的回答")
    assert facts(desk)["district"] == "海珠区"
