"""What Telegram knows: chats with their messages, updates nobody has fetched yet, pressed buttons."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.bot.telegram.standin.checks import exact
from tests.bot.telegram.standin.errors import ApiError, bad

Json = dict[str, Any]
BOT_ID = 4242
EVERY_KIND = ("message", "edited_message", "channel_post", "callback_query", "inline_query", "my_chat_member")


@dataclass
class Chat:
    """One chat. ``messages``: as the Bot API tells them, by id, in order."""

    raw: Json
    messages: dict[int, Json] = field(default_factory=dict)
    last_id: int = 0
    blocked: bool = False

    @property
    def id(self) -> int:
        return int(self.raw["id"])


@dataclass(frozen=True)
class Waiting:
    """An update that was not acknowledged; ``queue``: a webhook gets those of one queue in order, others beside."""

    queue: str
    raw: Json

    @property
    def id(self) -> int:
        return int(self.raw["update_id"])


@dataclass
class Webhook:
    """Where updates are brought to."""

    url: str
    secret: str | None
    connections: int


@dataclass
class World:
    """All of it, for one bot. Guarded by ``lock``.

    ``clock`` gives epoch seconds and may be moved. ``calls``: methods with their parameters, once they are done.
    ``behind``: the loopback addresses that a proxy for the webhook's https address would pass updates on to, by turns.
    ``on_the_way``: seconds an update of a queue takes to the webhook; the queues of others do not wait for it.
    """

    clock: Callable[[], float]
    token: str = "4242:standin-token-that-is-long-enough"
    username: str = "huiqi_bot"
    lock: threading.RLock = field(default_factory=threading.RLock)
    chats: dict[int, Chat] = field(default_factory=dict)
    waiting: list[Waiting] = field(default_factory=list)
    allowed: tuple[str, ...] = EVERY_KIND
    webhook: Webhook | None = None
    behind: tuple[str, ...] = ()
    on_the_way: Callable[[str], float] = lambda queue: 0.0
    pressed: dict[str, float] = field(default_factory=dict)
    answered: list[str] = field(default_factory=list)
    inline_answers: dict[str, Json] = field(default_factory=dict)
    typing: list[int] = field(default_factory=list)
    commands: dict[str, list[Json]] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    calls: list[tuple[str, Json]] = field(default_factory=list)
    woken: Callable[[], None] = lambda: None
    _numbers: int = 1000

    @property
    def me(self) -> Json:
        return {
            "id": BOT_ID, "is_bot": True, "first_name": "惠企政策助手", "username": self.username,
            "can_join_groups": True, "can_read_all_group_messages": False, "supports_inline_queries": True,
        }  # fmt: skip

    def next_number(self) -> int:
        with self.lock:
            self._numbers += 1
            return self._numbers

    def chat(self, chat_id: int) -> Chat:
        """A chat a bot may write in."""
        if chat_id not in self.chats:
            raise bad("chat not found")
        if self.chats[chat_id].blocked:
            raise ApiError(403, "Forbidden: bot was blocked by the user")
        return self.chats[chat_id]

    def post(self, chat: Chat, sender: Json, content: Json) -> Json:
        """Put a message into a chat."""
        with self.lock:
            chat.last_id += 1
            message = {
                "message_id": chat.last_id,
                "date": int(self.clock()),
                "chat": chat.raw,
                "from": sender,
                **content,
            }
            exact("Message", message)
            chat.messages[chat.last_id] = message
            return message

    def happen(self, kind: str, content: Json, queue: str) -> int:
        """Something the bot is to learn of; returns the update's id."""
        number = self.next_number()
        raw: Json = {"update_id": number, kind: content}
        exact("Update", raw)
        with self.lock:
            if kind in self.allowed:
                self.waiting.append(Waiting(queue, raw))
        self.woken()
        return number

    def again(self, raw: Json, queue: str) -> None:
        """Deliver an update once more, as after an acknowledgement that was lost."""
        with self.lock:
            self.waiting.append(Waiting(queue, raw))
        self.woken()
