"""One measure as data for a template: as a line of a result, and in full."""

from __future__ import annotations

from typing import Any

from dialogs.groups import Item, distance, shortfall, worth_if_reached
from knowledge.standing import named, status_sentence
from policies.answers import number_text
from policies.engine.assessment import Assessment, MeasureResult
from policies.engine.effects import effects
from policies.engine.engine import Engine
from policies.engine.explain import Reason
from policies.engine.formula import formula
from policies.engine.judged import INELIGIBLE
from policies.engine.rules import VariantRule
from policies.notation import yuan_text
from policies.values import Facts


class MeasureRows:
    """Picks what is shown of a measure. Amounts in 分."""

    def __init__(self, engine: Engine) -> None:
        """Over one corpus and its vocabulary."""
        self._engine = engine
        self._facts = engine.corpus.facts

    def line(self, item: Item) -> dict[str, Any]:
        """One measure as a row of a result."""
        result = item.result
        short = shortfall(result)
        worth = worth_if_reached(self._engine, item, short) if short is not None else None
        return {
            "number": item.number,
            "label": result.rule.loaded.article.label,
            "title": result.rule.loaded.measure.title,
            "policy": item.policy.policy.header.short,
            "named": named(item.policy.policy.header.short, item.policy.validity),
            "verdict": result.verdict,
            "low": result.low,
            "high": result.high,
            "monetary": result.monetary,
            "in_kind": result.rule.variants[0].award.in_kind,
            "unspecified": result.rule.variants[0].award.unspecified,
            "formula": self._short_formula(result),
            "words": _deciding(result).award.words,
            "says": self._says(result),
            "open": len(result.open.deciding),
            "confirm": len(result.open.confirming),
            "exhausted": result.exhausted and result.verdict == INELIGIBLE,
            "unmet": [self._reason(reason, result.facts) for reason in result.reasons if reason.state == "unmet"],
            "short": self._reason(short, result.facts) if short is not None else None,
            "worth": worth,
        }

    def detail(self, item: Item, assessment: Assessment) -> dict[str, Any]:
        """One measure in full, as data for a template: quotes, conditions, formula, ceilings, readings, what is missing."""
        result, policy = item.result, item.policy
        loaded, header = result.rule.loaded, policy.policy.header
        measure = loaded.measure
        computed = {
            (reading.reading.id, reading.option): reading.judged
            for reading in result.readings
            if self._shown(result, reading.reading.differ, reading.judged.verdict)
        }
        return {
            "line": self.line(item),
            "id": loaded.id,
            "header": header,
            "policy": policy.policy.id,
            "status": status_sentence(header.short, policy.validity, assessment.as_of, header.stage),
            "measure": measure,
            "label": loaded.article.label,
            "also": [
                {"article": cite.article, "label": policy.policy.articles[cite.article].label, "quote": cite.quote}
                for cite in measure.also
            ],
            "reasons": [self._reason(reason, result.facts) for reason in result.reasons],
            "formula": formula(result.rule.variants[0], result.facts, self._facts),
            "readings": measure.readings,
            "computed": computed,
            "caps": [cap for cap in header.caps if not cap.over or measure.id in cap.over],
            "choose": [rule for rule in header.choose_one if any(measure.id in group for group in rule.groups)],
            "pools": [pool for pool in header.pools if measure.id in pool.measures],
            "rules": [rule for rule in header.rules if measure.id in rule.measures],
            "missing": [
                {"label": self._facts[key].label, "effects": effects(self._engine, result, key)}
                for key in dict.fromkeys((*result.open.deciding, *result.open.figures))
            ],
            "higher": header.higher_of,
        }

    def _shown(self, result: MeasureResult, differ: str, verdict: str) -> bool:
        """Another reading's result is shown when it is only told beside, or when it decides the verdict differently."""
        return differ == "default" or verdict != result.judged[0].verdict

    def _says(self, result: MeasureResult) -> list[str]:
        """The careful sentence of every reading under which the result would be another one."""
        shown = (result.verdict, result.low, result.high)
        told = [
            other.reading.says
            for other in result.readings
            if self._shown(result, other.reading.differ, other.judged.verdict) and other.judged[:3] != shown
        ]
        return list(dict.fromkeys(told))

    def _short_formula(self, result: MeasureResult) -> str:
        """The formula of the reading that decides, with whatever else lowers its result."""
        told = formula(_deciding(result), result.facts, self._facts)
        if told.amount is not None and result.high is not None and result.high < told.amount:
            return f"{told.short}，受其他回答限制，取 {yuan_text(result.high)}"
        return told.short

    def _reason(self, reason: Reason, facts: Facts) -> dict[str, Any]:
        fact = self._facts[reason.facts[0]]
        far = distance(reason, facts)
        return {
            "state": reason.state,
            "words": reason.test.words if reason.test.is_ is not False else f"没有这种情况：{reason.test.words}",
            "label": "＋".join(dict.fromkeys(self._facts[key].label for key in reason.facts)),
            "gap": None if far is None else f"{'' if far[1] else '至多 '}{number_text(fact, far[0])}",
            "over": reason.low is None,
            "verified_by": reason.test.verified_by,
            "note": reason.test.note,
            "decisive": reason.decisive,
        }


def _deciding(result: MeasureResult) -> VariantRule:
    """The reading whose award is shown: the default one, unless only a disputed one leaves the measure open."""
    variants = result.rule.variants
    if result.judged[0].verdict == INELIGIBLE != result.verdict:
        for variant, judged in zip(variants[1:], result.judged[1:], strict=True):
            if variant.disputed and judged.verdict != INELIGIBLE:
                return variant
    return variants[0]
