"""What every channel must keep, whichever it is: a new one is one more line here."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import pytest

from bot.channels.channel import Channel
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.terminal import TerminalChannel
from bot.channels.web import Posted, WebChannel
from bot.messages import Inbound, Operation
from dialogs.replies import Ask, Choice, Document, Menu, Reply, Text
from tests.bot.inprocess import InProcess

NOW = 1710475200.0
ASK = Ask(
    "fact:main_revenue", 3, "主营业务收入是多少？", (Choice("0", "一"), Choice("unsure", "不清楚")),
    (Choice("上一步", "上一步"),), help="最近一个会计年度",
)  # fmt: skip
TICKS = Ask(
    "list:done:0", 1, "做过哪些？", (Choice("0", "甲"), Choice("1", "乙")), multiple=True, ticked=frozenset({"1"})
)
MENU = Menu((Choice("详情 1", "详情 1"), Choice("报告", "报告")))
REPLIES: tuple[Reply, ...] = (Text("**结论**：<b>&0–500万元"), ASK, TICKS, MENU, Document("报告.txt", "第三条"))


@dataclass(frozen=True)
class Adapter:
    """A channel, and somebody's words as its outside delivers them; ``number`` tells messages apart.

    ``derived``: replies that its outside shows by itself, from the conversation as it is kept.
    """

    channel: Channel
    raw: Callable[[str, int], object]
    derived: tuple[type[Reply], ...] = ()


def update(text: str, number: int) -> dict[str, Any]:
    chat = {"id": 7, "type": "private", "first_name": "王"}
    sender = {"id": 7, "is_bot": False, "first_name": "王"}
    message = {"message_id": number, "date": int(NOW), "chat": chat, "from": sender, "text": text}
    return {"update_id": number, "message": message}


ADAPTERS = {
    "terminal": lambda: Adapter(TerminalChannel("c", lambda _: None), lambda text, _: text),
    "inprocess": lambda: Adapter(InProcess(), lambda text, _: text),
    "telegram": lambda: Adapter(
        TelegramChannel(SimpleNamespace(id=1, username="huiqi_bot"), b"secret"),  # type: ignore[arg-type]
        update,
    ),
    "web": lambda: Adapter(
        WebChannel(),
        lambda text, number: Posted(conversation="c", nonce=str(number), revision=0, text=text),
        derived=(Ask, Menu),
    ),
}


@pytest.fixture(params=ADAPTERS)
def adapter(request: pytest.FixtureRequest) -> Adapter:
    return ADAPTERS[request.param]()


def read(adapter: Adapter, text: str = "海珠区", number: int = 5) -> Inbound:
    inbound = adapter.channel.read(adapter.raw(text, number), NOW)
    assert inbound is not None
    return inbound


def test_words_come_in_as_they_were_typed(adapter: Adapter) -> None:
    inbound = read(adapter)
    assert inbound.channel == adapter.channel.name
    assert inbound.message.kind == "typed"
    assert inbound.message.text == "海珠区"
    assert inbound.arrived == NOW
    assert inbound.dedupe_key


def test_other_messages_have_other_keys_and_one_chat_is_one_conversation(adapter: Adapter) -> None:
    first, second = read(adapter, number=5), read(adapter, number=6)
    assert first.dedupe_key != second.dedupe_key
    assert first.conversation == second.conversation
    assert first.address == second.address


def test_what_comes_in_survives_storage(adapter: Adapter) -> None:
    inbound = read(adapter)
    assert Inbound.model_validate_json(inbound.model_dump_json()) == inbound


@pytest.mark.parametrize("late", [False, True])
def test_every_reply_becomes_calls_that_survive_storage(adapter: Adapter, late: bool) -> None:
    for reply in REPLIES:
        operations = adapter.channel.render((reply,), read(adapter), late=late)
        assert operations or isinstance(reply, adapter.derived)
        for operation in operations:
            assert Operation.model_validate_json(operation.model_dump_json()) == operation
    whole = adapter.channel.render(REPLIES, read(adapter), late=late)
    told = "".join(operation.model_dump_json() for operation in whole)
    for piece in ("500万元", "第三条"):
        assert piece in told
    for piece in ("主营业务收入是多少", "最近一个会计年度", "做过哪些", "详情 1"):
        assert (piece in told) == (not adapter.derived)


def test_the_same_replies_make_the_same_calls(adapter: Adapter) -> None:
    inbound = read(adapter)
    assert adapter.channel.render(REPLIES, inbound, late=False) == adapter.channel.render(REPLIES, inbound, late=False)


def test_it_says_how_long_the_other_side_waits(adapter: Adapter) -> None:
    assert adapter.channel.ack_deadline > 0


def test_a_persons_words_are_told_from_the_assistants_and_mark_nothing(adapter: Adapter) -> None:
    (operation,) = adapter.channel.render((Text("**您好**<b>", sender="人工（李）"),), read(adapter), late=False)
    told = operation.model_dump_json()
    assert "您好" in told
    if adapter.derived:  # the page shows the exchange by itself, and must know what belongs to it
        assert operation.body["parts"][0]["kind"] == "person"
    else:
        assert "人工（李）" in told


@pytest.mark.parametrize("name", ["terminal", "inprocess"])
def test_calls_are_made_in_order(name: str, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """(Telegram's calls are tested over HTTP in tests/bot/telegram.)"""
    monkeypatch.chdir(tmp_path)
    adapter = ADAPTERS[name]()
    for operation in adapter.channel.render(REPLIES, read(adapter), late=False):
        asyncio.run(adapter.channel.send("", operation, None))
