"""Updates on their way to the bot: by long poll in one order, or brought to a webhook, each queue in its order."""

from __future__ import annotations

import asyncio
import contextlib
from typing import Any

import httpx

from tests.bot.telegram.standin.checks import Parameters, number
from tests.bot.telegram.standin.errors import ApiError
from tests.bot.telegram.standin.methods import allow
from tests.bot.telegram.standin.world import Waiting, World

_HEADER = "X-Telegram-Bot-Api-Secret-Token"


class Delivery:
    """Lives in the server's loop. ``back_off``: seconds before a failed delivery is repeated, doubling."""

    def __init__(self, world: World, back_off: float = 0.02) -> None:
        self._world, self._back_off = world, back_off
        self._news = asyncio.Event()
        self._polls = self._passed = 0
        self._ended = False
        self._under_way: dict[str, asyncio.Task[None]] = {}
        self._bringing = asyncio.create_task(self._bring())
        self.attempts: list[tuple[int, int]] = []  # update id, status (0: nobody answered)

    def wake(self) -> None:
        self._news.set()

    def end(self) -> None:
        """Bring nothing more, and have polls that wait end at once."""
        self._ended = True
        for task in (self._bringing, *self._under_way.values()):
            task.cancel()
        self._news.set()

    async def poll(self, given: Parameters) -> Any:
        """``getUpdates``: asking with an offset acknowledges everything before it."""
        world = self._world
        with world.lock:
            if world.webhook is not None:
                raise ApiError(409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook "
                                    "to delete the webhook first")  # fmt: skip
            allow(world, given)
            offset = number(given, "offset", 0)
            world.waiting = [update for update in world.waiting if update.id >= offset]
        self._polls += 1
        self._news.set()  # ends an earlier poll
        mine = self._polls
        end = asyncio.get_running_loop().time() + number(given, "timeout", 0)
        while True:
            if mine != self._polls:
                raise ApiError(409, "Conflict: terminated by other getUpdates request; make sure that only one bot "
                                    "instance is running")  # fmt: skip
            with world.lock:
                found = [update.raw for update in world.waiting[: number(given, "limit", 100)]]
            left = end - asyncio.get_running_loop().time()
            if found or left <= 0 or self._ended:
                return found
            self._news.clear()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._news.wait(), left)

    async def _bring(self) -> None:
        """Bring updates to the webhook, as long as there is one."""
        async with httpx.AsyncClient(timeout=30) as client:
            while True:
                self._news.clear()
                for queue in self._queues():
                    if queue not in self._under_way:
                        task = asyncio.create_task(self._queue(client, queue))
                        self._under_way[queue] = task
                await self._news.wait()

    def _queues(self) -> list[str]:
        with self._world.lock:
            return list(dict.fromkeys(update.queue for update in self._world.waiting)) if self._world.webhook else []

    async def _queue(self, client: httpx.AsyncClient, queue: str) -> None:
        failures = 0
        try:
            while (update := self._first(queue)) is not None:
                if await self._brought(client, update):
                    failures = 0
                    with self._world.lock:
                        self._world.waiting.remove(update)
                else:
                    failures += 1
                    await asyncio.sleep(self._back_off * 2 ** min(failures - 1, 6))
        finally:
            self._under_way.pop(queue, None)
            self._news.set()

    def _first(self, queue: str) -> Waiting | None:
        with self._world.lock:
            if self._world.webhook is None:
                return None
            return next((update for update in self._world.waiting if update.queue == queue), None)

    def _place(self, url: str) -> str:
        """Where an update goes: as a proxy that ends TLS passes it on, to one of the processes behind it."""
        if not self._world.behind:
            return url
        self._passed += 1
        return self._world.behind[self._passed % len(self._world.behind)] + httpx.URL(url).path

    async def _brought(self, client: httpx.AsyncClient, update: Waiting) -> bool:
        webhook = self._world.webhook
        if webhook is None:
            return False
        headers = {_HEADER: webhook.secret} if webhook.secret else {}
        await asyncio.sleep(self._world.on_the_way(update.queue))
        try:
            answer = await client.post(self._place(webhook.url), json=update.raw, headers=headers)
        except httpx.HTTPError:
            self.attempts.append((update.id, 0))
            return False
        self.attempts.append((update.id, answer.status_code))
        return answer.is_success
