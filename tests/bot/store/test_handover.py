"""Handing a conversation over: who waits, who holds it, what is said meanwhile, how it ends, in both databases."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest

from bot.messages import FromDesk
from bot.store.database import Database
from bot.store.handover import rows as table
from bot.store.handover.leases import HandOvers, LostError
from bot.store.handover.model import HandedOver, HandOver
from bot.store.open import open_database
from bot.store.store import Outcome, Pending, View
from tests.bot.store.places import NOW, SCOPE, Place, answer, begun, deliver, drain, message, said, say

LEASE, WAIT = 600.0, 900.0
ASK, WITHDRAW, FORGET = "转人工", "取消人工", "忘了我"


def work(pending: Pending, view: View) -> Outcome:
    """As the assistant does: silent while somebody holds the conversation, its answers otherwise."""
    content, open_ = pending.inbound.message, pending.handover
    if isinstance(content, FromDesk):
        return Outcome(pending.session, (say(f"{content.what}：{content.text}"),))
    text = said(pending)
    if text == FORGET:
        return Outcome(None, (say("已删除"),), forget=True)
    if text == ASK and open_ is None:
        return Outcome(begun(pending), (say("已经叫了人工"),), handover=HandedOver(asks=NOW + WAIT))
    if text == WITHDRAW and open_ is not None:
        return Outcome(begun(pending), (say("不等了"),), handover=HandedOver(withdraws=True))
    if open_ is not None and open_.held:
        return Outcome(pending.session, (), handover=HandedOver(says=text))
    usual = answer(pending, view)
    return Outcome(usual.session, usual.operations, handover=HandedOver(says=text) if open_ else None)


@pytest.fixture
def database(place: Place):
    database = open_database(place.address)
    yield database
    database.close()


@pytest.fixture
def desk(database: Database, store) -> HandOvers:
    return HandOvers(database, LEASE)


def asked(store, conversation: str = "a") -> None:
    store.receive([message(ASK, conversation, key=f"ask {conversation}")])
    drain(store, work)


def waiting(desk: HandOvers, number: int = 0) -> HandOver:
    return desk.board().waiting[number]


def held(store, desk: HandOvers, conversation: str = "a") -> HandOver:
    """A conversation that an operator holds, everything said so far sent."""
    asked(store, conversation)
    number = next(one.id for one in desk.board().waiting if one.conversation == conversation)
    handover = desk.take(number, "李", NOW)
    drain(store, work)
    deliver(store)
    return handover


def texts(desk: HandOvers, number: int) -> list[tuple[str, str]]:
    found = desk.one(number)
    assert found is not None
    return [(line.by, line.text) for line in found.lines]


def test_whoever_asks_waits_in_the_order_of_asking(store, desk):
    for conversation in "abc":
        asked(store, conversation)
    board = desk.board()
    assert [(one.conversation, one.waiting, one.until) for one in board.waiting] == [
        ("a", True, NOW + WAIT), ("b", True, NOW + WAIT), ("c", True, NOW + WAIT),
    ]  # fmt: skip
    assert store.handover("c").handover.ahead == 2
    desk.take(board.waiting[0].id, "李", NOW)
    assert store.handover("c").handover.ahead == 1
    assert [one.conversation for one in desk.board().held] == ["a"]


def test_a_turn_is_told_of_the_hand_over_that_is_open_and_of_the_desk(store, desk, place):
    seen = []

    def look(pending, view):
        seen.append((pending.handover, view.staffing()))
        return work(pending, view)

    place.run("INSERT INTO staff (name, hash, version, made) VALUES ('李', 'h', 1, 1.0)")
    store.receive([message("一"), message(ASK), message("二")])
    drain(store, look)
    assert [(one and one.waiting, staffing.operators, staffing.waiting) for one, staffing in seen] == [
        (None, True, 0), (None, True, 0), (True, True, 1),
    ]  # fmt: skip
    place.run("DELETE FROM staff")
    store.receive([message("三")])
    drain(store, look)
    assert not seen[-1][1].operators


def test_while_one_waits_the_assistant_answers_and_the_words_are_kept_for_whoever_takes_it(store, desk):
    asked(store)
    store.receive([message("一")])
    drain(store, work)
    assert deliver(store) == ["已经叫了人工", "记下：一"]
    assert texts(desk, waiting(desk).id) == [("event", "asked"), ("enterprise", "一")]


def test_while_it_is_held_the_words_go_to_the_operator_once_and_the_session_stays(store, desk):
    handover = held(store, desk)
    store.receive([message("几点上班", key="1"), message("几点上班", key="1"), message("在吗", key="2")])
    drain(store, work)
    assert deliver(store) == []
    assert texts(desk, handover.id)[2:] == [("enterprise", "几点上班"), ("enterprise", "在吗")]
    assert store.session("a").events == ()


def test_what_an_operator_writes_goes_out_in_order_and_once(store, desk):
    handover = held(store, desk)
    assert desk.write(handover.id, "李", "您好", "k1", NOW + 1)
    assert not desk.write(handover.id, "李", "您好", "k1", NOW + 2)
    assert desk.write(handover.id, "李", "请说", "k2", NOW + 3)
    assert [line.arrival for line in desk.one(handover.id).lines[-2:]] == ["queued", "queued"]
    drain(store, work)
    assert [line.arrival for line in desk.one(handover.id).lines[-2:]] == ["queued", "queued"]
    assert deliver(store) == ["said：您好", "said：请说"]
    assert [line.arrival for line in desk.one(handover.id).lines[-2:]] == ["sent", "sent"]


def test_what_could_not_be_delivered_is_seen_by_the_operator(store, desk):
    handover = held(store, desk)
    desk.write(handover.id, "李", "您好", "k1", NOW)
    drain(store, work)
    (delivery,) = store.claim(SCOPE, 1, NOW)
    store.bury(delivery, "对方不收")
    assert [(line.arrival, line.error) for line in desk.one(handover.id).lines[-1:]] == [("failed", "对方不收")]


def test_what_the_assistant_had_queued_is_not_sent_once_somebody_holds_the_conversation(store, desk):
    store.receive([message("一"), message("一", "b"), message(ASK)])
    drain(store, work)
    handover = desk.take(waiting(desk).id, "李", NOW)
    desk.write(handover.id, "李", "您好", "k", NOW)
    drain(store, work)
    assert deliver(store) == ["记下：一", "taken：", "said：您好"]  # the first is the other conversation's
    assert [row.conversation for row in store.outbox(9)] == []


def test_what_was_under_way_when_it_was_taken_is_not_tried_again(store, desk):
    asked(store)
    (delivery,) = store.claim(SCOPE, 1, NOW)
    desk.take(waiting(desk).id, "李", NOW)
    drain(store, work)
    store.retry(delivery, NOW, "429")
    assert deliver(store) == ["taken："]


def test_what_an_ended_process_had_under_way_is_not_sent_either(store, desk):
    asked(store)
    assert store.claim(SCOPE, 1, NOW)
    desk.take(waiting(desk).id, "李", NOW)
    drain(store, work)
    with store.sending(SCOPE):
        assert deliver(store) == ["taken："]


def test_two_operators_never_hold_one_conversation(store, desk):
    handover = held(store, desk)
    with pytest.raises(LostError) as lost:
        desk.take(handover.id, "王", NOW)
    assert lost.value.handover is not None
    assert lost.value.handover.operator == "李"
    assert desk.take(handover.id, "李", NOW).operator == "李"
    with pytest.raises(LostError):
        desk.write(handover.id, "王", "我来", "k", NOW)
    with pytest.raises(LostError):
        desk.give_back(handover.id, "王", NOW)
    assert ("operator", "我来") not in texts(desk, handover.id)


def test_given_back_the_assistant_answers_again(store, desk):
    handover = held(store, desk)
    desk.give_back(handover.id, "李", NOW)
    desk.give_back(handover.id, "李", NOW)
    store.receive([message("一")])
    drain(store, work)
    assert deliver(store) == ["back：", "记下：一"]
    with pytest.raises(LostError) as lost:
        desk.write(handover.id, "李", "还有", "k", NOW)
    assert lost.value.handover is not None
    assert lost.value.handover.how == "back"
    assert [one.id for one in desk.board().ended] == [handover.id]


def test_a_lease_without_a_word_ends_by_itself(store, desk):
    handover = held(store, desk)
    desk.write(handover.id, "李", "您好", "k", NOW + 500)
    assert desk.sweep(NOW + 500 + LEASE - 1) == []
    assert desk.sweep(NOW + 500 + LEASE) == ["lapsed"]
    assert desk.sweep(NOW + 9999) == []
    drain(store, work)
    assert deliver(store) == ["said：您好", "lapsed："]
    with pytest.raises(LostError):
        desk.write(handover.id, "李", "还在吗", "k2", NOW + 2000)


def test_what_the_enterprise_says_does_not_lengthen_the_lease(store, desk):
    held(store, desk)
    store.receive([message("在吗", at=NOW + 599)])
    drain(store, work)
    assert desk.sweep(NOW + LEASE) == ["lapsed"]


def test_nobody_waits_for_ever(store, desk):
    asked(store)
    assert desk.sweep(NOW + WAIT - 1) == []
    assert desk.sweep(NOW + WAIT) == ["unanswered"]
    drain(store, work)
    assert deliver(store) == ["已经叫了人工", "unanswered："]
    with pytest.raises(LostError):
        desk.take(desk.board().ended[0].id, "李", NOW)
    asked_again = message(ASK, key="again")
    store.receive([asked_again])
    drain(store, work)
    assert len(desk.board().waiting) == 1


def test_withdrawn_while_waiting_and_while_held(store, desk):
    asked(store)
    store.receive([message(WITHDRAW, key="w1")])
    drain(store, work)
    assert desk.board().waiting == []
    assert desk.board().ended[0].how == "withdrawn"
    store.receive([message(ASK, key="again")])
    drain(store, work)
    handover = desk.take(waiting(desk).id, "李", NOW)
    store.receive([message(WITHDRAW, key="w2")])
    drain(store, work)
    with pytest.raises(LostError) as lost:
        desk.write(handover.id, "李", "您好", "k", NOW)
    assert lost.value.handover is not None
    assert lost.value.handover.how == "withdrawn"
    assert "不等了" in deliver(store)


def test_forgotten_in_the_middle_nothing_is_left_of_it(store, desk, place):
    handover = held(store, desk)
    store.receive([message("秘密", key="s")])
    drain(store, work)
    store.receive([message(FORGET)])
    desk.write(handover.id, "李", "这是回话", "k", NOW)  # waits behind the wish to be forgotten
    drain(store, work)
    assert deliver(store) == ["已删除"]
    assert "秘密" not in place.everything()
    assert "这是回话" not in place.everything()
    assert desk.one(handover.id) is None
    with pytest.raises(LostError) as lost:
        desk.write(handover.id, "李", "在吗", "k2", NOW)
    assert lost.value.handover is None
    with pytest.raises(LostError):
        desk.take(handover.id, "李", NOW)
    with pytest.raises(LostError):
        desk.give_back(handover.id, "李", NOW)
    assert store.export("a") is None
    assert place.everything().count("conversations") == 0


def test_erased_from_outside_or_expired_nothing_is_left_of_it(store, desk, place):
    for conversation in "ab":
        handover = held(store, desk, conversation)
        desk.write(handover.id, "李", "这是回话", "k", NOW)
    assert store.forget("a")
    assert store.expire(NOW + 1) == 1
    assert "这是回话" not in place.everything()
    assert desk.board() == type(desk.board())([], [], [])
    assert drain(store, work) == []


def test_what_an_operator_does_does_not_count_as_somebody_having_written(store, desk):
    handover = held(store, desk)
    desk.write(handover.id, "李", "您好", "k1", NOW)
    drain(store, work)
    (delivery,) = store.claim(SCOPE, 1, NOW)
    store.pause(delivery, "对方停用了机器人")
    desk.write(handover.id, "李", "还在吗", "k2", NOW + 5000)
    drain(store, work)
    assert store.claim(SCOPE, 9, NOW) == []
    assert store.backlog().paused == 1
    assert [line.arrival for line in desk.one(handover.id).lines[-2:]] == ["failed", "queued"]
    assert store.expire(NOW + 1) == 1


def test_the_export_holds_it(store, desk):
    handover = held(store, desk)
    desk.write(handover.id, "李", "您好", "k", NOW)
    (exported,) = store.export("a")["handovers"]
    assert exported["ended"] is None
    assert "李" not in str(exported)
    assert [(line["by"], line["text"]) for line in exported["lines"]] == [
        ("event", "asked"), ("event", "taken"), ("operator", "您好"),
    ]  # fmt: skip


def test_of_many_takers_at_once_one_holds_it(store, desk, place):
    for number in range(8):
        asked(store, f"c{number}")
    everyone = [HandOvers(open_database(place.address), LEASE) for _ in range(4)]
    for one in desk.board().waiting:
        together = Barrier(4)

        def take(who: int, number: int = one.id, together: Barrier = together) -> bool:
            together.wait()
            try:
                everyone[who].take(number, f"操作{who}", NOW)
            except LostError:
                return False
            return True

        with ThreadPoolExecutor(4) as pool:
            assert sum(pool.map(take, range(4))) == 1
    for person in everyone:
        person._database.close()
    assert len(desk.board().held) == 8


def test_taken_while_the_sender_sends_nothing_of_the_assistant_is_taken_to_be_sent_afterwards(store, desk, place):
    """What is claimed before the lease goes out; from its commit on, nothing of the assistant is claimed."""
    sender = place.open()
    for number in range(30):
        chat = f"c{number}"
        store.receive([message(text, chat, key=f"{chat} {text}") for text in ("一", "二", "三", ASK)])
    drain(store, work)
    began, taken = Event(), Event()
    late: list[str] = []

    def send() -> None:
        began.wait()
        while True:
            over = taken.is_set()
            claimed = sender.claim(SCOPE, 3, NOW)
            late.extend(one.operation.body["text"] for one in claimed if over)
            for delivery in claimed:
                sender.sent(delivery, None)
            if over and not claimed:
                return

    with ThreadPoolExecutor(1) as pool:
        sending = pool.submit(send)
        began.set()
        for one in desk.board().waiting:
            desk.take(one.id, "李", NOW)
        taken.set()
        sending.result(60)
    assert set(late) <= {"taken："}


def test_a_word_and_the_end_of_the_lease_at_once(store, desk, place):
    other = HandOvers(open_database(place.address), LEASE)
    for number in range(15):
        handover = held(store, desk, f"c{number}")
        together = Barrier(2)

        def write(number: int = handover.id, together: Barrier = together) -> bool:
            together.wait()
            try:
                return other.write(number, "李", "还在", "k", NOW + LEASE)
            except LostError:
                return False

        def sweep(together: Barrier = together) -> int:
            together.wait()
            return len(desk.sweep(NOW + LEASE))

        with ThreadPoolExecutor(2) as pool:
            wrote, swept = pool.submit(write), pool.submit(sweep)
            assert wrote.result() != bool(swept.result())  # never both, never neither
        said_at_all = ("operator", "还在") in texts(desk, handover.id)
        assert said_at_all == wrote.result()
        if desk.one(handover.id).handover.held:
            desk.give_back(handover.id, "李", NOW)
    other._database.close()


def test_a_turn_and_a_taker_at_once(store, desk, place):
    """A message is either answered before the conversation was taken, or goes to the operator: never both, never lost."""
    turning = place.open()
    for number in range(15):
        chat = f"c{number}"
        asked(store, chat)
        handover = next(one for one in desk.board().waiting if one.conversation == chat)
        store.receive([message("一", chat)])
        together = Barrier(2)

        def turn(together: Barrier = together) -> None:
            together.wait()
            turning.turn(work, SCOPE, NOW)

        def take(number: int = handover.id, together: Barrier = together) -> None:
            together.wait()
            desk.take(number, "李", NOW)

        with ThreadPoolExecutor(2) as pool:
            for job in (pool.submit(turn), pool.submit(take)):
                job.result()
        drain(store, work)
        session = store.session(chat)
        answered = bool(session and session.events)
        lines = [line for line in texts(desk, handover.id) if line[1] in ("一", "taken")]
        assert lines == (
            [("enterprise", "一"), ("event", "taken")] if answered else [("event", "taken"), ("enterprise", "一")]
        )
        assert "记下：一" not in deliver(store)


def test_a_process_that_ends_in_the_middle_leaves_nothing_half_done(store, desk, place, monkeypatch):
    class Killed(BaseException):
        """The process ends here."""

    def die(*_: object, **__: object) -> None:
        raise Killed

    store.receive([message("一"), message(ASK)])
    drain(store, work)
    before = place.everything()
    number = waiting(desk).id
    with monkeypatch.context() as patch:
        patch.setattr(table, "post", die)
        with pytest.raises(Killed):
            desk.take(number, "李", NOW)
        with pytest.raises(Killed):
            desk.sweep(NOW + WAIT)
    assert place.everything() == before
    desk.take(number, "李", NOW)
    drain(store, work)
    before = place.everything()
    with monkeypatch.context() as patch:
        patch.setattr(table, "post", die)
        with pytest.raises(Killed):
            desk.write(number, "李", "您好", "k", NOW)
        with pytest.raises(Killed):
            desk.give_back(number, "李", NOW)
    assert place.everything() == before
    assert desk.write(number, "李", "您好", "k", NOW)  # the same form, sent again


def test_what_comes_late_while_a_person_holds_the_conversation_goes_to_them(store, desk):
    """Nothing taken before is taken again, and the assistant says nothing of it."""
    for order, text in ((5, "一"), (7, ASK)):
        store.receive([message(text, key=str(order), order=order)])
        drain(store, work)
    number = desk.take(waiting(desk).id, "李", NOW).id
    drain(store, work)
    deliver(store)
    store.receive(
        [message("晚到的", key="4", order=4), message("先到的", key="9", order=9), message("后", key="8", order=8)]
    )
    drain(store, work)
    assert deliver(store) == []
    assert sorted(text for by, text in texts(desk, number) if by == "enterprise") == ["先到的", "后", "晚到的"]
    assert [event.said for event in store.session("a").events] == ["一"]
