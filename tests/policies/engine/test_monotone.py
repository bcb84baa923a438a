"""More answers never widen a range nor flip a settled verdict.

``facts`` are an enterprise's answers, ``finer`` the same with more of them or sharper ones. A verdict that rests on a
presumed condition (readings.yaml L11) may still turn, but only by an answer the result named as missing.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from policies.answers import read_answers
from policies.engine.assessment import MeasureResult, PolicyAssessment
from policies.engine.engine import Engine, is_firm, possible
from policies.engine.judged import CONTESTED, DEPENDS, ELIGIBLE, INELIGIBLE
from policies.engine.rules import Rule, base_units
from policies.values import Facts, Span
from tests.strategies import POLICIES, Enterprises

DAY = date(2023, 6, 1)
Pair = tuple[PolicyAssessment, PolicyAssessment]


def drawn(data: st.DataObject, name: str, engine: Engine, enterprises: Enterprises) -> Pair:
    """One document's assessment before and after more answers."""
    facts = data.draw(enterprises.answers(name))
    finer = data.draw(enterprises.refined(facts, name))
    complete, later = engine.complete(facts), engine.complete(finer)
    assume(all(later.get(key) == value for key, value in complete.items() if key not in facts or facts[key] is None))
    assume(all(consistent(rule, later) for rule in engine.policies[name].rules))
    before, after = (engine.assess(answers, DAY, [name]).policies[0] for answers in (facts, finer))
    return before, after


def consistent(rule: Rule, facts: Facts) -> bool:
    """Whether answers do not contradict what one fact says of another (``bounds`` of a measure)."""
    for bound in rule.bounds:
        fact, other = facts.get(bound.fact), facts.get(bound.at_most_fact or bound.at_least_fact or "")
        if not isinstance(fact, Span) or not isinstance(other, Span):
            continue
        less = base_units(bound.minus) if bound.minus else 0
        parts = base_units(bound.divided_by) if bound.divided_by else 1
        if bound.at_most_fact and other.high is not None and (fact.low or 0) > max(0, (other.high - less) // parts):
            return False
        if bound.at_least_fact and fact.high is not None and fact.high < max(0, ((other.low or 0) - less) // parts):
            return False
    return True


def within(inner: tuple[int | None, int | None], outer: tuple[int | None, int | None]) -> bool:
    """Whether a range of 分 lies in another; a high of ``None`` is no bound."""
    if inner[0] is None or outer[0] is None:
        return inner[0] is outer[0]
    return inner[0] >= outer[0] and (outer[1] is None or (inner[1] is not None and inner[1] <= outer[1]))


def answered(before: MeasureResult, after: MeasureResult) -> set[str]:
    """Facts of the measure that the later answers know better."""
    return {key for key in before.rule.facts if before.facts.get(key) != after.facts.get(key)}


@pytest.mark.parametrize("name", POLICIES)
@settings(max_examples=250)
@given(data=st.data())
def test_measures(data: st.DataObject, name: str, engine: Engine, enterprises: Enterprises) -> None:
    before, after = drawn(data, name, engine, enterprises)
    for old, new in zip(before.measures, after.measures, strict=True):
        compare(old, new)


# Refinements that are easily got wrong: each once flipped a settled verdict, widened a range or seemed to.
DELICATE: dict[str, tuple[str, dict[str, Any], dict[str, Any]]] = {
    "a base that proves to be zero": (
        "foshan-2020",
        {"demo_base": True, "demo_base_lead": True},
        {"demo_base_superior_aid": 0},
    ),
    "one reading has no base, the other has another": (
        "haizhu-2022",
        {"legal_person": True},
        {"cross_platform_investment": 0},
    ),
    "a dispute that ends as contested": (
        "baoan-2022-draft",
        {"id_resolutions": 100_001, "node_roles": ["运营"]},
        {"id_new_registrations": 20_000_000},
    ),
    "a contested reading while the default is open": (
        "foshan-2020",
        {
            "district": "佛山市",
            "cluster_done_in_term": False,
            "cluster_months": 0,
            "cluster_pilot_lead": True,
            "cluster_pilot_stage": "已入选未验收",
            "cluster_voucher_firms": {"at_least": 14, "at_most": 15},
        },
        {"cluster_voucher_firms": 15},
    ),
    "a presumption that only one reading needs": (
        "baoan-2022-draft",
        {"id_new_registrations": 20_000_000, "id_resolutions": 100_001},
        {"node_roles": ["运营"]},
    ),
    "a number that says something of another": (
        "baiyun-draft",
        {"promoted_firms": {"at_least": 20}},
        {"promoted_firms": 20},
    ),
}


@pytest.mark.parametrize(("name", "facts", "more"), DELICATE.values(), ids=DELICATE.keys())
def test_delicate_refinements(name: str, facts: dict[str, Any], more: dict[str, Any], engine: Engine) -> None:
    before, after = (
        engine.assess(read_answers(answers, engine.corpus.facts), DAY, [name]).policies[0]
        for answers in (facts, facts | more)
    )
    for old, new in zip(before.measures, after.measures, strict=True):
        compare(old, new)
    assert within(possible(after), possible(before))


def compare(old: MeasureResult, new: MeasureResult) -> None:
    settled_verdicts_stay(old, new)
    ranges_never_widen(old, new)
    only_missing_facts_change_anything(old, new)
    eligible_turns_only_by_what_was_presumed(old, new)


def settled_verdicts_stay(old: MeasureResult, new: MeasureResult) -> None:
    if old.verdict == INELIGIBLE or is_firm(old):
        assert new.verdict == old.verdict, old.id


def ranges_never_widen(old: MeasureResult, new: MeasureResult) -> None:
    """Nor does a low end fall, unless a presumption fails under one reading of two: that is ineligible for one half."""
    if new.verdict == INELIGIBLE:
        return
    presumed = (
        old.verdict == ELIGIBLE and new.verdict == CONTESTED and bool(answered(old, new) & set(old.open.confirming))
    )
    assert within((old.low if presumed else new.low, new.high), (old.low, old.high)), old.id


def only_missing_facts_change_anything(old: MeasureResult, new: MeasureResult) -> None:
    """An answer about a fact listed as missing, or about one that says something of it (``bounds``)."""
    if (old.verdict, old.low, old.high) != (new.verdict, new.low, new.high):
        missing = set(old.missing)
        telling = {bound.at_most_fact or bound.at_least_fact for bound in old.rule.bounds if bound.fact in missing}
        assert answered(old, new) & (missing | telling), old.id


def eligible_turns_only_by_what_was_presumed(old: MeasureResult, new: MeasureResult) -> None:
    if old.verdict in (ELIGIBLE, CONTESTED):
        assert new.verdict != DEPENDS, old.id
    if old.verdict == ELIGIBLE and new.verdict == INELIGIBLE and not new.exhausted:
        assert answered(old, new) & set(old.open.confirming), old.id


@pytest.mark.parametrize("name", POLICIES)
@settings(max_examples=250)
@given(data=st.data())
def test_possible_total_never_widens(data: st.DataObject, name: str, engine: Engine, enterprises: Enterprises) -> None:
    before, after = drawn(data, name, engine, enterprises)
    assert within(possible(after), possible(before))
