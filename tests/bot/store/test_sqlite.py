"""What can go wrong with a file: told in plain words with what to do, and nothing acknowledged is lost."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from bot.store import sqlite
from bot.store.sqlite import SqliteDatabase
from bot.store.sqlite_schema import migrations
from bot.store.store import StoreError
from tests.bot.store.places import NOW, SCOPE, Place, answer, answered, drain, kept, message, peek

OLD_SCHEMA = """
CREATE TABLE sessions (id TEXT PRIMARY KEY, corpus_version TEXT, as_of TEXT, touched INTEGER);
CREATE TABLE events (session TEXT, position INTEGER, event TEXT, PRIMARY KEY (session, position));
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "huiqi.db"


@pytest.fixture
def place(path: Path) -> Iterator[Place]:
    place = Place(path)
    yield place
    place.close()


def old_file(path: Path, sessions: dict[str, list[str]]) -> None:
    """A file as it was before conversations of channels were kept: the last session was used last."""
    with closing(sqlite3.connect(path)) as db, db:
        db.executescript(OLD_SCHEMA)
        for touched, (name, texts) in enumerate(sessions.items(), start=1):
            db.execute("INSERT INTO sessions VALUES (?, 'v', '2024-03-15', ?)", (name, touched))
            for position, text in enumerate(texts):
                event = answered(text).model_dump_json() if text else "{"
                db.execute("INSERT INTO events VALUES (?, ?, ?)", (name, position, event))


def test_conversations_of_an_older_file_go_on(place, path):
    old_file(path, {"z": ["一", "二"], "m": ["甲"], "empty": []})
    store = place.open()
    assert store.latest("terminal") == "m"
    before = peek(store, "z")
    assert before.session is not None
    assert (before.runs, before.session.id) == (1, "z")
    store.receive([message("三", "z", channel="terminal")])
    drain(store)
    assert kept(store, "z") == ["一", "二", "三"]
    assert store.latest("terminal") == "z"
    assert {row[0] for row in place.run("SELECT name FROM sqlite_master WHERE name LIKE '%old%'")} == set()


def test_a_broken_row_of_an_older_file_stays_broken(place, path):
    old_file(path, {"z": ["一", ""]})
    assert peek(place.open(), "z").broken


def test_several_open_a_new_file_at_once(path):
    places = [Place(path) for _ in range(6)]
    with ThreadPoolExecutor(6) as pool:
        stores = list(pool.map(Place.open, places))
    for number, store in enumerate(stores):
        store.receive([message(str(number))])
        drain(store)
    assert kept(stores[0]) == [str(number) for number in range(6)]
    for place in places:
        place.close()


def test_several_open_an_older_file_at_once(path):
    old_file(path, {"z": ["一"]})
    places = [Place(path) for _ in range(6)]
    with ThreadPoolExecutor(6) as pool:
        stores = list(pool.map(Place.open, places))
    assert [kept(store, "z") for store in stores] == [["一"]] * 6
    for place in places:
        place.close()


def test_everything_is_on_disk_when_a_transaction_ends(path):
    database = SqliteDatabase(path)
    with database.reading() as rows:
        assert rows.execute("PRAGMA synchronous").fetchone() == (2,)
        assert rows.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    database.close()


def test_the_mark_counts_all_migrations(place):
    place.open()
    assert len(list(place.run("SELECT * FROM _sqlite_migrations"))) == sqlite.SCHEMA
    with pytest.raises(ValueError, match="already registered"):
        migrations(name="0001_conversations")(lambda db: None)


