"""What is kept of a person, for how long, and how it goes: export, forgetting, expiry, copies."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from threading import Event, Thread
from typing import Any

import psycopg
import pytest

from bot.store import postgres_dump
from bot.store.store import Outcome, Store, StoreError, Ticked
from tests.bot.store.places import NOW, SCOPE, Place, answer, deliver, drain, kept, message, outcome, peek, say
from tests.postgres import Server

SECRET = "某某智造有限公司"
MONTH = 30 * 86400


def fill(store: Store, conversation: str = "a") -> None:
    """A conversation with something in every table."""
    store.receive([message(SECRET, conversation, key=f"k1{conversation}", address=f"address-{conversation}", ref="m1")])
    ticked = Ticked(SECRET, 1, frozenset({SECRET}))
    store.turn(outcome(token=f"token-{conversation}"), SCOPE, NOW)
    store.receive([message(f"{SECRET} 2", conversation, key=f"k2{conversation}", address=f"address-{conversation}")])
    store.turn(outcome(failed=SECRET, ticked=ticked), SCOPE, NOW)
    store.receive([message(f"{SECRET} 3", conversation, key=f"k3{conversation}", address=f"address-{conversation}")])
    for delivery in store.claim(SCOPE, 1, NOW):
        store.bury(delivery, SECRET)


def test_the_address_is_kept_only_until_it_was_used(store, place):
    store.receive([message("一", address="chat-77")])
    assert "chat-77" in place.everything()
    drain(store)
    deliver(store)
    assert "chat-77" not in place.everything()
    assert kept(store) == ["一"]


def test_an_export_holds_everything_and_is_plain_data(store):
    fill(store)
    data = json.loads(json.dumps(store.export("a"), ensure_ascii=False))
    assert data["begun"] == data["last_written"] == "2023-11-14T22:13:20+00:00"
    (log,) = data["logs"]
    assert (log["corpus_version"], log["as_of"]) == ("v", "2024-03-15")
    assert log["events"][0]["at"] == "2023-11-14T22:13:20+00:00"
    assert log["events"][0]["event"]["said"] == SECRET
    assert log["events"][0]["message"] == "m1"
    assert [row["state"] for row in data["messages"]] == ["failed", "waiting"]
    assert data["messages"][1]["message"]["message"]["text"] == f"{SECRET} 3"
    assert [row["state"] for row in data["outgoing"]] == ["dead", "queued"]
    assert data["tokens"] == ["token-a"]
    assert data["ticked"] == [SECRET, 1, [SECRET]]
    assert store.export("b") is None


def traces(place: Place) -> bool:
    """Whether the bytes of the database still hold the words, after its housekeeping."""
    if isinstance(place.address, Path):
        files = [path for path in place.address.parent.iterdir() if path.is_file()]
        return any(SECRET.encode() in path.read_bytes() for path in files)
    return SECRET in place.everything()


@pytest.mark.parametrize("way", ["forget", "turn", "expire"])
def test_what_is_erased_leaves_no_trace(store, place, way, monkeypatch):
    monkeypatch.setattr("time.time", lambda: NOW)
    store.receive([message("一", "b")])
    drain(store)
    deliver(store)
    fill(store)
    assert traces(place)
    if way == "forget":
        assert store.forget("a")
    elif way == "turn":
        store.turn(lambda pending, view: Outcome(None, (), forget=True), SCOPE, NOW)
    else:
        place.run("UPDATE conversations SET touched = 0 WHERE id = 'a'")
        assert store.expire(NOW - 1) == 1
    assert not traces(place)
    for trace in ("address-a", "token-a", "'a'"):
        assert trace not in place.everything()
    assert store.export("a") is None
    assert store.latest("test") == "b"
    assert not store.forget("a")
    assert store.receive([message("x", key="k1a"), message("y", key="k2a"), message("z", key="k3a")]) == 0
    assert store.turn(answer, SCOPE, NOW) is None
    assert kept(store, "b") == ["一"]


def test_what_is_written_after_asking_to_be_forgotten_begins_anew(store):
    store.receive([message("一"), message("忘了我"), message("新的")])
    store.turn(answer, SCOPE, NOW)
    store.turn(lambda pending, view: Outcome(None, (say("已删除"),), forget=True), SCOPE, NOW)
    drain(store)
    assert kept(store) == ["新的"]
    assert peek(store).runs == 1
    assert deliver(store) == ["已删除", "记下：新的"]


def test_forgetting_one_that_was_never_there(store, place):
    assert not store.forget("nobody")
    assert place.everything() == ""


def test_conversations_nobody_wrote_in_expire(store):
    store.receive([message("旧", f"old{number}", at=NOW - MONTH) for number in range(450)])  # more than go together
    store.receive([message("新", "old0", at=NOW - MONTH + 1), message("新", "new", at=NOW)])
    drain(store)
    assert store.expire(NOW - MONTH) == 0
    assert store.expire(NOW - MONTH + 1) == 449
    assert store.export("old0") is not None
    assert store.export("old1") is None
    assert kept(store, "new") == ["新"]


def test_keys_of_processed_messages_go_after_a_fortnight(store, place, monkeypatch):
    monkeypatch.setattr("time.time", lambda: NOW + 15 * 86400)
    store.receive([message(str(number)) for number in range(3)])
    store.turn(answer, SCOPE, NOW)
    store.turn(answer, SCOPE, NOW + 2 * 86400)
    store.expire(0)
    assert [row[0] for row in place.run("SELECT dedupe_key FROM inbox ORDER BY seq")] == ["a/1", "a/2"]
    drain(store)
    assert kept(store) == ["0", "1", "2"]


def test_a_copy_made_under_load_is_whole_and_goes_on(store, place, tmp_path, request):
    """Restoring: put the copy where the database was (SQLite), or ``pg_restore`` it into an empty one, and open it."""
    target, stop, working = tmp_path / "copy" / "huiqi.backup", Event(), Event()
    target.parent.mkdir()

    def load() -> None:
        number = 0
        while not stop.is_set():
            store.receive([message(str(number)), message(str(number), "b")])
            store.turn(answer, SCOPE, NOW)
            store.turn(answer, SCOPE, NOW)
            number += 1
            if number == 20:
                working.set()

    busy = Thread(target=load)
    busy.start()
    try:
        assert working.wait(30)
        place.open().backup(target)
    finally:
        stop.set()
        busy.join()
    assert [path.name for path in target.parent.iterdir()] == ["huiqi.backup"]
    restored = restore(place, target, tmp_path, request)
    again = restored.open()
    for chat in "ab":
        drain(again)
        told = kept(again, chat)
        assert len(told) >= 20
        assert told == [str(number) for number in range(len(told))]
    again.receive([message("新的")])
    drain(again)
    assert kept(again)[-1] == "新的"
    assert len(deliver(again)) >= 41
    restored.close()


def restore(place: Place, copy: Path, folder: Path, request: pytest.FixtureRequest) -> Place:
    if place.is_sqlite:
        back = folder / "back" / "huiqi.db"
        back.parent.mkdir()
        shutil.copy(copy, back)
        return Place(back)
    server: Server = request.getfixturevalue("postgres")
    url = server.database()
    request.addfinalizer(lambda: server.drop(url))
    subprocess.run(["pg_restore", "--no-owner", f"--dbname={url}", copy], check=True)
    return Place(url)


def test_a_copy_replaces_an_older_one_only_when_it_is_whole(store, place, tmp_path, monkeypatch):
    target = tmp_path / "copy"
    target.write_text("older")
    if place.is_sqlite:
        with closing(sqlite3.connect(place.address)) as writer, pytest.raises(StoreError, match="自己身上"):
            writer.execute("SELECT 1")
            store.backup(Path(place.address))
        monkeypatch.setattr(Path, "replace", refuse)
    else:
        monkeypatch.setattr("shutil.which", lambda name: "/bin/false")
    with pytest.raises(StoreError):
        store.backup(target)
    assert target.read_text() == "older"
    assert not list(tmp_path.glob("*.part"))
    monkeypatch.undo()
    store.backup(target)
    assert target.stat().st_size > 100


def refuse(*_arguments: object) -> None:
    raise PermissionError


def test_a_copy_without_pg_dump_is_told(place, tmp_path, monkeypatch):
    if place.is_sqlite:
        pytest.skip("SQLite copies itself")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(StoreError, match="没有 pg_dump"):
        place.open().backup(tmp_path / "copy")


def test_a_copy_to_a_place_that_is_none(store, tmp_path):
    with pytest.raises(StoreError, match=r"能不能写|备份没有写成"):
        store.backup(tmp_path / "no" / "such" / "folder" / "copy")


def test_the_password_is_not_on_the_command_line(monkeypatch, tmp_path):
    seen: dict[str, Any] = {}

    def run(command, env, **_options):
        seen.update(command=command, password=env["PGPASSWORD"])
        raise OSError

    monkeypatch.setattr("shutil.which", lambda name: "pg_dump")
    monkeypatch.setattr("subprocess.run", run)
    with pytest.raises(StoreError):
        postgres_dump.dump(psycopg.conninfo.make_conninfo(host="h", user="u", password="geheim"), tmp_path / "copy")
    assert seen["password"] == "geheim"
    assert "geheim" not in " ".join(seen["command"])
