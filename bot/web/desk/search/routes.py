"""``/desk/search``: the list as one types, and the article beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request, Response
from pydantic import ValidationError

from bot.turns import ZONE
from bot.web.common.forms import BadFormError
from bot.web.desk.desk import PART, Desk
from bot.web.desk.search.finder import Finder, Results
from bot.web.desk.search.wanted import KINDS, STATUSES, Wanted
from bot.web.desk.sessions import PATH, Operator

_FIELDS = {"q": "要查的话太长，请写在 200 字以内。", "as_of": "这个日期看不懂，写成 2024-03-15 这样。"}


def search_routes(desk: Desk, finder: Finder) -> APIRouter:
    """The routes of the search."""
    router = APIRouter(route_class=desk.route_class())
    signed_in = Depends(desk.operator)

    @router.get(f"{PATH}/search")
    def search(request: Request, operator: Operator = signed_in) -> Response:
        wanted, wrong = _read(request.query_params)
        day = wanted.as_of or _today(desk.clock)
        results = finder.find(wanted, day)
        chosen = request.query_params.get("open", "") or _first(results)
        listed: dict[str, Any] = {"results": results, "wrong": wrong, "chosen": chosen, "link": _link(wanted)}
        if PART in request.headers:
            return desk.page("results.html", operator, **listed)
        article = finder.article(*_parted(chosen), day)
        return desk.page(
            "search.html", operator, 404 if chosen and article is None else 200, article=article, wanted=wanted, day=day,
            districts=finder.districts, topics=finder.topics, kinds=KINDS, statuses=STATUSES, **listed,
        )  # fmt: skip

    @router.get(f"{PATH}/article")
    def article(request: Request, operator: Operator = signed_in, id: str = "") -> Response:  # noqa: A002 - the address's name
        wanted, _ = _read(request.query_params)
        day = wanted.as_of or _today(desk.clock)
        found = finder.article(*_parted(id), day)
        if found is None:
            raise BadFormError("没有这一条，可能文件已经换了。请在上面重新查。", 404)
        return desk.page("article.html", operator, article=found, day=day, link=_link(wanted))

    return router


def _read(given: Mapping[str, str]) -> tuple[Wanted, dict[str, str]]:
    """Words and filters; what cannot be used is left out, and told beside its field."""
    values: dict[str, Any] = {name: value for name, value in given.items() if name in Wanted.model_fields}
    wrong: dict[str, str] = {}
    try:
        return Wanted.model_validate(values), wrong
    except ValidationError as error:
        for mistake in error.errors():
            name = str(mistake["loc"][0])
            wrong[name] = _FIELDS.get(name, "没有这一项，没有按它筛选。")
            values.pop(name, None)
    return Wanted.model_validate(values), wrong


def _link(wanted: Wanted) -> Callable[[Mapping[str, Any]], str]:
    """What makes the address of an article beside the list it was found in: words and filters stay."""
    kept = {name: str(value) for name, value in wanted.model_dump().items() if value}
    return lambda row: f"{PATH}/search?" + urlencode({**kept, "open": f"{row['id']}/{row['article']}"})


def _first(results: Results) -> str:
    return f"{results.rows[0]['id']}/{results.rows[0]['article']}" if results.rows else ""


def _parted(named: str) -> tuple[str, str]:
    policy, _, article = named.partition("/")
    return policy, article


def _today(clock: Callable[[], float]) -> date:
    return datetime.fromtimestamp(clock(), ZONE).date()
