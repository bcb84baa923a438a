"""Long polling: updates are asked for, kept, and only then acknowledged by asking for the next."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import structlog
from telegram.error import Conflict, EndPointNotFound, InvalidToken, RetryAfter, TelegramError

from bot.channels.channel import SendError
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.failures import BAD_TOKEN, meaning, seconds_of
from bot.channels.telegram.inline import Find, Question, answer_inline
from bot.channels.telegram.intake import KINDS, take
from bot.messages import Inbound
from bot.sender import backoff
from bot.store.store import StoreError

WAIT = 50  # seconds Telegram holds a poll open while nothing comes
BATCH = 100
SLOWEST = 60.0  # seconds between two tries
CONFLICT = "另一个程序正在用同一个机器人收消息（409）。停掉那一个，或换一个机器人；收到的消息不会丢"

_GET_UPDATES = (
    "get_Updates"  # spelled so because the library warns of calls it has a method for; that one parses all or none
)

_log = structlog.get_logger(__name__)
Receive = Callable[[Sequence[Inbound]], Awaitable[None]]
"""Keeps messages; raises StoreError when it cannot."""


class PollingError(Exception):
    """Polling cannot go on; the message (Chinese) says what to do."""


@dataclass
class Polling:
    """One loop. ``sleep`` and ``clock`` (epoch seconds) are given, so that tests need not wait.

    ``find``: answers inline queries; ``None`` where there is no search.
    """

    channel: TelegramChannel
    receive: Receive
    clock: Callable[[], float]
    find: Find | None = None
    wait: int = WAIT
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    _offset: int | None = None
    _failures: int = 0
    _aside: set[asyncio.Task[None]] = field(default_factory=set)

    async def run(self) -> None:
        """Ask for updates until cancelled.

        Raises:
            PollingError: when the token is refused.
        """
        try:
            await self._without_webhook()
            while True:
                await self._round()
        finally:
            for task in self._aside:
                task.cancel()

    async def _round(self) -> None:
        try:
            updates = await self._ask()
            if updates:
                await self._keep(updates)
            self._failures = 0
        except (InvalidToken, EndPointNotFound):
            raise PollingError(BAD_TOKEN) from None
        except Conflict:
            _log.error("polling_conflict", why=CONFLICT)
            await self._pause()
        except TelegramError as error:
            _log.warning("polling_failed", why=str(meaning(error)))
            await self._pause(_asked_to_wait(error))
        except StoreError as error:
            # Nothing of this batch is acknowledged: it is asked for again, and what was kept already is known.
            _log.error("updates_not_kept", why=str(error))
            await self._pause()

    async def _without_webhook(self) -> None:
        """Telegram gives updates to a webhook or to polls, not to both."""
        while True:
            try:
                await self.channel.bot.delete_webhook(drop_pending_updates=False)
            except InvalidToken:
                raise PollingError(BAD_TOKEN) from None
            except TelegramError as error:
                _log.warning("polling_failed", why=str(meaning(error)))
                await self._pause(_asked_to_wait(error))
            else:
                self._failures = 0
                return

    async def _ask(self) -> Sequence[Mapping[str, Any]]:
        """The next updates as they are; ones of a kind no library knows yet do not stop the others."""
        parameters: dict[str, Any] = {"timeout": self.wait, "limit": BATCH, "allowed_updates": list(KINDS)}
        if self._offset is not None:
            parameters["offset"] = self._offset
        asked: Any = await self.channel.bot.do_api_request(_GET_UPDATES, parameters, read_timeout=self.wait + 15.0)
        return [update for update in asked if isinstance(update, Mapping)] if isinstance(asked, list) else []

    async def _keep(self, updates: Sequence[Mapping[str, Any]]) -> None:
        taken = take(self.channel, updates, self.clock())
        await self.receive(taken.messages)
        for question in taken.inline if self.find is not None else ():
            self._answer(question)
        ids = [number for update in updates if isinstance(number := update.get("update_id"), int)]
        if ids:
            self._offset = max(ids) + 1
        else:  # nothing can be acknowledged: whatever answers is not Telegram
            await self._pause()

    def _answer(self, question: Question) -> None:
        task = asyncio.create_task(answered(self.channel, question, self.find))
        self._aside.add(task)
        task.add_done_callback(self._aside.discard)

    async def _pause(self, seconds: float | None = None) -> None:
        self._failures += 1
        await self.sleep(seconds if seconds is not None else min(SLOWEST, backoff(self._failures)))


async def answered(channel: TelegramChannel, question: Question, find: Find | None) -> None:
    """Answer an inline query; when it fails, the next letter typed asks again."""
    if find is None:
        return
    try:
        await answer_inline(channel.bot, question, find)
    except SendError as error:
        _log.warning("inline_not_answered", why=str(error))


def _asked_to_wait(error: TelegramError) -> float | None:
    return seconds_of(error) if isinstance(error, RetryAfter) else None
