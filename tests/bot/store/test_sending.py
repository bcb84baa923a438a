"""Messages out: in order within a conversation, none behind another's trouble, sent again when in doubt."""

from __future__ import annotations

import pytest

from bot.store.store import Delivery, Outcome, Scope, Store
from tests.bot.store.places import NOW, SCOPE, answer, deliver, drain, message, outcome, say


def queue(store: Store, *texts: str, conversation: str = "a", anchor: bool = False) -> None:
    """Have a turn that says these things."""
    store.receive([message("，".join(texts), conversation)])
    store.turn(outcome(operations=tuple(say(text, anchor=anchor) for text in texts)), SCOPE, NOW)


def claim(store: Store, now: float = NOW, limit: int = 100) -> list[Delivery]:
    return store.claim(SCOPE, limit, now)


def texts(deliveries: list[Delivery]) -> list[str]:
    return [delivery.operation.body["text"] for delivery in deliveries]


def test_a_delivery_says_all_that_is_needed(store):
    queue(store, "一", anchor=True)
    (delivery,) = claim(store)
    assert (delivery.channel, delivery.conversation, delivery.address) == ("test", "a", "chat-a")
    assert (delivery.operation, delivery.anchor, delivery.attempts) == (say("一", anchor=True), None, 0)


def test_one_call_of_a_conversation_at_a_time_oldest_first(store):
    queue(store, "a1", "a2")
    queue(store, "b1", conversation="b")
    queue(store, "a3")
    first = claim(store)
    assert texts(first) == ["a1", "b1"]
    assert claim(store) == []
    store.sent(first[1], None)
    assert claim(store) == []
    store.sent(first[0], None)
    second = claim(store)
    assert texts(second) == ["a2"]
    store.sent(second[0], None)
    assert texts(claim(store)) == ["a3"]


def test_no_more_than_asked_for_and_only_of_the_channel(store):
    for number in range(5):
        queue(store, str(number), conversation=str(number))
    assert store.claim(Scope(("other",)), 10, NOW) == []
    assert texts(claim(store, limit=2)) == ["0", "1"]
    assert texts(claim(store, limit=2)) == ["2", "3"]


def test_the_anchor_is_what_the_last_anchoring_call_left(store):
    queue(store, "一", anchor=True)
    queue(store, "二")
    queue(store, "三")
    (delivery,) = claim(store)
    store.sent(delivery, "m1")
    (delivery,) = claim(store)
    assert delivery.anchor == "m1"
    store.sent(delivery, "m2")  # not an anchor
    (delivery,) = claim(store)
    assert delivery.anchor == "m1"


def test_a_call_to_retry_waits_and_holds_back_only_its_own_conversation(store):
    queue(store, "a1", "a2")
    queue(store, "b1", conversation="b")
    first, other = claim(store)
    store.retry(first, NOW + 30, "429")
    store.sent(other, None)
    assert claim(store, NOW + 29) == []
    (again,) = claim(store, NOW + 30)
    assert (texts([again]), again.attempts) == (["a1"], 1)
    row = store.outbox(10)[0]
    assert (row.state, row.attempts, row.error, row.due) == ("sending", 2, "429", NOW + 30)
    store.sent(again, None)
    assert texts(claim(store)) == ["a2"]


def test_a_clock_that_jumped_delays_nothing_for_long(store):
    queue(store, "一")
    (delivery,) = claim(store, NOW - 86400)  # queued "tomorrow"
    store.retry(delivery, NOW + 30, "429")
    assert claim(store, NOW - 3500) == []
    assert texts(claim(store, NOW - 3600)) == ["一"]


def test_a_buried_call_is_visible_and_the_next_goes_on(store):
    queue(store, "一", "二")
    (delivery,) = claim(store)
    store.bury(delivery, "400")
    dead, waiting = store.outbox(10)
    assert (dead.state, dead.error, dead.kind, dead.conversation) == ("dead", "400", "say", "a")
    assert (waiting.state, waiting.error, waiting.attempts) == ("queued", None, 0)
    assert deliver(store) == ["二"]
    assert store.backlog().dead == 1


def test_a_paused_conversation_waits_until_somebody_writes(store):
    queue(store, "一", "二", "三")
    queue(store, "甲", conversation="b")
    (delivery, other) = claim(store)
    store.pause(delivery, "403")
    store.sent(other, None)
    assert claim(store) == []
    assert store.backlog().paused == 1
    store.receive([message("又来了")])
    assert store.backlog().paused == 0
    drain(store)
    assert deliver(store) == ["二", "三", "记下：又来了"]
    assert [row.error for row in store.outbox(10)] == ["403"]


