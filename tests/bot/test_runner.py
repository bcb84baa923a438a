"""The moving parts together: what comes in is kept, processed and sent; faults of the store and of turns stop nobody."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from prometheus_client import REGISTRY

from bot.channels.channel import SendError
from bot.messages import Inbound, Typed
from bot.runner import Runner
from bot.sender import Sender
from bot.store.open import open_store
from bot.store.store import Scope, Store, StoreError
from bot.turns import Turns
from dialogs.advance import Dialog
from policies.engine.engine import Engine
from tests.bot.inprocess import InProcess

SCOPE = Scope(("inprocess",))


@dataclass
class Chats(InProcess):
    """Several chats; ``shown``: where it was shown that an answer is being made."""

    texts: dict[str, list[str]] = field(default_factory=dict)
    shown: list[str] = field(default_factory=list)

    def say(self, chat: str, text: str, key: str) -> Inbound:
        return Inbound(
            channel=self.name, dedupe_key=key, conversation=chat, address=chat,
            message=Typed(text=text), arrived=time.time(),
        )  # fmt: skip

    async def send(self, address, operation, anchor) -> str | None:
        self.texts.setdefault(address, []).append(operation.body.get("text", ""))
        return await super().send(address, operation, anchor)

    async def busy(self, address: str) -> None:
        self.shown.append(address)
        raise SendError("not shown")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = open_store(tmp_path / "huiqi.db")
    yield store
    store.close()


@pytest.fixture(scope="module")
def dialog(engine: Engine) -> Dialog:
    return Dialog(engine)


@asynccontextmanager
async def running(store: Store, dialog: Dialog, channel: Chats) -> AsyncIterator[Runner]:
    channels = {channel.name: channel}
    sender = Sender(store, channels, SCOPE, time.time)
    runner = Runner(store, Turns(dialog, channels, time.time), channels, sender, SCOPE, time.time, workers=2)
    runner.start()
    yield runner
    await runner.stop()


async def settled(store: Store) -> None:
    for _ in range(2000):
        backlog = store.backlog()
        if not backlog.inbox and not backlog.outbox:
            return
        await asyncio.sleep(0.005)
    raise AssertionError(store.backlog())


async def test_what_comes_in_is_answered_once(store: Store, dialog: Dialog) -> None:
    channel = Chats()
    async with running(store, dialog, channel) as runner:
        before = runner.working
        await runner.receive([channel.say("a", "海珠区", "1"), channel.say("b", "佛山市", "2")])
        await runner.receive([channel.say("a", "海珠区", "1"), channel.say("a", "都没有", "3")])
        await settled(store)
    assert (before, runner.working) == (True, False)
    assert len([text for text in channel.texts["a"] if "下面哪些事" in text]) == 1
    session = store.session("a")
    assert session is not None
    assert [event.kind for event in session.events] == ["answered", "answered"]


async def test_stopping_finishes_what_was_received(store: Store, dialog: Dialog) -> None:
    channel = Chats()
    async with running(store, dialog, channel) as runner:
        await runner.receive([channel.say(str(chat), "海珠区", str(chat)) for chat in range(20)])
        await settled(store)
        await runner.receive([channel.say(str(chat), "都没有", f"{chat}-") for chat in range(20)])
    backlog = store.backlog()
    done = [chat for chat in range(20) if len(store.session(str(chat)).events) == 2]  # type: ignore[union-attr]
    assert backlog.outbox == 0
    assert backlog.inbox == 20 - len(done)  # what was not begun waits for the next process


async def test_a_message_that_breaks_holds_up_nobody(
    store: Store, dialog: Dialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    channel = Chats()
    advance = dialog.advance

    def breaks(session, incoming):
        if getattr(incoming, "text", "") == "坏":
            raise RuntimeError("客户的话")
        return advance(session, incoming)

    monkeypatch.setattr(dialog, "advance", breaks)
    async with running(store, dialog, channel) as runner:
        await runner.receive([channel.say("a", "坏", "1"), channel.say("b", "海珠区", "2")])
        await settled(store)
    assert any("没有处理成功" in text for text in channel.texts["a"])
    assert any("下面哪些事" in text for text in channel.texts["b"])
    (aside,) = store.set_aside(5)
    assert (aside.conversation, aside.error) == ("a", "RuntimeError")


async def test_a_store_that_fails_for_a_while_loses_nothing(
    store: Store, dialog: Dialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    channel = Chats()
    turn, failures = store.turn, [3]

    def fails(*given):
        if failures[0]:
            failures[0] -= 1
            raise StoreError("磁盘满了")
        return turn(*given)

    monkeypatch.setattr(store, "turn", fails)
    monkeypatch.setattr("bot.runner.backoff", lambda _: 0.01)
    async with running(store, dialog, channel) as runner:
        await runner.receive([channel.say("a", "海珠区", "1")])
        await settled(store)
    assert failures == [0]
    assert any("下面哪些事" in text for text in channel.texts["a"])


async def test_a_store_that_cannot_keep_tells_whoever_delivers(
    store: Store, dialog: Dialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    channel = Chats()

    def full(_: object) -> int:
        raise StoreError("磁盘满了")

    async with running(store, dialog, channel) as runner:
        with monkeypatch.context() as patch:
            patch.setattr(store, "receive", full)
            with pytest.raises(StoreError):
                await runner.receive([channel.say("a", "海珠区", "1")])
        await runner.receive([channel.say("a", "海珠区", "1")])
        await settled(store)
    assert any("下面哪些事" in text for text in channel.texts["a"])


async def test_whoever_waits_is_shown_that_an_answer_is_being_made(
    store: Store, dialog: Dialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    channel, turn = Chats(), store.turn
    let = asyncio.Event()

    def slow(*given):
        return turn(*given) if let.is_set() else None

    monkeypatch.setattr(store, "turn", slow)
    monkeypatch.setattr("bot.runner.SLOW", 0.01)
    async with running(store, dialog, channel) as runner:
        await runner.receive([channel.say("a", "海珠区", "1")])
        for _ in range(500):
            if channel.shown:
                break
            await asyncio.sleep(0.005)
        let.set()
        await settled(store)
    assert set(channel.shown) == {"a"}


async def test_conversations_past_their_time_are_erased(store: Store, dialog: Dialog) -> None:
    channel = Chats()
    async with running(store, dialog, channel) as runner:
        await runner.receive([channel.say("a", "海珠区", "1")])
        await settled(store)
    runner = Runner(
        store, Turns(dialog, {}, time.time), {}, Sender(store, {}, SCOPE, time.time), SCOPE, lambda: time.time() + 100,
        keep=50.0,
    )  # fmt: skip
    runner.start()
    for _ in range(500):
        if store.session("a") is None:
            break
        await asyncio.sleep(0.005)
    await runner.stop()
    assert store.backlog().conversations == 0


async def test_hand_overs_whose_time_is_over_are_ended_and_a_store_that_fails_is_asked_again(
    store: Store, dialog: Dialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.runner.SWEEP", 0.001)
    looked: list[float] = []

    def sweep(now: float) -> list[str]:
        looked.append(now)
        if len(looked) == 1:
            raise StoreError("磁盘满了")
        return ["unanswered"] if len(looked) == 2 else []

    before = REGISTRY.get_sample_value("huiqi_handovers_total", {"what": "unanswered"}) or 0.0
    runner = Runner(
        store, Turns(dialog, {}, time.time), {}, Sender(store, {}, SCOPE, time.time), SCOPE, lambda: 5.0, sweep=sweep
    )
    runner.start()
    for _ in range(500):
        if len(looked) > 2:
            break
        await asyncio.sleep(0.005)
    await runner.stop()
    assert set(looked) == {5.0}
    assert REGISTRY.get_sample_value("huiqi_handovers_total", {"what": "unanswered"}) == before + 1
