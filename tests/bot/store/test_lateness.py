"""What is said and kept when a message comes late, on both databases, and how long it may."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pytest

from bot.lateness import ERASED, PUT_IN_ORDER, TOO_LATE
from bot.messages import Edited, Inbound, Message, Tapped, Typed
from bot.store.store import Outcome, Pending, Scope, Store, View
from bot.store.taken import KEPT, KEPT_FOR
from bot.turns import APOLOGY, TRIES, Turns
from dialogs.advance import Dialog
from dialogs.session import Answered, Session
from policies.engine.engine import Engine
from tests.bot.inprocess import InProcess, reply_of
from tests.bot.store.places import Place
from tests.dialogs.talk import words

SCOPE = Scope(("inprocess",))
NOON = 1710475200.0
HERE = Tapped(question="where", revision=0, keys=("0",))


@dataclass
class Chats:
    """People writing to one store."""

    store: Store
    dialog: Dialog
    now: float = NOON
    channel: InProcess = field(default_factory=InProcess)

    def send(self, order: int, message: Message | str, chat: str = "a", ref: int | None = None) -> str:
        """Deliver one message and take it; what is answered."""
        said = Typed(text=message) if isinstance(message, str) else message
        inbound = Inbound(
            channel="inprocess", dedupe_key=f"{chat}/{order}", conversation=chat, address=f"number-of-{chat}", message=said,
            arrived=self.now, order=order, ref=str(ref or order),
        )  # fmt: skip
        assert self.store.receive([inbound]) == 1
        self.turn()
        return self.heard()

    def turn(self) -> None:
        turns = Turns(self.dialog, {self.channel.name: self.channel}, lambda: self.now)
        assert self.store.turn(turns.work, SCOPE, self.now) is not None

    def heard(self) -> str:
        replies = []
        while claimed := self.store.claim(SCOPE, 9, self.now):
            for delivery in claimed:
                replies.append(reply_of(delivery.operation))
                self.store.sent(delivery, None)
        return "\n".join(words(replies, self.dialog))

    def session(self, chat: str = "a") -> Session:
        session = self.store.session(chat)
        assert session is not None
        return session

    def said(self, chat: str = "a") -> list[str]:
        return [event.said for event in self.session(chat).events if isinstance(event, Answered)]


@pytest.fixture(scope="module")
def dialog(engine: Engine) -> Dialog:
    return Dialog(engine)


@pytest.fixture
def chats(store: Store, dialog: Dialog) -> Chats:
    return Chats(store, dialog)


def test_words_for_the_second_question_do_not_answer_the_first(chats: Chats) -> None:
    chats.send(1, "帮助")
    chats.send(3, "都没有")
    heard = chats.send(2, HERE)
    first, told, *_ = heard.split("\n")
    assert first == PUT_IN_ORDER
    assert told == "现在记的是：所在地区：海珠区；做过（或正在做）下面哪些事：都没有。"
    assert chats.said() == ["所在地区：海珠区", "做过（或正在做）下面哪些事：都没有"]


def test_a_late_lookup_is_answered_and_the_question_that_stands_comes_back(chats: Chats) -> None:
    chats.send(1, "海珠区")
    before = chats.send(3, "都没有")
    session = chats.session()
    heard = chats.send(2, "海珠论坛补贴最高多少")
    assert PUT_IN_ORDER not in heard
    assert "第十条" in heard
    assert heard.endswith(before.split("\n")[-1])
    assert chats.session() == session


def test_many_that_came_before_are_taken_again_without_a_word_each(chats: Chats) -> None:
    for order in range(2, KEPT):
        chats.send(order, "海珠区" if order == 2 else "不清楚")
    heard = chats.send(1, "帮助")
    assert len(heard) < 3000
    assert heard.count("？") < 12


def test_an_edit_that_came_before_its_message_finds_it(chats: Chats) -> None:
    chats.send(1, "海珠区")
    assert "没有对应的回答" in chats.send(3, Edited(text="1"), ref=2)
    chats.send(2, "都没有")
    assert chats.said()[1].endswith("都没有")
    assert "平台" in chats.said()[2]


def test_beyond_what_is_kept_a_message_is_taken_as_it_comes(chats: Chats) -> None:
    last = 10 + 2 * KEPT
    for order in range(10, last, 2):
        chats.send(order, "海珠区" if order == 10 else "为什么问")
    heard = chats.send(2, "都没有")
    assert heard.startswith(TOO_LATE)
    assert chats.said()[-1].endswith("都没有")
    assert PUT_IN_ORDER in chats.send(last - 3, "换日期 2024-03-01")  # it goes before what came too late
    assert [event.kind for event in chats.session().events] == ["answered", "dated", "answered"]
    assert chats.said()[-1].endswith("都没有")


def test_a_message_from_before_the_erasure_brings_nothing_back(chats: Chats, place: Place) -> None:
    chats.send(1, "海珠区")
    chats.send(4, "删除我的数据")
    assert chats.send(3, "都没有") == ERASED
    assert chats.store.session("a") is None
    assert chats.store.backlog().conversations == 0
    chats.send(6, "佛山")
    assert chats.send(2, HERE) == ERASED
    assert len(chats.said()) == 1
    assert "都没有" not in place.everything()


def test_an_erasure_by_the_operator_counts_like_one_asked_for(chats: Chats) -> None:
    chats.send(1, "海珠区")
    chats.send(4, "都没有")
    assert chats.store.forget("a")
    assert chats.send(3, "1 3") == ERASED
    assert not chats.store.forget("a")


def test_an_erasure_that_comes_late_erases_what_was_sent_before_it(chats: Chats, place: Place) -> None:
    chats.send(1, "佛山")
    chats.send(3, "海珠区")
    heard = chats.send(2, "删除我的数据")
    assert "已经删除" in heard
    (said,) = chats.said()
    assert "海珠" in said
    assert chats.session().id == "a:1"
    assert "佛山" not in place.everything()


def test_a_conversation_taken_up_elsewhere_is_not_taken_apart(chats: Chats) -> None:
    chats.send(1, "海珠区", "b")
    token = next(line for line in chats.send(2, "换设备", "b").split("\n") if line.startswith("接着 r-"))
    chats.send(5, token)
    assert chats.send(4, "佛山").startswith(TOO_LATE)
    assert "海珠" in chats.said()[0]


def test_a_token_told_stays_good(chats: Chats) -> None:
    chats.send(1, "海珠区", "b")
    token = next(line for line in chats.send(3, "换设备", "b").split("\n") if line.startswith("接着 r-"))
    assert "接着 r-" not in chats.send(2, "都没有", "b")
    assert "海珠" in chats.send(4, f"{token}") or "海珠" in chats.said()[0]
    assert len(chats.said()) == 2


def test_under_a_newer_corpus_everything_is_taken_again(chats: Chats, engine: Engine) -> None:
    chats.send(1, "海珠区")
    chats.send(3, "都没有")
    newer = replace(engine.corpus, version="newer")
    chats.dialog = Dialog(Engine(newer))
    chats.send(2, "为什么问")
    assert chats.session().corpus_version == "newer"
    assert len(chats.said()) == 2


def test_after_a_week_the_numbers_may_begin_anew(chats: Chats) -> None:
    chats.send(1_000_000, "海珠区")
    chats.now += 8 * KEPT_FOR
    heard = chats.send(5, "都没有")
    assert PUT_IN_ORDER not in heard
    assert TOO_LATE not in heard
    assert chats.said()[1].endswith("都没有")
    assert PUT_IN_ORDER in chats.send(4, "上一步")


def test_after_a_day_nothing_is_kept_of_what_was_taken(
    chats: Chats, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(450):  # more than are let go together
        chats.send(number + 1, "为什么问", f"c{number}")
    chats.send(999, "删除我的数据", "c0")
    assert place.run("SELECT count(*) FROM inbox WHERE conversation IS NOT NULL") == [(450,)]
    monkeypatch.setattr("time.time", lambda: NOON + KEPT_FOR - 1)
    chats.store.expire(0)
    assert place.run("SELECT count(*) FROM inbox WHERE conversation IS NOT NULL") == [(450,)]
    monkeypatch.setattr("time.time", lambda: NOON + KEPT_FOR + 1)
    chats.store.expire(0)
    assert place.run("SELECT count(*) FROM inbox WHERE conversation IS NOT NULL OR inbound IS NOT NULL") == [(0,)]


def test_at_most_the_last_ones_are_kept(chats: Chats, place: Place) -> None:
    for order in range(1, KEPT + 10):
        chats.send(order, "为什么问")
    kept = place.run("SELECT sent FROM inbox WHERE inbound IS NOT NULL ORDER BY sent")
    assert kept == [(order,) for order in range(10, KEPT + 10)]
    assert "number-of-a" not in place.everything()


def test_a_late_message_that_cannot_be_taken_changes_nothing(chats: Chats, monkeypatch: pytest.MonkeyPatch) -> None:
    chats.send(1, "海珠区")
    chats.send(3, "都没有")
    session = chats.session()

    def broken(*_: object) -> None:
        raise ArithmeticError

    monkeypatch.setattr(chats.dialog, "advance", broken)
    with pytest.raises(ArithmeticError):
        chats.send(2, "上一步")
    for _ in range(TRIES - 2):
        with pytest.raises(ArithmeticError):
            chats.turn()
    chats.turn()
    assert chats.heard() == APOLOGY
    assert chats.session() == session
    (aside,) = chats.store.set_aside(9)
    assert aside.dedupe_key == "a/2"


def test_what_was_kept_and_cannot_be_read_stays_as_it_is(chats: Chats, place: Place) -> None:
    chats.send(1, "海珠区")
    chats.send(3, "都没有")
    place.run("UPDATE inbox SET inbound = '{' WHERE sent = 3")
    assert chats.send(2, "上一步").startswith(TOO_LATE)


def test_the_memory_of_another_process_is_not_stale(chats: Chats, place: Place) -> None:
    other = Chats(place.open(), chats.dialog)
    chats.send(1, "海珠区")
    chats.send(4, "都没有")
    assert len(other.said()) == 2
    other.send(2, "2 5")
    assert other.said() == chats.said()
    chats.send(3, "上一步")
    assert other.said() == chats.said()


def test_channels_without_an_order_are_taken_as_they_arrive(chats: Chats, place: Place) -> None:
    seen: list[str] = []

    def look(pending: Pending, view: View) -> Outcome:
        seen.append(pending.place)
        return Outcome(pending.session, ())

    for number in (2, 1):
        inbound = Inbound(
            channel="inprocess", dedupe_key=str(number), conversation="a", address="a", message=Typed(text="x"),
            arrived=NOON,
        )  # fmt: skip
        chats.store.receive([inbound])
        chats.store.turn(look, SCOPE, NOON)
    assert seen == ["next", "next"]
    assert place.run("SELECT count(*) FROM inbox WHERE conversation IS NOT NULL") == [(0,)]
