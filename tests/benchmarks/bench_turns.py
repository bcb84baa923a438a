"""A whole turn, stored durably: received, claimed, advanced, logged, replies queued, all on disk.

Budget: at least 1,000 a second and p99 below 10 ms on SQLite; printed, not asserted. Beside it the dialog alone, so that
what durability costs is seen as a ratio in one run, and how it goes with 200 chats taking turns.
"""

from __future__ import annotations

import itertools
import statistics
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from bot.channels.telegram.reading import NAME
from bot.messages import Inbound, Typed
from bot.store.open import open_store
from bot.store.store import Scope
from bot.turns import Turns
from dialogs.advance import Dialog
from dialogs.incoming import Opened, Said
from policies.engine.engine import Engine
from tests.benchmarks.bench_corpus import TYPED
from tests.benchmarks.table import show
from tests.bot.chaos.crowd import Renders

CHATS, ROUNDS = 200, 14
SCOPE = Scope((NAME,))


def test_a_durable_turn(engine: Engine, tmp_path: Path) -> None:
    dialog = Dialog(engine)
    alone = sorted(_alone(dialog))
    durable = sorted(_durable(dialog, tmp_path))
    rows = [
        (name, 1 / statistics.mean(spent), statistics.median(spent) * 1000, spent[int(len(spent) * 0.99)] * 1000)
        for name, spent in (("dialog alone", alone), (f"durable, {CHATS} chats in turn", durable))
    ]
    show("a turn", ("", "a second", "median ms", "p99 ms"), rows)
    assert statistics.median(durable) < 20 * statistics.median(alone)


def _alone(dialog: Dialog) -> Iterator[float]:
    for _ in range(20):
        session, _replies = dialog.advance(dialog.start("bench", date(2024, 3, 15)), Opened())
        for text in TYPED:
            began = time.perf_counter()
            session, _replies = dialog.advance(session, Said(text))
            yield time.perf_counter() - began


def _durable(dialog: Dialog, folder: Path) -> Iterator[float]:
    """Receive and turn, chat after chat, as they come in with 200 people writing."""
    store, numbers = open_store(folder / "huiqi.db"), itertools.count()
    turns = Turns(dialog, {NAME: Renders()}, time.time)  # type: ignore[dict-item]
    for text in TYPED[:ROUNDS]:
        for chat in range(CHATS):
            number = next(numbers)
            inbound = Inbound(
                channel=NAME, dedupe_key=str(number), order=number, conversation=f"chat{chat}", address=str(chat),
                message=Typed(text=text), arrived=1710475200.0, ref="1",
            )  # fmt: skip
            began = time.perf_counter()
            store.receive([inbound])
            store.turn(turns.work, SCOPE, time.time())
            yield time.perf_counter() - began
    store.close()
