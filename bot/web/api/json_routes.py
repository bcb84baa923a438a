"""Routes that take JSON only and answer with the bytes ``--jsonl`` would write."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import HTTPException, Request, Response
from fastapi.routing import APIRoute

from bot.contract import Json, one_line

_NOT_JSON = "请求体要是 JSON：请求头写 Content-Type: application/json"


class JsonRoute(APIRoute):
    """A route whose body, where it has one, must call itself JSON."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler, asked only for JSON."""
        handle = super().get_route_handler()

        async def checked(request: Request) -> Response:
            kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
            if self.body_field is not None and kind != "application/json":
                raise HTTPException(415, _NOT_JSON)
            return await handle(request)

        return checked


def json_response(answer: Json, status: int = 200) -> Response:
    """An object as the command line writes it."""
    return Response(one_line(answer).encode(), status, media_type="application/json")
