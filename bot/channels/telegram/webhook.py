"""The webhook: an update is acknowledged when it is kept, and not otherwise, so that Telegram brings it again."""

from __future__ import annotations

import asyncio
import hmac
import json
from collections.abc import Callable

import structlog
from fastapi import APIRouter, BackgroundTasks, Request, Response
from telegram.error import TelegramError

from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.failures import meaning
from bot.channels.telegram.inline import Find
from bot.channels.telegram.intake import KINDS, take
from bot.channels.telegram.polling import Receive, answered
from bot.store.store import StoreError

PATH = "/telegram"
LARGEST = 1 << 20  # bytes of one update
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - its name, not its value
CONNECTIONS = 40

_log = structlog.get_logger(__name__)


def webhook(
    channel: TelegramChannel, secret: str, receive: Receive, clock: Callable[[], float], find: Find | None = None
) -> APIRouter:
    """A router that takes updates at :data:`PATH` from whoever knows the secret.

    Args:
        channel: reads the updates.
        secret: what Telegram sends in :data:`SECRET_HEADER`.
        receive: keeps messages.
        clock: epoch seconds.
        find: answers inline queries; ``None`` where there is no search.
    """
    router = APIRouter()
    expected = secret.encode()

    @router.post(PATH, include_in_schema=False)
    async def take_update(request: Request, later: BackgroundTasks) -> Response:
        given = request.headers.get(SECRET_HEADER, "").encode()
        if not hmac.compare_digest(given, expected):
            return Response(status_code=403)
        body = await _body(request)
        if body is None:
            return Response(status_code=413)
        try:
            raw = json.loads(body)
        except (ValueError, RecursionError):
            return Response(status_code=400)
        taken = take(channel, [raw], clock())  # one that cannot be read is counted; again it would be no better
        try:
            await asyncio.wait_for(receive(taken.messages), channel.ack_deadline)
        except (StoreError, TimeoutError) as error:
            _log.error("update_not_kept", why=str(error) or "timeout")
            return Response(status_code=503)
        for question in taken.inline:
            later.add_task(answered, channel, question, find)
        return Response(status_code=200, background=later)

    return router


async def _body(request: Request) -> bytes | None:
    """The body, or ``None`` as soon as it is too large, whatever its length was said to be."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST:
            return None
    return bytes(body)


async def set_webhook(channel: TelegramChannel, url: str, secret: str) -> None:
    """Have Telegram bring updates to ``url`` + :data:`PATH`. What waits there already is kept.

    Raises:
        SendError: when Telegram does not take it.
    """
    try:
        await channel.bot.set_webhook(
            url.rstrip("/") + PATH, secret_token=secret, allowed_updates=list(KINDS), max_connections=CONNECTIONS
        )
    except TelegramError as error:
        raise meaning(error) from None


async def delete_webhook(channel: TelegramChannel) -> None:
    """Have Telegram keep updates for polls again.

    Raises:
        SendError: when Telegram does not take it.
    """
    try:
        await channel.bot.delete_webhook(drop_pending_updates=False)
    except TelegramError as error:
        raise meaning(error) from None
