"""Signing in and out."""

from __future__ import annotations

import asyncio
import math
from typing import Annotated

import structlog
from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.staff import Accounts, LockedError
from bot.store.staff import Entry
from bot.web.common.forms import BadFormError, read_fields
from bot.web.common.limits import address_of
from bot.web.desk.desk import Desk
from bot.web.desk.sessions import PATH, Operator, local

_WRONG = "名称或密码不对。"
_log = structlog.get_logger(__name__)


class _Given(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Annotated[str, Field(max_length=100)]
    password: Annotated[str, Field(max_length=1000)]
    next: Annotated[str, Field(max_length=1000)] = ""


def sign_in_routes(desk: Desk, accounts: Accounts) -> APIRouter:
    """The page to sign in, and the way out."""
    router = APIRouter(route_class=desk.route_class(), include_in_schema=False)
    signed_in = Depends(desk.operator)
    one_by_one = asyncio.Semaphore(1)  # a password is checked with much memory; many tries at once wait for each other

    @router.get(f"{PATH}/login")
    def login(request: Request, next: str = "") -> Response:  # noqa: A002 - the name of the field
        if desk.sessions.of(request) is not None:
            return RedirectResponse(local(next), 303)
        return desk.page("login.html", None, why=None, name="", next=local(next))

    @router.post(f"{PATH}/login")
    async def sign_in(request: Request) -> Response:
        try:
            given = _Given.model_validate(await read_fields(request))
        except ValidationError as error:
            raise BadFormError("这一页的表单不完整，没有处理。请重新填写。") from error
        name, to = given.name.strip(), local(given.next)
        try:
            async with one_by_one:
                account = await asyncio.to_thread(accounts.sign_in, name, given.password, address_of(request))
        except LockedError as error:
            _log.warning("sign_in_paused", seconds=math.ceil(error.seconds))
            minutes = math.ceil(error.seconds / 60)
            why = f"试错的次数太多，请过 {minutes} 分钟再试。"
            return desk.page("login.html", None, 429, why=why, name=name, next=to)
        if account is None:
            return desk.page("login.html", None, 401, why=_WRONG, name=name, next=to)
        await asyncio.to_thread(desk.staff.record, Entry(desk.clock(), account.name, "登录", ""))
        response = RedirectResponse(to, 303)
        desk.sessions.begin(account, request, response)
        return response

    @router.post(f"{PATH}/logout")
    async def sign_out(request: Request, operator: Operator = signed_in) -> Response:
        await desk.fields(request)
        await asyncio.to_thread(desk.record, operator, "退出")
        request.state.signed_out = True
        response = RedirectResponse(f"{PATH}/login", 303)
        desk.sessions.end(response)
        return response

    return router
