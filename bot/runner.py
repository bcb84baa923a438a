"""Runs conversations: keeps what comes in, processes it a turn at a time, has it sent, and stops without losing any."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

import structlog

from bot.channels.channel import Channel, SendError
from bot.messages import Inbound
from bot.metrics import HANDOVERS, RECEIVED, TURN_SECONDS, TURNS, WAIT_SECONDS
from bot.sender import Sender, backoff
from bot.store.store import Scope, Store, StoreError
from bot.traces import frames
from bot.turns import Turns

IDLE = 0.5  # seconds until the inbox is looked at again unasked (another process may have left something)
SLOW = 1.0  # seconds after which a person is shown that an answer is being made
EXPIRE = 3600.0  # seconds between two looks for conversations past their time
SWEEP = 5.0  # seconds between two looks for hand-overs whose time is over
NO_LONGER = 30.0  # seconds after which it is no longer shown
DRAIN = 10.0  # seconds given to what is under way when the process stops

_log = structlog.get_logger(__name__)


@dataclass
class Runner:
    """The moving parts of one process.

    ``workers``: how many conversations are processed at once. ``keep``: seconds after which a conversation nobody wrote
    in is erased. ``sweep``: ends hand-overs whose time is over (epoch seconds), told how each ended.
    """

    store: Store
    turns: Turns
    channels: Mapping[str, Channel]
    sender: Sender
    scope: Scope
    clock: Callable[[], float]
    workers: int = 1
    keep: float = float("inf")
    sweep: Callable[[float], Sequence[str]] | None = None
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    _poked: asyncio.Event = field(default_factory=asyncio.Event)
    _arrived: list[tuple[Sequence[Inbound], asyncio.Future[None]]] = field(default_factory=list)
    _keeping: asyncio.Task[None] | None = None
    _waiting: dict[str, Inbound] = field(default_factory=dict)
    _working: list[asyncio.Task[None]] = field(default_factory=list)
    _aside: list[asyncio.Task[None]] = field(default_factory=list)
    _sending: asyncio.Task[None] | None = None
    _stopping: bool = False

    async def receive(self, inbound: Sequence[Inbound]) -> None:
        """Keep messages; when this returns they may be acknowledged.

        Raises:
            StoreError: when they could not be kept: they must be delivered again.
        """
        if not inbound:
            return
        kept: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._arrived.append((inbound, kept))
        if len(self._arrived) == 1:
            self._keeping = asyncio.create_task(self._keep())
        await kept
        for message in inbound:
            self._waiting.setdefault(message.conversation, message)
        self._poked.set()

    async def _keep(self) -> None:
        """Write what arrived while the last write went on in one transaction: one wait for the disk serves all."""
        while self._arrived:
            together = self._arrived[:]
            messages = [message for inbound, _ in together for message in inbound]
            fault: Exception | None = None
            try:
                new = await asyncio.to_thread(self.store.receive, messages)
            except Exception as error:  # everybody who waits is told, and delivers again
                fault = error
            else:
                RECEIVED.labels(messages[0].channel, "new").inc(new)
                RECEIVED.labels(messages[0].channel, "known").inc(len(messages) - new)
            del self._arrived[: len(together)]
            for _, kept in together:
                if not kept.done():  # somebody may have stopped waiting
                    kept.set_result(None) if fault is None else kept.set_exception(fault)

    @property
    def working(self) -> bool:
        """Whether messages are being processed: started, and not told to stop."""
        return bool(self._working) and not self._stopping

    def start(self) -> None:
        """Begin to process and send, in the background."""
        self._working = [asyncio.create_task(self._work()) for _ in range(self.workers)]
        self._aside = [asyncio.create_task(self._show_slow()), asyncio.create_task(self._expire())]
        if self.sweep is not None:
            self._aside.append(asyncio.create_task(self._sweep(self.sweep)))
        self._sending = asyncio.create_task(self.sender.run())

    async def stop(self) -> None:
        """Let the turns under way end and their replies go out, then stop."""
        self._stopping = True
        self._poked.set()
        for task in self._aside:
            task.cancel()
        await asyncio.gather(*self._working, *self._aside, return_exceptions=True)
        self.sender.drain(DRAIN)
        if self._sending is not None:
            await self._sending

    async def _work(self) -> None:
        failures = 0
        while not self._stopping:
            self._poked.clear()
            try:
                done = await asyncio.to_thread(self._turn)
            except StoreError as error:
                failures += 1
                _log.error("store_failed", why=str(error))
                await self.sleep(min(backoff(failures), 30.0))
            except Exception as error:  # the message is tried again, then set aside; other chats go on
                TURNS.labels("", "failed").inc()
                _log.error("turn_failed", error=type(error).__name__, at=frames(error))
            else:
                failures = 0
                await self._after(done)

    def _turn(self) -> Inbound | None:
        begun = time.perf_counter()
        done = self.store.turn(self.turns.work, self.scope, self.clock())
        if done is not None:
            TURN_SECONDS.observe(time.perf_counter() - begun)
        return done

    async def _after(self, done: Inbound | None) -> None:
        if done is None:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._poked.wait(), IDLE)
            return
        TURNS.labels(done.channel, "done").inc()
        WAIT_SECONDS.observe(max(0.0, self.clock() - done.arrived))
        self._waiting.pop(done.conversation, None)
        self.sender.poke()

    async def _expire(self) -> None:
        """Erase what is past its time."""
        while not self._stopping:
            try:
                erased = await asyncio.to_thread(self.store.expire, self.clock() - self.keep)
            except StoreError as error:
                _log.error("expiry_failed", why=str(error))
            else:
                _log.info("expired", conversations=erased)
            await self.sleep(EXPIRE)

    async def _sweep(self, sweep: Callable[[float], Sequence[str]]) -> None:
        """End what nobody took, and what nobody said a word in for too long."""
        while not self._stopping:
            try:
                for how in await asyncio.to_thread(sweep, self.clock()):
                    HANDOVERS.labels(how).inc()
            except StoreError as error:
                _log.error("sweep_failed", why=str(error))
            self._poked.set()
            await self.sleep(SWEEP)

    async def _show_slow(self) -> None:
        """Show people who wait that an answer is being made."""
        while not self._stopping:
            await self.sleep(SLOW)
            for message in list(self._waiting.values()):
                waited = self.clock() - message.arrived
                if waited > NO_LONGER:  # another process has taken it long ago
                    self._waiting.pop(message.conversation, None)
                elif waited > SLOW:
                    await self._show(message)

    async def _show(self, message: Inbound) -> None:
        try:
            await self.channels[message.channel].busy(message.address)
        except SendError as error:
            _log.info("busy_not_shown", why=str(error))
