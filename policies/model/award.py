"""扶持标准 as data: what is paid, out of which base, up to which cap.

Reading rules R1–R7: ``fixed`` and ``each`` pay exactly that (R1); ``rate`` pays exactly that share (R2); ``up_to`` is a
maximum, so its lower end is 0 (R3); a policy that says all its figures are maxima overrules the first two (R4);
``unspecified`` has no number, which is neither 0 nor a guess (R7).
"""

from __future__ import annotations

from typing import Literal, Self

from pydantic import model_validator

from policies.model.base import AnyQuantity, Model, Money, Names, Share


class Costs(Model):
    """The cost of one item, paid in full up to a maximum (``全额补贴、每台最高2000元``)."""

    cost: str
    at_most: Money


class Step(Model):
    """One tier: from ``at_least`` on, up to ``up_to``."""

    at_least: AnyQuantity
    up_to: Money


class Tiers(Model):
    """Tiers of a fact; the highest one reached counts, they do not add up. Steps ascend."""

    by: str
    steps: tuple[Step, ...]


class Stages(Model):
    """A total paid in parts: which part is asked about is the choice in the fact ``by``.

    ``whole`` is the choice that means all parts together; its share is 100% and needs no number in the quote.
    """

    total: Money
    by: str
    whole: str
    shares: dict[str, Share]


class Part(Model):
    """One term of a sum: ``rate`` × (the sum of ``of`` − ``less``)."""

    rate: Share
    of: Names
    less: str | None = None


class Limit(Model):
    """A ceiling beside the cap: ``share`` of a fact, or a ``total``, less what others have already taken.

    ``mode``: a ``ceiling`` lowers the amount to the room left; a gate pays in full or not at all: ``gate_before`` when
    what others took already exceeds the ceiling, ``gate_after`` when the amount would lift the sum above it.
    ``only_if``: the ceiling binds only when that amount is above zero. ``inferred``: why the ceiling is taken although
    the text does not state it (then it needs no number in the quote).
    """

    share: Share | None = None
    of: str | None = None
    total: Money | None = None
    less: Names = ()
    mode: Literal["ceiling", "gate_before", "gate_after"] = "ceiling"
    only_if: str | None = None
    words: str | None = None
    inferred: str | None = None

    @model_validator(mode="after")
    def _one_ceiling(self) -> Self:
        if (self.share is None) == (self.total is None) or (self.share is None) != (self.of is None):
            raise ValueError("上限写 share 加 of，或写 total，二者选一")
        if self.words is None and self.inferred is None:
            raise ValueError("上限要写 words（原文用语）；原文没有明写的写 inferred（理由）")
        return self


class Award(Model):
    """One award. Exactly one of the nine kinds is given; ``words`` are the words of the quote that state it.

    ``maximum``: a ``fixed``, ``each`` or ``rate`` that is read as a maximum, so that its lower end is 0.
    """

    fixed: Money | None = None
    rate: Share | None = None
    up_to: AnyQuantity | None = None
    each: Money | Costs | None = None
    tiers: Tiers | None = None
    stages: Stages | None = None
    up_to_parts: tuple[Part, ...] | None = None
    unspecified: str | None = None
    in_kind: str | None = None
    of: Names | None = None
    per: str | None = None
    cap: Money | None = None
    cap_basis: str | None = None
    maximum: bool = False
    limits: tuple[Limit, ...] = ()
    frequency: str | None = None
    form: str | None = None
    words: str | None = None

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        kinds = [name for name in KINDS if getattr(self, name) is not None]
        if len(kinds) != 1:
            raise ValueError("扶持标准写且只写一种：" + "、".join(KINDS))
        kind = kinds[0]
        share_of_base = kind == "rate" or (self.up_to is not None and self.up_to.is_share)
        if share_of_base != (self.of is not None):
            raise ValueError("比例要写 of（基数是哪个要素）；没有比例就不写 of")
        if (kind == "each") != (self.per is not None):
            raise ValueError("each 要写 per（按哪个要素计数）；没有 each 就不写 per")
        if self.is_money and self.words is None:
            raise ValueError("有金额的扶持标准要写 words：原文里写明金额、比例的那几个字")
        return self

    @property
    def kind(self) -> str:
        """Which of the nine kinds this is."""
        return next(name for name in KINDS if getattr(self, name) is not None)

    @property
    def is_money(self) -> bool:
        """Whether the text states an amount or a share."""
        return self.unspecified is None and self.in_kind is None


KINDS = ("fixed", "rate", "up_to", "each", "tiers", "stages", "up_to_parts", "unspecified", "in_kind")
