"""What every channel keeps, whatever is on its other side: the contract of bot/channels/channel.py."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.channels.channel import BadMessageError, Channel
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.client import make_bot
from bot.channels.terminal import TerminalChannel
from bot.messages import Inbound, Operation, Started, Typed
from dialogs.replies import Ask, Choice, Document, Menu, Reply, Text
from tests.bot.inprocess import InProcess
from tests.bot.telegram.person import Person
from tests.bot.telegram.standin.server import Standin
from tests.bot.telegram.updates import update

ASK = Ask("fact:std_national", 3, "国家标准有几项？", (Choice("0", "1项"), Choice("unsure", "不清楚")), help="见第七条")
REPLIES: tuple[Reply, ...] = (
    Text("**结论**：<0–500万元> & 其他"),
    Menu((Choice("详情 1", "详情 1"),)),
    Document("惠企政策核对.txt", "第三条"),
    ASK,
)


@dataclass
class Case:
    """A channel, how somebody says something on it, and a way to make calls."""

    channel: Channel
    says: Callable[[str], object]
    redelivers: bool
    runner: asyncio.Runner

    def read(self, text: str) -> Inbound:
        inbound = self.channel.read(self.says(text), 5.0)
        assert inbound is not None
        return inbound

    def send(self, operations: tuple[Operation, ...], to: Inbound) -> list[str | None]:
        async def sent() -> list[str | None]:
            anchor, refs = None, []
            for operation in operations:
                ref = await self.channel.send(to.address, operation, anchor)
                anchor = ref if operation.anchor else anchor
                refs.append(ref)
            await self.channel.busy(to.address)
            return refs

        return self.runner.run(sent())


def inprocess(stack: ExitStack) -> Case:
    return Case(InProcess(), lambda text: text, redelivers=False, runner=stack.enter_context(asyncio.Runner()))


def terminal(stack: ExitStack) -> Case:
    channel = TerminalChannel("c", lambda text: None)
    return Case(channel, lambda text: text, redelivers=False, runner=stack.enter_context(asyncio.Runner()))


def telegram(stack: ExitStack) -> Case:
    standin = stack.enter_context(Standin())
    Person(standin.world, 7)
    runner = stack.enter_context(asyncio.Runner())
    bot = make_bot(standin.world.token, api=standin.url)
    runner.run(bot.initialize())
    stack.callback(lambda: runner.run(bot.shutdown()))
    channel = TelegramChannel(bot, b"secret")
    return Case(channel, lambda text: update("message", {"text": text}), redelivers=True, runner=runner)


@pytest.fixture(params=[inprocess, terminal, telegram], ids=lambda made: made.__name__)
def case(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Case]:
    monkeypatch.chdir(tmp_path)
    with ExitStack() as stack:
        yield request.param(stack)


def test_words_come_in_as_they_were_said(case: Case) -> None:
    inbound = case.read("海珠区")
    assert inbound.message == Typed(text="海珠区")
    assert (inbound.channel, inbound.arrived) == (case.channel.name, 5.0)
    assert Inbound.model_validate_json(inbound.model_dump_json()) == inbound


def test_a_message_brought_again_is_known_by_its_key(case: Case) -> None:
    keys = {case.read("海珠区").dedupe_key for _ in range(2)}
    assert len(keys) == (1 if case.redelivers else 2)
    assert case.channel.ack_deadline > 0


def test_every_kind_of_reply_is_planned_and_the_plan_can_be_stored(case: Case) -> None:
    inbound = case.read("海珠区")
    for late in (False, True):
        plan = case.channel.render(REPLIES, inbound, late=late)
        assert plan == case.channel.render(REPLIES, inbound, late=late)
        stored = [one.model_dump_json() for one in plan]
        assert [Operation.model_validate_json(one).model_dump_json() for one in stored] == stored
        told = "".join(stored)
        for piece in ("结论", "500万元", "详情 1", "第三条", "国家标准有几项？", "见第七条", "1项", "不清楚"):
            assert piece in told


def test_the_plan_can_be_carried_out_twice(case: Case) -> None:
    inbound = case.read("海珠区")
    plan = case.channel.render(REPLIES, inbound, late=False)
    refs = [ref for _ in range(2) for ref, one in zip(case.send(plan, inbound), plan, strict=True) if one.anchor]
    assert all(ref is not None for ref in refs)


def test_nothing_to_say_is_no_call(case: Case) -> None:
    assert case.channel.render((), case.read("海珠区"), late=False) == ()


def test_what_is_no_message_is_refused_or_left_but_never_an_accident(case: Case) -> None:
    if case.redelivers:
        strange: tuple[object, ...] = (None, 3, [], "海珠区", Started())
        for raw in strange:
            with pytest.raises(BadMessageError):
                case.channel.read(raw, 5.0)
