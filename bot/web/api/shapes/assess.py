"""``assess``: the assessment, as ``huiqi assess --jsonl`` writes it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from bot.web.api.shapes.base import Day, Range, Shape, Yuan
from policies.model.measure import Verdict
from policies.model.policy import Certainty

Status = Literal["in_force", "expired", "not_yet", "draft", "unknown", "contested"]
State = Literal["met", "unmet", "open", "confirm"]
VerdictOf = Annotated[
    Verdict, Field(description="eligible 符合，ineligible 不符合，depends 取决于还没说的，contested 条文两可")
]


class Validity(Shape):
    """A document's status on the day asked about. A day that is not certain is ``null``, its window tells from when to when."""

    status: Status = Field(
        description="in_force 有效，expired 已届满，not_yet 未施行，draft 未生效的稿子，unknown、contested 不能确定"
    )
    certainty: Certainty
    from_: Annotated[Day | None, Field(alias="from")]
    to: Day | None
    from_window: tuple[Day, Day] | None
    to_window: tuple[Day, Day] | None
    as_if: Status | None = Field(description="稿子假如原样生效时的状态")
    predecessor: Status | None
    note: str | None


class Effect(Shape):
    """What an answer to an open fact would make of the measure."""

    if_: Annotated[str, Field(alias="if")]
    verdict: VerdictOf
    range: Range


class Reason(Shape):
    """One condition and how it stands."""

    state: State = Field(description="met 符合，unmet 不符合，open 待补充，confirm 先按符合算、待确认")
    words: str
    facts: list[str]
    decisive: bool
    verified_by: str
    short_by: str | None
    over_by: str | None


class Citation(Shape):
    """A verbatim quote with its article."""

    article: str
    label: str
    quote: str


class Option(Shape):
    """One way to read a clause, with what it would give where that was computed."""

    option: str
    text: str
    verdict: VerdictOf | None = None
    range: Range = None


class Reading(Shape):
    """A place where the text can be read in more than one way."""

    id: str
    issue: str
    default: str | None
    says: str
    options: list[Option]


class Measure(Shape):
    """One 惠企事项 with its verdict, range, formula and quotes."""

    id: str = Field(examples=["haizhu-2022/3.1.a"])
    title: str
    beneficiary: str
    verdict: VerdictOf
    range: Range
    counted: bool
    missing: list[str] = Field(description="还不知道的要素")
    to_confirm: list[str] = Field(description="先按成立算、须核对的要素")
    could_change: dict[str, list[Effect]]
    reasons: list[Reason]
    exhausted: bool
    formula: str
    citations: list[Citation]
    readings: list[Reading]


class Counted(Shape):
    """A measure that counts towards the total."""

    status: Literal["counted"]
    measure: str
    range: Range


class LeftOut(Shape):
    """A measure that does not, and by which rule."""

    status: Literal["left_out"]
    measure: str
    rule: str
    because: str
    article: str | None


class Ceiling(Shape):
    """A ceiling that binds, or that a clause lifts."""

    status: Literal["capped", "lifted"]
    rule: str
    because: str
    article: str
    ceiling: Yuan | None


class Unknown(Shape):
    """A fact not known yet that may lower the total."""

    status: Literal["unknown"]
    fact: str


Row = Annotated[Counted | LeftOut | Ceiling | Unknown, Field(discriminator="status")]


class Rule(Shape):
    """What must be told of the document and changes no amount."""

    id: str
    says: str
    article: str | None
    quote: str | None
    measures: list[str]


class PolicyAssessed(Shape):
    """One document: its status, its measures, and the best lawful combination."""

    policy: str = Field(examples=["haizhu-2022"])
    title: str
    validity: Validity
    measures: list[Measure]
    total: Range = Field(description="当天可得的合计；已届满或没有生效时是 0")
    nominal_total: Range = Field(description="不看时效，按条文算的合计")
    possible: Range = Field(description="没有排除的全部事项的严格上下界")
    plan: list[Row]
    rules: list[Rule]


class Assessed(Shape):
    """The assessment of one enterprise."""

    as_of: Day
    corpus_version: str
    assessments: list[PolicyAssessed]
