"""The same rules for zen-engine: conditions and award maxima of default readings as one JDM decision.

zen-engine knows true and false only. An enterprise is passed with every fact of the rules; one that is not known is
``null``, a number not known is ``UNKNOWN``. ``ok_n`` says whether measure n holds for sure (presumed conditions count as
met, as they do here), ``pay_n`` is the most it pays in yuan.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from policies.engine.rules import LeafRule, Node, Rule, VariantRule, base_units
from policies.model.award import Award, Costs, Limit
from policies.model.fact import Fact
from policies.values import PPM, Facts, Span

UNKNOWN = -1_000_000_000


def expressible(rule: Rule) -> bool:
    """Whether a rule has nothing that only exists here: bounds between facts, stages, a disputed reading."""
    award = rule.variants[0].award
    return award.is_money and award.stages is None and not rule.bounds and not rule.disputed


def context(rules: Sequence[Rule], facts: Facts, vocabulary: Mapping[str, Fact]) -> dict[str, Any]:
    """An enterprise as zen-engine takes it. Numbers must be exact."""
    keys = {key for rule in rules for key in rule.facts}
    return {key: _plain(facts.get(key), vocabulary[key]) for key in sorted(keys)}


def _plain(value: object, fact: Fact) -> object:
    if fact.type in ("money", "count", "share"):
        return UNKNOWN if value is None else _number(value, fact)
    return sorted(value) if isinstance(value, frozenset) else value


def _number(value: object, fact: Fact) -> float | int:
    if not isinstance(value, Span) or not value.exact or value.low is None:
        raise ValueError(f"{fact.key} is not exact")
    return value.low / {"money": 100, "share": PPM}.get(fact.type, 1)


def decision(rules: Sequence[Rule], vocabulary: Mapping[str, Fact]) -> str:
    """The JDM text of a decision with one expression node for all rules."""
    expressions = []
    for number, rule in enumerate(rules):
        writer = _Writer(rule.variants[0], vocabulary)
        for key, text in ((f"ok_{number}", writer.holds()), (f"pay_{number}", writer.pays())):
            expressions.append({"id": key, "key": key, "value": text})
    nodes = [
        {"id": "in", "type": "inputNode", "name": "in", "position": {"x": 0, "y": 0}},
        {
            "id": "rules",
            "type": "expressionNode",
            "name": "rules",
            "position": {"x": 0, "y": 0},
            "content": {"expressions": expressions},
        },
        {"id": "out", "type": "outputNode", "name": "out", "position": {"x": 0, "y": 0}},
    ]
    edges = [
        {"id": "1", "type": "edge", "sourceId": "in", "targetId": "rules"},
        {"id": "2", "type": "edge", "sourceId": "rules", "targetId": "out"},
    ]
    return json.dumps({"nodes": nodes, "edges": edges}, ensure_ascii=False)


class _Writer:
    def __init__(self, variant: VariantRule, vocabulary: Mapping[str, Fact]) -> None:
        self._variant = variant
        self._vocabulary = vocabulary

    def holds(self) -> str:
        return self._true(self._variant.tree)

    def pays(self) -> str:
        award = self._variant.award
        limits = [self._amount(award), *([_money(award.cap.value)] if award.cap else [])]
        limits += [self._limit(limit) for limit in award.limits]
        return f"min([{', '.join(limits)}])"

    def _true(self, node: Node) -> str:
        if node.kind == "leaf":
            leaf = self._variant.leaves[node.leaf]
            passes = self._passes(leaf)
            return f"({leaf.facts[0]} == null or {passes})" if leaf.presumed else passes
        if node.kind == "not":
            return self._false(node.children[0])
        joiner = " and " if node.kind == "all" else " or "
        return "(" + joiner.join(self._true(child) for child in node.children) + ")"

    def _false(self, node: Node) -> str:
        if node.kind != "leaf":
            raise ValueError("only a single test is negated in these rules")
        leaf = self._variant.leaves[node.leaf]
        fails = f"{leaf.facts[0]} != null and not ({self._passes(leaf)})"
        return f"({leaf.facts[0]} == null or ({fails}))" if leaf.presumed is False else f"({fails})"

    def _passes(self, leaf: LeafRule) -> str:
        key = leaf.facts[0]
        if leaf.kind == "bool":
            return f"{key} == {str(next(iter(leaf.allowed))).lower()}"
        if leaf.kind in ("choice", "set"):
            choices = json.dumps(sorted(map(str, leaf.allowed)), ensure_ascii=False)
            return (
                f"{key} in {choices}" if leaf.kind == "choice" else f"({key} != null and some({key}, # in {choices}))"
            )
        known = [f"{name} != {UNKNOWN}" for name in leaf.facts]
        total = " + ".join(leaf.facts)
        edge = leaf.low if leaf.low is not None else leaf.high
        assert edge is not None
        scale = {"money": 100, "share": PPM}.get(self._vocabulary[key].type, 1)
        sign = ">=" if leaf.low is not None else "<="
        return "(" + " and ".join([*known, f"{total} {sign} {edge} / {scale}"]) + ")"

    def _amount(self, award: Award) -> str:
        share = award.rate or award.up_to
        if award.of is not None and share is not None:
            top, bottom = share.value.as_integer_ratio()
            return f"({' + '.join(award.of)}) * {top} / {bottom}"
        if award.fixed is not None or award.up_to is not None:
            amount = award.fixed or award.up_to
            assert amount is not None
            return _money(amount.value)
        if award.tiers is not None:
            return self._tiers(award)
        if isinstance(award.each, Costs):
            return f"min([{award.each.cost}, {_money(award.each.at_most.value)}]) * {award.per}"
        if award.each is not None:
            return f"{_money(award.each.value)} * {award.per}"
        parts = []
        for part in award.up_to_parts or ():
            top, bottom = part.rate.value.as_integer_ratio()
            base = " + ".join(part.of)
            parts.append(f"{f'max([0, {base} - {part.less}])' if part.less else f'({base})'} * {top} / {bottom}")
        return "(" + " + ".join(parts) + ")"

    def _tiers(self, award: Award) -> str:
        assert award.tiers is not None
        text = "0"
        scale = {"money": 100}.get(self._vocabulary[award.tiers.by].type, 1)
        for edge, up_to in sorted((base_units(step.at_least), step.up_to.value) for step in award.tiers.steps):
            text = f"({award.tiers.by} >= {edge} / {scale} ? {_money(up_to)} : {text})"
        return text

    def _limit(self, limit: Limit) -> str:
        if limit.total is not None:
            ceiling = _money(limit.total.value)
        else:
            assert limit.share is not None
            top, bottom = limit.share.value.as_integer_ratio()
            ceiling = f"{limit.of} * {top} / {bottom}"
        room = f"max([0, {' - '.join([ceiling, *limit.less])}])"
        return room if limit.only_if is None else f"({limit.only_if} > 0 ? {room} : 1000000000000)"


def _money(fen: object) -> str:
    return f"({fen} / 100)"
