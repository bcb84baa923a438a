"""Making the calls ``rendering.py`` planned."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    LinkPreviewOptions,
    ReplyParameters,
)
from telegram.constants import ChatAction, ParseMode
from telegram.error import ChatMigrated, TelegramError

from bot.channels.channel import file_content
from bot.channels.telegram.failures import DONE, GONE, meaning, says
from bot.channels.telegram.rendering import ANSWER, BARE, EDIT, FILE
from bot.messages import Operation

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


async def send(bot: Bot, address: str, operation: Operation, anchor: str | None) -> str | None:
    """Make one planned call; may be repeated after any failure.

    What cannot be repeated without being seen twice, a new message, always comes last.

    Args:
        bot: the client.
        address: the chat, and the topic if any.
        operation: the call.
        anchor: the message that held the current question before.

    Returns:
        The id of the message left in the chat; ``None`` when the call leaves none.

    Raises:
        SendError: of the kind that says what to do next.
    """
    chat, topic = place(address)
    try:
        try:
            return await _call(bot, chat, topic, operation, anchor)
        except ChatMigrated as moved:  # the group became a supergroup; the old id stays unusable
            return await _call(bot, moved.new_chat_id, None, operation, None)
    except TelegramError as error:
        raise meaning(error) from None


async def busy(bot: Bot, address: str) -> None:
    """Show for five seconds that an answer is being written.

    Raises:
        SendError: when the call fails.
    """
    chat, topic = place(address)
    try:
        await bot.send_chat_action(chat, ChatAction.TYPING, message_thread_id=topic)
    except TelegramError as error:
        raise meaning(error) from None


def place(address: str) -> tuple[int, int | None]:
    """The chat and the topic an address stands for."""
    chat, _, topic = address.partition(":")
    return int(chat), int(topic) if topic else None


async def _call(bot: Bot, chat: int, topic: int | None, operation: Operation, anchor: str | None) -> str | None:
    body = operation.body
    if operation.kind == ANSWER:
        await _answer(bot, body["id"])
        return None
    if operation.kind == BARE:
        for message in {body["message"], anchor}:
            await _bare(bot, chat, message)
        return None
    if operation.kind == EDIT:
        return await _edit(bot, chat, topic, body, anchor)
    if operation.kind == FILE:
        return await _file(bot, chat, topic, body)
    return await _message(bot, chat, topic, body)


async def _answer(bot: Bot, callback: str) -> None:
    try:
        await bot.answer_callback_query(callback)
    except TelegramError as error:
        if not says(error, DONE):
            raise


async def _bare(bot: Bot, chat: int, message: str | None) -> None:
    """Take a message's keyboard away; a message that is gone has none."""
    if message is None:
        return
    try:
        await bot.edit_message_reply_markup(chat, int(message))
    except TelegramError as error:
        if not says(error, DONE + GONE):
            raise


async def _edit(bot: Bot, chat: int, topic: int | None, body: Mapping[str, Any], anchor: str | None) -> str:
    """Turn the pressed message into the next question, unless the question stands in another one by now."""
    message = body["message"]
    if anchor is not None and anchor != message:
        for other in (message, anchor):
            await _bare(bot, chat, other)
        return await _message(bot, chat, topic, body)
    try:
        await bot.edit_message_text(
            body["text"],
            chat,
            int(message),
            parse_mode=ParseMode.HTML,
            reply_markup=_keyboard(body),
            link_preview_options=_NO_PREVIEW,
        )
    except TelegramError as error:
        if says(error, GONE):
            return await _message(bot, chat, topic, body)
        if not says(error, DONE):
            raise
    return str(message)


async def _message(bot: Bot, chat: int, topic: int | None, body: Mapping[str, Any]) -> str:
    sent = await bot.send_message(
        chat,
        body["text"],
        parse_mode=ParseMode.HTML,
        message_thread_id=topic,
        reply_markup=_keyboard(body),
        reply_parameters=_reply(body),
        link_preview_options=_NO_PREVIEW,
    )
    return str(sent.message_id)


async def _file(bot: Bot, chat: int, topic: int | None, body: Mapping[str, Any]) -> str:
    content = file_content(body, encoding="utf-8-sig")  # with the mark that tells every editor the encoding
    sent = await bot.send_document(
        chat,
        InputFile(content, filename=body["name"]),
        message_thread_id=topic,
        reply_parameters=_reply(body),
    )
    return str(sent.message_id)


def _keyboard(body: Mapping[str, Any]) -> InlineKeyboardMarkup | None:
    rows = body.get("keyboard")
    if not rows:
        return None
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(label, callback_data=data) for label, data in row] for row in rows]
    )


def _reply(body: Mapping[str, Any]) -> ReplyParameters | None:
    message = body.get("reply")
    return None if message is None else ReplyParameters(int(message), allow_sending_without_reply=True)
