"""``assess``, ``ask`` and ``understand``: one object in, the object ``--jsonl`` writes out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import structlog
from fastapi import APIRouter, Response

from bot import understanding
from bot.contract import TOO_LONG, AssessRequest, RequestError, run
from bot.gaps import GapLog
from bot.lookup import AskRequest, Lookup
from bot.store.errors import StoreError
from bot.understanding import UnderstandRequest
from bot.web.api.json_routes import JsonRoute, json_response
from bot.web.api.shapes.assess import Assessed
from bot.web.api.shapes.words import Asked, Understood
from knowledge.understand import Reader
from policies.engine.engine import Engine

_log = structlog.get_logger(__name__)


def lookup_routes(engine: Engine, gaps: GapLog | None, today: Callable[[], date]) -> APIRouter:
    """The routes of whatever needs no conversation.

    Args:
        engine: the corpus ready for judging.
        gaps: where questions the documents do not answer are noted; ``None``: nowhere.
        today: the day an answer is for unless the request names one.
    """
    router = APIRouter(route_class=JsonRoute)
    lookup, reader = Lookup(engine.corpus), Reader(engine.corpus)

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
        if gaps is not None:
            _note(gaps, request.question, found.outcome, today())
        return json_response(lookup.json(found))

    @router.post("/understand", response_model=Understood, tags=["查询"], summary="从一句话里听出要素")
    def understand(request: UnderstandRequest) -> Response:
        """一句话，得到其中的要素和数；facts 可以原样交给 assess。"""
        return json_response(understanding.run(reader, engine.corpus.facts, request, today()))

    return router


def _note(gaps: GapLog, question: str, outcome: str, day: date) -> None:
    """Whoever asks gets an answer, whether or not the question can be noted for staff."""
    try:
        gaps.keep(question, outcome, day)
    except StoreError as error:
        _log.error("gap_not_noted", why=str(error))
