"""What the runs of this folder share: everybody writes, everything comes to rest, and each conversation is judged."""

from __future__ import annotations

import random
import time

from bot.store.store import Store
from bot.turns import Turns
from dialogs.advance import Dialog
from policies.engine.engine import Engine
from tests.bot.chaos.crowd import Renders, Somebody, Unbroken, repeats
from tests.bot.chaos.process import Process
from tests.bot.telegram.standin.server import Standin

AGAIN = 0.15  # of the updates are delivered twice
LASTS = 15.0  # seconds the writing takes
SECRET = "a secret of the tests, long enough"
PATIENCE = 60.0  # seconds; reached only when something hangs


def write(people: list[Somebody], chance: random.Random) -> None:
    """Everybody writes, in no order, some updates delivered twice."""
    order = [person for person in people for _ in person.says]
    chance.shuffle(order)
    for person in order:
        update = person.say_next()
        if chance.random() < AGAIN:
            person.world.again(update, person.queue)
        time.sleep(LASTS / len(order))


def settled(standin: Standin, store: Store, *processes: Process) -> None:
    """Wait until every update is acknowledged and every reply sent."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        backlog = store.backlog()
        if not standin.world.waiting and not backlog.inbox and not backlog.outbox:
            return
        time.sleep(0.05)
    told = "\n".join(process.told for process in processes)
    raise AssertionError(f"{len(standin.world.waiting)} updates wait, {store.backlog()}; {told}")


def judge(engine: Engine, store: Store, person: Somebody, began: float) -> int:
    """The session is exact and the replies in order; how many came twice."""
    return repeats(person.read, exact(engine, store, person, began).shown)


def exact(engine: Engine, store: Store, person: Somebody, began: float) -> Unbroken:
    """The session is that of the undisturbed conversation, which is returned."""
    turns = Turns(Dialog(engine), {Renders.name: Renders()}, lambda: began)  # type: ignore[dict-item]
    unbroken = Unbroken(turns, SECRET.encode(), person, began)
    unbroken.play()
    session = store.session(unbroken.conversation)
    assert session is not None
    assert unbroken.session is not None
    assert session.events == unbroken.session.events
    return unbroken
