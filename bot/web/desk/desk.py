"""What every page of the desk stands on: who is signed in, templates, forms that carry a token, the record."""

from __future__ import annotations

from collections.abc import Callable, Collection, Coroutine
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import structlog
from fastapi import HTTPException, Request, Response
from fastapi.responses import HTMLResponse
from fastapi.routing import APIRoute

from bot.store.errors import StoreError
from bot.store.staff import Entry, Staff
from bot.web.common.asset_files import Assets
from bot.web.common.forms import BadFormError, read_fields
from bot.web.common.pages import environment
from bot.web.desk.sessions import PATH, Operator, Sessions

PART = "x-part"  # header of the page's script, which wants a part of a page
_STORE_FAILED = "现在存不了也读不出，这一步没有做。请过一会儿再试。"
_EXPIRED = "这一页过期了，没有处理。请刷新以后再试一次。"
_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Part:
    """A part of the desk as the navigation shows it."""

    path: str
    title: str


class Desk:
    """Shared by all parts of the desk. ``clock`` gives epoch seconds; ``parts`` are shown in the navigation, in order."""

    def __init__(self, staff: Staff, sessions: Sessions, clock: Callable[[], float], parts: Collection[Part]) -> None:
        """Load the templates."""
        self.staff, self.sessions, self.clock = staff, sessions, clock
        self.assets = Assets("bot.web.desk", "/assets/desk")
        self._env = environment("bot.web.desk")
        self._env.globals |= {"asset": self.assets.url, "parts": tuple(parts)}

    def operator(self, request: Request) -> Operator:
        """Who is signed in; a dependency of every page.

        Raises:
            HTTPException: 303 to the page to sign in, 401 where only a part of a page is wanted.
        """
        operator = self.sessions.of(request)
        if operator is None:
            if PART in request.headers:
                raise HTTPException(401, "登录已经过期，请重新登录。")
            asked = request.url.path + (f"?{request.url.query}" if request.url.query else "")
            to = f"{PATH}/login" if request.method != "GET" or asked == PATH else f"{PATH}/login?next={quote(asked)}"
            raise HTTPException(303, "请先登录。", {"Location": to})
        request.state.operator = operator
        return operator

    async def fields(self, request: Request, lists: Collection[str] = ()) -> dict[str, Any]:
        """The fields of a form that carries its operator's token; for routes that depend on :meth:`operator`.

        Raises:
            BadFormError: when it is no form of ours.
        """
        fields = await read_fields(request, lists)
        if not self.sessions.carried(request.state.operator, str(fields.pop("token", ""))):
            raise BadFormError(_EXPIRED, 403)
        return fields

    def page(self, template: str, operator: Operator | None, status: int = 200, **context: Any) -> HTMLResponse:
        """A page, or a part of one. ``token`` and ``operator`` are given to every template."""
        token = None if operator is None else self.sessions.form_token(operator)
        html = self._env.get_template(template).render(operator=operator, token=token, **context)
        return HTMLResponse(html, status)

    def record(self, operator: Operator, what: str, about: str = "") -> None:
        """Keep who read or wrote what: about what by its id or hash, never in somebody's words.

        Raises:
            StoreError: when it cannot be kept; then nothing may be shown or done either.
        """
        self.staff.record(Entry(self.clock(), operator.name, what, about))

    def failed(self, request: Request, why: str, status: int) -> Response:
        """A request that was not taken: one sentence, what to do."""
        if PART in request.headers:
            return Response(why, status, media_type="text/plain; charset=utf-8")
        return self.page("failed.html", getattr(request.state, "operator", None), status, why=why)

    def route_class(self) -> type[APIRoute]:
        """For the routers of the desk: what fails is told on a page, whoever is at work stays signed in, nothing is cached."""
        desk = self

        class DeskRoute(APIRoute):
            def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
                answer = super().get_route_handler()

                async def guarded(request: Request) -> Response:
                    try:
                        response = await answer(request)
                    except BadFormError as error:
                        response = desk.failed(request, str(error), error.status)
                    except StoreError as error:
                        _log.error("store_failed", why=str(error))
                        response = desk.failed(request, _STORE_FAILED, 503)
                    response.headers.setdefault("Cache-Control", "no-store")
                    operator = getattr(request.state, "operator", None)
                    if operator is not None and not getattr(request.state, "signed_out", False):
                        desk.sessions.renew(operator, request, response)
                    return response

                return guarded

        return DeskRoute
