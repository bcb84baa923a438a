"""Sending: order within a chat, what each failure does, who may send, and stopping without losing anything."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.channels.channel import (
    AmbiguousError,
    BlockedError,
    LaterError,
    RefusedError,
    SendError,
    UnreachableError,
)
from bot.messages import Inbound, Operation, Typed
from bot.sender import GIVE_UP, SLOWEST, Sender, backoff
from bot.store.open import open_store
from bot.store.store import Outcome, Pending, Scope, Store, View

SCOPE = Scope(("fake",))


@dataclass
class Fake:
    """A channel that fails as told: by text, a list of what happens at each try."""

    name: str = "fake"
    ack_deadline: float = 1.0
    links_reports: bool = False
    faults: dict[str, list[SendError | Exception]] = field(default_factory=dict)
    sent: list[tuple[str, str]] = field(default_factory=list)
    tries: list[str] = field(default_factory=list)

    async def send(self, address: str, operation: Operation, anchor: str | None) -> str | None:
        text = operation.body["text"]
        self.tries.append(text)
        await asyncio.sleep(0)
        if self.faults.get(text):
            raise self.faults[text].pop(0)
        self.sent.append((address, text))
        return str(len(self.sent))

    def texts(self, address: str) -> list[str]:
        return [text for where, text in self.sent if where == address]


@dataclass
class Clock:
    """Time that passes only while somebody sleeps."""

    now: float = 1000.0

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.now += seconds
        await asyncio.sleep(0)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = open_store(tmp_path / "huiqi.db")
    yield store
    store.close()


def queue(store: Store, chat: str, *texts: str) -> None:
    """Have a turn queue some calls."""
    key = f"{chat}:{texts}"
    inbound = Inbound(
        channel="fake", dedupe_key=key, conversation=chat, address=chat, message=Typed(text=""), arrived=0
    )
    store.receive([inbound])

    def work(pending: Pending, view: View) -> Outcome:
        return Outcome(None, tuple(Operation(kind="message", body={"text": text}) for text in texts))

    assert store.turn(work, SCOPE, 1000.0) is not None


async def run(store: Store, fake: Fake, clock: Clock, *, until: float) -> None:
    """Send for so long on the clock; while nothing is due, time passes."""
    sender = Sender(store, {"fake": fake}, SCOPE, clock, sleep=clock.sleep)  # type: ignore[dict-item]
    task = asyncio.create_task(sender.run())
    while clock.now < until and (backlog := store.backlog().outbox):
        await asyncio.sleep(0.002)
        if store.backlog().outbox == backlog:
            clock.now += 0.25
            sender.poke()
    sender.drain(0.0)
    await task


async def test_each_chat_in_order(store: Store) -> None:
    fake, clock = Fake(), Clock()
    queue(store, "a", "1", "2", "3")
    queue(store, "b", "4", "5")
    queue(store, "a", "6")
    await run(store, fake, clock, until=9000)
    assert fake.texts("a") == ["1", "2", "3", "6"]
    assert fake.texts("b") == ["4", "5"]
    assert store.backlog().outbox == 0


async def test_being_told_to_wait_holds_up_that_chat_only(store: Store) -> None:
    fake, clock = Fake(faults={"1": [LaterError(30.0, "429")]}), Clock()
    queue(store, "a", "1", "2")
    queue(store, "b", "3")
    await run(store, fake, clock, until=1020)
    assert fake.texts("b") == ["3"]
    assert fake.texts("a") == []
    await run(store, fake, clock, until=1050)
    assert fake.texts("a") == ["1", "2"]
    assert fake.tries.count("1") == 2


@pytest.mark.parametrize("error", [UnreachableError("no way"), AmbiguousError("no answer")])
async def test_what_may_not_have_arrived_is_sent_again(store: Store, error: SendError) -> None:
    fake, clock = Fake(faults={"1": [error, error, error]}), Clock()
    queue(store, "a", "1", "2")
    await run(store, fake, clock, until=1060)
    assert fake.texts("a") == ["1", "2"]
    assert fake.tries.count("1") == 4


@pytest.mark.parametrize("error", [RefusedError("bad"), RuntimeError("客户的话")])
async def test_what_will_never_be_taken_is_set_aside_and_the_rest_goes_on(store: Store, error: Exception) -> None:
    fake, clock = Fake(faults={"1": [error]}), Clock()
    queue(store, "a", "1", "2")
    await run(store, fake, clock, until=9000)
    assert fake.texts("a") == ["2"]
    (dead,) = store.outbox(10)
    assert dead.state == "dead"
    assert dead.error is not None
    assert "客户" not in dead.error


async def test_a_person_who_blocked_us_is_left_alone_until_they_write(store: Store) -> None:
    fake, clock = Fake(faults={"1": [BlockedError("403")]}), Clock()
    queue(store, "a", "1", "2")
    await run(store, fake, clock, until=1010)
    assert fake.texts("a") == []
    assert store.backlog().paused == 1
    queue(store, "a", "3")
    await run(store, fake, clock, until=1020)
    assert fake.texts("a") == ["2", "3"]
    assert store.backlog().paused == 0


async def test_it_gives_up_in_the_end(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.sender.GIVE_UP", 3)
    fake, clock = Fake(faults={"1": [UnreachableError("down")] * 9}), Clock()
    queue(store, "a", "1")
    await run(store, fake, clock, until=1060)
    assert fake.tries == ["1"] * 3
    assert store.backlog().dead == 1


async def test_what_was_under_way_when_a_process_ended_is_sent_again(store: Store) -> None:
    queue(store, "a", "1", "2")
    with store.sending(SCOPE):
        assert len(store.claim(SCOPE, 5, 1000.0)) == 1
    fake, clock = Fake(), Clock()
    await run(store, fake, clock, until=9000)
    assert fake.texts("a") == ["1", "2"]


async def test_only_one_sends(store: Store, tmp_path: Path) -> None:
    queue(store, "a", "1")
    other = open_store(tmp_path / "huiqi.db")
    fake, clock = Fake(), Clock()
    with other.sending(SCOPE) as first:
        assert first
        await run(store, fake, clock, until=1002)
        assert fake.tries == []
    await run(store, fake, clock, until=9000)
    assert fake.texts("a") == ["1"]
    other.close()


async def test_stopping_sends_what_is_queued(store: Store) -> None:
    fake, clock = Fake(), Clock()
    for chat in "abc":
        queue(store, chat, "1", "2", "3")
    sender = Sender(store, {"fake": fake}, SCOPE, clock, sleep=clock.sleep)  # type: ignore[dict-item]
    task = asyncio.create_task(sender.run())
    await asyncio.sleep(0)
    sender.drain(10.0)
    await task
    assert len(fake.sent) == 9
    assert store.backlog().outbox == 0


def test_waiting_grows_to_a_limit() -> None:
    waits = [backoff(failures) for failures in range(1, GIVE_UP)]
    assert waits[:4] == [0.5, 1.0, 2.0, 4.0]
    assert waits == sorted(waits)
    assert waits[-1] == SLOWEST
