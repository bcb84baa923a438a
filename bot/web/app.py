"""The one ASGI application: health and metrics, and what each channel brings of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from fastapi import APIRouter, FastAPI

from bot.web.headers import SecurityHeaders

Running = Callable[[], AbstractAsyncContextManager[None]]
"""What runs as long as the application does."""


def create_app(routers: Sequence[APIRouter], running: Running) -> FastAPI:
    """The application; ``running`` is entered when it starts and left, with everything drained, when it stops."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        async with running():
            yield

    app = FastAPI(title="huiqi", docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan)
    app.add_middleware(SecurityHeaders)
    for router in routers:
        app.include_router(router)
    return app
