"""Conversations on disk: what is saved comes back, nothing saved is ever changed, and trouble is told in plain words."""

from __future__ import annotations

import sqlite3
import tempfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import bot.sessions
from bot.sessions import SessionStore, StoreError
from dialogs.session import Answered, Dated, Event, Reopened, Restarted, Session, Undone

DAY = date(2024, 3, 15)
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
DATA = st.none() | st.booleans() | TEXT | st.lists(TEXT, max_size=2) | st.fixed_dictionaries({"low": st.integers()})
EVENTS: st.SearchStrategy[Event] = st.one_of(
    st.builds(
        Answered,
        kind=st.just("answered"),
        question=TEXT,
        facts=st.dictionaries(TEXT, DATA, max_size=3),
        said=TEXT,
        shown=st.lists(TEXT, max_size=2).map(tuple),
    ),
    st.just(Undone()),
    st.builds(Reopened, kind=st.just("reopened"), question=TEXT),
    st.builds(Dated, kind=st.just("dated"), as_of=st.dates()),
    st.just(Restarted()),
)  # fmt: skip


def session(*events: Event, id_: str = "one", day: date = DAY) -> Session:
    return Session(id=id_, corpus_version="v", as_of=day, events=events)


def said(text: str) -> Answered:
    return Answered(question=f"fact:{text}", facts={text: True}, said=text)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "new" / "folder" / "huiqi.db"


@pytest.fixture
def store(path: Path) -> SessionStore:
    return SessionStore(path)


def rows(path: Path) -> list[tuple[str, int, str]]:
    with sqlite3.connect(path) as db:
        return db.execute("select session, position, event from events order by session, position").fetchall()


@settings(max_examples=30)  # each makes a file
@given(st.lists(EVENTS, max_size=6), st.dates(), st.text("0123456789abcdef", min_size=1), st.integers(0, 6))
def test_what_is_saved_comes_back(events, day, id_, half):
    whole = session(*events, id_=id_, day=day)
    with tempfile.TemporaryDirectory() as folder:
        store = SessionStore(Path(folder) / "huiqi.db")
        store.save(session(*events[:half], id_=id_, day=day))
        store.save(whole)
        store.close()
        again = SessionStore(Path(folder) / "huiqi.db")
        assert again.load(id_) == whole
        assert again.latest() == whole
        again.close()


def test_rows_are_only_ever_added(store, path):
    so_far = session()
    seen: list[tuple[str, int, str]] = []
    for event in (said("a"), Undone(), said("b"), Restarted(), Dated(as_of=DAY)):
        so_far = so_far.append(event)
        store.save(so_far)
        store.save(so_far)
        assert rows(path)[: len(seen)] == seen
        seen = rows(path)
        assert len(seen) == len(so_far.events)


def test_a_session_nobody_saved(store):
    assert store.load("nobody") is None
    assert store.latest() is None


def test_the_latest_is_the_one_saved_last(store):
    first, second = session(said("a"), id_="z"), session(said("b"), id_="a")
    store.save(first)
    store.save(second)
    assert store.latest() == second
    store.save(first)
    assert store.latest() == first
    assert store.load("a") == second


def test_a_conversation_that_went_on_elsewhere_is_not_mixed(store, path):
    store.save(session(said("a")))
    elsewhere = SessionStore(path)
    elsewhere.save(session(said("a"), said("b")))
    before = rows(path)
    for stale in (session(said("a"), said("c")), session(said("a")), session(said("a"), said("c"), said("d"))):
        with pytest.raises(StoreError, match="别的窗口"):
            store.save(stale)
    assert rows(path) == before
    assert store.latest() == session(said("a"), said("b"))


def test_nothing_of_a_turn_is_kept_when_a_part_cannot_be(store, path):
    store.save(session(said("a")))
    with sqlite3.connect(path) as db:
        db.execute("create trigger full before insert on events begin select raise(abort, 'disk full'); end")
    with pytest.raises(StoreError):
        store.save(session(said("b"), id_="two"))
    assert store.load("two") is None


def test_a_file_another_program_is_writing(store, path, monkeypatch):
    monkeypatch.setattr(bot.sessions, "_WAIT", 0.0)
    writer = sqlite3.connect(path, isolation_level=None)
    writer.execute("begin exclusive")
    with pytest.raises(StoreError, match="另一个程序正在写它，稍后再试") as caught:
        SessionStore(path).save(session(said("a")))
    assert str(path) in str(caught.value)
    writer.execute("rollback")
    SessionStore(path).save(session(said("a")))


def test_a_file_that_cannot_be_opened(tmp_path):
    with pytest.raises(StoreError, match="能不能写"):
        SessionStore(tmp_path)


def test_a_file_that_is_something_else(path):
    path.parent.mkdir(parents=True)
    path.write_bytes(b"junk" * 100)
    with pytest.raises(StoreError, match="不是惠企的文件"):
        SessionStore(path)
