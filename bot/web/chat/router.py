"""The addresses of the chat page."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from weakref import WeakValueDictionary

import structlog
from fastapi import APIRouter, Request, Response

from bot.handover.handing_over import USUAL, Attendance
from bot.store.store import Store, StoreError
from bot.web.chat.forms import read_form
from bot.web.chat.pages import Pages
from bot.web.chat.site import ChatSite
from bot.web.chat.talk import Talk
from bot.web.chat.visitor import Visitor, Visitors
from bot.web.common.asset_files import Assets
from bot.web.common.forms import BadFormError
from dialogs.advance import Dialog

PART = "x-part"  # header of the page's script, which wants only what a turn changes
_STORE_FAILED = "现在存不了也读不出对话，这一步没有记下。请过一会儿再试。"
_log = structlog.get_logger(__name__)


class _Counter:
    """Answers one request of a visitor at a time: two tabs of one browser wait for each other, nobody else does."""

    def __init__(self, site: ChatSite, visitors: Visitors) -> None:
        self._site, self._visitors = site, visitors
        self._busy: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def answer(self, request: Request, work: Callable[[Visitor], Response]) -> Response:
        """The response ``work`` makes, or the page that says why there is none."""
        visitor = self._visitors.of(request)
        part = PART in request.headers
        lock = self._busy.setdefault(visitor.conversation, asyncio.Lock())
        try:
            async with lock:
                response = await asyncio.to_thread(work, visitor)
        except BadFormError as error:
            response = self._site.failed(str(error), error.status, part=part)
        except StoreError as error:
            _log.error("store_failed", why=str(error))
            response = self._site.failed(_STORE_FAILED, 503, part=part)
        self._visitors.remember(visitor, request, response)
        response.headers["Cache-Control"] = "no-store"
        return response


def chat_router(
    store: Store,
    dialog: Dialog,
    secret: bytes,
    retention_days: int,
    clock: Callable[[], float] = time.time,
    *,
    gaps: bool = True,
    attendance: Attendance = USUAL,
) -> APIRouter:
    """The chat page ``/`` with everything that belongs to it.

    Args:
        store: where conversations are kept; no other part of the process may serve the channel ``web``.
        dialog: the conversation.
        secret: the installation's own; signs cookies and forms.
        retention_days: days a conversation nobody wrote in is kept.
        clock: epoch seconds.
        gaps: whether questions the documents do not answer are kept for staff.
        attendance: how the desk is attended.

    Raises:
        StoreError: when the store fails.
    """
    assets = Assets("bot.web.chat", "/assets/chat")
    visitors = Visitors(secret, retention_days * 86_400)
    talk = Talk(store, dialog, clock, gaps=gaps, attendance=attendance)
    site = ChatSite(talk, dialog, store, visitors, Pages(assets.url, retention_days))
    counter = _Counter(site, visitors)
    router = APIRouter(include_in_schema=False)
    router.include_router(assets.router())

    @router.get("/")
    async def home(request: Request, again: str = "") -> Response:
        part = PART in request.headers
        return await counter.answer(request, lambda who: site.home(who, _base(request), part=part, again=bool(again)))

    @router.post("/chat")
    async def post(request: Request) -> Response:
        part = PART in request.headers
        try:
            form = await read_form(request)
        except BadFormError as error:
            return site.failed(str(error), error.status, part=part)
        return await counter.answer(request, lambda who: site.post(who, form, _base(request), part=part))

    @router.get("/people")
    async def people(request: Request, state: str = "") -> Response:
        return await counter.answer(request, lambda who: site.people(who, state))

    @router.get("/result")
    async def result(request: Request) -> Response:
        return await counter.answer(request, site.result)

    @router.get("/compare")
    async def compare(request: Request) -> Response:
        return await counter.answer(request, site.compare)

    @router.get("/report")
    async def report(request: Request) -> Response:
        return await counter.answer(request, site.report)

    @router.get("/report.docx")
    async def word(request: Request) -> Response:
        return await counter.answer(request, site.word)

    @router.get("/data")
    async def data(request: Request) -> Response:
        return await counter.answer(request, site.data)

    @router.get("/r/{token}")
    async def go_on(request: Request, token: str) -> Response:
        return await counter.answer(request, lambda who: site.go_on(who, token))

    return router


def _base(request: Request) -> str:
    return str(request.base_url).rstrip("/")
