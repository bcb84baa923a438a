"""A turn of the chat page over HTTP, stored durably, beside FastAPI and jinja2 showing a page of that size from memory.

Each is a process of its own with the load in this one. As fast as they can: 1, 10 and 100 browsers, each sending its next
answer when the last one is shown. As people do: 100 browsers that take a second before each answer. Printed, not asserted.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

from tests.benchmarks.over_http import exchange, milliseconds, resident, served
from tests.benchmarks.table import show

CONVERSATION: tuple[dict[str, object], ...] = (
    {"question": "where", "key": "0"},
    {"question": "list:done:0", "key": ["0", "2"]},
    {"text": "跨行业"},
    {"text": "是"},
    {"text": "国家两项"},
    {"text": "是"},
    {"text": "两千三百万"},
    {"text": "不清楚"},
    {"text": "都成立"},
)
LOADS = ((1, 0.0), (10, 0.0), (100, 0.0), (100, 1.0))  # browsers, seconds each takes before it answers
TURNS = 900
OURS = """
from bot.store.open import open_store
from bot.web.chat.router import chat_router
from dialogs.advance import Dialog
from policies.engine.engine import Engine
from policies.load import load
router = chat_router(open_store(Path(FOLDER) / "huiqi.db"), Dialog(Engine(load())), b"secret", 180)
serve(router)
"""
PEER = """
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment
page = Environment(autoescape=True).from_string('''name="token" value="{{ token }}" name="revision" value="{{ revision }}"
{% for line in lines %}<li class="line"><span>{{ line }}</span> <button name="text" value="{{ line }}">修改</button></li>
{% endfor %}''')
lines, router = ["牵头（主导）制定的国家标准：2项"] * 120, APIRouter()

@router.get("/")
@router.post("/chat")
async def chat(request: Request):
    await request.body()
    return HTMLResponse(page.render(token="t", revision=1, lines=lines), headers={"Set-Cookie": "huiqi=x"})

serve(router)
"""


def test_web(tmp_path: Path) -> None:
    rows = []
    for name, script in (("huiqi, on disk", OURS), ("FastAPI + jinja2, in memory", PEER)):
        with served(script, tmp_path) as (port, process):
            asyncio.run(_load(port, 10, 0.0, 90))
            for browsers, pause in LOADS:
                began = time.perf_counter()
                spent = sorted(asyncio.run(_load(port, browsers, pause, TURNS)))
                rate = len(spent) / (time.perf_counter() - began)
                at = f"{browsers}, {'a second apart' if pause else 'at once'}"
                rows.append(
                    (name, at, rate, milliseconds(spent, 0.5), milliseconds(spent, 0.99), resident(process.pid))
                )
    show("chat turn over HTTP", ("", "browsers", "a second", "median ms", "p99 ms", "resident MB"), rows)


async def _load(port: int, browsers: int, pause: float, turns: int) -> list[float]:
    spent: list[float] = []
    left = iter(range(turns))
    await asyncio.gather(*(_browser(port, pause * (1 + number / browsers), left, spent) for number in range(browsers)))
    return spent


async def _browser(port: int, pause: float, left: Iterator[int], spent: list[float]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    cookie, step, page = "", len(CONVERSATION), ""
    for _ in left:
        if step == len(CONVERSATION):  # a new person
            head, page = await exchange(reader, writer, "GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            found = re.search(r"set-cookie: (huiqi=[^;\r]+)", head, re.IGNORECASE)
            cookie, step = found[1] if found else "", 0
        await asyncio.sleep(pause)
        fields = {name: re.findall(f'name="{name}" value="([^"]+)"', page)[0] for name in ("token", "revision")}
        body = urlencode({**fields, **CONVERSATION[step]}, doseq=True)
        request = (
            f"POST /chat HTTP/1.1\r\nHost: a\r\nCookie: {cookie}\r\nX-Part: turn\r\n"
            f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n{body}"
        )
        began = time.perf_counter()
        head, page = await exchange(reader, writer, request)
        spent.append(time.perf_counter() - began)
        assert head.startswith("HTTP/1.1 200"), page
        step += 1
    writer.close()
