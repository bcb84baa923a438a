"""``facts.yaml``: the vocabulary every document shares. One fact, one meaning, one question."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from policies.model.base import Model, Names
from policies.model.condition import Condition
from policies.model.heard import Heard

FactType = Literal["bool", "choice", "set", "money", "count", "share"]


class Source(Model):
    """Where a definition comes from: a document's article, or an official text with its date."""

    text: str
    source: str
    policy: str | None = None
    article: str | None = None


class Derivation(Model):
    """How a definition left to others decides a fact: in case ``when`` (usually the industry), the fact is ``holds``."""

    when: Condition
    holds: Condition
    source: str


class Fact(Model):
    """One 要素. ``unit`` for counts; ``choices`` for choice and set; ``presets`` are quick answers to a number.

    ``generic``: knowing it does not by itself bring a measure into play (district, revenue, being a manufacturer …).
    ``negative_allowed``: a share may be below zero. ``net_of_tax``: the amount is asked without tax.
    ``with``: facts of one name are asked together in one form, each under its ``short`` name.
    ``heard``: how people say it; without it, the label, the synonyms and the choices are listened for.
    ``asked``: false for a fact that is taken when offered but never asked. ``ask_first``: asked before this one.
    """

    key: str
    label: str
    type: FactType
    question: str
    help: str | None = None
    unit: str | None = None
    choices: Names = ()
    presets: dict[str, Any] = {}
    topics: Names = ()
    synonyms: Names = ()
    generic: bool = False
    negative_allowed: bool = False
    net_of_tax: bool = False
    asked: bool = True
    ask_first: str | None = None
    short: str | None = None
    with_: Annotated[str | None, Field(alias="with", description="一起问的一组，例如 standards")] = None
    definitions: tuple[Source, ...] = ()
    derived: tuple[Derivation, ...] = ()
    heard: Heard | None = None

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if (self.type in ("choice", "set")) != bool(self.choices):
            raise ValueError("choice、set 要写 choices，其他类型不写")
        if (self.type == "count") != (self.unit is not None):
            raise ValueError("count 要写 unit（家、项、场…），其他类型不写")
        if self.presets and self.type not in ("money", "count", "share"):
            raise ValueError("presets 只用于数值要素")
        return self


class Tick(Model):
    """One line of a list to tick: a yes/no ``fact``, or a ``label`` with what ticking and what leaving it says."""

    fact: str | None = None
    label: str | None = None
    ticked: dict[str, Any] = {}
    unticked: dict[str, Any] = {}

    @model_validator(mode="after")
    def _either(self) -> Self:
        if (self.fact is None) == (self.label is None):
            raise ValueError("一行写 fact（是否要素），或写 label 加 ticked / unticked")
        if self.label is not None and not self.unticked:
            raise ValueError("写 label 的一行要写 unticked：不勾选说明什么")
        return self


class TickList(Model):
    """A question with several boxes (``做过下面哪些事？``)."""

    id: str
    question: str
    help: str | None = None
    ticks: tuple[Tick, ...]


class Topic(Model):
    """A matter people ask about, by its official and its everyday words; for search.

    A document has the topic when a measure's title or beneficiary, or what is asked of an article, holds one of the words.
    """

    name: str
    words: Annotated[Names, Field(min_length=1)]


class Vocabulary(Model):
    """The whole of ``facts.yaml``. ``words``: groups of words that phrases of ``heard`` name in ``<…>``."""

    words: dict[str, Names] = {}
    facts: tuple[Fact, ...]
    lists: tuple[TickList, ...] = ()
    topics: tuple[Topic, ...] = ()

    @model_validator(mode="after")
    def _unique(self) -> Self:
        seen: set[str] = set()
        for fact in self.facts:
            if fact.key in seen:
                raise ValueError(f"要素 {fact.key} 写了两次")
            seen.add(fact.key)
        names = [topic.name for topic in self.topics]
        for name in names:
            if names.count(name) > 1:
                raise ValueError(f"话题 {name} 写了两次")
        return self
