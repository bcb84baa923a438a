"""Why a question is asked: the clauses that hang on it and what they could be worth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from dialogs.needs import Need, Role, at_stake
from dialogs.questions import Question
from knowledge.standing import named
from policies.engine.assessment import MeasureResult
from policies.engine.engine import Engine
from policies.engine.judged import INELIGIBLE
from policies.engine.validity import validity
from policies.notation import yuan_text


def reasons_to_ask(engine: Engine, question: Question, open_: Mapping[str, Need], as_of: date) -> dict[str, Any]:
    """The clauses that hang on a question, the dearest first, as data for a template."""
    found: dict[str, MeasureResult] = {}
    for key in question.facts:
        for result in open_[key].measures if key in open_ else ():
            found.setdefault(result.id, result)
    results = sorted(found.values(), key=lambda result: -at_stake(result))
    headers = {name: engine.policies[name].policy.header for name in _policies_of(results)}
    several = len(headers) > 1
    rows = [
        {
            "label": f"{headers[result.rule.loaded.policy].short} {result.rule.loaded.article.label}"
            if several
            else result.rule.loaded.article.label,
            "title": result.rule.loaded.measure.title,
            "worth": _worth(result),
        }
        for result in results
        if question.kind != "where"
    ]
    return {
        "rows": rows,
        "help": question.help,
        "where": question.kind == "where",
        "told": [named(header.short, validity(header, as_of)) for header in headers.values()],
        "combines": any(open_[key].role is Role.COMBINES for key in question.facts if key in open_),
    }


def _policies_of(results: Sequence[MeasureResult]) -> list[str]:
    return list(dict.fromkeys(result.rule.loaded.policy for result in results))


def _worth(result: MeasureResult) -> str:
    award = result.rule.variants[0].award
    if not award.is_money:
        return "没有写金额" if award.unspecified else "非资金支持"
    # As the clause is read by default: what another reading would pay belongs to other enterprises or to the details.
    shown = result if result.judged[0].verdict == INELIGIBLE else result.judged[0]
    if shown.high is None:
        return "没有写上限"
    return f"最高 {yuan_text(shown.high)}" if shown.low != shown.high else yuan_text(shown.high)
