"""Telegram as a channel."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import Bot

from bot.channels.telegram import reading, sending
from bot.channels.telegram.addressed import Me
from bot.channels.telegram.rendering import render
from bot.messages import Inbound, Operation
from dialogs.replies import Reply


class TelegramChannel:
    """One bot. ``bot`` must be initialized: it then knows its own name."""

    name = reading.NAME
    ack_deadline = 20.0  # Telegram gives up a webhook's answer after about half a minute
    links_reports = False

    def __init__(self, bot: Bot, secret: bytes) -> None:
        """``secret``: the key of the hash a conversation is known by."""
        self.bot = bot
        self._me, self._secret = Me(bot.id, bot.username), secret

    def read(self, raw: object, arrived: float) -> Inbound | None:
        """See :func:`bot.channels.telegram.reading.read`."""
        return reading.read(raw, arrived, self._me, self._secret)

    def render(self, replies: Sequence[Reply], to: Inbound, *, late: bool) -> tuple[Operation, ...]:
        """See :func:`bot.channels.telegram.rendering.render`."""
        return render(replies, to, late=late)

    async def send(self, address: str, operation: Operation, anchor: str | None) -> str | None:
        """See :func:`bot.channels.telegram.sending.send`."""
        return await sending.send(self.bot, address, operation, anchor)

    async def busy(self, address: str) -> None:
        """See :func:`bot.channels.telegram.sending.busy`."""
        await sending.busy(self.bot, address)
