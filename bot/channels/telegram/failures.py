"""What a failed call of the Bot API means for the one who made it."""

from __future__ import annotations

import re
from datetime import timedelta

import httpx
from telegram.error import (
    BadRequest,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.channels.channel import (
    AmbiguousError,
    BlockedError,
    LaterError,
    RefusedError,
    SendError,
    UnreachableError,
)

DONE = ("message is not modified", "query is too old", "query id is invalid", "message can't be deleted")
"""Refusals that mean: there is nothing left to do."""
GONE = (
    "message to edit not found",
    "message can't be edited",
    "message_id_invalid",
    "message identifier is not specified",
)
"""Refusals that mean: the message cannot be edited any more."""

NO_RIGHTS = ("not enough rights", "have no rights", "chat_write_forbidden", "chat_restricted")
"""Refusals that mean: the group does not let the assistant write, for now."""

_NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)
_QUOTED = re.compile(r'"[^"]*"|\d{6,}:[\w-]{20,}')
BAD_TOKEN = "Telegram 不认这个机器人令牌。请核对 HUIQI_TELEGRAM_TOKEN，或找 BotFather 重新取一个"  # noqa: S105


def says(error: TelegramError, phrases: tuple[str, ...]) -> bool:
    """Whether the other side's answer holds one of the phrases."""
    return isinstance(error, BadRequest) and any(phrase in error.message.lower() for phrase in phrases)


def meaning(error: TelegramError) -> SendError:
    """The error of a channel that says what to do next. Holds neither the token nor anything said in a chat."""
    why = _QUOTED.sub('"…"', error.message)[:120]
    if isinstance(error, RetryAfter):
        return LaterError(seconds_of(error), "Telegram 要求稍后再发（429）")
    if isinstance(error, Forbidden) or says(error, NO_RIGHTS):
        return BlockedError(f"对方不收消息：{why}")
    if isinstance(error, InvalidToken):
        return UnreachableError(BAD_TOKEN)  # a fault of the installation: what is to be sent waits until it is mended
    if isinstance(error, BadRequest):
        return RefusedError(f"Telegram 不接受：{why}")
    if isinstance(error.__cause__, _NOT_SENT):
        return UnreachableError("连不上 Telegram")
    if isinstance(error, TimedOut):
        return AmbiguousError("Telegram 没有及时回答")
    if isinstance(error, NetworkError | Conflict):
        return AmbiguousError(f"Telegram 出错：{_failure(error, why)}")
    return RefusedError(f"Telegram 不接受：{why}")


def seconds_of(error: RetryAfter) -> float:
    """How long Telegram wants to be left alone; the library is about to change the type."""
    delay = error.retry_after
    return delay.total_seconds() if isinstance(delay, timedelta) else float(delay)


def _failure(error: TelegramError, why: str) -> str:
    """What a library says of a broken connection may name the address; only the kind is told."""
    return type(error.__cause__).__name__ if error.__cause__ is not None else why
