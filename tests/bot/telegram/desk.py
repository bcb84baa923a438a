"""The assistant serving a stand-in by long polling, put together as a real process is, over a file of its own."""

from __future__ import annotations

import asyncio
import threading
import time
from pathlib import Path

from pydantic import SecretStr

from bot.assembly import Parts, assemble
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.client import Limits, make_bot
from bot.channels.telegram.inline import Find
from bot.channels.telegram.polling import Polling
from bot.channels.telegram.reading import NAME
from bot.identity import conversation_of
from bot.settings import Settings
from bot.store.store import Store
from dialogs.advance import Dialog
from dialogs.session import Session
from tests.bot.telegram.standin.server import Standin

SECRET = b"a secret of the tests"
_PATIENCE = 30.0  # seconds for one answer; only a bot that hangs needs them


class Desk:
    """Serves a stand-in from entering to leaving."""

    def __init__(self, standin: Standin, dialog: Dialog, folder: Path, find: Find | None = None) -> None:
        self._standin, self._dialog, self._find = standin, dialog, find
        self._settings = Settings(data=folder, secret_key=SecretStr(SECRET.decode()))
        self.store: Store
        self.parts: Parts
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

    def session(self, address: str) -> Session:
        """What is known of the conversation in a chat."""
        session = self.store.session(conversation_of(SECRET, NAME, address))
        assert session is not None
        return session

    def settle(self) -> None:
        """Wait until every update was answered, as far as anybody can be answered."""
        end = time.monotonic() + _PATIENCE
        while self._busy() and self.failure is None:
            assert time.monotonic() < end, "the bot does not answer"
            time.sleep(0.002)
        if self.failure is not None:
            raise self.failure

    def _busy(self) -> bool:
        if self._standin.world.waiting:
            return True
        backlog = self.store.backlog()
        return backlog.inbox > 0 or (backlog.outbox > 0 and not backlog.paused)

    async def _serve(self) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        world = self._standin.world
        async with make_bot(world.token, Limits(pool=4, read=2.0), self._standin.url) as bot:
            channel = TelegramChannel(bot, SECRET)
            parts = assemble(self._settings, self._dialog, [channel], world.clock)
            self.store, self.parts = parts.store, parts
            async with parts.running():
                polling = Polling(channel, parts.runner.receive, world.clock, self._find, wait=5)
                task = asyncio.create_task(polling.run())
                stopped = asyncio.create_task(self._stop.wait())
                self._ready.set()
                await asyncio.wait((task, stopped), return_when=asyncio.FIRST_COMPLETED)
                if task.done():
                    self.failure = task.exception()
                task.cancel()
