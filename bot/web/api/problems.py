"""What went wrong, as problem details (RFC 9457): in Chinese, with the field named, and nothing of the program's inside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.contract import RequestError, one_line
from bot.store.errors import StoreError
from bot.traces import frames
from bot.web.api.mistakes import Mistake, mistakes

MEDIA_TYPE = "application/problem+json"
_TITLES = {
    HTTPStatus.BAD_REQUEST: "读不出来",
    HTTPStatus.UNAUTHORIZED: "要带密钥",
    HTTPStatus.NOT_FOUND: "没有找到",
    HTTPStatus.METHOD_NOT_ALLOWED: "这个地址不能这样用",
    HTTPStatus.CONFLICT: "已经没有了",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "太大",
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: "格式不收",
    HTTPStatus.UNPROCESSABLE_ENTITY: "有一项不合要求",
    HTTPStatus.TOO_MANY_REQUESTS: "太频繁",
    HTTPStatus.INTERNAL_SERVER_ERROR: "程序出错",
    HTTPStatus.SERVICE_UNAVAILABLE: "现在存不了",
}
_DETAILS = {
    HTTPStatus.NOT_FOUND: "没有这个地址。全部地址见 /api/v1/docs",
    HTTPStatus.METHOD_NOT_ALLOWED: "这个地址不收这种请求，能用的方法见响应头 Allow",
    HTTPStatus.BAD_REQUEST: "请求体不是完整的 JSON（UTF-8）",
}
_FAULT = "程序出错，已经记下待查。请求没有做完，可以稍后再试"
_STORE = "现在存不了也读不出对话，这一步没有记下。请过一会儿再试"
_RETRY = {"Retry-After": "5"}
_log = structlog.get_logger(__name__)


class FieldProblem(BaseModel):
    """One part of the request at fault: where it stands (``body``, ``query``, ``path``, ``header``), its name, and what to do."""

    model_config = ConfigDict(extra="forbid")

    place: str = Field(examples=["body"])
    field: str = Field(examples=["facts.main_revenue"])
    detail: str


class Problem(BaseModel):
    """Problem details (RFC 9457)."""

    model_config = ConfigDict(extra="forbid")

    type: str = Field("about:blank", description="没有更多说明时是 about:blank")
    title: str = Field(description="这一类问题的名称")
    status: int = Field(description="HTTP 状态码", examples=[422])
    detail: str = Field(description="哪里不对、怎么改")
    errors: list[FieldProblem] = Field(default=[], description="不合要求的每一项")


def problem(
    status: int, detail: str, errors: Sequence[Mistake] = (), headers: Mapping[str, str] | None = None
) -> Response:
    """A response that says what went wrong."""
    title = _TITLES.get(HTTPStatus(status), HTTPStatus(status).phrase)
    told: dict[str, Any] = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    told["errors"] = [{"place": item.place, "field": item.field, "detail": item.detail} for item in errors]
    return Response(one_line(told).encode(), status, dict(headers or {}), MEDIA_TYPE)


def told_problems(app: FastAPI) -> None:
    """Have an application answer every fault with problem details."""
    app.add_exception_handler(RequestValidationError, _not_valid)
    app.add_exception_handler(RequestError, _not_answerable)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(StoreError, _store_failed)
    app.add_middleware(_Guard)


async def _not_valid(_: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - registered for nothing else
    if any(item["type"] == "json_invalid" for item in error.errors()):
        return problem(HTTPStatus.BAD_REQUEST, _DETAILS[HTTPStatus.BAD_REQUEST])
    found = mistakes(error.errors())
    return problem(HTTPStatus.UNPROCESSABLE_ENTITY, found[0].told, found)


async def _not_answerable(_: Request, error: Exception) -> Response:
    assert isinstance(error, RequestError)  # noqa: S101 - registered for nothing else
    mistake = Mistake("body", error.field, str(error))
    return problem(HTTPStatus.UNPROCESSABLE_ENTITY, str(error), [mistake])


async def _http(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for nothing else
    own = error.detail if not error.detail.isascii() else _DETAILS.get(HTTPStatus(error.status_code), "请求没有做完")
    return problem(error.status_code, own, headers=error.headers)


async def _store_failed(_: Request, error: Exception) -> Response:
    _log.error("store_failed", why=str(error))
    return problem(HTTPStatus.SERVICE_UNAVAILABLE, _STORE, headers=_RETRY)


class _Guard:
    """Whatever is raised and nobody expected: noted without anybody's words, told without a traceback."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun = False

        async def noted(message: Message) -> None:
            nonlocal begun
            begun = begun or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, noted)
        except Exception as error:
            _log.error("request_failed", error=type(error).__name__, at=frames(error))
            if not begun:
                await problem(HTTPStatus.INTERNAL_SERVER_ERROR, _FAULT)(scope, receive, send)
