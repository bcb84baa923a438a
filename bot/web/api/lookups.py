"""``assess``, ``ask`` and ``understand``: one object in, the object ``--jsonl`` writes out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import structlog
from fastapi import APIRouter, Response

from bot import understanding
from bot.contract import TOO_LONG, AssessRequest, RequestError, run
from bot.figures.noted import noted_lookup
from bot.lookup import AskRequest, Lookup
from bot.store.errors import StoreError
from bot.store.figures import Figures
from bot.store.store import Noted
from bot.understanding import UnderstandRequest
from bot.web.api.json_routes import JsonRoute, json_response
from bot.web.api.shapes.assess import Assessed
from bot.web.api.shapes.words import Asked, Understood
from dialogs.advance import Dialog
from dialogs.replies import LookedUp

_log = structlog.get_logger(__name__)


def lookup_routes(dialog: Dialog, figures: Figures, today: Callable[[], date], *, gaps: bool) -> APIRouter:
    """The routes of whatever needs no conversation.

    Args:
        dialog: the conversation, whose engine, index and reader answer here too.
        figures: where lookups are counted.
        today: the day an answer is for unless the request names one.
        gaps: whether questions the documents do not answer are kept.
    """
    router = APIRouter(route_class=JsonRoute)
    engine, reader = dialog.engine, dialog.reader
    lookup = Lookup(engine.corpus, dialog.searcher)

    @router.post("/assess", response_model=Assessed, tags=["查询"], summary="按要素逐条核对")
    def assess(request: AssessRequest) -> Response:
        """给出要素，得到每份文件的时效、每个事项的结论、金额范围和算法、引文，以及合计。没说的要素不当“否”，也不当 0。"""
        try:
            return json_response(run(engine, request, today()))
        except RequestError:
            raise
        except ValueError as error:  # Python neither reads nor writes whole numbers of several thousand digits
            raise RequestError("facts", TOO_LONG) from error

    @router.post("/ask", response_model=Asked, tags=["查询"], summary="查条文")
    def ask(request: AskRequest) -> Response:
        """一句问话，得到条款和原文；文件没有写的，说没有写。"""
        found = lookup.find(request, today())
        _note(figures, noted_lookup(LookedUp(request.question, found.outcome), today(), gaps=gaps))
        return json_response(lookup.json(found))

    @router.post("/understand", response_model=Understood, tags=["查询"], summary="从一句话里听出要素")
    def understand(request: UnderstandRequest) -> Response:
        """一句话，得到其中的要素和数；facts 可以原样交给 assess。"""
        return json_response(understanding.run(reader, engine.corpus.facts, request, today()))

    return router


def _note(figures: Figures, noted: Noted) -> None:
    """Whoever asks gets an answer, whether or not the question can be counted."""
    try:
        figures.add(noted)
    except StoreError as error:
        _log.error("lookup_not_counted", why=str(error))
