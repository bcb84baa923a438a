"""Judging compiled to code: each reading of each measure becomes one straight-line function.

A function takes the slots of all facts (:mod:`policies.engine.codegen`) and returns what the reading yields. Functions are
made on first use: a process that asks about one district never compiles the other ten thousand documents.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from policies.engine.codegen import Slots, Writer, listed
from policies.engine.judged import DEPENDS, ELIGIBLE, HUGE, INELIGIBLE, TRUE, Judged, Outcome
from policies.engine.rules import Condition, LeafRule, Node, Rule, VariantRule, base_units, clamps, numbered
from policies.model.award import Award, Costs, Limit
from policies.model.measure import Bound
from policies.notation import Quantity

Scope = tuple[int, tuple[int, ...]]
ScopeJudge = Callable[[list[Any]], Scope]
Judge = Callable[[list[Any], Scope], Judged]
Brief = Callable[[list[Any], Scope], Outcome]
Truth = Callable[[list[Any]], int]

NO_SCOPE: Scope = (TRUE, ())


def compile_variant(rule: Rule, variant: VariantRule, slots: Slots, *, shared: bool) -> Judge:
    """Make the function that judges one reading of one measure.

    It takes the slots, and what the function of :func:`compile_scope` makes of them when the scope is ``shared``.
    """
    return _Writer(rule, variant, slots, shared=shared).write()


def compile_verdict(rule: Rule, slots: Slots, *, shared: bool) -> Brief:
    """Make the function that yields verdict and range of the default reading and nothing else."""
    return _Writer(rule, rule.variants[0], slots, shared=shared, brief=True).write()


def compile_scope(conditions: tuple[Condition, ...], slots: Slots) -> ScopeJudge:
    """Make the function that judges the scope of a document, once for all its measures: whether it holds, each test."""
    tree, leaves = numbered(conditions)
    writer = Writer("scope", "F", slots)
    truths = [writer.truth(leaf) for leaf in leaves]
    writer.say(f"return {writer.holds(tree, leaves, truths)}, {listed(truths)}")
    return writer.function()


def compile_condition(condition: Condition, slots: Slots) -> Truth:
    """Make the function that tells the truth of a condition with nothing presumed."""
    tree, leaves = numbered((condition,))
    firm = [replace(leaf, presumed=None) for leaf in leaves]
    writer = Writer("condition", "F", slots)
    writer.say(f"return {writer.holds(tree, firm, [writer.truth(leaf) for leaf in firm])}")
    return writer.function()


class _Writer(Writer):
    """Writes the function of one reading of one measure."""

    def __init__(self, rule: Rule, variant: VariantRule, slots: Slots, *, shared: bool, brief: bool = False) -> None:
        super().__init__(f"{rule.id}{variant.option}", "F, S", slots)
        self._rule, self._variant, self._brief = rule, variant, brief
        self._shared = shared and len(variant.leaves) > variant.tests

    def write(self) -> Callable[[list[Any], Scope], Any]:
        for bound in self._rule.bounds:
            self._bound(bound)
        truths = self._holds()
        award = self._variant.award
        if award.is_money:
            self._priced(award, truths)
        else:
            self._unpriced(award, truths)
        return self.function()

    def _holds(self) -> str:
        """Write ``holds``; the expression returned is the truths of all tests."""
        variant = self._variant
        if not self._shared:
            names = [self.truth(leaf) for leaf in variant.leaves]
            self.say(f"holds = {self.holds(variant.tree, variant.leaves, names)}")
            return listed(names)
        own = Node("all", children=variant.tree.children[: variant.conditions])
        names = [self.truth(leaf) for leaf in variant.leaves[: variant.tests]]
        self.say(f"holds = {self.holds(own, variant.leaves, names)} & S[0]")
        return f"{listed(names)} + S[1]" if names else "S[1]"

    def _priced(self, award: Award, truths: str) -> None:
        failed = repr(INELIGIBLE), "0", "0", truths
        self.say(f"if holds == 0: return {self._result(*failed, 'False', '0')}")
        for leaf in clamps(self._variant):
            self._clamp(leaf)
        self._amount(award)
        self._cap(award)
        self.say(f"if high == 0: return {self._result(*failed, 'True', '0')}")
        verdict = f"{ELIGIBLE!r} if holds == 3 else {DEPENDS!r}"
        low, high = "low" if self._variant.exact else "0", f"None if high > {HUGE} else high"
        self.say(f"return {self._result(verdict, low, high, truths, 'False', 'low')}")

    def _unpriced(self, award: Award, truths: str) -> None:
        settled = ELIGIBLE if award.unspecified is None else DEPENDS
        verdict = f"{INELIGIBLE!r} if holds == 0 else {settled!r} if holds == 3 else {DEPENDS!r}"
        nothing = "None" if award.unspecified is None else "None if holds else 0"
        self.say(f"return {self._result(verdict, nothing, nothing, truths, 'False', nothing)}")

    def _result(self, *fields: str) -> str:
        """The fields of :class:`Judged`, or the first three of them when that is all that is asked for."""
        return f"({', '.join(fields[:3])})" if self._brief else f"new(Judged, ({', '.join(fields)}))"

    def _bound(self, bound: Bound) -> None:
        low, high = self.number(bound.fact)
        other_low, other_high = self.number(bound.at_most_fact or bound.at_least_fact or bound.fact)
        other = other_high if bound.at_most_fact else other_low
        less = base_units(bound.minus) if bound.minus else 0
        parts = base_units(bound.divided_by) if bound.divided_by else 1
        self.say(f"edge = max(0, ({other} - {less}) // {parts})")
        if bound.at_most_fact:
            self.say(f"{high} = min({high}, edge); {low} = min({low}, {high})")
        else:
            self.say(f"{low} = min(max({low}, edge), {high})")

    def _clamp(self, leaf: LeafRule) -> None:
        low, high = self.number(leaf.facts[0])
        if leaf.low is not None:
            self.say(f"if {low} < {leaf.low} <= {high}: {low} = {leaf.low}")
        if leaf.high is not None:
            self.say(f"if {high} > {leaf.high} >= {low}: {high} = {leaf.high}")

    def _amount(self, award: Award) -> None:
        if award.fixed is not None:
            self.say(f"low = high = {award.fixed.value}")
        elif award.of is not None:
            share = award.rate or award.up_to
            low, high = self._share(share, award.of, None)
            self.say(f"low = {low}; high = {high}")
        elif award.up_to is not None:
            self.say(f"low = high = {award.up_to.value}")
        elif award.per is not None:
            self._items(award)
        elif award.tiers is not None:
            self._tiers(award)
        elif award.stages is not None:
            self._stages(award)
        else:
            parts = [self._share(part.rate, part.of, part.less) for part in award.up_to_parts or ()]
            self.say("low = " + " + ".join(part[0] for part in parts))
            self.say("high = " + " + ".join(part[1] for part in parts))

    def _share(self, share: Quantity | None, of: tuple[str, ...], less: str | None) -> tuple[str, str]:
        assert share is not None  # noqa: S101 - an award with a base has a share
        bounds = [self.number(key) for key in of]
        low, high = " + ".join(pair[0] for pair in bounds), " + ".join(pair[1] for pair in bounds)
        if less is not None:
            taken_low, taken_high = self.number(less)
            low, high = f"max(0, {low} - {taken_high})", f"max(0, {high} - {taken_low})"
        top, bottom = share.value.as_integer_ratio()
        return f"({low}) * {top} // {bottom}", f"({high}) * {top} // {bottom}"

    def _items(self, award: Award) -> None:
        low, high = self.number(award.per or "")
        if isinstance(award.each, Costs):
            cost_low, cost_high = self.number(award.each.cost)
            most = award.each.at_most.value
            self.say(f"low = min({cost_low}, {most}) * {low}; high = min({cost_high}, {most}) * {high}")
        elif award.each is not None:
            self.say(f"low = {award.each.value} * {low}; high = {award.each.value} * {high}")

    def _tiers(self, award: Award) -> None:
        assert award.tiers is not None  # noqa: S101 - called for tiers only
        for name, bound in zip(("low", "high"), self.number(award.tiers.by), strict=True):
            steps = [(base_units(step.at_least), step.up_to.value) for step in award.tiers.steps]
            picked = "0"
            for edge, up_to in sorted(steps):
                picked = f"{up_to} if {bound} >= {edge} else {picked}"
            self.say(f"{name} = {picked}")

    def _stages(self, award: Award) -> None:
        assert award.stages is not None  # noqa: S101 - called for stages only
        total = award.stages.total.value
        amounts = {choice: int(total * share.value) for choice, share in award.stages.shares.items()}
        table = {choice: (amount, amount) for choice, amount in amounts.items()}
        stages = self.constant("STAGES", table)
        unknown = self.constant("ANY_STAGE", (min(amounts.values()), max(amounts.values())))
        self.say(f"low, high = {stages}.get({self.answer(award.stages.by)}, {unknown})")

    def _cap(self, award: Award) -> None:
        if award.cap is not None:
            self.say(f"if low > {award.cap.value}: low = {award.cap.value}")
            self.say(f"if high > {award.cap.value}: high = {award.cap.value}")
        for limit in award.limits:
            self._limit(limit)

    def _limit(self, limit: Limit) -> None:
        if limit.total is not None:
            low = high = str(limit.total.value)
        else:
            low, high = self._share(limit.share, (limit.of or "",), None)
        taken = [self.number(key) for key in limit.less]
        room_low = f"{low}{''.join(f' - {pair[1]}' for pair in taken)}"
        room_high = f"{high}{''.join(f' - {pair[0]}' for pair in taken)}"
        if limit.mode != "ceiling":
            self._gate(limit, room_low, room_high)
            return
        room_low, room_high = f"max(0, {room_low})", f"max(0, {room_high})"
        indent = ""
        if limit.only_if is not None:
            trigger_low, trigger_high = self.number(limit.only_if)
            self.say(f"if {trigger_high} > 0:")
            indent = "    "
            self.say(f"{indent}if {trigger_low} > 0: high = min(high, {room_high})")
        else:
            self.say(f"high = min(high, {room_high})")
        self.say(f"{indent}low = min(low, {room_low})")

    def _gate(self, limit: Limit, room_low: str, room_high: str) -> None:
        """In full or not at all: ``low`` falls to 0 unless the gate surely opens, ``high`` when it surely does not."""
        need_low, need_high = ("0", "0") if limit.mode == "gate_before" else ("low", "high")
        self.say(f"opens, shuts = {need_high} <= {room_low}, {need_low} > {room_high}")
        self.say("low, high = (low if opens else 0), (0 if shuts else high)")
