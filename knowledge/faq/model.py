"""The format of the FAQ files: one entry is one question people ask, its answer, and what the answer rests on."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from policies.model import base
from policies.model.base import Model, Names, OneOrMore

Kind = Literal["amount", "condition", "definition", "procedure", "validity", "stacking", "comparison", "contact"]


class Cite(base.Cite):
    """A verbatim sentence, the article it stands in, and the document."""

    policy: str


class Silence(Model):
    """A document that nowhere says something: none of ``words`` stands in its text. ``about`` names what is missing."""

    policy: str
    about: str
    words: Names


class Outside(Model):
    """A statement that rests on something other than the documents: a general law, an official standard."""

    source: str
    says: str


class Entry(Model):
    """One curated answer.

    ``asks`` are phrasings people use. ``answer`` has the conclusion in its first line; it may hold placeholders
    ``{status:ID}``, ``{starts:ID}``, ``{ends:ID}`` for what a document is on the date asked about and for its first
    and last day, so that no date that depends on counting is written down. Every other number in ``answer``,
    ``formula``, ``counter_questions`` and ``next_step`` stands in a quote of ``cites``, in the quotes of ``measures``
    (ids of measures such as ``haizhu-2022/7.a``, whose rules lint holds equal to those quotes), in the official
    definitions of ``facts`` (keys of facts.yaml), or in ``outside``.
    """

    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    kind: Kind
    asks: Annotated[tuple[str, ...], Field(min_length=5, max_length=10), OneOrMore]
    topics: Annotated[tuple[str, ...], Field(min_length=1), OneOrMore]
    policies: Annotated[tuple[str, ...], Field(min_length=1, description="涉及的文件"), OneOrMore]
    answer: Annotated[str, Field(description="第一行是结论")]
    counter_questions: Annotated[tuple[str, ...], Field(max_length=2, description="最多两个反问"), OneOrMore] = ()
    formula: Annotated[str | None, Field(description="算法和封顶，不写承诺")] = None
    measures: Names = ()
    facts: Names = ()
    cites: tuple[Cite, ...] = ()
    silent: tuple[Silence, ...] = ()
    outside: tuple[Outside, ...] = ()
    next_step: str


class FaqFile(Model):
    """One file of entries on one subject."""

    entries: tuple[Entry, ...]
