"""Long polls: nothing is acknowledged before it is kept, and nothing unreadable holds up the rest."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import pytest

from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.client import Limits, make_bot
from bot.channels.telegram.polling import Polling, PollingError, Receive
from bot.messages import Inbound, Typed
from bot.store.store import StoreError
from tests.bot.telegram.person import Person
from tests.bot.telegram.standin.faults import Fault
from tests.bot.telegram.standin.server import Standin


@dataclass
class Log:
    """What was kept, and how long was waited before trying again."""

    kept: list[Inbound] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)
    failing: int = 0

    async def receive(self, messages: Sequence[Inbound]) -> None:
        if self.failing:
            self.failing -= 1
            raise StoreError("磁盘满了")
        self.kept += messages

    async def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        await asyncio.sleep(0)

    @property
    def said(self) -> list[str]:
        return [one.message.text for one in self.kept if isinstance(one.message, Typed)]


def poll(standin: Standin, log: Log, until: Callable[[], bool], receive: Receive | None = None) -> None:
    """Poll until something holds."""

    async def polled() -> None:
        async with make_bot(standin.world.token, Limits(), standin.url) as bot:
            channel = TelegramChannel(bot, b"a secret of the tests")
            polling = Polling(channel, receive or log.receive, standin.world.clock, wait=5, sleep=log.sleep)
            task = asyncio.create_task(polling.run())
            for _ in range(2000):
                if until() or task.done():
                    break
                await asyncio.sleep(0.005)
            if not task.done():
                task.cancel()
            await asyncio.gather(task, return_exceptions=not task.done() or task.cancelled())

    asyncio.run(polled())


@pytest.fixture
def person(standin: Standin) -> Person:
    return Person(standin.world, 7)


def test_everything_is_kept_once_and_in_order(standin: Standin, person: Person) -> None:
    for number in range(250):  # more than one batch
        person.say(f"{number}")
    log = Log()
    poll(standin, log, lambda: not standin.world.waiting)
    assert log.said == [str(number) for number in range(250)]


def test_a_message_that_comes_later_ends_the_poll(standin: Standin, person: Person) -> None:
    log = Log()
    said = [False]

    def until() -> bool:
        if not said[0] and any(method == "deleteWebhook" for method, _ in standin.world.calls):
            said[0] = bool(person.say("海珠区") or True)
        return not standin.world.waiting and bool(log.kept)

    poll(standin, log, until)
    assert log.said == ["海珠区"]


def test_what_was_not_kept_is_asked_for_again(standin: Standin, person: Person) -> None:
    person.say("海珠区")
    log = Log(failing=3)
    poll(standin, log, lambda: not standin.world.waiting)
    assert log.said == ["海珠区"]
    assert log.waits == [0.5, 1.0, 2.0]


def test_a_stop_before_it_is_kept_loses_nothing(standin: Standin, person: Person) -> None:
    person.say("海珠区")
    begun: list[bool] = []

    async def hangs(messages: Sequence[Inbound]) -> None:
        begun.append(True)
        await asyncio.sleep(60)

    poll(standin, Log(), lambda: bool(begun), hangs)
    log = Log()
    poll(standin, log, lambda: not standin.world.waiting)
    assert log.said == ["海珠区"]


def test_an_update_nobody_can_read_holds_up_nothing(standin: Standin, person: Person) -> None:
    person.say("一")
    standin.world.again({"update_id": standin.world.next_number(), "message": {"message_id": "x"}}, "chat 7")
    standin.world.again({"update_id": standin.world.next_number(), "unheard_of": 1}, "chat 7")
    person.say("二")
    log = Log()
    poll(standin, log, lambda: not standin.world.waiting)
    assert log.said == ["一", "二"]


def test_told_to_wait(standin: Standin, person: Person) -> None:
    person.say("海珠区")
    standin.faults.order(Fault("flood", "getUpdates", seconds=7))
    standin.faults.order(Fault("bad_gateway", "getUpdates", times=2))
    log = Log()
    poll(standin, log, lambda: not standin.world.waiting)
    assert log.waits == [7.0, 1.0, 2.0]
    assert log.said == ["海珠区"]


def test_somebody_else_polls(standin: Standin, person: Person, capsys: pytest.CaptureFixture[str]) -> None:
    person.say("海珠区")
    standin.faults.order(Fault("conflict", "getUpdates"))
    log = Log()
    poll(standin, log, lambda: not standin.world.waiting)
    assert log.said == ["海珠区"]
    assert "另一个程序" in capsys.readouterr().out


def test_a_webhook_that_was_left_is_taken_away(standin: Standin, person: Person) -> None:
    standin.faults.order(Fault("bad_gateway", "deleteWebhook"))
    person.say("海珠区")
    log = Log()
    poll(standin, log, lambda: not standin.world.waiting)
    assert log.said == ["海珠区"]


def test_a_token_that_is_no_longer_good(standin: Standin) -> None:
    async def polled() -> None:
        async with make_bot(standin.world.token, Limits(), standin.url) as bot:
            channel = TelegramChannel(bot, b"a secret of the tests")
            standin.world.token = "42:another"
            await Polling(channel, Log().receive, standin.world.clock).run()

    with pytest.raises(PollingError, match="HUIQI_TELEGRAM_TOKEN"):
        asyncio.run(polled())
