"""Telegram's webhook over HTTP, beside the webhook server of python-telegram-bot with a trivial ConversationHandler.

Ours answers when the message is on disk, and processes it durably meanwhile; the peer's answers when the update is in a
queue in memory. Each is a process of its own with the load in this one. Printed, not asserted.
"""

from __future__ import annotations

import asyncio
import json
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.benchmarks.over_http import up
from tests.benchmarks.table import show

ROOT = Path(__file__).parents[2]
REQUESTS, CONNECTIONS, CHATS = 3000, 32, 200
SECRET = "benchmark"
PORT = "PORT"
COMMON = """
import asyncio, sys, time
sys.path.insert(0, ROOT)
"""
OURS = (
    COMMON
    + """
from types import SimpleNamespace
from pathlib import Path
import uvicorn
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.webhook import webhook
from bot.runner import Runner
from bot.sender import Sender
from bot.store.open import open_store
from bot.store.store import Scope
from bot.turns import Turns
from bot.web.app import create_app
from dialogs.advance import Dialog
from policies.engine.engine import Engine
from policies.load import load

class Unsent(TelegramChannel):
    async def send(self, address, operation, anchor):
        return "1"

channel = Unsent(SimpleNamespace(id=1, username="bench"), b"secret")
channels = {channel.name: channel}
store, scope = open_store(Path(FOLDER) / "huiqi.db"), Scope((channel.name,))
sender = Sender(store, channels, scope, time.time)
runner = Runner(store, Turns(Dialog(Engine(load())), channels, time.time), channels, sender, scope, time.time)

from contextlib import asynccontextmanager
@asynccontextmanager
async def running():
    runner.start()
    yield
    await runner.stop()

app = create_app([webhook(channel, "benchmark", runner.receive, time.time)], running)
uvicorn.run(app, host="127.0.0.1", port=PORT, log_level="critical", access_log=False)
"""
)
PEER = (
    COMMON
    + """
from telegram import Bot, User
from telegram.ext import ApplicationBuilder, ConversationHandler, MessageHandler, filters

class Offline(Bot):
    async def initialize(self):
        self._bot_user = User(1, "bench", is_bot=True, username="bench")
    async def shutdown(self): pass
    async def set_webhook(self, *a, **k): return True
    async def delete_webhook(self, *a, **k): return True

async def said(update, context):
    return 0

app = ApplicationBuilder().bot(Offline("1:benchmark")).build()
app.add_handler(ConversationHandler([MessageHandler(filters.TEXT, said)], {0: [MessageHandler(filters.TEXT, said)]}, []))
app.run_webhook("127.0.0.1", PORT, url_path="telegram", secret_token="benchmark", webhook_url="https://127.0.0.1/telegram")
"""
)


def test_webhook(tmp_path: Path) -> None:
    rows = []
    for name, script in (("huiqi, on disk", OURS), ("python-telegram-bot, in memory", PEER)):
        if name.startswith("python"):
            pytest.importorskip("tornado")
        rows.append((name, *asyncio.run(_measured(script, tmp_path))))
    show(f"webhook, {CONNECTIONS} connections, {CHATS} chats", ("", "a second", "median ms", "p99 ms"), rows)
    show("ratio of rates", ("huiqi / peer",), [(rows[0][1] / rows[1][1],)])


async def _measured(script: str, folder: Path) -> tuple[float, float, float]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    text = script.replace("ROOT", repr(str(ROOT))).replace("FOLDER", repr(str(folder))).replace(PORT, str(port))
    server = subprocess.Popen([sys.executable, "-c", text], env=os.environ, stderr=subprocess.DEVNULL)
    try:
        await up(port, server)
        await _load(port, 300, first=0)
        began = time.perf_counter()
        spent = sorted(await _load(port, REQUESTS, first=300))
        rate = REQUESTS / (time.perf_counter() - began)
        return rate, spent[len(spent) // 2] * 1000, spent[int(len(spent) * 0.99)] * 1000
    finally:
        server.kill()
        server.wait()


async def _load(port: int, requests: int, first: int) -> list[float]:
    numbers = iter(range(first, first + requests))
    spent: list[float] = []
    await asyncio.gather(*(_client(port, numbers, spent) for _ in range(CONNECTIONS)))
    return spent


async def _client(port: int, numbers, spent: list[float]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for number in numbers:
        body = json.dumps(_update(number)).encode()
        head = (
            f"POST /telegram HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
            f"X-Telegram-Bot-Api-Secret-Token: {SECRET}\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        began = time.perf_counter()
        writer.write(head.encode() + body)
        answer = await reader.readuntil(b"\r\n\r\n")
        spent.append(time.perf_counter() - began)
        assert b" 200 " in answer.split(b"\r\n")[0], answer
        length = next((line for line in answer.lower().split(b"\r\n") if line.startswith(b"content-length:")), b":0")
        await reader.readexactly(int(length.split(b":")[1]))
    writer.close()


def _update(number: int) -> dict[str, object]:
    chat = {"id": number % CHATS + 1, "type": "private", "first_name": "a"}
    sender = {"id": chat["id"], "is_bot": False, "first_name": "a"}
    text = ("海珠区", "1 3", "不清楚", "是", "结果")[number // CHATS % 5]
    message = {"message_id": number + 1, "date": 1710475200, "chat": chat, "from": sender, "text": text}
    return {"update_id": number + 1, "message": message}
