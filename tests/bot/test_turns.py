"""One message through a turn: what it does to the session, what it says, what is kept beside."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pytest

from bot.messages import Edited, Inbound, Message, Operation, Started, Tapped, Typed, Unsupported
from bot.store.handover.model import Staffing
from bot.store.store import Outcome, Pending
from bot.turns import LATE, TRIES, ZONE, Turns
from dialogs.advance import Dialog
from dialogs.replies import Ask, Document, Reply, Text
from dialogs.session import Session, State
from policies.engine.engine import Engine
from tests.bot.inprocess import InProcess, reply_of

NOON = datetime(2024, 3, 15, 12, tzinfo=ZONE).timestamp()


@dataclass
class Chat:
    """A conversation kept in memory, turn by turn."""

    turns: Turns
    channel: InProcess
    now: list[float]
    session: Session | None = None
    last: Outcome | None = None
    refs: dict[str, str] = field(default_factory=dict)
    tokens: dict[str, Session] = field(default_factory=dict)
    runs: int = 0

    def take(self, message: Message, *, attempts: int = 0, arrived: float | None = None) -> str:
        inbound = self.channel.read(message, self.now[0] if arrived is None else arrived)
        assert inbound is not None
        ticked = self.last.ticked if self.last is not None else None
        pending = Pending(inbound, self.session, runs=self.runs, ticked=ticked, refs=self.refs, attempts=attempts)
        before = len(self.session.events) if self.session is not None else 0
        self.last = self.turns.work(pending, self)
        assert self.last.session is not None
        self.runs = int(self.last.session.id.rpartition(":")[2])
        for event in self.last.session.events[before:]:
            if event.kind == "answered":
                self.refs[inbound.ref or ""] = event.question
        self.session = self.last.session
        if self.last.token is not None:
            self.tokens[self.last.token] = self.session
        return self.words

    def say(self, text: str) -> str:
        return self.take(Typed(text=text))

    def resumable(self, token: str) -> Session | None:
        return self.tokens.get(token)

    def export(self) -> dict[str, Any]:
        return {"回答": []}

    def staffing(self) -> Staffing:
        return Staffing(operators=False, waiting=0)

    @property
    def replies(self) -> list[Reply]:
        return [reply_of(operation) for operation in self.last.operations] if self.last is not None else []

    @property
    def words(self) -> str:
        return "\n".join(reply.text for reply in self.replies if isinstance(reply, Text | Ask | Document))

    @property
    def ask(self) -> Ask:
        (ask,) = [reply for reply in self.replies if isinstance(reply, Ask)]
        return ask

    @property
    def state(self) -> State:
        assert self.session is not None
        return State(self.session)

    def tap(self, *keys: str, toggle: bool = False, submit: bool = False, back: int = 0) -> str:
        ask = self.asked
        return self.take(
            Tapped(question=ask.question, revision=ask.revision - back, keys=keys, toggle=toggle, submit=submit)
        )

    @property
    def asked(self) -> Ask:
        assert self.session is not None
        ask = self.turns._dialog.current(self.session)
        assert ask is not None
        return ask


@pytest.fixture
def chat(engine: Engine) -> Iterator[Chat]:
    now = [NOON]
    channel = InProcess()
    yield Chat(Turns(Dialog(engine), {channel.name: channel}, lambda: now[0]), channel, now)


def test_the_first_words_are_welcomed_and_read(chat: Chat) -> None:
    words = chat.say("海珠区")
    assert "惠企" in words
    assert chat.state.facts["district"] == "海珠区"
    assert chat.state.as_of.isoformat() == "2024-03-15"


@pytest.mark.parametrize(
    ("argument", "district", "day"),
    [
        ("haizhu-2022", "海珠区", "2024-03-15"),
        ("foshan-2020", "佛山市", "2024-03-15"),
        ("2022-01-02", None, "2022-01-02"),
        ("nobody-knows", None, "2024-03-15"),
        (None, None, "2024-03-15"),
    ],
)
def test_a_link_leads_to_a_district_or_a_date(chat: Chat, argument: str, district: str | None, day: str) -> None:
    chat.take(Started(argument=argument))
    assert chat.state.facts.get("district") == district
    assert chat.state.as_of.isoformat() == day
    assert isinstance(chat.replies[-1], Ask)


def test_a_link_changes_nothing_of_a_conversation_under_way(chat: Chat) -> None:
    chat.say("海珠区")
    words = chat.take(Started(argument="foshan-2020"))
    assert chat.state.facts["district"] == "海珠区"
    assert "接着上次" in words


def test_an_old_conversation_says_which_day_it_counts_from(chat: Chat) -> None:
    chat.say("海珠区")
    chat.now[0] += 40 * 86400
    assert "2024-03-15" in chat.take(Started())
    assert "换日期 2024-04-24" in chat.words


def test_boxes_are_ticked_one_by_one_and_then_submitted(chat: Chat) -> None:
    chat.say("海珠区")
    chat.tap("0", toggle=True)
    assert chat.ask.ticked == {"0"}
    chat.tap("2", toggle=True)
    chat.tap("0", toggle=True)
    assert chat.ask.ticked == {"2"}
    assert not chat.state.answers.keys() - {"where"}
    label = chat.ask.choices[2].label
    chat.tap(submit=True)
    answered = list(chat.state.answers.values())[-1]
    assert label in answered.said
    assert chat.last is not None
    assert chat.last.ticked is None


def test_ticks_outlast_a_look_at_something_else(chat: Chat) -> None:
    chat.say("海珠区")
    chat.tap("1", toggle=True)
    chat.say("为什么问")
    assert chat.ask.ticked == {"1"}


def test_nothing_ticked_is_no_answer(chat: Chat) -> None:
    chat.say("海珠区")
    revision = chat.state.answers.keys()
    assert "还没有选" in chat.tap(submit=True)
    assert chat.state.answers.keys() == revision


@pytest.mark.parametrize("toggle", [True, False])
def test_a_stale_or_forged_button_shows_the_question_again(chat: Chat, toggle: bool) -> None:
    chat.say("海珠区")
    before = chat.session
    assert "过去" in chat.tap("1", toggle=toggle, back=1)
    assert chat.ask == chat.asked
    assert "没有这个选项" in chat.tap("77", toggle=toggle)
    assert chat.session == before


def test_an_edited_message_corrects_the_answer_it_gave(chat: Chat) -> None:
    chat.say("海珠区")
    chat.say("与本区互联网工厂、上下游供应商合作的电商企业")
    chat.say("4999万")
    ref = str(chat.channel.count)
    amount = chat.state.facts["cooperation_contract"]
    chat.channel.count = int(ref) - 1  # the same message, changed
    chat.take(Edited(text="5001万"))
    assert chat.state.facts["cooperation_contract"] != amount
    chat.channel.count = int(ref) - 1
    chat.take(Edited(text="不知所云"))
    assert "没看懂" in chat.words


def test_an_edited_message_that_gave_no_answer_changes_nothing(chat: Chat) -> None:
    chat.say("海珠区")
    before = chat.session
    chat.channel.count = 76
    assert "没有对应的回答" in chat.take(Edited(text="佛山市"))
    assert chat.session == before


@pytest.mark.parametrize(("what", "told"), [("图片", "看不了图片"), ("button", "这个按钮认不出来")])
def test_what_cannot_be_read_gets_one_helpful_line(chat: Chat, what: str, told: str) -> None:
    chat.say("海珠区")
    before = chat.session
    assert told in chat.take(Unsupported(what=what))
    assert chat.session == before


def test_too_long_is_not_read(chat: Chat) -> None:
    chat.say("海珠区")
    assert "1001 个字" in chat.say("长" * 1001)


def test_erasing_keeps_nothing(chat: Chat) -> None:
    chat.say("海珠区")
    chat.say("删除我的数据")
    assert chat.last is not None
    assert chat.last.forget
    assert "已经删除" in chat.words


def test_ones_data_comes_as_a_file(chat: Chat) -> None:
    chat.say("海珠区")
    chat.say("导出我的数据")
    (document,) = [reply for reply in chat.replies if isinstance(reply, Document)]
    assert json.loads(document.text) == {"回答": []}


def test_a_token_goes_on_elsewhere(chat: Chat, engine: Engine) -> None:
    chat.say("海珠区")
    chat.say("核心自主知识产权")
    token = chat.say("换设备").split("接着 ")[1].split("\n")[0]
    other = Chat(chat.turns, chat.channel, chat.now, tokens=chat.tokens)
    other.take(Started(argument=token))
    assert other.state.facts == chat.state.facts
    again = Chat(chat.turns, chat.channel, chat.now, tokens=chat.tokens)
    again.say(f"接着 {token}")
    assert again.state.facts == chat.state.facts
    wrong = Chat(chat.turns, chat.channel, chat.now, tokens=chat.tokens)
    assert "口令不对" in wrong.say("接着 " + token[:-1] + "x")


def test_a_new_corpus_begins_a_new_log_with_the_answers_that_fit(chat: Chat) -> None:
    chat.say("海珠区")
    assert chat.session is not None
    chat.session = chat.session.model_copy(update={"corpus_version": "older"})
    assert "政策文件在上次之后有更新" in chat.say("结果")
    assert chat.session.id == "c:2"
    assert chat.state.facts["district"] == "海珠区"


def test_a_broken_log_is_told_and_a_new_one_begun(chat: Chat) -> None:
    inbound = chat.channel.read("海珠区", NOON)
    assert inbound is not None
    outcome = chat.turns.work(Pending(inbound, None, runs=3, broken=True), chat)
    assert outcome.session is not None
    assert outcome.session.id == "c:4"
    assert "坏了" in str(outcome.operations)


def test_a_message_that_cannot_be_processed_is_tried_again_then_set_aside(chat: Chat, monkeypatch) -> None:
    chat.say("海珠区")

    def broken(*_: object) -> None:
        raise RuntimeError("客户的原话")

    monkeypatch.setattr(chat.turns._dialog, "advance", broken)
    for attempt in range(TRIES - 1):
        with pytest.raises(RuntimeError):
            chat.take(Typed(text="结果"), attempts=attempt)
    chat.take(Typed(text="结果"), attempts=TRIES - 1)
    assert chat.last is not None
    assert chat.last.failed == "RuntimeError"
    assert "没有处理成功" in chat.words
    assert chat.state.facts["district"] == "海珠区"


def test_a_late_tap_still_counts_and_is_answered_anew(chat: Chat, monkeypatch) -> None:
    chat.say("海珠区")
    told: list[bool] = []
    render = chat.channel.render

    def noting(replies: Sequence[Reply], to: Inbound, *, late: bool) -> tuple[Operation, ...]:
        told.append(late)
        return render(replies, to, late=late)

    monkeypatch.setattr(chat.channel, "render", noting)
    ask = chat.asked
    tap = Tapped(question=ask.question, revision=ask.revision, keys=("none",))
    chat.take(tap, arrived=NOON - LATE - 1)
    assert told == [True]
    assert ask.question in chat.state.answers
