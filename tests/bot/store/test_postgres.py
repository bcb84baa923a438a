"""Several processes on one server, and a server that goes away."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event, Thread

import psycopg
import pytest

from bot.store import postgres as store_postgres
from bot.store.open import open_store
from bot.store.postgres import PostgresDatabase
from bot.store.store import StoreError
from tests.bot.store.places import NOW, SCOPE, Place, answer, deliver, drain, kept, message
from tests.postgres import Server, running

PATIENCE = 20.0  # seconds: more than any answer may take, and far less than for ever


@pytest.fixture
def place(postgres: Server) -> Iterator[Place]:
    place = Place(postgres.database())
    yield place
    place.close()
    postgres.drop(str(place.address))


def cut(place: Place) -> None:
    """End all connections but this one, as a server that restarts does."""
    place.run(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()"
    )


def test_conversations_are_worked_on_side_by_side(place):
    here, there = place.open(), place.open()
    here.receive([message("一"), message("二"), message("甲", "b")])
    inside, go = Event(), Event()

    def wait(pending, view):
        inside.set()
        assert go.wait(PATIENCE)
        return answer(pending, view)

    first = Thread(target=here.turn, args=(wait, SCOPE, NOW))
    first.start()
    assert inside.wait(PATIENCE)
    assert there.turn(answer, SCOPE, NOW).conversation == "b"
    assert there.turn(answer, SCOPE, NOW) is None  # 二 waits for 一
    go.set()
    first.join()
    assert there.turn(answer, SCOPE, NOW).dedupe_key == "a/二"
    assert kept(here) == ["一", "二"]


def test_a_connection_cut_in_the_middle_of_a_turn(place):
    store = place.open()
    store.receive([message("一")])

    def and_cut(pending, view):
        cut(place)
        return answer(pending, view)

    with pytest.raises(StoreError, match="连不上或没有回应"):
        store.turn(and_cut, SCOPE, NOW)
    assert drain(store)
    assert kept(store) == ["一"]
    assert deliver(store) == ["记下：一"]


def test_a_sender_whose_connection_is_lost_notices(place):
    here, there = place.open(), place.open()
    with here.sending(SCOPE) as ours:
        assert ours
        cut(place)
        with there.sending(SCOPE) as theirs:
            assert theirs
            assert not ours
        assert not ours


def test_a_server_that_restarts(monkeypatch):
    monkeypatch.setattr(store_postgres, "_WAIT", 2.0)
    with running() as server:
        place = Place(server.database())
        store = place.open()
        store.receive([message("一"), message("甲", "b")])
        drain(store)

        def and_stop(pending, view):
            server.stop()
            return answer(pending, view)

        with store.sending(SCOPE) as ours:
            store.receive([message("二")])
            with pytest.raises(StoreError, match="连不上或没有回应"):
                store.turn(and_stop, SCOPE, NOW)
            started = time.monotonic()
            with pytest.raises(StoreError, match="连不上或没有回应"):
                store.receive([message("三")])
            assert time.monotonic() - started < PATIENCE
            assert not ours
            server.start()
        assert store.receive([message("三")]) == 1
        with store.sending(SCOPE) as ours:
            assert ours
            drain(store)
            assert deliver(store) == ["记下：一", "记下：甲", "记下：二", "记下：三"]
        assert kept(store) == ["一", "二", "三"]
        place.close()


def test_a_server_that_is_not_there(tmp_path):
    started = time.monotonic()
    with pytest.raises(StoreError, match="连不上或没有回应"):
        open_store(f"postgresql://nobody:geheim@/nothing?host={tmp_path}")
    assert time.monotonic() - started < PATIENCE


def test_a_server_that_never_answers(monkeypatch):
    monkeypatch.setattr(store_postgres, "_WAIT", 1.0)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"postgresql://nobody:geheim@127.0.0.1:{silent.getsockname()[1]}/db"
        started = time.monotonic()
        with pytest.raises(StoreError, match="连不上或没有回应") as caught:
            open_store(url)
        assert time.monotonic() - started < PATIENCE
    assert "127.0.0.1/db" in str(caught.value)
    assert "geheim" not in str(caught.value)


def test_several_open_an_empty_database_at_once(place):
    with ThreadPoolExecutor(4) as pool:
        stores = list(pool.map(lambda _: place.open(), range(4)))
    for number, store in enumerate(stores):
        store.receive([message(str(number))])
        drain(store)
    assert kept(stores[0]) == ["0", "1", "2", "3"]


def test_a_database_of_a_newer_version_is_left_alone(place):
    place.open()
    place.run("INSERT INTO huiqi_migrations (name) VALUES ('9999_later')")
    with pytest.raises(StoreError, match="更新的版本"):
        place.open()


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (psycopg.errors.DiskFull, "磁盘满了"),
        (psycopg.errors.LockNotAvailable, "正忙"),
        (psycopg.errors.DeadlockDetected, "正忙"),
        (psycopg.errors.InsufficientPrivilege, "出错"),
    ],
)
def test_troubles_are_told_apart(place, error, words):
    database = PostgresDatabase(str(place.address))
    with pytest.raises(StoreError, match=words), database.writing():
        raise error
    database.close()


def test_settings_of_the_address_win(place):
    database = PostgresDatabase(f"{place.address}&application_name=mine&options=-c%20work_mem%3D1MB")
    with database.reading() as rows:
        assert rows.execute("SHOW application_name").fetchone() == ("mine",)
        assert rows.execute("SHOW work_mem").fetchone() == ("1MB",)
        assert rows.execute("SHOW statement_timeout").fetchone() == ("10s",)
    with database.writing() as rows:
        assert rows.execute("SHOW transaction_isolation").fetchone() == ("read committed",)
    database.close()
