"""What is used of Telegram's updates, checked. Fields nobody here reads are not looked at."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

_Id = Annotated[int, Field(ge=-(2**53), le=2**53)]  # Telegram's own promise: at most 52 significant bits
_LONGEST = 16_384  # UTF-8 of the longest message Telegram takes; beyond, it does not come from there
_Words = Annotated[str, Field(max_length=_LONGEST)]
_Token = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[!-~]+$")]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)


class User(_Part):
    """Somebody, or a bot."""

    id: _Id
    is_bot: bool
    username: str | None = None


class Chat(_Part):
    """Where something was written."""

    id: _Id
    type: Literal["private", "group", "supergroup", "channel"]


class Entity(_Part):
    """A marked stretch of a text; ``offset`` and ``length`` in UTF-16 units."""

    type: str
    offset: int = Field(ge=0, le=_LONGEST)
    length: int = Field(ge=0, le=_LONGEST)
    user: User | None = None


class RepliedTo(_Part):
    """The message another one answers."""

    sender: User | None = Field(default=None, alias="from")


class Message(_Part):
    """A message of any kind; which kind of content it holds is told by the names of its other fields."""

    message_id: _Id
    chat: Chat
    sender: User | None = Field(default=None, alias="from")
    sender_chat: Chat | None = None
    via_bot: User | None = None
    is_automatic_forward: bool = False
    is_topic_message: bool = False
    message_thread_id: _Id | None = None
    media_group_id: _Token | None = None
    reply_to_message: RepliedTo | None = None
    text: _Words | None = None
    caption: _Words | None = None
    entities: list[Entity] = []
    caption_entities: list[Entity] = []

    @property
    def address(self) -> str:
        """Where to answer: the chat, and the topic in a chat with topics."""
        if self.is_topic_message and self.message_thread_id is not None:
            return f"{self.chat.id}:{self.message_thread_id}"
        return str(self.chat.id)


class CallbackQuery(_Part):
    """A pressed button. ``message``: the one that holds it; missing when it was sent into a chat by an inline query."""

    id: _Token
    sender: User = Field(alias="from")
    message: Message | None = None
    data: str | None = Field(default=None, max_length=256)


class InlineQuery(_Part):
    """What somebody types after the bot's name in any chat."""

    id: _Token
    sender: User = Field(alias="from")
    query: Annotated[str, Field(max_length=1024)]


class Update(_Part):
    """One update, of the kinds that are read."""

    update_id: Annotated[int, Field(ge=0, lt=2**53)]
    message: Message | None = None
    edited_message: Message | None = None
    callback_query: CallbackQuery | None = None
    inline_query: InlineQuery | None = None
