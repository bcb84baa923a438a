"""Documents, articles and facts, to be read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Annotated

from fastapi import APIRouter, HTTPException, Path, Query, Response

from bot.catalogue import article_json, fact_json, facts_with, policy_json, policy_row
from bot.contract import AsOf
from bot.web.api.json_routes import JsonRoute, json_response
from bot.web.api.shapes.catalogue import Article, Fact, FactList, Policies, Policy
from policies.law import Corpus, LoadedPolicy

Id = Annotated[str, Path(max_length=100)]
Day = Annotated[AsOf, Query(description="按哪一天看时效，例如 2024-03-15；不写就是今天")]
Word = Annotated[str | None, Query(max_length=100, description="只列编号、名称或问题里有这个词的")]


def catalogue_routes(corpus: Corpus, today: Callable[[], date]) -> APIRouter:
    """The routes of what is in the corpus; ``today``: the day a status is for unless the request names one."""
    router = APIRouter(route_class=JsonRoute, tags=["文件和要素"])

    @router.get("/policies", response_model=Policies, summary="收有的文件和时效")
    async def policies(as_of: Day = None) -> Response:
        """每份文件一行。"""
        day = as_of or today()
        rows = [policy_row(policy, day) for policy in corpus.policies.values()]
        return json_response({"as_of": day.isoformat(), "corpus_version": corpus.version, "policies": rows})

    @router.get("/policies/{policy}", response_model=Policy, summary="一份文件")
    async def policy(policy: Id, as_of: Day = None) -> Response:
        """名称、文号、机关、时效、全部条款和事项。"""
        return json_response(policy_json(_policy(corpus, policy), as_of or today()))

    @router.get("/policies/{policy}/articles/{article}", response_model=Article, summary="一条条款")
    async def article(policy: Id, article: Id) -> Response:
        """原文（版式已整理）、在公布文本里的位置、出自这一条的事项。"""
        loaded = _policy(corpus, policy)
        if article not in loaded.articles:
            raise HTTPException(404, f"{loaded.header.short}没有条款“{article}”，全部条款见 policies/{loaded.id}")
        return json_response(article_json(loaded, loaded.articles[article]))

    @router.get("/facts", response_model=FactList, summary="全部要素")
    async def facts(word: Word = None) -> Response:
        """每个要素问什么、什么样的回答合用。"""
        return json_response({"facts": [fact_json(fact) for fact in facts_with(corpus, word)]})

    @router.get("/facts/{key}", response_model=Fact, summary="一个要素")
    async def fact(key: Id) -> Response:
        """问什么、什么样的回答合用、按哪里的定义。"""
        if key not in corpus.facts:
            raise HTTPException(404, f"没有要素“{key}”，全部要素见 facts")
        return json_response(fact_json(corpus.facts[key]))

    return router


def _policy(corpus: Corpus, name: str) -> LoadedPolicy:
    if name not in corpus.policies:
        raise HTTPException(404, f"没有文件“{name}”；现有：{'、'.join(corpus.policies)}")
    return corpus.policies[name]
