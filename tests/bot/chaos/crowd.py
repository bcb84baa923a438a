"""Many people writing at once, and what ought to come of it when nothing goes wrong."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from bot.channels.telegram import rendering
from bot.channels.telegram.buttons import of_menu
from bot.channels.telegram.reading import NAME
from bot.identity import conversation_of
from bot.messages import Inbound, Operation, Typed
from bot.store.handover.model import Staffing
from bot.store.store import Pending
from bot.turns import Turns
from dialogs.session import Session
from tests.bot.telegram.standin.markup import parse_html
from tests.bot.telegram.standin.world import BOT_ID, Chat, Json, World

SAID = (
    "海珠区", "佛山市", "黄埔", "宝安区", "还没定，想比一比", "1", "2", "3", "1 3", "2 5", "都没有", "不清楚", "跳过", "是", "否",
    "1200万", "八千多万", "30%", "国家两项", "上一步", "修改 1", "修改 2", "为什么问", "结果", "我的回答", "换地区", "说不好",
)  # fmt: skip


@dataclass
class Somebody:
    """One chat, with the answers it will give."""

    world: World
    id: int
    says: list[str]
    sent: int = 0

    def __post_init__(self) -> None:
        self.world.chats[self.id] = Chat({"id": self.id, "type": "private", "first_name": "王"})

    @property
    def queue(self) -> str:
        return f"chat {self.id}"

    def say_next(self) -> Json:
        """Write the next message; returns the update, to be delivered again."""
        text = self.says[self.sent]
        self.sent += 1
        sender = {"id": self.id, "is_bot": False, "first_name": "王"}
        with self.world.lock:
            message = dict(self.world.post(self.world.chats[self.id], sender, {"text": text}))
            number = self.world.happen("message", message, self.queue)
        return {"update_id": number, "message": message}

    @property
    def read(self) -> list[str]:
        """What the bot wrote, in the order it stands in the chat."""
        found = [message for message in self.world.chats[self.id].messages.values() if message["from"]["id"] == BOT_ID]
        return [message["text"] for message in found if "text" in message]


@dataclass
class TwoHanded(Somebody):
    """One who types some of the words and presses buttons for the others. Telegram brings those in another queue."""

    chance: random.Random = field(default_factory=random.Random)
    last_queue: str = ""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.held = self.world.post(self.world.chats[self.id], self.world.me, {"text": "按钮"})

    @property
    def queue(self) -> str:
        return self.last_queue

    def say_next(self) -> Json:
        if self.chance.random() < 0.5:
            self.last_queue = f"chat {self.id}"
            return super().say_next()
        data = of_menu(self.says[self.sent])
        assert data is not None
        self.sent += 1
        self.last_queue = f"user {self.id}"
        query = str(self.world.next_number())
        sender = {"id": self.id, "is_bot": False, "first_name": "王"}
        content = {"id": query, "from": sender, "message": self.held, "chat_instance": "c", "data": data}
        with self.world.lock:
            self.world.pressed[query] = self.world.clock()
            number = self.world.happen("callback_query", content, self.last_queue)
        return {"update_id": number, "callback_query": content}


def crowd(world: World, chats: int, answers: int, chance: random.Random) -> list[Somebody]:
    return [Somebody(world, 100 + number, chance.choices(SAID, k=answers)) for number in range(chats)]


@dataclass
class Unbroken:
    """The conversation as it goes when every message is processed once, in order."""

    turns: Turns
    secret: bytes
    person: Somebody
    arrived: float
    session: Session | None = None
    shown: list[str] = field(default_factory=list)

    @property
    def conversation(self) -> str:
        return conversation_of(self.secret, NAME, str(self.person.id))

    def play(self) -> None:
        for number, text in enumerate(self.person.says):
            inbound = Inbound(
                channel=NAME, dedupe_key=str(number), conversation=self.conversation, address=str(self.person.id),
                message=Typed(text=text), arrived=self.arrived, ref=str(number),
            )  # fmt: skip
            outcome = self.turns.work(Pending(inbound, self.session, runs=1 if self.session else 0), _Nothing())
            self.session = outcome.session
            self.shown += [parse_html(one.body["text"])[0] for one in outcome.operations if one.kind == rendering.SEND]


class _Nothing:
    """Nobody goes on elsewhere here."""

    def resumable(self, token: str) -> Session | None:
        return None

    def export(self) -> dict[str, Any]:
        return {}

    def staffing(self) -> Staffing:
        return Staffing(operators=False, waiting=0)


class Renders:
    """Telegram's rendering without Telegram."""

    name = NAME
    ack_deadline = 1.0
    links_reports = False
    render: Callable[..., tuple[Operation, ...]] = staticmethod(rendering.render)


def repeats(shown: list[str], expected: list[str]) -> int:
    """How many messages came twice; fails unless all came, in order, and nothing else."""
    at = twice = 0
    for text in shown:
        if at < len(expected) and text == expected[at]:
            at += 1
        elif at and text == expected[at - 1]:
            twice += 1
        else:
            raise AssertionError(f"message {at} should be {expected[at : at + 1]!r}, is {text!r}")
    assert at == len(expected), f"{len(expected) - at} messages never came, the first: {expected[at]!r}"
    return twice
