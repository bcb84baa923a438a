"""What was said comes back as it was said, log by log; what cannot be read is told and never changed."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.store import conversations
from bot.store.store import Outcome, Pending, StoreError, View
from dialogs.session import Answered, Dated, Reopened, Restarted, Session, Undone
from tests.bot.store.places import (
    DAY,
    NOW,
    SCOPE,
    answer,
    answered,
    drain,
    kept,
    message,
    outcome,
    peek,
    said,
)

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


DATA = st.none() | st.booleans() | TEXT | st.lists(TEXT, max_size=2) | st.fixed_dictionaries({"low": st.integers()})


EVENTS = st.one_of(
    st.builds(
        Answered,
        kind=st.just("answered"),
        question=TEXT,
        facts=st.dictionaries(TEXT, DATA, max_size=3),
        said=TEXT,
        shown=st.lists(TEXT, max_size=2).map(tuple),
    ),
    st.sampled_from((Undone(), Restarted())),
    st.builds(Reopened, kind=st.just("reopened"), question=TEXT),
    st.builds(Dated, kind=st.just("dated"), as_of=st.dates()),
)


keys = itertools.count()


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(EVENTS, max_size=6), st.dates(), st.integers(0, 6))
def test_whatever_was_said_comes_back(place, events, day, half):
    place.close()
    whole = Session(id=f"a:{len(events)}", corpus_version="v", as_of=day, events=tuple(events))
    store = place.open()
    store.forget("a")
    for number, session in enumerate((whole.model_copy(update={"events": whole.events[:half]}), whole)):
        store.receive([message(key=f"{next(keys)} {number}")])
        store.turn(outcome(session=session), SCOPE, NOW)
    assert peek(store).session == peek(place.open()).session == whole


def test_a_log_is_never_changed(store):
    store.receive([message("一"), message("二")])
    store.turn(answer, SCOPE, NOW)
    for events in ((), (answered("改"),), (answered("改"), answered("二"))):
        changed = Session(id="a:1", corpus_version="v", as_of=DAY, events=events)
        with pytest.raises(ValueError, match="already in its log"):
            store.turn(outcome(session=changed), SCOPE, NOW)
    drain(store)
    assert kept(store) == ["一", "二"]


def test_another_id_begins_a_new_log(store):
    store.receive([message("一", ref="m1"), message("二", ref="m2"), message("三", ref="m3")])
    store.turn(answer, SCOPE, NOW)
    old, new = answered("一"), answered("二")
    store.turn(outcome(session=Session(id="a:2", corpus_version="w", as_of=DAY, events=(old, new))), SCOPE, NOW)
    store.turn(answer, SCOPE, NOW)
    seen = peek(store)
    assert seen.session is not None
    assert (seen.runs, seen.session.id, seen.session.corpus_version) == (2, "a:2", "w")
    assert kept(store) == ["一", "二", "三"]
    assert seen.refs == {"m2": "fact:二", "m3": "fact:三"}  # 一 was taken over: no message gave it in this log
    logs = store.export("a")["logs"]
    assert [[event["event"]["said"] for event in log["events"]] for log in logs] == [["一"], ["一", "二", "三"]]


def test_an_outcome_without_a_session_leaves_the_log(store):
    store.receive([message("一"), message("二")])
    store.turn(answer, SCOPE, NOW)
    store.turn(outcome(session=None), SCOPE, NOW)
    assert kept(store) == ["一"]


def test_a_broken_log_is_told_and_left_as_it_is(store, place):
    store.receive([message("一"), message("二"), message("三")])
    store.turn(answer, SCOPE, NOW)
    place.run('UPDATE events SET event = \'{"kind": "nonsense"}\'')
    other = place.open()  # one that does not remember
    seen = []

    def work(pending, view):
        seen.append(pending)
        return Outcome(None, ())

    other.turn(work, SCOPE, NOW)
    assert (seen[0].broken, seen[0].session, seen[0].runs) == (True, None, 1)
    assert place.run("SELECT event FROM events") == [('{"kind": "nonsense"}',)]
    other.turn(answer, SCOPE, NOW)  # begins the next log
    assert kept(other) == ["三"]
    assert peek(other).runs == 2
    assert place.run("SELECT count(*) FROM events") == [(2,)]


def test_a_log_with_a_row_missing_is_broken(store, place):
    store.receive([message(text) for text in "一二三"])
    drain(store)
    place.run("DELETE FROM events WHERE position = 1")
    assert peek(place.open()).broken


def test_tokens_lead_to_a_session(store):
    found: list[Any] = []

    def look(pending: Pending, view: View) -> Outcome:
        found.extend(view.resumable(token) for token in ("old", "new", "none"))
        return Outcome(None, ())

    store.receive([message("一"), message("二")])
    store.turn(outcome(token="old"), SCOPE, NOW)
    store.turn(outcome(token="new"), SCOPE, NOW)
    store.receive([message("甲", "b")])
    store.turn(look, SCOPE, NOW)
    assert found[0] is None
    assert [event.said for event in found[1].events] == ["一", "二"]
    assert found[2] is None
    store.receive([message("三"), message("乙", "b")])
    drain(store, lambda pending, view: answer(pending, view) if said(pending) == "三" else look(pending, view))
    assert [event.said for event in found[4].events] == ["一", "二", "三"]  # a token is kept until the next


def test_a_token_of_a_broken_log_leads_nowhere(store, place):
    store.receive([message("一")])
    store.turn(outcome(token="t"), SCOPE, NOW)
    place.run("UPDATE events SET event = '{'")
    found = []

    def look(pending, view):
        found.append(view.resumable("t"))
        return Outcome(None, ())

    other = place.open()
    other.receive([message("甲", "b")])
    other.turn(look, SCOPE, NOW)
    assert found == [None]


def test_what_is_remembered_is_never_stale(place):
    here, there = place.open(), place.open()
    for number, store in enumerate([here, here, there, here, there, there, here]):
        store.receive([message(str(number))])
        store.turn(answer, SCOPE, NOW)
    assert kept(here) == kept(there) == [str(number) for number in range(7)]
    there.forget("a")
    for number, store in enumerate([there, there, here, there]):
        store.receive([message(f"again {number}")])
        store.turn(answer, SCOPE, NOW)
    assert kept(here) == kept(there) == [f"again {number}" for number in range(4)]


def test_a_conversation_changed_elsewhere_is_not_overwritten(store, place, monkeypatch):
    store.receive([message("一"), message("二")])
    store.turn(answer, SCOPE, NOW)
    load = conversations.load

    def behind(*arguments):
        found = load(*arguments)
        return conversations.Kept(found.id, found.version - 1, *[getattr(found, name) for name in found.__slots__[2:]])

    with monkeypatch.context() as patch:
        patch.setattr(conversations, "load", behind)
        with pytest.raises(StoreError, match="没有保存"):
            store.turn(answer, SCOPE, NOW)
    drain(store)
    assert kept(store) == ["一", "二"]


def test_the_latest_is_one_in_which_something_was_answered(store):
    assert store.latest("test") is None
    store.receive([message("一"), message("甲", "b"), message("x", "c", channel="other")])
    drain(store)
    store.receive([message("开", "d")])
    store.turn(outcome(session=Session(id="d:1", corpus_version="v", as_of=DAY)), SCOPE, NOW)
    assert store.latest("test") == "b"
    store.receive([message("二")])
    drain(store)
    assert store.latest("test") == "a"
