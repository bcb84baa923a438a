"""申报条件 as data: tests on facts, joined by ``all`` / ``any`` / ``not``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from policies.model.base import AnyQuantity, Model, Names
from policies.notation import Quantity

Verifier = Literal["自填", "系统", "评审"]
SCHEMA_PLACEHOLDER = "condition"  # policies.model.schema puts the real shape here: it refers to itself
COMPARISONS = ("at_least", "more_than", "at_most", "less_than")


class Test(Model):
    """What is asked of one fact (or of the sum of several).

    Exactly one of ``is`` / ``in`` / ``has_any`` / a comparison is given. ``words`` are the words of the quote the test
    rests on. ``presumed``: general, qualitative or defining conditions that are taken as met until somebody says
    otherwise, and are listed as still to be confirmed (readings.yaml L11); everything else unsaid leaves the verdict open.
    ``past``: a number that falls short here cannot be made up for (the event is over).
    """

    is_: bool | str | None = Field(None, alias="is")
    in_: Annotated[Names | None, Field(alias="in")] = None
    has_any: Names | None = None
    at_least: AnyQuantity | None = None
    more_than: AnyQuantity | None = None
    at_most: AnyQuantity | None = None
    less_than: AnyQuantity | None = None
    words: str
    presumed: bool = False
    past: bool = False
    verified_by: Verifier = "自填"
    note: str | None = None

    @model_validator(mode="after")
    def _one_test(self) -> Self:
        tests = (self.is_, self.in_, self.has_any, self.at_least, self.more_than, self.at_most, self.less_than)
        if tests.count(None) != len(tests) - 1:
            raise ValueError("每个条件写且只写一种判断：is、in、has_any、at_least、more_than、at_most、less_than")
        return self

    @property
    def comparison(self) -> tuple[str, Quantity] | None:
        """The comparator and its bound, when this is a test of a number."""
        for name in COMPARISONS:
            bound = getattr(self, name)
            if bound is not None:
                return name, bound
        return None


class Leaf(Model):
    """A test with the facts it looks at (several: their sum)."""

    facts: tuple[str, ...]
    test: Test


class AllOf(Model):
    """Every condition holds (且)."""

    all_of: tuple[Condition, ...] = Field(alias="all")


class AnyOf(Model):
    """At least one condition holds (或)."""

    any_of: tuple[Condition, ...] = Field(alias="any")


class Not(Model):
    """The condition does not hold."""

    not_: Condition = Field(alias="not")


def _from_yaml(raw: object) -> object:
    """``{revenue: {at_least: 1亿元, words: …}}`` is a leaf; ``all`` / ``any`` / ``not`` / ``sum_of`` are words of ours."""
    if not isinstance(raw, dict) or raw.keys() & {"all", "any", "not", "facts", "all_of", "any_of", "not_"}:
        return raw
    if "sum_of" in raw:
        test = {key: value for key, value in raw.items() if key != "sum_of"}
        return {"facts": raw["sum_of"], "test": test}
    if len(raw) != 1:
        raise ValueError("一个条件只写一个要素，例如 revenue: {at_least: 1亿元, words: …}")
    ((fact, test),) = raw.items()
    return {"facts": (fact,), "test": test}


Condition = Annotated[
    Leaf | AllOf | AnyOf | Not, BeforeValidator(_from_yaml), WithJsonSchema({"$comment": SCHEMA_PLACEHOLDER})
]

for _model in (AllOf, AnyOf, Not):
    _model.model_rebuild()


def leaves(condition: Leaf | AllOf | AnyOf | Not) -> Iterator[Leaf]:
    """All tests of a condition, in the order they are written."""
    if isinstance(condition, Leaf):
        yield condition
    elif isinstance(condition, Not):
        yield from leaves(condition.not_)
    else:
        for child in condition.all_of if isinstance(condition, AllOf) else condition.any_of:
            yield from leaves(child)
