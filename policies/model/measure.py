"""惠企事项: one thing an enterprise can get, with its quote, conditions, award, readings and cases."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from policies.model.award import Award
from policies.model.base import AnyQuantity, Cite, Model, Names
from policies.model.condition import Condition

Verdict = Literal["eligible", "ineligible", "depends", "contested"]
Differ = Literal["default", "depends", "contested"]


class Variant(Model):
    """What another reading changes: its own conditions and/or award replace the measure's."""

    requires: tuple[Condition, ...] | None = None
    award: Award | None = None


class Reading(Model):
    """A place where the text can be read in more than one way.

    ``says`` is the careful operator's sentence. ``default`` names the option the shown figures follow; ``otherwise``
    computes other options. ``differ`` says what the verdict becomes when the computed options disagree: the default's
    own (the others are only shown beside it), ``depends`` or ``contested``.
    """

    id: str
    issue: str
    options: dict[str, str]
    says: str
    default: str | None = None
    basis: str | None = None
    otherwise: dict[str, Variant] = {}
    differ: Differ = "default"

    @model_validator(mode="after")
    def _named_options(self) -> Self:
        named = {*self.otherwise, *([self.default] if self.default else [])}
        unknown = named - self.options.keys()
        if unknown:
            raise ValueError(f"读法 {self.id} 没有选项 {'、'.join(sorted(unknown))}")
        if self.otherwise and self.default is None:
            raise ValueError(f"读法 {self.id} 写了 otherwise，就要写 default（默认按哪一种）")
        return self


class Bound(Model):
    """What other answers already say of a fact: at most (or at least) ``(fact − minus) ÷ divided_by``, rounded down."""

    fact: str
    at_most_fact: str | None = None
    at_least_fact: str | None = None
    minus: AnyQuantity | None = None
    divided_by: AnyQuantity | None = None
    because: str

    @model_validator(mode="after")
    def _one_side(self) -> Self:
        if (self.at_most_fact is None) == (self.at_least_fact is None):
            raise ValueError("at_most_fact 和 at_least_fact 写一个")
        return self


class Expectation(Model):
    """What a case expects of one measure: its verdict and, where the text states an amount, its range in strict notation."""

    verdict: Verdict
    range: tuple[AnyQuantity, AnyQuantity] | None = None


class Case(Model):
    """A worked example: facts in, verdicts and ranges (and the total) out."""

    id: str | None = None
    given: dict[str, Any] = {}
    as_of: date | None = None
    expect: dict[str, Expectation] = {}
    total: tuple[AnyQuantity, AnyQuantity] | None = None
    why: str | None = None


class NotRule(Model):
    """A number (or a span of words with numbers) that is no rule, and why: a document number, a date, a slogan."""

    text: str
    why: str


class Measure(Model):
    """One 惠企事项. ``id`` is within the document (``3.1.a``); ``article`` defaults to the file's article.

    ``mentioned_by``: facts whose being known means the enterprise speaks of this measure, so that the total counts it;
    by default every fact of its own that is not ``generic``.
    """

    id: str
    title: str
    article: str | None = None
    quote: Names
    also: tuple[Cite, ...] = ()
    beneficiary: str
    topics: Names = ()
    requires: tuple[Condition, ...] = ()
    bounds: tuple[Bound, ...] = ()
    award: Award
    discretion: Names = ()
    mentioned_by: Names = ()
    readings: tuple[Reading, ...] = ()
    cases: tuple[Case, ...] = ()
    note: str | None = None


class ArticleFile(Model):
    """``article-NN.yaml``: the measures of one article, and the numbers in it that are no rules."""

    article: str
    measures: Annotated[tuple[Measure, ...], Field(description="本条的惠企事项")] = ()
    not_rules: tuple[NotRule, ...] = ()
