"""Conversations over HTTP: what is sent, what comes back."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from bot.contract import AsOf
from bot.web.api.shapes.assess import Assessed
from bot.web.api.shapes.base import Day, Shape
from dialogs.commands import LONGEST

Key = Annotated[str, Field(max_length=100)]


class Opening(Shape):
    """A conversation to begin; ``as_of`` defaults to today."""

    as_of: AsOf = None


class Words(Shape):
    """Words typed: an answer, a command such as 上一步 or 换日期 2024-03-15, a question."""

    kind: Literal["typed"]
    text: str = Field(min_length=1, max_length=LONGEST, examples=["我们在海珠"])
    revision: int | None = Field(
        None,
        ge=0,
        le=1_000_000,
        description="界面上那一题的 revision；带上它，过时的页面发来的话不会当成现在这一题的回答",
    )


class Picks(Shape):
    """Choices pressed under a question."""

    kind: Literal["tapped"]
    question: str = Field(max_length=200, description="当前问题的 question")
    revision: int = Field(ge=0, le=1_000_000, description="当前问题的 revision")
    keys: list[Key] = Field(min_length=1, max_length=100, description="选中的 choices 的 key，或一个 commands 的 key")


Sent = Annotated[Words | Picks, Field(discriminator="kind")]


class Said(Shape):
    """A text; ``**…**`` marks what may be shown in bold."""

    kind: Literal["text"]
    text: str
    sender: str | None = Field(description="谁说的；助手说的是 null，人工说的像“人工（李）”")


class Offered(Shape):
    """Something to press, or to type by its label."""

    key: str
    label: str


class Offer(Shape):
    """Things to do next."""

    kind: Literal["menu"]
    choices: list[Offered]


class File(Shape):
    """A file to take away."""

    kind: Literal["document"]
    name: str
    text: str


class ReportAt(Shape):
    """The report: where it is to be had, below the conversation's own address."""

    kind: Literal["report"]
    page: str = Field(examples=["report.html"])
    word: str = Field(examples=["report.docx"])


Reply = Annotated[Said | Offer | File | ReportAt, Field(discriminator="kind")]


class Question(Shape):
    """The question that is open now."""

    question: str
    revision: int
    text: str
    help: str | None
    multiple: bool
    choices: list[Offered]
    commands: list[Offered]
    left: int | None = Field(description="最多还有几问；还说不准就是 null")
    figures: list[str] = Field(description="一起问的几个数的名称，按这个顺序回答")


class Line(Shape):
    """A line of what was said with a person; an event has nobody who says it."""

    by: Literal["enterprise", "operator", "event"]
    who: str
    text: str
    at: str = Field(json_schema_extra={"format": "date-time"}, examples=["2026-11-25T09:00:00+08:00"])


class HandOver(Shape):
    """A person asked for by 转人工: waiting, held (the assistant is silent), or ended."""

    state: Literal["waiting", "held", "ended"]
    ahead: int = Field(description="前面还有几位在等")
    lines: list[Line]


class Turn(Shape):
    """What a message did."""

    conversation: str = Field(examples=["c-1fJ0m4yqkq3Zl2r9Q0x7Jg"])
    revision: int
    repeated: bool = Field(description="同一个 Idempotency-Key 已经收过：没有再处理一次，replies 只有还没取走的")
    replies: list[Reply]
    question: Question | None
    handover: HandOver | None = Field(description="最近一次转人工；没有转过是 null")


class Answer(Shape):
    """An answer in force: to which question, in words and as facts."""

    question: str
    said: str
    facts: dict[str, Any]


class Conversation(Shape):
    """A conversation as it stands."""

    conversation: str
    as_of: Day
    corpus_version: str
    revision: int
    handover: HandOver | None = Field(description="最近一次转人工；人工说的话在这里看，过几秒再取一次")
    answers: list[Answer]
    question: Question | None
    assessment: Assessed
