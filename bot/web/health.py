"""For whoever watches the process: is it alive, can it work, and its figures."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

from fastapi import APIRouter, Response
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, Gauge, generate_latest

from bot.store.store import Backlog, Store, StoreError

_ROWS = Gauge("huiqi_rows", "Rows under way or kept, by kind", ("kind",))
_OLDEST = Gauge("huiqi_oldest_seconds", "Age of the oldest message or call that waits")


def health_router(store: Store, ready: Callable[[], bool]) -> APIRouter:
    """``/healthz``: the process answers. ``/readyz``: the store answers too and work goes on. ``/metrics``: Prometheus."""
    router = APIRouter()

    @router.get("/healthz")
    async def healthz() -> Response:
        return Response("ok\n", media_type="text/plain")

    @router.get("/readyz")
    async def readyz() -> Response:
        if not ready():
            return Response("stopping\n", status_code=503, media_type="text/plain")
        try:
            await asyncio.to_thread(store.backlog)
        except StoreError:
            return Response("store\n", status_code=503, media_type="text/plain")
        return Response("ok\n", media_type="text/plain")

    @router.get("/metrics")
    async def metrics() -> Response:
        try:
            _show(await asyncio.to_thread(store.backlog))
        except StoreError:  # the figures of the process are worth having just then
            _ROWS.clear()
        return Response(generate_latest(REGISTRY), media_type=CONTENT_TYPE_LATEST)

    return router


def _show(backlog: Backlog) -> None:
    for kind in ("inbox", "outbox", "dead", "paused", "conversations", "people_waiting", "people_held"):
        _ROWS.labels(kind).set(getattr(backlog, kind))
    _OLDEST.set(0 if backlog.oldest is None else max(0.0, time.time() - backlog.oldest))
