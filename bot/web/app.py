"""The one ASGI application: health and metrics, and what each channel brings of its own."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from fastapi import APIRouter, FastAPI, Request, Response
from starlette.exceptions import HTTPException
from starlette.routing import Mount
from starlette.types import ASGIApp

from bot.web.common.pages import SITE
from bot.web.headers import HEADERS, SecurityHeaders

Running = Callable[[], AbstractAsyncContextManager[None]]
"""What runs as long as the application does."""


def create_app(routers: Sequence[APIRouter], running: Running, mounted: Mapping[str, ASGIApp] | None = None) -> FastAPI:
    """The application; ``running`` is entered when it starts and left, with everything drained, when it stops.

    Args:
        routers: what each part brings.
        running: as above.
        mounted: applications of their own, by the path they stand under.
    """

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        async with running():
            yield

    app = FastAPI(title="huiqi", docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan)
    app.add_middleware(SecurityHeaders)
    app.add_exception_handler(404, _no_such_page)
    app.add_exception_handler(405, _no_such_page)
    app.add_exception_handler(Exception, _failed)
    for router in (SITE.router(), *routers):
        app.include_router(router)
    for path, part in (mounted or {}).items():
        app.router.routes.append(_mount(path, part))
    return app


async def _no_such_page(_: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 404
    return _told("没有这一页。请从首页进入。", status)


async def _failed(_: Request, error: Exception) -> Response:
    """Made outside of all middleware, so it brings the headers itself; the error is logged by the server."""
    return _told("出了错，已经记下来待查。请过一会儿再试；先前的回答都还在。", 500)


def _told(text: str, status: int) -> Response:
    return Response(text + "\n", status, HEADERS, media_type="text/plain; charset=utf-8")


def _mount(path: str, part: ASGIApp) -> Mount:
    """A mount that also takes addresses with a line break in them, which Starlette's own leaves to nobody."""
    mount = Mount(path, part)
    mount.path_regex = re.compile(mount.path_regex.pattern, re.DOTALL)
    return mount
