"""What it costs to keep one message and its turn, both on disk, whoever else is stored: the store alone, with trivial work.

Budget for a whole turn: 1,000 a second on one core, 99 in 100 below 10 ms, flat from 1,000 to 100,000 conversations. The
peer is sqlite-utils, the library this project used before, writing one row a message and one an answer just as durably.
PostgreSQL runs here without waiting for the disk (the tests' server), so its figures show the work, not the disk.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

import pytest
from sqlite_utils import Database

from bot.store.store import Store
from tests.benchmarks.table import show
from tests.bot.store.places import NOW, Place, answer, answered, message
from tests.postgres import Server, postgres

__all__ = ["postgres"]
STORED = (1_000, 10_000, 100_000)
TURNS = 1_000
EVENTS = 10
NUMBERS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?) "


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    server: Server | None = request.getfixturevalue("postgres") if request.param == "postgres" else None
    place = Place(server.database() if server else tmp_path / "huiqi.db")
    yield place
    place.close()
    if server:
        server.drop(str(place.address))


def fill(place: Place, conversations: int) -> None:
    """As many conversations of ten answers each, with the keys of their messages."""
    place.empty()
    ten = f"(SELECT 0 AS i {''.join(f' UNION ALL SELECT {number}' for number in range(1, EVENTS))}) AS ten"
    place.run(
        "INSERT INTO logs (conversation, run, session, corpus_version, as_of, made) "
        + NUMBERS
        + "SELECT 'c' || i, 1, 'c' || i || ':1', 'v', '2024-03-15', 0 FROM n",
        (conversations,),
    )
    place.run(
        f"INSERT INTO events (log, position, event, made) SELECT logs.id, ten.i, ?, 0 FROM logs, {ten}",
        (answered("营收").model_dump_json(),),
    )
    place.run(
        "INSERT INTO conversations (id, channel, version, runs, log, length, touched, last, made)"
        f" SELECT conversation, 'test', 1, 1, id, {EVENTS}, 0, id, 0 FROM logs"
    )
    place.run(
        "INSERT INTO inbox (channel, dedupe_key, arrived, state, done)"
        f" SELECT 'test', conversation || '/' || ten.i, 0, 'done', 0 FROM logs, {ten}"
    )
    place.run("ANALYZE")


def timed(work: Callable[[int], object]) -> list[float]:
    """Milliseconds of each of a thousand."""
    spent = []
    for number in range(TURNS):
        started = time.perf_counter()
        work(number)
        spent.append((time.perf_counter() - started) * 1000)
    return sorted(spent)


def turns(store: Store, chats: list[str], lap: str) -> list[float]:
    def one(number: int) -> None:
        store.receive([message(f"{lap}{number}", chats[number % len(chats)])])
        store.turn(answer, NOW)

    return timed(one)


def sqlite_utils_rows(folder: Path) -> list[float]:
    """The peer: the same two steps, a row each, each on disk when it is done."""
    db = Database(folder / "peer.db")
    db.enable_wal()
    db.execute("PRAGMA synchronous = FULL")

    def one(number: int) -> None:
        db["inbox"].upsert({"id": number, "text": "营收"}, pk="id")  # type: ignore[union-attr]
        db["events"].upsert({"id": number, "event": "营收"}, pk="id")  # type: ignore[union-attr]

    spent = timed(one)
    db.close()
    return spent


def test_a_message_and_its_turn(place: Place, tmp_path: Path) -> None:
    dice, rows, flat = random.Random(1), [], {}
    for conversations in STORED:
        place.open().close()
        fill(place, conversations)
        store = place.open()
        chats = [f"c{number}" for number in dice.sample(range(1, conversations + 1), min(TURNS, conversations))]
        for known, lap in (("from disk", "a"), ("remembered", "b")):
            spent = turns(store, chats, lap)
            flat[conversations, known] = median(spent)
            rows.append((f"{conversations:,}", known, *figures(spent)))
        store.close()
    peer = sqlite_utils_rows(tmp_path)
    rows.append(("sqlite-utils", "2 rows", *figures(peer)))
    kind = "SQLite" if place.is_sqlite else "PostgreSQL"
    show(f"a message kept and turned, {kind}", ("conversations", "its log", "per second", "median ms", "p99 ms"), rows)
    assert flat[STORED[-1], "from disk"] < 4 * flat[STORED[0], "from disk"]
    assert flat[STORED[-1], "remembered"] < 20 * median(peer)


def figures(spent: list[float]) -> tuple[str, str, str]:
    """Per second, median and 99th of 100, of sorted milliseconds."""
    return f"{len(spent) / sum(spent) * 1000:,.0f}", f"{median(spent):.3f}", f"{spent[int(len(spent) * 0.99)]:.3f}"