def test_a_file_another_program_is_writing(place, path, monkeypatch):
    monkeypatch.setattr(sqlite, "_WAIT", 0.0)
    store = place.open()
    with closing(sqlite3.connect(path, isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="另一个程序正在写它，稍后再试") as caught:
            store.receive([message("一")])
        assert str(path) in str(caught.value)
        assert store.backlog().inbox == 0  # looking waits for nobody
    store.receive([message("一")])
    drain(store)
    assert kept(store) == ["一"]


def test_a_full_disk_loses_nothing_acknowledged(place, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(sqlite, "_SETTINGS", (*sqlite._SETTINGS, "PRAGMA max_page_count = 60"))
        store = place.open()
        acknowledged = []
        with pytest.raises(StoreError, match="磁盘满了，腾出地方再试"):
            for number in range(10_000):
                store.receive([message(str(number))])
                acknowledged.append(str(number))
                if number % 2:
                    store.turn(answer, SCOPE, NOW)
        with pytest.raises(StoreError, match="磁盘满了"):
            store.receive([message("大" * 900, key=str(number)) for number in range(20_000, 20_100)])
    assert len(acknowledged) > 10
    store = place.open()
    drain(store)
    assert kept(store)[: len(acknowledged)] == acknowledged


@pytest.fixture
def unprivileged() -> Iterator[Path]:
    """A folder, and the rights of somebody who may only read it."""
    folder = Path(tempfile.mkdtemp(prefix="huiqi-"))
    try:
        folder.chmod(0o755)
        yield folder
    finally:
        shutil.rmtree(folder)


def test_a_file_that_may_only_be_read(unprivileged):
    path = unprivileged / "huiqi.db"
    place = Place(path)
    place.open().receive([message("一")])
    place.close()
    path.chmod(0o444)
    unprivileged.chmod(0o555)
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)  # the root user may write everywhere
    try:
        with pytest.raises(StoreError, match="能不能写"):
            place.open().receive([message("二")])
    finally:
        if root:
            os.seteuid(0)
        unprivileged.chmod(0o755)


def test_a_file_that_cannot_be_opened(tmp_path):
    with pytest.raises(StoreError, match="能不能写"):
        SqliteDatabase(tmp_path)
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="能不能写"):
        SqliteDatabase(tmp_path / "file" / "huiqi.db")


def test_a_file_that_is_something_else(path):
    path.write_bytes(b"junk" * 1000)
    with pytest.raises(StoreError, match="不是惠企的文件"):
        SqliteDatabase(path)
    assert path.read_bytes() == b"junk" * 1000


@pytest.mark.parametrize(
    "tables",
    [
        "CREATE TABLE notes (a)",
        "CREATE TABLE events (a)",
        "PRAGMA application_id = 7; CREATE TABLE sessions (a); CREATE TABLE events (a)",
    ],
)
def test_a_database_of_another_program_is_left_alone(path, tables):
    with closing(sqlite3.connect(path)) as db, db:
        db.executescript(tables)
    before = path.read_bytes()
    with pytest.raises(StoreError, match="不是惠企的文件"):
        SqliteDatabase(path)
    assert path.read_bytes() == before


def test_a_file_of_a_newer_version_is_left_alone(place, path):
    place.open()
    place.close()
    place.run("PRAGMA user_version = 99")
    with pytest.raises(StoreError, match="更新的版本"):
        SqliteDatabase(path)


def test_damage_is_told(place, path):
    store = place.open()
    store.receive([message(str(number)) for number in range(500)])
    place.close()
    whole = bytearray(path.read_bytes())
    whole[8192:] = b"\xff" * (len(whole) - 8192)
    path.write_bytes(whole)
    with pytest.raises(StoreError, match="坏了"):
        place.open().receive([message("一")])


def test_forgetting_does_not_wait_for_a_reader(place, path):
    store = place.open()
    store.receive([message("一")])
    drain(store)
    with closing(sqlite3.connect(path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM inbox").fetchall()
        assert store.forget("a")
    store.receive([message("二")])
    drain(store)
    assert kept(store) == ["二"]


def test_the_right_to_send_leaves_no_file(place, path):
    with place.open().sending(SCOPE), place.open().sending(SCOPE):
        assert len(list(path.parent.glob("*-sender-*"))) == 2  # a channel each
    assert list(path.parent.glob("*-sender-*")) == []


def test_a_lock_of_a_file_that_was_taken_away_is_worth_nothing(place, path, monkeypatch):
    """Opened while another held it, locked when that one had given it up and a third had made it anew."""
    real = sqlite._locked

    def late(lock, name):
        lock.execute("SELECT 1").fetchall()
        name.rename(name.with_name("gone"))  # so that its number is not used again
        name.touch()
        return real(lock, name)

    store = place.open()
    with monkeypatch.context() as patch:
        patch.setattr(sqlite, "_locked", late)
        with store.sending(SCOPE) as ours:
            assert not ours
    assert list(path.parent.glob("*-sender-*"))  # the third one's, untouched


def test_a_store_that_was_closed_says_so(place):
    store = place.open()
    store.close()
    with pytest.raises(StoreError):
        store.receive([message("一")])
