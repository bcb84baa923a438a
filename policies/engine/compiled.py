"""Judging compiled to code: each reading of each measure becomes one straight-line function.

A function takes the slots of all facts and returns the fields of :class:`Judged` as a plain tuple. Numbers sit in
their slots as ``(low, high)`` with ``INFINITE`` for no bound, so that every test is two integer comparisons and every
amount is integer arithmetic. Functions are made on first use: a process that asks about one district never compiles
the other ten thousand documents.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from policies.engine.judged import DEPENDS, ELIGIBLE, HUGE, INELIGIBLE, INFINITE
from policies.engine.rules import LeafRule, Node, Rule, VariantRule, base_units, clamps
from policies.model.award import Award, Costs, Limit
from policies.model.fact import Fact
from policies.model.measure import Bound
from policies.notation import Quantity
from policies.values import Facts, Span

Judge = Callable[[list[Any]], tuple[Any, ...]]


class Slots:
    """Where each fact of the vocabulary sits, and what an unanswered one looks like."""

    def __init__(self, vocabulary: Mapping[str, Fact]) -> None:
        """Number the facts."""
        self.vocabulary = vocabulary
        self.of = {key: index for index, key in enumerate(vocabulary)}
        self.numeric = {key for key, fact in vocabulary.items() if fact.type in ("money", "count", "share")}
        self.blank: list[Any] = [
            ((-INFINITE if fact.negative_allowed else 0), INFINITE) if key in self.numeric else None
            for key, fact in vocabulary.items()
        ]

    def fill(self, facts: Facts) -> list[Any]:
        """Slots for one enterprise; facts given as ``None`` stay blank."""
        slots = self.blank.copy()
        for key, value in facts.items():
            if isinstance(value, Span):
                low, high = slots[self.of[key]]
                slots[self.of[key]] = (
                    low if value.low is None else value.low,
                    high if value.high is None else value.high,
                )
            elif value is not None:
                slots[self.of[key]] = value
        return slots


def compile_variant(rule: Rule, variant: VariantRule, slots: Slots) -> Judge:
    """Make the function that judges one reading of one measure."""
    source, constants = _Writer(rule, variant, slots).write()
    namespace: dict[str, Any] = dict(constants)
    exec(compile(source, f"<{rule.id}{variant.option}>", "exec"), namespace)  # noqa: S102 - our own generated code
    judge: Judge = namespace["judge"]
    return judge


class _Writer:
    """Writes the source of one function. Locals: ``n12l``/``n12h`` a number's bounds, ``v7`` an answer, ``t3`` a test."""

    def __init__(self, rule: Rule, variant: VariantRule, slots: Slots) -> None:
        self._rule, self._variant, self._slots = rule, variant, slots
        self._lines: list[str] = []
        self._constants: dict[str, Any] = {}
        self._loaded: set[str] = set()

    def write(self) -> tuple[str, dict[str, Any]]:
        for bound in self._rule.bounds:
            self._bound(bound)
        for leaf in self._variant.leaves:
            self._leaf(leaf)
        self._say(f"holds = {self._tree(self._variant.tree)}")
        truths = "(" + "".join(f"t{leaf.index}, " for leaf in self._variant.leaves) + ")"
        award = self._variant.award
        if not award.is_money:
            settled = repr(ELIGIBLE if award.unspecified is None else DEPENDS)
            verdict = f"{INELIGIBLE!r} if holds == 0 else {settled} if holds == 3 else {DEPENDS!r}"
            nothing = "None" if award.unspecified is None else "None if holds else 0"
            self._say(f"return ({verdict}, {nothing}, {nothing}, {truths}, False, {nothing})")
        else:
            self._say(f"if holds == 0: return ({INELIGIBLE!r}, 0, 0, {truths}, False, 0)")
            for leaf in clamps(self._variant):
                self._clamp(leaf)
            self._amount(award)
            self._cap(award)
            self._say(f"if high == 0: return ({INELIGIBLE!r}, 0, 0, {truths}, True, 0)")
            low = "low" if self._variant.exact else "0"
            verdict = f"{ELIGIBLE!r} if holds == 3 else {DEPENDS!r}"
            self._say(f"return ({verdict}, {low}, None if high > {HUGE} else high, {truths}, False, low)")
        return "def judge(F):\n" + "\n".join("    " + line for line in self._lines), self._constants

    def _say(self, line: str) -> None:
        self._lines.append(line)

    def _number(self, key: str) -> tuple[str, str]:
        slot = self._slots.of[key]
        if key not in self._loaded:
            self._loaded.add(key)
            self._say(f"n{slot}l, n{slot}h = F[{slot}]")
        return f"n{slot}l", f"n{slot}h"

    def _answer(self, key: str) -> str:
        slot = self._slots.of[key]
        if key not in self._loaded:
            self._loaded.add(key)
            self._say(f"v{slot} = F[{slot}]")
        return f"v{slot}"

    def _bound(self, bound: Bound) -> None:
        low, high = self._number(bound.fact)
        other_low, other_high = self._number(bound.at_most_fact or bound.at_least_fact or bound.fact)
        other = other_high if bound.at_most_fact else other_low
        less = base_units(bound.minus) if bound.minus else 0
        parts = base_units(bound.divided_by) if bound.divided_by else 1
        self._say(f"edge = max(0, ({other} - {less}) // {parts})")
        if bound.at_most_fact:
            self._say(f"{high} = min({high}, edge); {low} = min({low}, {high})")
        else:
            self._say(f"{low} = min(max({low}, edge), {high})")

    def _leaf(self, leaf: LeafRule) -> None:
        name = f"t{leaf.index}"
        if leaf.kind == "number":
            bounds = [self._number(key) for key in leaf.facts]
            low = " + ".join(pair[0] for pair in bounds)
            high = " + ".join(pair[1] for pair in bounds)
            if leaf.low is not None:
                self._say(f"{name} = 3 if {low} >= {leaf.low} else 0 if {high} < {leaf.low} else 1")
            else:
                self._say(f"{name} = 3 if {high} <= {leaf.high} else 0 if {low} > {leaf.high} else 1")
            return
        value = self._answer(leaf.facts[0])
        if leaf.kind == "bool":
            (wanted,) = leaf.allowed
            self._say(f"{name} = 1 if {value} is None else 3 if {value} is {wanted} else 0")
            return
        constant = f"C{leaf.index}"
        self._constants[constant] = leaf.allowed
        passes = f"{value} in {constant}" if leaf.kind == "choice" else f"not {constant}.isdisjoint({value})"
        self._say(f"{name} = 1 if {value} is None else 3 if {passes} else 0")

    def _tree(self, node: Node) -> str:
        if node.kind == "leaf":
            presumed = self._variant.leaves[node.leaf].presumed
            name = f"t{node.leaf}"
            if presumed is None:
                return name
            return f"(3 if {name} else 0)" if presumed else f"(3 if {name} == 3 else 0)"
        if node.kind == "not":
            return f"(3, 1, None, 0)[{self._tree(node.children[0])}]"
        joiner = " & " if node.kind == "all" else " | "
        empty = "3" if node.kind == "all" else "0"
        return "(" + (joiner.join(self._tree(child) for child in node.children) or empty) + ")"

    def _clamp(self, leaf: LeafRule) -> None:
        low, high = self._number(leaf.facts[0])
        if leaf.low is not None:
            self._say(f"if {low} < {leaf.low} <= {high}: {low} = {leaf.low}")
        if leaf.high is not None:
            self._say(f"if {high} > {leaf.high} >= {low}: {high} = {leaf.high}")

    def _amount(self, award: Award) -> None:
        if award.fixed is not None:
            self._say(f"low = high = {award.fixed.value}")
        elif award.of is not None:
            share = award.rate or award.up_to
            low, high = self._share(share, award.of, None)
            self._say(f"low = {low}; high = {high}")
        elif award.up_to is not None:
            self._say(f"low = high = {award.up_to.value}")
        elif award.per is not None:
            self._items(award)
        elif award.tiers is not None:
            self._tiers(award)
        elif award.stages is not None:
            self._stages(award)
        else:
            parts = [self._share(part.rate, part.of, part.less) for part in award.up_to_parts or ()]
            self._say("low = " + " + ".join(part[0] for part in parts))
            self._say("high = " + " + ".join(part[1] for part in parts))

    def _share(self, share: Quantity | None, of: tuple[str, ...], less: str | None) -> tuple[str, str]:
        assert share is not None  # noqa: S101 - an award with a base has a share
        bounds = [self._number(key) for key in of]
        low, high = " + ".join(pair[0] for pair in bounds), " + ".join(pair[1] for pair in bounds)
        if less is not None:
            taken_low, taken_high = self._number(less)
            low, high = f"max(0, {low} - {taken_high})", f"max(0, {high} - {taken_low})"
        top, bottom = share.value.as_integer_ratio()
        return f"({low}) * {top} // {bottom}", f"({high}) * {top} // {bottom}"

    def _items(self, award: Award) -> None:
        low, high = self._number(award.per or "")
        if isinstance(award.each, Costs):
            cost_low, cost_high = self._number(award.each.cost)
            most = award.each.at_most.value
            self._say(f"low = min({cost_low}, {most}) * {low}; high = min({cost_high}, {most}) * {high}")
        elif award.each is not None:
            self._say(f"low = {award.each.value} * {low}; high = {award.each.value} * {high}")

    def _tiers(self, award: Award) -> None:
        assert award.tiers is not None  # noqa: S101 - called for tiers only
        for name, bound in zip(("low", "high"), self._number(award.tiers.by), strict=True):
            steps = [(base_units(step.at_least), step.up_to.value) for step in award.tiers.steps]
            picked = "0"
            for edge, up_to in sorted(steps):
                picked = f"{up_to} if {bound} >= {edge} else {picked}"
            self._say(f"{name} = {picked}")

    def _stages(self, award: Award) -> None:
        assert award.stages is not None  # noqa: S101 - called for stages only
        total = award.stages.total.value
        amounts = {choice: int(total * share.value) for choice, share in award.stages.shares.items()}
        table = {choice: (amount, amount) for choice, amount in amounts.items()}
        self._constants["STAGES"] = table
        self._constants["ANY_STAGE"] = (min(amounts.values()), max(amounts.values()))
        self._say(f"low, high = STAGES.get({self._answer(award.stages.by)}, ANY_STAGE)")

    def _cap(self, award: Award) -> None:
        if award.cap is not None:
            self._say(f"low = min(low, {award.cap.value}); high = min(high, {award.cap.value})")
        for limit in award.limits:
            self._limit(limit)

    def _limit(self, limit: Limit) -> None:
        if limit.total is not None:
            low = high = str(limit.total.value)
        else:
            low, high = self._share(limit.share, (limit.of or "",), None)
        taken = [self._number(key) for key in limit.less]
        room_low = f"{low}{''.join(f' - {pair[1]}' for pair in taken)}"
        room_high = f"{high}{''.join(f' - {pair[0]}' for pair in taken)}"
        if limit.mode != "ceiling":
            self._gate(limit, room_low, room_high)
            return
        room_low, room_high = f"max(0, {room_low})", f"max(0, {room_high})"
        indent = ""
        if limit.only_if is not None:
            trigger_low, trigger_high = self._number(limit.only_if)
            self._say(f"if {trigger_high} > 0:")
            indent = "    "
            self._say(f"{indent}if {trigger_low} > 0: high = min(high, {room_high})")
        else:
            self._say(f"high = min(high, {room_high})")
        self._say(f"{indent}low = min(low, {room_low})")

    def _gate(self, limit: Limit, room_low: str, room_high: str) -> None:
        """In full or not at all: ``low`` falls to 0 unless the gate surely opens, ``high`` when it surely does not."""
        need_low, need_high = ("0", "0") if limit.mode == "gate_before" else ("low", "high")
        self._say(f"opens, shuts = {need_high} <= {room_low}, {need_low} > {room_high}")
        self._say("low, high = (low if opens else 0), (0 if shuts else high)")
