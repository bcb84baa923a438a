"""``/policies``: the list of documents, and each document as one page to read, link to and print."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from fastapi import APIRouter, Response
from fastapi.responses import HTMLResponse

from bot.turns import ZONE
from bot.web.common.pages import environment
from bot.web.policies.view import Documents


def policies_router(documents: Documents, clock: Callable[[], float]) -> APIRouter:
    """The pages of the documents. ``clock`` gives epoch seconds: a document's status is that of the day."""
    templates = environment("bot.web.policies")
    router = APIRouter(include_in_schema=False)

    def shown(template: str, status: int = 200, **context: object) -> HTMLResponse:
        return HTMLResponse(templates.get_template(template).render(here="policies", **context), status)

    def today() -> date:
        return datetime.fromtimestamp(clock(), ZONE).date()

    @router.get("/policies")
    def listed() -> Response:
        day = today()
        rows = [documents.row(policy, day) for policy in documents.corpus.policies.values()]
        return shown("list.html", rows=rows, day=day)

    @router.get("/policies/{id}")
    def one(id: str) -> Response:  # noqa: A002 - the name in the address
        policy = documents.corpus.policies.get(id)
        if policy is None:
            return shown("unknown.html", 404)
        day = today()
        return shown("policy.html", policy=documents.whole(policy, day), day=day)

    return router
