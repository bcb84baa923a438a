"""One update as it came in, from a long poll or a webhook: what it brings, told apart and counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import structlog
from telegram.constants import UpdateType

from bot.channels.channel import BadMessageError
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.inline import Question, read_inline
from bot.messages import Inbound
from bot.metrics import RECEIVED

KINDS = (UpdateType.MESSAGE, UpdateType.EDITED_MESSAGE, UpdateType.CALLBACK_QUERY, UpdateType.INLINE_QUERY)
"""The kinds of updates asked for."""

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Taken:
    """What some updates bring: messages to keep, and inline queries to answer at once."""

    messages: tuple[Inbound, ...]
    inline: tuple[Question, ...]


def take(channel: TelegramChannel, updates: Sequence[object], arrived: float) -> Taken:
    """Read updates; one that cannot be read is counted and left, so that it blocks nothing behind it."""
    messages: list[Inbound] = []
    inline: list[Question] = []
    for raw in updates:
        try:
            message, question = channel.read(raw, arrived), read_inline(raw)
        except BadMessageError as error:
            RECEIVED.labels(channel.name, "unreadable").inc()
            _log.warning("update_unreadable", why=str(error))
            continue
        messages += [message] if message is not None else []
        inline += [question] if question is not None else []
    return Taken(tuple(messages), tuple(inline))
