"""Documents, articles and facts."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from bot.web.api.shapes.assess import Status, Validity
from bot.web.api.shapes.base import Day, Shape
from policies.model.fact import FactType
from policies.model.policy import Stage


class PolicyRow(Shape):
    """A document in the list."""

    id: str = Field(examples=["haizhu-2022"])
    title: str
    number: str | None = Field(description="发文字号；文本没有就是 null")
    stage: Stage
    status: Status
    measures: int = Field(description="惠企事项的个数")


class Policies(Shape):
    """All documents with their status on a day."""

    as_of: Day
    corpus_version: str
    policies: list[PolicyRow]


class ArticleRow(Shape):
    """An article in a document's list."""

    id: str
    label: str


class MeasureRow(Shape):
    """A measure in a list."""

    id: str
    title: str
    article: str
    label: str
    beneficiary: str
    monetary: bool
    quotes: list[str]


class Policy(Shape):
    """A document in full."""

    id: str
    title: str
    short: str
    number: str | None
    registration: str | None
    stage: Stage
    issuer: str | None
    districts: list[str]
    interpreter: str | None
    ask_next: list[str]
    as_of: Day
    status: Status
    standing: str
    validity: Validity
    articles: list[ArticleRow]
    measures: list[MeasureRow]


class Article(Shape):
    """An article: the text with layout mended, and its span of characters in the published source."""

    policy: str
    policy_title: str
    article: str
    label: str
    parent: str | None
    text: str
    span: tuple[int, int]
    measures: list[MeasureRow]


class Definition(Shape):
    """Where a term is defined."""

    text: str
    source: str
    policy: str | None
    article: str | None


class Fact(Shape):
    """One 要素: what it asks and which answers fit."""

    key: str
    label: str
    type: FactType
    unit: str | None
    question: str
    help: str | None
    choices: list[str]
    presets: dict[str, Any]
    topics: list[str]
    synonyms: list[str]
    generic: bool
    definitions: list[Definition]


class FactList(Shape):
    """The facts, in the order of the vocabulary."""

    facts: list[Fact]
