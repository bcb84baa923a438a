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
        today = _today(desk.clock)
        results = finder.find(wanted, today)
        if PART in request.headers:
            return desk.page("results.html", operator, **_list(wanted, results))
        chosen = _chosen(request.query_params.get("open", ""), results)
        article = finder.article(*chosen, wanted.as_of or today) if chosen is not None else None
        return desk.page(
            "search.html", operator, wrong=wrong, article=article, wanted=wanted, day=wanted.as_of or today,
            districts=finder.districts, topics=finder.topics, kinds=KINDS, statuses=STATUSES, **_list(wanted, results),
        )  # fmt: skip

    @router.get(f"{PATH}/article")
    def article(request: Request, operator: Operator = signed_in, id: str = "") -> Response:  # noqa: A002 - the address's name
        wanted, _ = _read(request.query_params)
        day = wanted.as_of or _today(desk.clock)
        policy, _, number = id.partition("/")
        found = finder.article(policy, number, day)
        if found is None:
            raise BadFormError("没有这一条。", 404)
        return desk.page("article.html", operator, article=found, day=day)

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


def _list(wanted: Wanted, results: Results) -> dict[str, Any]:
    """What the list of results needs; links keep the words and filters."""
    kept = {name: str(value) for name, value in wanted.model_dump().items() if value}
    return {
        "results": results,
        "link": lambda row: f"{PATH}/search?" + urlencode({**kept, "open": f"{row['id']}/{row['article']}"}),
        "as_of": "" if wanted.as_of is None else wanted.as_of.isoformat(),
    }


def _chosen(named: str, results: Results) -> tuple[str, str] | None:
    """The article that is open: the one named, or the first found."""
    if named:
        policy, _, article = named.partition("/")
        return policy, article
    return (results.rows[0]["id"], results.rows[0]["article"]) if results.rows else None


def _today(clock: Callable[[], float]) -> date:
    return datetime.fromtimestamp(clock(), ZONE).date()