def test_what_was_under_way_is_sent_again_by_the_next_sender(store, place):
    queue(store, "a1", "a2")
    with store.sending(SCOPE) as ours:
        assert ours
        assert texts(claim(store)) == ["a1"]
    with place.open().sending(SCOPE) as ours:
        assert ours
        (again,) = claim(store)
        assert (texts([again]), again.attempts) == (["a1"], 1)


def test_only_one_may_send_for_a_bot(store, place):
    other = place.open()
    queue(store, "一")
    with store.sending(SCOPE) as ours:
        claim(store)
        with other.sending(SCOPE) as theirs, other.sending(Scope(("elsewhere",))) as another:
            assert (bool(ours), bool(theirs), bool(another)) == (True, False, True)
        assert claim(other) == []  # who may not send queues nothing again
    with other.sending(SCOPE) as theirs:
        assert theirs


def test_scopes_that_overlap_exclude_each_other(store, place):
    other = place.open()
    both, one, alone = Scope(("test", "web")), Scope(("web",)), Scope(("test",), "a")
    queue(store, "一")
    with store.sending(both) as ours, other.sending(one) as theirs, other.sending(alone) as single:
        assert (bool(ours), bool(theirs), bool(single)) == (True, False, True)
    with other.sending(one) as theirs, store.sending(both) as ours, store.sending(Scope(("test",))) as rest:
        assert (bool(theirs), bool(ours), bool(rest)) == (True, False, True)


def test_a_conversation_alone_is_served_alone(store):
    queue(store, "甲", conversation="b")
    queue(store, "一")
    store.receive([message("乙", "b"), message("二")])
    alone = Scope(("test",), "a")
    assert texts(store.claim(alone, 10, NOW)) == ["一"]
    assert store.turn(answer, alone, NOW) == message("二")
    assert store.turn(answer, alone, NOW) is None
    assert store.turn(answer, Scope(("web",)), NOW) is None
    assert store.turn(answer, SCOPE, NOW) == message("乙", "b")


def test_a_sender_that_was_replaced_spoils_nothing(store, place):
    queue(store, "一", "二")
    (mine,) = claim(store)
    with place.open().sending(SCOPE):
        (theirs,) = claim(store)
        store.retry(mine, NOW + 1000, "late")
        store.bury(mine, "late")
        assert [row.state for row in store.outbox(10)] == ["sending", "queued"]
        store.sent(mine, None)  # it did go out
        store.retry(theirs, NOW, "again")
        assert deliver(store) == ["二"]


def test_a_call_that_cannot_be_read_is_set_aside(store, place):
    queue(store, "一", "二")
    place.run("UPDATE outbox SET operation = '{' WHERE id = (SELECT min(id) FROM outbox)")
    assert claim(store) == []
    assert [(row.state, row.kind) for row in store.outbox(10)] == [("dead", "?"), ("queued", "say")]
    assert deliver(store) == ["二"]


def test_a_long_queue_of_one_chat_keeps_the_order_of_all(store):
    store.receive([message(f"{chat}{number}", chat) for number in range(30) for chat in "ab"])
    drain(store)
    heard = deliver(store)
    assert [text for text in heard if "a" in text] == [f"记下：a{number}" for number in range(30)]
    assert [text for text in heard if "b" in text] == [f"记下：b{number}" for number in range(30)]


@pytest.mark.parametrize("end", ["bury", "pause", "sent"])
def test_the_last_word_to_somebody_forgotten_leaves_no_trace(store, place, end):
    store.receive([message("旧"), message("忘了我")])
    store.turn(answer, SCOPE, NOW)
    store.turn(lambda pending, view: Outcome(None, (say("已删除"),), forget=True), SCOPE, NOW)
    (delivery,) = claim(store)
    assert texts([delivery])[0] == "已删除"
    if end == "sent":
        store.sent(delivery, "m1")
    else:
        getattr(store, end)(delivery, "403")
    assert store.outbox(10) == []
    assert "chat-a" not in place.everything()


def test_a_call_under_way_while_its_conversation_is_erased_and_begun_again(store):
    queue(store, "旧", anchor=True)
    (late,) = claim(store)
    store.forget("a")
    queue(store, "新")
    store.sent(late, "m-old")
    (delivery,) = claim(store)
    assert (texts([delivery])[0], delivery.anchor) == ("新", None)
    store.retry(late, NOW, "late")
    assert [row.state for row in store.outbox(10)] == ["sending"]
