"""The smallest thing that answers: long polling, turns, and calls made at once, with everything kept in memory."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.client import Limits, make_bot
from bot.channels.telegram.inline import Find
from bot.channels.telegram.polling import Polling
from bot.messages import Inbound
from bot.store.store import Pending, Ticked
from bot.turns import Turns
from dialogs.advance import Dialog
from dialogs.session import Session
from tests.bot.telegram.standin.server import Standin

SECRET = b"a secret of the tests"


@dataclass
class Kept:
    """One conversation."""

    session: Session | None = None
    runs: int = 0
    ticked: Ticked | None = None
    anchor: str | None = None
    refs: dict[str, str] = field(default_factory=dict)

    def resumable(self, token: str) -> Session | None:
        return None

    def export(self) -> dict[str, Any]:
        return {}


class Desk:
    """Serves a stand-in from entering to leaving."""

    def __init__(self, standin: Standin, dialog: Dialog, find: Find | None = None) -> None:
        self._standin, self._dialog, self._find = standin, dialog, find
        self.kept: dict[str, Kept] = {}
        self.failure: BaseException | None = None
        self._ready = threading.Event()
        self._stop: asyncio.Event
        self._loop: asyncio.AbstractEventLoop
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True)

    def __enter__(self) -> Desk:
        self._thread.start()
        assert self._ready.wait(10)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(10)

    def settle(self) -> None:
        """Wait until every update was answered."""
        end = time.monotonic() + 20
        while self._standin.world.waiting and self.failure is None:
            assert time.monotonic() < end, "the bot does not answer"
            time.sleep(0.002)
        if self.failure is not None:
            raise self.failure

    async def _serve(self) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        world = self._standin.world
        async with make_bot(world.token, Limits(pool=4), self._standin.url) as bot:
            self.channel = TelegramChannel(bot, SECRET)
            self._turns = Turns(self._dialog, {self.channel.name: self.channel}, world.clock)
            polling = Polling(self.channel, self._receive, world.clock, self._find, wait=5)
            task = asyncio.create_task(polling.run())
            self._ready.set()
            stopped = asyncio.create_task(self._stop.wait())
            await asyncio.wait((task, stopped), return_when=asyncio.FIRST_COMPLETED)
            if task.done():
                self.failure = task.exception()
            task.cancel()

    async def _receive(self, messages: Sequence[Inbound]) -> None:
        for message in messages:
            await self._answer(message)

    async def _answer(self, message: Inbound) -> None:
        kept = self.kept.setdefault(message.conversation, Kept())
        pending = Pending(message, kept.session, kept.runs, kept.ticked, kept.refs)
        before = kept.session
        outcome = self._turns.work(pending, kept)
        assert outcome.session is not None
        kept.session, kept.ticked = outcome.session, outcome.ticked
        kept.runs = int(outcome.session.id.rpartition(":")[2])
        for event in outcome.session.events[len(before.events) if before is not None else 0 :]:
            if event.kind == "answered":
                kept.refs[message.ref or ""] = event.question
        for operation in outcome.operations:
            ref = await self.channel.send(message.address, operation, kept.anchor)
            if operation.anchor:
                kept.anchor = ref
