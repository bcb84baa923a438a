"""The Bot API over loopback HTTP, in a thread of its own."""

from __future__ import annotations

import asyncio
import email
import email.policy
import json
import threading
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import parse_qsl

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from tests.bot.telegram.standin.checks import Parameters, known_parameters
from tests.bot.telegram.standin.delivery import Delivery
from tests.bot.telegram.standin.errors import ApiError
from tests.bot.telegram.standin.faults import Fault, Faults
from tests.bot.telegram.standin.methods import METHODS
from tests.bot.telegram.standin.world import World

_HELD = 30.0  # seconds a lost answer keeps its caller waiting, unless the caller goes first
_CALLS_KEPT = 10_000


class Standin:
    """A running Bot API. A context: it serves from entering to leaving."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self.world, self.faults = World(clock), Faults()
        self.takes = 0.0  # seconds a call in a chat takes
        self.at_once: list[str] = []  # chats in which a call came while another was under way
        self._calling: Counter[str] = Counter()
        self.delivery: Delivery
        app = Starlette(routes=[Route("/bot{token}/{method}", self._call, methods=["GET", "POST"])])
        config = uvicorn.Config(app, host="127.0.0.1", port=0, log_config=None, lifespan="off")
        self._server = uvicorn.Server(config)
        self._loop: asyncio.AbstractEventLoop
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True)

    def __enter__(self) -> Standin:
        self._thread.start()
        while not self._server.started:
            time.sleep(0.005)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self.delivery.end)
        self._server.should_exit = True
        self._thread.join(10)

    def forget(self, clock: Callable[[], float]) -> None:
        """Begin anew: nobody has written, nothing waits, nothing is to fail."""

        async def begun() -> None:
            self.delivery.end()
            self.world, self.faults = World(clock), Faults()
            self._begin()

        asyncio.run_coroutine_threadsafe(begun(), self._loop).result(10)

    @property
    def url(self) -> str:
        port = self._server.servers[0].sockets[0].getsockname()[1]
        return f"http://127.0.0.1:{port}"

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._begin()
        await self._server.serve()
        self.delivery.end()

    def _begin(self) -> None:
        delivery = self.delivery = Delivery(self.world)
        self.world.woken = lambda: self._wake(delivery)

    def _wake(self, delivery: Delivery) -> None:
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(delivery.wake)

    async def _call(self, request: Request) -> Response:
        method = request.path_params["method"]
        if request.path_params["token"] != self.world.token:
            return _refusal(ApiError(401, "Unauthorized"))
        if method != "getUpdates" and method not in METHODS:
            return _refusal(ApiError(404, "Not Found"))
        given = await _parameters(request)
        known_parameters(method, given)
        fault = self.faults.take(method, given.get("chat_id"))
        try:
            async with self._under_way(given.get("chat_id") if method != "sendChatAction" else None):
                return await self._answer(request, method, given, fault)
        finally:
            self.world.calls.append((method, given))
            del self.world.calls[:-_CALLS_KEPT]

    @asynccontextmanager
    async def _under_way(self, chat: str | None) -> AsyncIterator[None]:
        """Calls in one chat are to come one after the other."""
        if chat is None:
            yield
            return
        if self._calling[chat]:
            self.at_once.append(chat)
        self._calling[chat] += 1
        try:
            await asyncio.sleep(self.takes)
            yield
        finally:
            self._calling[chat] -= 1

    async def _answer(self, request: Request, method: str, given: Parameters, fault: Fault | None) -> Response:
        early = _early(fault)
        if early is not None:
            return early
        try:
            answer = JSONResponse({"ok": True, "result": await self._result(method, given)})
        except ApiError as error:
            answer = _refusal(error)
        return _Never(request) if fault is not None and fault.kind == "lost_answer" else answer

    async def _result(self, method: str, given: Parameters) -> Any:
        if method == "getUpdates":
            return await self.delivery.poll(given)
        with self.world.lock:
            return METHODS[method](self.world, given)


def _early(fault: Fault | None) -> Response | None:
    """What a call meets before it has any effect."""
    if fault is None or fault.kind == "lost_answer":
        return None
    if fault.kind == "bad_gateway":
        return Response("<html>502 Bad Gateway</html>", 502, media_type="text/html")
    if fault.kind == "reset":
        return _Broken()
    if fault.kind == "flood":
        text = f"Too Many Requests: retry after {fault.seconds}"
        return _refusal(ApiError(429, text, retry_after=fault.seconds))
    if fault.kind == "blocked":
        return _refusal(ApiError(403, "Forbidden: bot was blocked by the user"))
    if fault.kind == "conflict":
        return _refusal(ApiError(409, "Conflict: terminated by other getUpdates request"))
    if fault.kind == "moved":
        text = "Bad Request: group chat was upgraded to a supergroup chat"
        return _refusal(ApiError(400, text, migrate_to_chat_id=fault.to))
    return _refusal(ApiError(400, fault.description))


def _refusal(error: ApiError) -> JSONResponse:
    return JSONResponse(error.body(), error.code)


class _Broken(Response):
    """A connection that breaks in the middle of an answer."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"100")]})
        await send({"type": "http.response.body", "body": b"{", "more_body": True})
        raise ConnectionResetError


class _Never(Response):
    """An answer that does not come; ends when the caller has gone."""

    def __init__(self, request: Request) -> None:
        super().__init__()
        self._request = request

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        end = time.monotonic() + _HELD
        while time.monotonic() < end and not await self._request.is_disconnected():
            await asyncio.sleep(0.01)


async def _parameters(request: Request) -> Parameters:
    """Parameters as strings; an uploaded file as its name and content."""
    kind, body = request.headers.get("content-type", ""), await request.body()
    given: Parameters = dict(request.query_params)
    if kind.startswith("application/json"):
        given.update(json.loads(body))
        return given
    if not kind.startswith("multipart/"):
        return given | dict(parse_qsl(body.decode(), keep_blank_values=True))
    uploads: dict[str, tuple[str, bytes]] = {}
    whole = email.message_from_bytes(f"Content-Type: {kind}\r\n\r\n".encode() + body, policy=email.policy.HTTP)
    for part in whole.walk():
        content = part.get_payload(decode=True)
        name = str(part.get_param("name", header="content-disposition"))
        if isinstance(content, bytes):
            file = part.get_filename()
            if file is None:
                given[name] = content.decode()
            else:
                uploads[name] = (file, content)
    for name, value in given.items():
        if isinstance(value, str) and value.startswith("attach://"):
            given[name] = uploads.pop(value.removeprefix("attach://"))
    return given | uploads
