"""The words of a message meant for the assistant: all of them in a private chat, in a group only when it is addressed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.channels.telegram.updates import Entity, Message


@dataclass(frozen=True, slots=True)
class Me:
    """Who the assistant is in Telegram."""

    id: int
    username: str


def words_for(message: Message, me: Me, commands: frozenset[str]) -> str | None:
    """What is said to the assistant, its name cut out; ``None`` when the message is for somebody else.

    In groups: a command it knows, a command or mention that names it, or a reply to a message of its own.
    """
    text, entities = _marked(message)
    private = message.chat.type == "private"
    command = _command(text, entities)
    if command is not None:
        name, _, addressee = command.partition("@")
        if addressee:
            ours = addressee.lower() == me.username.lower()
            return name + _after(text, len(command)) if ours else (text if private else None)
        return text if private or name in commands or _answers(message, me) else None
    mentions = [entity for entity in entities if _mentions(text, entity, me)]
    if private or mentions or _answers(message, me):
        return _without(text, mentions)
    return None


def _marked(message: Message) -> tuple[str, Sequence[Entity]]:
    if message.text is not None:
        return message.text, message.entities
    return message.caption or "", message.caption_entities


def _command(text: str, entities: Sequence[Entity]) -> str | None:
    """The command a text begins with, as ``/name`` or ``/name@bot``."""
    for entity in entities:
        if entity.type == "bot_command" and entity.offset == 0:
            return _stretch(text, entity)
    return None


def _after(text: str, length: int) -> str:
    rest = text[length:].strip()
    return f" {rest}" if rest else ""


def _mentions(text: str, entity: Entity, me: Me) -> bool:
    if entity.type == "mention":
        return _stretch(text, entity).lower() == f"@{me.username}".lower()
    return entity.type == "text_mention" and entity.user is not None and entity.user.id == me.id


def _answers(message: Message, me: Me) -> bool:
    replied = message.reply_to_message
    return replied is not None and replied.sender is not None and replied.sender.id == me.id


def _stretch(text: str, entity: Entity) -> str:
    units = text.encode("utf-16-le", "replace")
    return units[2 * entity.offset : 2 * (entity.offset + entity.length)].decode("utf-16-le", "replace")


def _without(text: str, entities: Sequence[Entity]) -> str:
    units = text.encode("utf-16-le", "replace")
    for entity in sorted(entities, key=lambda found: -found.offset):
        units = units[: 2 * entity.offset] + units[2 * (entity.offset + entity.length) :]
    return units.decode("utf-16-le", "replace").strip()
