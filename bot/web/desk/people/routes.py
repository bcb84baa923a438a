"""``/desk/people``: the list, one conversation, and what an operator does with it."""

from __future__ import annotations

import asyncio
import hashlib
import secrets
from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.messages import storable
from bot.metrics import HANDOVERS
from bot.store.handover.leases import HandOvers, LostError
from bot.store.handover.model import Exchange, HandOver
from bot.store.store import Store
from bot.web.common.forms import BadFormError
from bot.web.desk.desk import PART, Desk
from bot.web.desk.people import view
from bot.web.desk.sessions import PATH, Operator
from dialogs.advance import Dialog

HERE = f"{PATH}/people"
LONGEST = 2000  # characters of one message
_GONE = "这次对话已经没有了：对方删除了数据，或者已经过期。"


class _Written(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    text: Annotated[str, Field(max_length=20_000)]
    nonce: Annotated[str, Field(min_length=8, max_length=100)]


def people_routes(desk: Desk, dialog: Dialog, store: Store, handovers: HandOvers) -> APIRouter:
    """The routes of hand-overs; every request reads them anew."""
    router = APIRouter(route_class=desk.route_class())
    signed_in = Depends(desk.operator)
    pages = _Pages(desk, dialog, store, handovers)

    @router.get(HERE)
    def listed(request: Request, operator: Operator = signed_in) -> Response:
        return pages.listed(operator, part=PART in request.headers)

    @router.get(HERE + "/{number:int}")
    def shown(request: Request, number: int, operator: Operator = signed_in) -> Response:
        if PART in request.headers:
            return pages.exchange(number, operator)
        return pages.one(number, operator)

    @router.post(HERE + "/{number:int}/take")
    async def take(request: Request, number: int, operator: Operator = signed_in) -> Response:
        await desk.fields(request)
        return await asyncio.to_thread(pages.take, number, operator)

    @router.post(HERE + "/{number:int}/write")
    async def write(request: Request, number: int, operator: Operator = signed_in) -> Response:
        try:
            written = _Written.model_validate(await desk.fields(request))
        except ValidationError as error:
            raise BadFormError("这一页的表单不完整，没有发出。请刷新再试。") from error
        return await asyncio.to_thread(pages.write, number, operator, written)

    @router.post(HERE + "/{number:int}/back")
    async def back(request: Request, number: int, operator: Operator = signed_in) -> Response:
        await desk.fields(request)
        return await asyncio.to_thread(pages.give_back, number, operator)

    return router


class _Pages:
    """What each address answers."""

    def __init__(self, desk: Desk, dialog: Dialog, store: Store, handovers: HandOvers) -> None:
        self._desk, self._dialog, self._store, self._handovers = desk, dialog, store, handovers

    def listed(self, operator: Operator, *, part: bool) -> Response:
        rows = view.rows(self._handovers.board(), self._handovers, self._store, self._desk.clock())
        return self._desk.page("people/board.html" if part else "people/list.html", operator, rows=rows)

    def exchange(self, number: int, operator: Operator) -> Response:
        """The part that refreshes itself: it is not recorded again."""
        return self._desk.page("people/exchange.html", operator, **self._told(self._found(number)))

    def one(self, number: int, operator: Operator) -> Response:
        exchange = self._found(number)
        self._desk.record(operator, "看等候的对话", _about(exchange.handover))
        return self._shown(exchange, operator)

    def take(self, number: int, operator: Operator) -> Response:
        return self._do(
            number, operator, "接手对话", lambda: self._handovers.take(number, operator.name, self._desk.clock())
        )

    def give_back(self, number: int, operator: Operator) -> Response:
        now = self._desk.clock()
        return self._do(number, operator, "交还对话", lambda: self._handovers.give_back(number, operator.name, now))

    def write(self, number: int, operator: Operator, written: _Written) -> Response:
        text = storable(written.text).strip()
        if not text:
            return self._refused(number, operator, "还没有写字，没有发出。", written.text, 422)
        if len(text) > LONGEST:
            why = f"这一条有 {len(text)} 字，太长了，没有发出。请分成几条，每条 {LONGEST} 字以内。"
            return self._refused(number, operator, why, written.text, 422)
        now = self._desk.clock()
        return self._do(
            number, operator, "回话",
            lambda: self._handovers.write(number, operator.name, text, _key(written, text), now), written.text,
        )  # fmt: skip

    def _do(self, number: int, operator: Operator, what: str, act: Callable[[], object], typed: str = "") -> Response:
        """Record it, then do it: what cannot be recorded is not done."""
        exchange = self._handovers.one(number)
        if exchange is not None:
            self._desk.record(operator, what, _about(exchange.handover))
        try:
            act()
        except LostError as error:
            return self._refused(number, operator, _lost(error.handover, typed=bool(typed)), typed, 409)
        if what in _COUNTED:
            HANDOVERS.labels(_COUNTED[what]).inc()
        return RedirectResponse(f"{HERE}/{number}", 303)

    def _refused(self, number: int, operator: Operator, why: str, typed: str, status: int) -> Response:
        """Nothing was done; what was typed stays."""
        exchange = self._handovers.one(number)
        if exchange is None:
            return self._desk.page("people/lost.html", operator, status, why=why, typed=typed)
        return self._shown(exchange, operator, status, why=why, typed=typed)

    def _found(self, number: int) -> Exchange:
        exchange = self._handovers.one(number)
        if exchange is None:
            raise BadFormError(_GONE, 404)
        return exchange

    def _shown(
        self, exchange: Exchange, operator: Operator, status: int = 200, *, why: str | None = None, typed: str = ""
    ) -> Response:
        known = view.known(self._dialog, self._store.session(exchange.handover.conversation))
        return self._desk.page(
            "people/person.html", operator, status, known=known, why=why, typed=typed, nonce=secrets.token_urlsafe(12),
            channel=view.CHANNELS.get(exchange.handover.channel, exchange.handover.channel), longest=LONGEST,
            **self._told(exchange),
        )  # fmt: skip

    def _told(self, exchange: Exchange) -> dict[str, Any]:
        return {"handover": exchange.handover, "lines": view.told(exchange), "mark": view.mark(exchange)}


_COUNTED = {"接手对话": "taken", "交还对话": "back"}


def _about(handover: HandOver) -> str:
    return handover.conversation[:16]


def _key(written: _Written, text: str) -> str:
    """The same for a form sent twice; other words on the same page are another message."""
    return f"{written.nonce}:{hashlib.sha256(text.encode()).hexdigest()[:16]}"


def _lost(handover: HandOver | None, *, typed: bool) -> str:
    """Why nothing was done, and what to do."""
    kept = "写好的话没有发出，还留在下面。" if typed else ""
    if handover is None:
        return f"{_GONE}{kept}"
    if handover.held:
        return f"这次对话已由 {handover.operator} 接手。{kept}"
    if handover.waiting:
        return f"还没有接手这次对话。请先按“接手”，再发。{kept}"
    ends = {
        "back": "对话已经交还给助手。",
        "lapsed": "太久没有说话，对话已由助手接着。",
        "unanswered": "等得太久，已经告诉对方另找谁。",
        "withdrawn": "对方已经不要人工了。",
    }
    return f"{ends[handover.how or 'back']}{kept}"
