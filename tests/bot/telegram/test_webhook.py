"""The webhook: who may bring updates, what is acknowledged, and that what is not kept comes again."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
import uvicorn
from fastapi import FastAPI

from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.client import make_bot
from bot.channels.telegram.webhook import LARGEST, PATH, SECRET_HEADER, delete_webhook, set_webhook, webhook
from bot.messages import Inbound, Typed
from bot.store.store import StoreError
from tests.bot.telegram.person import Person
from tests.bot.telegram.standin.server import Standin
from tests.bot.telegram.updates import update

SECRET = "s3cret-of-the-webhook"
TOLD = {SECRET_HEADER: SECRET}


@dataclass
class Keeper:
    """Keeps messages, or fails as often as it is told."""

    kept: list[Inbound] = field(default_factory=list)
    failing: int = 0
    hanging: bool = False

    async def __call__(self, messages: Sequence[Inbound]) -> None:
        if self.hanging:
            await asyncio.sleep(60)
        if self.failing:
            self.failing -= 1
            raise StoreError("磁盘满了")
        self.kept += messages

    @property
    def said(self) -> list[str]:
        return [one.message.text for one in self.kept if isinstance(one.message, Typed)]


@pytest.fixture
def channel(standin: Standin) -> TelegramChannel:
    async def known() -> TelegramChannel:
        async with make_bot(standin.world.token, api=standin.url) as bot:
            return TelegramChannel(bot, b"a secret of the tests")

    return asyncio.run(known())


@pytest.fixture
def keeper() -> Keeper:
    return Keeper()


@pytest.fixture
def app(channel: TelegramChannel, keeper: Keeper) -> FastAPI:
    app = FastAPI()
    app.include_router(webhook(channel, SECRET, keeper, time.time))
    return app


@dataclass
class Client:
    """Posts to the application without a network."""

    app: FastAPI

    def post(self, path: str, **request: Any) -> httpx.Response:
        async def posted() -> httpx.Response:
            transport = httpx.ASGITransport(self.app)
            async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
                return await client.post(path, **request)

        return asyncio.run(posted())


@pytest.fixture
def client(app: FastAPI) -> Client:
    return Client(app)


def test_an_update_is_kept_and_acknowledged(client: Client, keeper: Keeper) -> None:
    assert client.post(PATH, json=update("message", {"text": "海珠区"}), headers=TOLD).status_code == 200
    assert keeper.said == ["海珠区"]


@pytest.mark.parametrize("headers", [{}, {SECRET_HEADER: "wrong"}, {SECRET_HEADER: SECRET + "x"}, {SECRET_HEADER: ""}])
def test_only_telegram_knows_the_secret(client: Client, keeper: Keeper, headers: dict[str, str]) -> None:
    assert client.post(PATH, json=update("message", {"text": "海珠区"}), headers=headers).status_code == 403
    assert not keeper.kept


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b"[" * 200_000])
def test_what_is_no_json_is_refused(client: Client, body: bytes) -> None:
    assert client.post(PATH, content=body, headers=TOLD).status_code == 400


@pytest.mark.parametrize("raw", [None, [], {}, {"update_id": "x"}, {"update_id": 1, "message": 3}, {"update_id": 1}])
def test_what_is_no_update_is_not_brought_again(client: Client, keeper: Keeper, raw: Any) -> None:
    assert client.post(PATH, content=json.dumps(raw), headers=TOLD).status_code == 200
    assert not keeper.kept


def test_a_body_without_end_is_refused(client: Client) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(LARGEST // 1024 + 2):
            yield b" " * 1024

    assert client.post(PATH, content=endless(), headers=TOLD).status_code == 413
    assert client.post(PATH, content=b" " * (LARGEST + 1), headers=TOLD).status_code == 413


def test_what_is_not_kept_is_not_acknowledged(client: Client, keeper: Keeper) -> None:
    keeper.failing = 1
    assert client.post(PATH, json=update("message", {"text": "海珠区"}), headers=TOLD).status_code == 503


def test_what_takes_too_long_is_not_acknowledged(client: Client, keeper: Keeper, channel: TelegramChannel) -> None:
    keeper.hanging, channel.ack_deadline = True, 0.05
    assert client.post(PATH, json=update("message", {"text": "海珠区"}), headers=TOLD).status_code == 503


def test_telegram_brings_it_again_until_it_is_kept(
    standin: Standin, channel: TelegramChannel, keeper: Keeper, app: FastAPI
) -> None:
    keeper.failing = 3
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_config=None))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.005)
    try:
        url = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
        asyncio.run(_told(standin, url))
        person = Person(standin.world, 7)
        for number in range(5):
            person.say(str(number))
        end = time.monotonic() + 20
        while standin.world.waiting and time.monotonic() < end:
            time.sleep(0.01)
        assert keeper.said == ["0", "1", "2", "3", "4"]
        assert [status for _, status in standin.delivery.attempts] == [503] * 3 + [200] * 5
    finally:
        server.should_exit = True
        thread.join(10)


async def _told(standin: Standin, url: str) -> None:
    async with make_bot(standin.world.token, api=standin.url) as bot:
        await set_webhook(TelegramChannel(bot, b"x"), url + "/", SECRET)


def test_polls_get_nothing_while_there_is_a_webhook_and_again_when_it_is_gone(standin: Standin) -> None:
    async def changed() -> None:
        async with make_bot(standin.world.token, api=standin.url) as bot:
            channel = TelegramChannel(bot, b"x")
            await set_webhook(channel, "http://127.0.0.1:9", SECRET)
            assert standin.world.webhook is not None
            assert standin.world.webhook.url == "http://127.0.0.1:9" + PATH
            await delete_webhook(channel)
            assert standin.world.webhook is None

    asyncio.run(changed())
