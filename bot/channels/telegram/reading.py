"""An update of Telegram as a message of a conversation. Pure; anything may come in."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pydantic import ValidationError

from bot.channels.channel import BadMessageError
from bot.channels.telegram.addressed import Me, words_for
from bot.channels.telegram.buttons import read_button
from bot.channels.telegram.commands import NAMES
from bot.channels.telegram.updates import CallbackQuery, Message, Update
from bot.identity import conversation_of
from bot.messages import Edited, Inbound, Started, Typed, Unsupported
from bot.messages import Message as Said

NAME = "telegram"
UNREADABLE = {
    "photo": "图片", "voice": "语音", "audio": "音频", "video": "视频", "video_note": "视频", "animation": "动图",
    "sticker": "贴纸", "document": "文件", "location": "位置", "venue": "地点", "contact": "名片", "poll": "投票",
    "dice": "骰子", "game": "游戏", "story": "动态", "invoice": "账单", "paid_media": "付费内容", "checklist": "清单",
    "giveaway": "抽奖",
}  # fmt: skip
"""The kinds of content nothing can be read from, by the field that holds it, as people call them."""

_COMMANDS = frozenset(f"/{name}" for name in (*NAMES, "start"))
_START = re.compile(r"/start(?:\s+(.*))?", re.DOTALL)
_ARGUMENT = re.compile(r"[A-Za-z0-9_-]{1,64}")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def read(raw: object, arrived: float, me: Me, secret: bytes) -> Inbound | None:
    """The message an update brings; ``None`` when it is not meant for the assistant.

    Args:
        raw: the update as parsed JSON.
        arrived: when it came in, in epoch seconds.
        me: who the assistant is, to tell in groups whether it is addressed.
        secret: the key of the hash a conversation is known by.

    Raises:
        BadMessageError: when it is no update.
    """
    update = checked(raw)
    if update.callback_query is not None:
        return _pressed(update, update.callback_query, arrived, secret)
    message = update.message or update.edited_message
    if message is None or not _from_somebody(message, me):
        return None
    said = _edited(message, me) if update.message is None else _said(message, raw, me)
    if said is None:
        return None
    key = f"album:{message.media_group_id}" if message.media_group_id is not None else str(update.update_id)
    return _inbound(key, update.update_id, message, said, arrived, secret)


def checked(raw: object) -> Update:
    """An update whose fields in use are what they should be.

    Raises:
        BadMessageError: with where it is wrong, and nothing of what was said.
    """
    try:
        return Update.model_validate(raw)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False, include_context=False)[0]
        place = ".".join(str(part) for part in first["loc"][:6])
        raise BadMessageError(f"{place or 'update'}: {first['type']}") from None


def _from_somebody(message: Message, me: Me) -> bool:
    """Whether a person wrote it here: not a channel, another bot, or a result of the assistant's own pasted in."""
    if message.chat.type == "channel" or message.is_automatic_forward or message.sender is None:
        return False
    if message.via_bot is not None and message.via_bot.id == me.id:
        return False
    # an administrator who writes as the group comes as a bot, with the group as the sender
    return not message.sender.is_bot or (message.sender_chat is not None and message.sender_chat.id == message.chat.id)


def _said(message: Message, raw: object, me: Me) -> Said | None:
    words = words_for(message, me, _COMMANDS)
    if words is None:
        return None
    if message.text is not None:
        return _typed(words)
    fields = raw["message"] if isinstance(raw, Mapping) else {}
    kind = next((name for name in UNREADABLE if name in fields), None)
    return None if kind is None else Unsupported(what=UNREADABLE[kind])


def _typed(words: str) -> Said:
    words = _CONTROLS.sub("", words).strip()
    opened = _START.fullmatch(words)
    if opened is None:
        return Typed(text=words)
    argument = _ARGUMENT.fullmatch((opened[1] or "").strip())
    return Started(argument=argument[0] if argument is not None else None)


def _edited(message: Message, me: Me) -> Said | None:
    words = words_for(message, me, _COMMANDS) if message.text is not None else None
    return None if words is None else Edited(text=_CONTROLS.sub("", words).strip())


def _pressed(update: Update, query: CallbackQuery, arrived: float, secret: bytes) -> Inbound | None:
    if query.message is None:  # in a chat nobody may answer in; what is sent there has no buttons
        return None
    said: Said | None = read_button(query.data) if query.data is not None else None
    said = said or Unsupported(what="button")
    return _inbound(str(update.update_id), update.update_id, query.message, said, arrived, secret, query.id)


def _inbound(
    key: str, order: int, message: Message, said: Said, arrived: float, secret: bytes, callback: str | None = None
) -> Inbound:
    return Inbound(
        channel=NAME,
        dedupe_key=key,
        conversation=conversation_of(secret, NAME, message.address),
        address=message.address,
        message=said,
        arrived=arrived,
        order=order,
        ref=str(message.message_id),
        callback=callback,
    )
