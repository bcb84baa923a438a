"""How an amount comes about, in words a caller can follow: formula, inputs, the ceiling that binds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from policies.answers import value_text
from policies.engine.rules import VariantRule
from policies.model.award import Award, Costs, Limit, Part
from policies.model.fact import Fact
from policies.notation import yuan_text
from policies.values import Facts, Span

AT_MOST = "文件写的是上限，下限按 0 元计，具体金额由主管部门定"
"""The last step where the text names no amount but its upper bound."""


@dataclass(frozen=True, slots=True)
class Formula:
    """A calculation in words.

    ``steps``: in order, each one phrase; ``binding``: those that cut the amount; ``amount``: the result in 分, when every
    figure is known.
    """

    steps: tuple[str, ...]
    binding: tuple[str, ...]
    amount: int | None

    @property
    def short(self) -> str:
        """The calculation itself, with the ceilings that bind."""
        return "，".join((self.steps[0], *self.binding))

    def __str__(self) -> str:
        """All steps as one sentence part."""
        return "；".join(self.steps)


def formula(variant: VariantRule, facts: Facts, vocabulary: Mapping[str, Fact]) -> Formula:
    """The formula of one reading's award with the figures known so far."""
    writer = _Writer(facts, vocabulary)
    award = variant.award
    steps = [writer.main(award)]
    if award.cap is not None:
        steps.append(writer.cap(award))
    steps += [writer.limit(limit) for limit in award.limits]
    if award.is_money and not variant.exact:
        steps.append(AT_MOST)
    return Formula(tuple(steps), tuple(writer.binding), writer.amount)


class _Writer:
    def __init__(self, facts: Facts, vocabulary: Mapping[str, Fact]) -> None:
        self._facts, self._vocabulary = facts, vocabulary
        self.binding: list[str] = []
        self.amount: int | None = None

    def main(self, award: Award) -> str:
        if not award.is_money:
            return award.in_kind or f"{award.unspecified}，文件没有写金额"
        if award.fixed is not None:
            return f"定额 {yuan_text(int(award.fixed.value))}"
        if award.of is not None:
            share = award.rate or award.up_to
            return self._parts((Part(rate=share, of=award.of),)) if share else ""
        if award.up_to is not None:
            self.amount = int(award.up_to.value)
            return f"最高 {yuan_text(self.amount)}"
        if award.each is not None and award.per is not None:
            return self._each(award)
        if award.tiers is not None:
            steps = "、".join(f"{step.at_least.text}以上最高{step.up_to.text}" for step in award.tiers.steps)
            return f"按{self._name(award.tiers.by)}所达的最高一档：{steps}"
        if award.stages is not None:
            shares = "、".join(f"{choice}{share.text}" for choice, share in award.stages.shares.items())
            return f"总额最高 {award.stages.total.text}，按口径 {shares}（{self._name(award.stages.by)}）"
        return self._parts(award.up_to_parts or ())

    def _parts(self, parts: tuple[Part, ...]) -> str:
        texts, total = [], 0
        for part in parts:
            base = "＋".join(self._name(key) for key in part.of)
            if part.less is not None:
                base = f"（{base}－{self._name(part.less)}）"
            texts.append(f"{part.rate.text}×{base}")
            numbers = [self._exact(key) for key in (*part.of, *((part.less,) if part.less else ()))]
            if any(number is None for number in numbers):
                return "＋".join(texts)
            known = [number or 0 for number in numbers]
            value = sum(known[: len(part.of)]) - sum(known[len(part.of) :])
            top, bottom = part.rate.value.as_integer_ratio()
            total += max(0, value) * top // bottom
        self.amount = total
        return f"{'＋'.join(texts)}＝{yuan_text(total)}"

    def _each(self, award: Award) -> str:
        count = self._exact(award.per or "")
        if isinstance(award.each, Costs):
            cost = self._exact(award.each.cost)
            most = int(award.each.at_most.value)
            text = (
                f"每件按{self._name(award.each.cost)}全额、最高{award.each.at_most.text}×{self._name(award.per or '')}"
            )
            each = None if cost is None else min(cost, most)
        else:
            each = int(award.each.value) if award.each is not None else None
            text = f"{award.each.text if award.each is not None else ''}×{self._name(award.per or '')}"
        if count is None or each is None:
            return text
        self.amount = each * count
        return f"{text}＝{yuan_text(self.amount)}"

    def cap(self, award: Award) -> str:
        if award.cap is None:
            return ""
        most = int(award.cap.value)
        basis = f"（{award.cap_basis}）" if award.cap_basis else ""
        if self.amount is None:
            return f"封顶 {yuan_text(most)}{basis}"
        if self.amount > most:
            self.amount = most
            self.binding.append(f"超过封顶，取 {yuan_text(most)}")
            return f"超过封顶，取 {yuan_text(most)}{basis}"
        return f"没有超过封顶 {yuan_text(most)}{basis}"

    def limit(self, limit: Limit) -> str:
        taken = "".join(f"－{self._name(key)}" for key in limit.less)
        if limit.total is not None:
            ceiling, start = limit.total.text, int(limit.total.value)
            base: int | None = start
        else:
            ceiling = f"{limit.share.text if limit.share else ''}×{self._name(limit.of or '')}"
            known = self._exact(limit.of or "")
            top, bottom = limit.share.value.as_integer_ratio() if limit.share else (1, 1)
            base = None if known is None else known * top // bottom
        less = [self._exact(key) for key in limit.less]
        why = f"（{limit.inferred}）" if limit.inferred else ""
        if base is None or any(number is None for number in less):
            return f"另不超过 {ceiling}{taken}{why}"
        room = max(0, base - sum(number or 0 for number in less))
        if limit.mode == "ceiling" and self.amount is not None and room < self.amount:
            self.amount = room
            self.binding.append(f"另不超过 {ceiling}{taken}＝{yuan_text(room)}，取 {yuan_text(room)}")
        return f"另不超过 {ceiling}{taken}＝{yuan_text(room)}{why}"

    def _name(self, key: str) -> str:
        fact = self._vocabulary[key]
        value = self._facts.get(key)
        return f"{fact.label}（{value_text(fact, value)}）"

    def _exact(self, key: str) -> int | None:
        value = self._facts.get(key)
        return value.low if isinstance(value, Span) and value.exact else None
