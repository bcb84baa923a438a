"""Messages in: kept once, in order, one conversation at a time, none held up by another, and nothing half done."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event, Lock, Thread

import pytest

from bot.store.open import open_store
from bot.store.store import Outcome, StoreError, Ticked
from dialogs.session import Session
from tests.bot.store.places import (
    DAY,
    NOW,
    SCOPE,
    answer,
    answered,
    begun,
    deliver,
    drain,
    kept,
    message,
    outcome,
    peek,
    said,
    say,
)


def test_a_message_delivered_twice_counts_once(store, place):
    assert store.receive([message("一"), message("一"), message("二")]) == 2
    assert place.open().receive([message("二"), message("一")]) == 0
    drain(store)
    assert store.receive([message("一")]) == 0
    assert drain(store) == []
    assert kept(store) == ["一", "二"]


def test_the_same_key_of_another_channel_is_another_message(store):
    assert store.receive([message("一", key="1"), message("一", "b", key="1", channel="other")]) == 2


def test_a_turn_is_given_all_that_was_kept(store):
    ticked = Ticked("menu:a", 3, frozenset({"x", "y"}))
    first, second = message("一", ref="m1"), message("二", ref="m2", callback="c", at=NOW + 1)
    seen = []

    def work(pending, view):
        seen.append(pending)
        return Outcome(begun(pending).append(answered(said(pending))), (), ticked=ticked)

    store.receive([first, second])
    assert store.turn(work, SCOPE, NOW) == first
    assert store.turn(work, SCOPE, NOW) == second
    assert store.turn(work, SCOPE, NOW) is None
    assert (seen[0].inbound, seen[0].session, seen[0].runs, seen[0].ticked) == (first, None, 0, None)
    assert (seen[1].inbound, seen[1].runs, seen[1].ticked, seen[1].refs) == (second, 1, ticked, {"m1": "fact:一"})
    assert seen[1].session == Session(id="a:1", corpus_version="v", as_of=DAY, events=(answered("一"),))
    assert not seen[1].broken
    assert peek(store).refs == {"m1": "fact:一", "m2": "fact:二"}


def test_ticks_go_when_the_outcome_has_none(store):
    store.receive([message("一"), message("二")])
    store.turn(outcome(ticked=Ticked("q", 0, frozenset())), SCOPE, NOW)
    assert store.turn(outcome(), SCOPE, NOW) is not None
    assert peek(store).ticked is None


ODD = "一\ud800\0二"


def test_text_that_no_store_keeps_holds_nothing_up(store):
    store.receive([message(ODD, key=f"key {ODD}", ref=ODD), message("好")])
    store.turn(outcome(failed=ODD), SCOPE, NOW)
    drain(store)
    for delivery in store.claim(SCOPE, 5, NOW):
        store.retry(delivery, NOW, ODD)
    for delivery in store.claim(SCOPE, 5, NOW):
        store.bury(delivery, ODD)
    assert [aside.error for aside in store.set_aside(5)] == ["一?二"]
    assert store.outbox(5)[0].error == "一?二"
    assert kept(store) == ["一?二", "好"]


def test_messages_of_a_conversation_are_processed_in_order(store):
    store.receive([message("一"), message("甲", "b"), message("二")])
    store.receive([message("三"), message("乙", "b")])
    drain(store)
    assert kept(store) == ["一", "二", "三"]
    assert kept(store, "b") == ["甲", "乙"]


def test_a_flooding_chat_delays_no_other(store):
    store.receive([message(str(n), "flood") for n in range(50)])
    store.turn(answer, SCOPE, NOW)
    store.receive([message("一", "b"), message("二", "b"), message("甲", "c")])
    turned = [store.turn(answer, SCOPE, NOW).conversation for _ in range(5)]
    assert turned == ["flood", "b", "c", "flood", "b"]


def test_a_conversation_keeps_its_place_in_the_queue_when_more_comes_in(store):
    store.receive([message("一"), message("甲", "b")])
    store.receive([message("二")])
    assert [turned.conversation for turned in drain(store)] == ["a", "b", "a"]


def test_what_work_raises_leaves_nothing_but_a_count(store, place):
    store.receive([message("一"), message("甲", "b")])
    before = [row for row in place.everything().splitlines() if not row.startswith(("inbox", "ready"))]

    def fail(pending, view):
        raise KeyError(pending.attempts)

    for attempt in (0, 0, 1, 1):  # by turns: one that fails goes to the end of the queue
        with pytest.raises(KeyError, match=str(attempt)):
            store.turn(fail, SCOPE, NOW)
    after = [row for row in place.everything().splitlines() if not row.startswith(("inbox", "ready"))]
    assert after == before
    assert [turned.conversation for turned in drain(store)] == ["a", "b"]
    assert kept(store) == ["一"]


def test_a_message_set_aside_is_visible_and_the_next_goes_on(store):
    store.receive([message("坏", key="7"), message("好")])
    store.turn(outcome(session=None, operations=(say("没有读懂"),), failed="KeyError"), SCOPE, NOW)
    (aside,) = store.set_aside(10)
    assert (aside.channel, aside.dedupe_key, aside.conversation, aside.error) == ("test", "7", "a", "KeyError")
    assert aside.arrived == NOW
    assert store.receive([message("坏", key="7")]) == 0
    drain(store)
    assert kept(store) == ["好"]
    assert deliver(store) == ["没有读懂", "记下：好"]


def test_a_message_that_cannot_be_read_is_set_aside(store, place):
    store.receive([message("一"), message("二")])
    place.run("UPDATE inbox SET inbound = '{' WHERE dedupe_key = 'a/一'")
    assert [turned.dedupe_key for turned in drain(store)] == ["a/二"]
    assert [aside.dedupe_key for aside in store.set_aside(10)] == ["a/一"]


def test_a_message_kept_while_the_last_one_is_done_is_not_lost(place):
    """It must find the conversation in the queue, or put it there, also while the turn is taking it away."""
    store, other = place.open(), place.open()
    for lap in range(10):
        inside, go = Event(), Event()

        def work(pending, view, inside=inside, go=go):
            inside.set()
            assert go.wait(10)
            return answer(pending, view)

        store.receive([message(f"{lap} first")])
        turning = Thread(target=store.turn, args=(work, SCOPE, NOW))
        turning.start()
        assert inside.wait(10)
        receiving = Thread(target=other.receive, args=([message(f"{lap} second")],))
        receiving.start()
        go.set()
        turning.join()
        receiving.join()
        assert [turned.dedupe_key for turned in drain(other)] == [f"a/{lap} second"]
    assert len(kept(store)) == 20


def test_nobody_works_on_a_conversation_twice_at_once(place):
    stores = [place.open(), place.open()]
    names = [f"c{number}" for number in range(4)]
    active: set[str] = set()
    guard, start = Lock(), Barrier(4)

    def work(pending, view):
        name = pending.inbound.conversation
        with guard:
            assert name not in active
            active.add(name)
        done = answer(pending, view)
        with guard:
            active.remove(name)
        return done

    def worker(number: int) -> None:
        start.wait()
        store = stores[number % 2]
        for step in range(10):
            store.receive([message(f"{number}.{step}", name) for name in names])
            store.turn(work, SCOPE, NOW)
        while store.turn(work, SCOPE, NOW):
            pass

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(worker, range(4)))
    drain(stores[0], work)
    for name in names:
        told = kept(stores[0], name)
        assert sorted(told) == sorted(f"{number}.{step}" for number in range(4) for step in range(10))
        for number in range(4):
            assert [text for text in told if text[0] == str(number)] == [f"{number}.{step}" for step in range(10)]


def test_the_backlog_counts_what_is_under_way(store):
    assert store.backlog().oldest is None
    store.receive([message("一", at=NOW - 5), message("甲", "b"), message("乙", "b")])
    store.turn(answer, SCOPE, NOW)
    backlog = store.backlog()
    assert (backlog.inbox, backlog.outbox, backlog.dead, backlog.paused, backlog.conversations) == (2, 1, 0, 0, 2)
    assert backlog.oldest == NOW


def test_a_clock_set_back_changes_no_order(store):
    store.receive([message("一", at=NOW)])
    store.receive([message("二", at=NOW - 7200)])
    drain(store)
    assert kept(store) == ["一", "二"]
    store.receive([message("甲", "b", at=NOW - 9000)])
    drain(store)
    assert store.latest("test") == "b"


def test_an_address_that_is_none():
    with pytest.raises(StoreError, match="写法不对"):
        open_store("postgresql://user@host/db?nonsense=1")
