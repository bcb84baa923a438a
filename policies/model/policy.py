"""``policy.yaml``: the header of one document and the rules that span its articles."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from policies.document import Layout
from policies.model.base import AnyQuantity, Cite, Model, Money, Names, Share
from policies.model.condition import Condition
from policies.model.measure import Case, Reading

Certainty = Literal["known", "inferred", "unknown"]
Stage = Literal["issued", "draft", "explanatory_note"]
RuleKind = Literal[
    "repayment", "tax", "net_of_tax", "funding", "same_matter", "notice", "review", "stop", "superior_rules",
    "supersedes", "nature", "principles", "region", "absence",
]  # fmt: skip


class Stated(Model):
    """A header value, how sure it is, and what that rests on: a citation, or a reason (``why``)."""

    value: str | None
    certainty: Certainty
    cite: Cite | None = None
    why: str | None = None

    @model_validator(mode="after")
    def _grounded(self) -> Self:
        if self.cite is None and self.why is None:
            raise ValueError("写 cite（引文）或 why（理由）")
        if (self.value is None) != (self.certainty == "unknown"):
            raise ValueError("certainty 为 unknown 时 value 为空，反之亦然")
        return self


class Day(Model):
    """A date that may lie within a window: ``earliest`` = ``latest`` when it is one day, both empty when unknown."""

    earliest: date | None
    latest: date | None
    certainty: Certainty
    cite: Cite | None = None
    why: str | None = None

    @model_validator(mode="after")
    def _window(self) -> Self:
        if (self.earliest is None) != (self.latest is None) or (self.earliest is None) != (self.certainty == "unknown"):
            raise ValueError("日期写 earliest 和 latest；不知道就都留空并写 certainty: unknown")
        if self.earliest is not None and self.latest is not None and self.earliest > self.latest:
            raise ValueError("earliest 不能晚于 latest")
        if self.cite is None and self.why is None:
            raise ValueError("写 cite（引文）或 why（理由）")
        return self


class Predecessor(Model):
    """The document this one follows, where the text tells when that was in force."""

    title: str
    starts: Day
    ends: Day


class Effective(Model):
    """First and last day (both inclusive). For a draft: the days it would have if issued as it stands."""

    starts: Day
    ends: Day
    note: str | None = None


class CutRule(Model):
    """Where an article begins: its id, its label in the document's own numbering, its first words in the mended text."""

    id: str
    label: str
    begins: str
    parent: str | None = None


class BoundsConvention(Model):
    """What the document itself says of 以上 / 以下 / 不超过: whether they include the number."""

    inclusive: Names = ()
    exclusive: Names = ()
    cite: Cite | None = None
    note: str | None = None


class Definition(Model):
    """A term the document defines, or leaves to another authority (``by``)."""

    term: str
    text: str
    cite: Cite
    by: str | None = None


class Cap(Model):
    """A ceiling over several measures: an amount, or a share of a fact less what other support has taken.

    ``over``: the measures counted together (empty: all). ``lifted_by``: measures whose presence among the paid ones
    lifts the ceiling for all. ``yearly``: it binds what one year pays, so a total over several years is not cut by it.
    """

    id: str
    title: str
    amount: Money | None = None
    share: Share | None = None
    of: str | None = None
    less: str | None = None
    over: Names = ()
    lifted_by: Names = ()
    lifted_cite: Cite | None = None
    basis: str | None = None
    yearly: bool = False
    in_principle: bool = False
    inferred: str | None = None
    cite: Cite

    @model_validator(mode="after")
    def _one_ceiling(self) -> Self:
        if (self.amount is None) == (self.of is None):
            raise ValueError("封顶写 amount，或写 of（可加 share）")
        return self


class ChooseOne(Model):
    """Groups of measures of which only one group is paid. ``when``: only if that fact is true (else they add up)."""

    id: str
    title: str
    groups: tuple[Names, ...]
    when: str | None = None
    cite: Cite | None = None
    why: str | None = None


class HigherOf(Model):
    """从高不重复 against support from elsewhere: when ``fact`` is higher, nothing is paid here for that matter."""

    id: str
    title: str
    fact: str
    cite: Cite


class Pool(Model):
    """A yearly pot or a number of places shared by all applicants: told, never divided (readings.yaml L12)."""

    id: str
    title: str
    amount: AnyQuantity
    measures: Names
    cite: Cite


class GeneralRule(Model):
    """A rule that changes no amount but must be told: taxes, repayment, prior notice, tax-exclusive bases …

    ``kind`` says what it regulates, so that a document without such a rule can be told from one that has it; ``absence``
    is what the document nowhere says.
    """

    id: str
    kind: RuleKind
    says: str
    cite: Cite | None = None
    measures: Names = ()


class Policy(Model):
    """One document. The id is the folder's name."""

    title: str
    short: str
    stage: Stage
    layout: Layout
    number: Stated
    registration: Stated | None = None
    issuer: Stated
    region: Stated
    districts: Names
    aliases: Annotated[
        dict[str, Names], Field(description="适用地区的别名：园区、街镇、旧称、拼音，例如 黄埔区: [广州开发区, 科学城]")
    ] = {}
    interpreter: Stated
    effective: Effective
    predecessor: Predecessor | None = None
    articles: tuple[CutRule, ...]
    bounds: BoundsConvention
    maxima: Cite | None = None
    net_of_tax: Cite | None = None
    scope: tuple[Condition, ...] = ()
    definitions: tuple[Definition, ...] = ()
    caps: tuple[Cap, ...] = ()
    choose_one: tuple[ChooseOne, ...] = ()
    higher_of: tuple[HigherOf, ...] = ()
    pools: tuple[Pool, ...] = ()
    rules: tuple[GeneralRule, ...] = ()
    readings: tuple[Reading, ...] = ()
    cases: tuple[Case, ...] = ()
    ask_next: Annotated[Names, Field(description="没有写明的事该问谁")] = ()
    asked: Annotated[
        dict[str, Names],
        Field(description='大家怎么问：条款编号到日常说法，供检索用，例如 "6": [上云补贴, 买云服务能补多少]'),
    ] = {}
