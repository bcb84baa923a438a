"""``ask`` and ``understand``: what was found, what was heard, as ``--jsonl`` writes them."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from bot.web.api.shapes.base import Shape


class Hit(Shape):
    """An article that answers, or for a near miss the nearest of another document."""

    policy: str
    article: str
    label: str
    quote: str


class Asked(Shape):
    """The answer to a question."""

    outcome: Literal["answer", "near_miss", "not_covered", "chat"]
    answered: bool
    articles: list[Hit] = Field(description="最合的在前")
    text: str


class Doubt(Shape):
    """Something heard that should be asked about before it counts."""

    fact: str
    value: Any
    why: str
    question: str
    span: tuple[int, int]


class Number(Shape):
    """A quantity in the sentence; an open side is ``null``."""

    span: tuple[int, int]
    text: str
    low: int | float | str | None
    high: int | float | str | None
    unit: str | None
    measure: str | None = None
    currency: str | None = None
    qualifier: str | None = None
    low_open: bool = False
    high_open: bool = False


class Understood(Shape):
    """What a sentence says of an enterprise; ``facts`` go as they are into ``assess``."""

    district: str | None
    elsewhere: str | None
    facts: dict[str, Any]
    uncertain: list[Doubt]
    evidence: dict[str, list[int]]
    correction: bool
    numbers: list[Number]
