"""What it costs to keep one message and its turn, both on disk, whoever else is stored: the store alone, with trivial work.

Budget for a whole turn: 1,000 a second on one core, 99 in 100 below 10 ms, flat from 1,000 to 100,000 conversations. The
peer is sqlite-utils writing two rows, one for the message and one for the answer, just as durably.
PostgreSQL runs here without waiting for the disk (the tests' server), so its figures show the work, not the disk.
"""

from __future__ import annotations

import itertools
import random
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest
from sqlite_utils import Database

from bot.store.store import Store
from tests.benchmarks.table import show
from tests.bot.store.places import NOW, SCOPE, Place, answer, answered, message
from tests.postgres import Server, postgres

__all__ = ["postgres"]
STORED = (1_000, 10_000, 100_000)
TURNS = 500
EVENTS = 10
SENT = itertools.count(1)  # as Telegram numbers what it delivers
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


class Peer:
    """sqlite-utils, writing the same two steps as a row each, each on disk when it is done."""

    def __init__(self, path: Path) -> None:
        self._db = Database(path)
        self._db.enable_wal()
        self._db.execute("PRAGMA synchronous = FULL")
        self._rows = itertools.count()

    def __call__(self) -> None:
        number = next(self._rows)
        self._db["inbox"].upsert({"id": number, "text": "营收"}, pk="id")  # type: ignore[union-attr]
        self._db["events"].upsert({"id": number, "event": "营收"}, pk="id")  # type: ignore[union-attr]


def turns(store: Store, chats: list[str], lap: str, peer: Peer) -> tuple[list[float], list[float]]:
    """Milliseconds of some hundred messages and of as many of the peer's, by turns so that a busy machine slows both."""
    ours, theirs = [], []
    for number in range(TURNS):
        started = time.perf_counter()
        store.receive([message(f"{lap}{number}", chats[number % len(chats)], order=next(SENT))])
        store.turn(answer, SCOPE, NOW)
        between = time.perf_counter()
        peer()
        ours.append((between - started) * 1000)
        theirs.append((time.perf_counter() - between) * 1000)
    return sorted(ours), sorted(theirs)


def test_a_message_and_its_turn(place: Place, tmp_path: Path) -> None:
    dice, rows, peer = random.Random(1), [], Peer(tmp_path / "peer.db")
    ratios: dict[tuple[int, str], float] = {}
    for conversations in STORED:
        place.open().close()
        fill(place, conversations)
        store = place.open()
        chats = [f"c{number}" for number in dice.sample(range(1, conversations + 1), TURNS)]
        for log, lap in (("read", "a"), ("remembered", "b")):
            ours, theirs = turns(store, chats, lap, peer)
            ratios[conversations, log] = median(ours) / median(theirs)
            rows.append(
                (f"{conversations:,}", log, *figures(ours), *figures(theirs), f"{ratios[conversations, log]:.2f}")
            )
        store.close()
    kind = "SQLite" if place.is_sqlite else "PostgreSQL"
    head = ("conversations", "log", "per second", "median ms", "p99", "peer per s", "median", "p99", "ratio")
    show(f"a message kept and turned, {kind}; sqlite-utils writing two rows", head, rows)
    assert ratios[STORED[-1], "read"] < 4 * ratios[STORED[0], "read"]
    assert ratios[STORED[-1], "remembered"] < 10


def figures(spent: list[float]) -> tuple[str, str, str]:
    """Per second, median and 99th of 100, of sorted milliseconds."""
    return f"{len(spent) / sum(spent) * 1000:,.0f}", f"{median(spent):.3f}", f"{spent[int(len(spent) * 0.99)]:.3f}"
