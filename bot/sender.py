"""Sends what turns queued: in order within a chat, chats side by side, with retries that hold up nobody else.

A call whose answer never came may have had its effect (Telegram's sendMessage has no key to recognise a repeat), so a
message can go out twice in that one window, and when the process ends between a call and the note that it was made.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field

import structlog

from bot.channels.channel import (
    AmbiguousError,
    BlockedError,
    Channel,
    LaterError,
    RefusedError,
    SendError,
    UnreachableError,
)
from bot.metrics import SENDS
from bot.store.store import Delivery, Scope, Sending, Store, StoreError
from bot.traces import frames

AT_ONCE = 25  # calls under way; Telegram takes about 30 messages a second of one bot
SLOWEST = 300.0  # seconds between two tries of one call
GIVE_UP = 200  # tries: more than half a day
IDLE = 0.2  # seconds until the outbox is looked at again unasked (another process may have filled it)
NOT_ELECTED = 2.0  # seconds until it is tried again to become the sender

_log = structlog.get_logger(__name__)


@dataclass
class Sender:
    """One sender of one scope. ``sleep`` and ``clock`` (epoch seconds) are given, so that tests need not wait."""

    store: Store
    channels: Mapping[str, Channel]
    scope: Scope
    clock: Callable[[], float]
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    _poked: asyncio.Event = field(default_factory=asyncio.Event)
    _under_way: set[asyncio.Task[None]] = field(default_factory=set)
    _stop_at: float | None = None

    def poke(self) -> None:
        """Something was queued."""
        self._poked.set()

    def drain(self, seconds: float) -> None:
        """Have :meth:`run` end when nothing is left to send, or after so many seconds."""
        self._stop_at = self.clock() + seconds
        self.poke()

    async def run(self) -> None:
        """Send until told to :meth:`drain`; wait to be elected where another process sends."""
        failures = 0
        while self._stop_at is None:
            try:
                with ExitStack() as stack:
                    elected = await asyncio.to_thread(stack.enter_context, self.store.sending(self.scope))
                    while await self._round(elected):
                        failures = 0
            except StoreError as error:
                failures += 1
                _log.error("outbox_unreadable", why=str(error))
            if self._under_way:
                await asyncio.wait(self._under_way)
            if self._stop_at is None:
                await self.sleep(NOT_ELECTED if failures == 0 else backoff(failures))

    async def _round(self, elected: Sending) -> bool:
        """Start what can be sent now; false when this process is not (or no longer) to send."""
        if self._stop_at is not None and self.clock() > self._stop_at:
            return False
        self._poked.clear()
        room = AT_ONCE - len(self._under_way)
        claimed = await asyncio.to_thread(self._claim, elected, room) if room > 0 else []
        if claimed is None:
            return False
        for delivery in claimed:
            task = asyncio.create_task(self._deliver(delivery))
            self._under_way.add(task)
            task.add_done_callback(self._over)
        if claimed:
            return True
        if self._stop_at is not None and not self._under_way:
            return False
        with suppress(TimeoutError):
            await asyncio.wait_for(self._poked.wait(), IDLE)
        return True

    def _claim(self, elected: Sending, room: int) -> list[Delivery] | None:
        return self.store.claim(self.scope, room, self.clock()) if elected else None

    def _over(self, task: asyncio.Task[None]) -> None:
        self._under_way.discard(task)
        self.poke()

    async def _deliver(self, delivery: Delivery) -> None:
        try:
            await asyncio.to_thread(await self._sent(delivery))
        except StoreError as error:
            # The call is still noted as under way: whoever sends next queues it again.
            _log.error("outbox_unwritable", why=str(error), delivery=delivery.id)

    async def _sent(self, delivery: Delivery) -> Callable[[], None]:
        """Make the call; returns what to note of it."""
        store, why = self.store, ""
        try:
            ref = await self.channels[delivery.channel].send(delivery.address, delivery.operation, delivery.anchor)
        except LaterError as error:
            SENDS.labels(delivery.channel, "later").inc()
            due, why = self.clock() + error.seconds, str(error)
            return lambda: store.retry(delivery, due, why)
        except (UnreachableError, AmbiguousError) as error:
            return self._again(delivery, error)
        except BlockedError as error:
            SENDS.labels(delivery.channel, "blocked").inc()
            why = str(error)
            return lambda: store.pause(delivery, why)
        except RefusedError as error:
            why = str(error)
        except Exception as error:  # a fault of ours must not stop everybody else's messages
            _log.error("send_failed", error=type(error).__name__, at=frames(error), delivery=delivery.id)
            why = f"内部错误 {type(error).__name__}"
        else:
            SENDS.labels(delivery.channel, "sent").inc()
            return lambda: store.sent(delivery, ref)
        SENDS.labels(delivery.channel, "dead").inc()
        _log.error("send_refused", why=why, delivery=delivery.id)
        return lambda: store.bury(delivery, why)

    def _again(self, delivery: Delivery, error: SendError) -> Callable[[], None]:
        kind = "ambiguous" if isinstance(error, AmbiguousError) else "unreachable"
        SENDS.labels(delivery.channel, kind).inc()
        why = str(error)
        if delivery.attempts + 1 >= GIVE_UP:
            return lambda: self.store.bury(delivery, why)
        due = self.clock() + backoff(delivery.attempts + 1)
        return lambda: self.store.retry(delivery, due, why)


def backoff(failures: int) -> float:
    """Seconds to wait after so many failures in a row: half a second, doubling, five minutes at most."""
    return float(min(SLOWEST, 0.5 * 2 ** min(failures - 1, 12)))
