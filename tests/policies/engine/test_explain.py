"""Why a verdict is what it is: states, distances, what is missing, and the readings beside the default one."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policies.answers import number_text, read_answers
from policies.engine.assessment import MeasureResult
from policies.engine.engine import Engine, is_firm
from policies.engine.explain import CONFIRM, MET, OPEN, UNMET, Reason
from tests.strategies import POLICIES, Enterprises

DAY = date(2024, 1, 1)
PRESUMED = {
    "lawful_registered": True,
    "sound_accounting": True,
    "legal_person": True,
    "subject_kind_ok": True,
    "credit_ok": True,
    "commitment_ok": True,
    "special_agreement": False,
}


def judged(engine: Engine, measure: str, **facts: Any) -> MeasureResult:
    return engine.assess(read_answers(facts, engine.corpus.facts), DAY, [measure.split("/", maxsplit=1)[0]]).by_id[
        measure
    ]


def reason(result: MeasureResult, fact: str) -> Reason:
    return next(found for found in result.reasons if fact in found.facts)


GAPS: list[tuple[str, dict[str, Any], str]] = [
    ("haizhu-2022/3.2", {"main_revenue": "9999.99万元"}, "100元"),
    ("haizhu-2022/3.2", {"main_revenue": "8000万元"}, "2000万元"),
    ("haizhu-2022/3.2", {"main_revenue": {"at_least": "7000万元", "at_most": "9000万元"}}, "1000万元"),
    ("haizhu-2022/10", {"event_days": "0天"}, "1天"),
    ("haizhu-2022/5.1", {"park_firms": "14家", "park_period": "三年累计"}, "1家"),
    ("haizhu-2022/4", {"growth_margin": "-3%"}, "3%"),
]


@pytest.mark.parametrize(("measure", "facts", "gap"), GAPS)
def test_how_far_a_number_is_from_its_bound(measure: str, facts: dict[str, Any], gap: str, engine: Engine) -> None:
    fact = next(iter(facts))
    result = judged(engine, measure, **facts)
    found = reason(result, fact)
    assert (found.state, found.decisive) == (UNMET, True)
    assert found.gap is not None
    assert number_text(engine.corpus.facts[fact], found.gap) == gap
    assert result.verdict == "ineligible"


def test_a_number_at_its_bound_passes(engine: Engine) -> None:
    found = reason(judged(engine, "haizhu-2022/3.2", main_revenue="1亿元"), "main_revenue")
    assert (found.state, found.gap) == (MET, None)


def test_a_number_across_its_bound_is_open(engine: Engine) -> None:
    found = reason(
        judged(engine, "haizhu-2022/3.2", main_revenue={"at_least": "9000万元", "at_most": "2亿元"}), "main_revenue"
    )
    assert (found.state, found.gap) == (OPEN, None)


def test_states_of_conditions(engine: Engine) -> None:
    result = judged(engine, "haizhu-2022/8", invention_patent=True, on_market=False, credit_ok=True)
    states = {found.facts[0]: found.state for found in result.reasons}
    assert states["invention_patent"] == MET
    assert states["on_market"] == UNMET
    assert states["security_assessed"] == OPEN
    assert states["legal_person"] == CONFIRM
    assert states["credit_ok"] == MET
    assert states["special_agreement"] == CONFIRM


def test_only_the_failing_condition_decides_a_failure(engine: Engine) -> None:
    result = judged(engine, "haizhu-2022/8", invention_patent=True, on_market=False)
    assert [found.facts for found in result.reasons if found.decisive] == [("on_market",)]
    assert result.missing == ()


def test_what_is_missing_is_told_by_what_it_does(engine: Engine) -> None:
    result = judged(engine, "huangpu-2019/7.1", assessment_service=True)
    assert result.verdict == "depends"
    assert set(result.open.deciding) == {"district", "assessor_recognised"}
    assert result.open.figures == ("assessment_fee",)
    assert "legal_person" in result.open.confirming
    assert result.missing[:2] == result.open.deciding


def test_an_interval_is_still_missing(engine: Engine) -> None:
    facts = {"assessment_service": True, "assessor_recognised": True, "district": "黄埔区"}
    vague = judged(engine, "huangpu-2019/7.1", **facts, assessment_fee={"at_least": "10万元", "at_most": "20万元"})
    assert vague.open.figures == ("assessment_fee",)
    assert (vague.low, vague.high) == (3_000_000, 6_000_000)


def test_a_figure_that_can_change_nothing_is_not_missing(engine: Engine) -> None:
    """30 % of 50万元 or more is 15万元, the cap: how much more does not matter."""
    facts = {"assessment_service": True, "assessor_recognised": True, "district": "黄埔区"}
    capped = judged(engine, "huangpu-2019/7.1", **facts, assessment_fee={"at_least": "50万元"})
    assert capped.open.figures == ()
    assert (capped.low, capped.high) == (15_000_000, 15_000_000)


def test_nothing_left_to_ask_makes_a_verdict_final(engine: Engine) -> None:
    open_ = judged(engine, "haizhu-2022/7.b", std_national=1, std_in_effect=True)
    assert (open_.verdict, is_firm(open_)) == ("eligible", False)
    final = judged(engine, "haizhu-2022/7.b", std_national=1, std_in_effect=True, **PRESUMED)
    assert (final.verdict, is_firm(final)) == ("eligible", True)
    assert final.missing == ()


def test_a_base_that_may_be_zero_keeps_a_verdict_open(engine: Engine) -> None:
    facts = {"uses_cloud": True, "specialised_sme": True, "district": "海珠区", **PRESUMED}
    unknown = judged(engine, "haizhu-2022/6", **facts)
    assert (unknown.verdict, unknown.missing, is_firm(unknown)) == ("eligible", ("cloud_contract_paid",), False)
    nothing = judged(engine, "haizhu-2022/6", **facts, cloud_contract_paid=0)
    assert (nothing.verdict, nothing.exhausted, nothing.high) == ("ineligible", True, 0)
    assert all(found.state == MET for found in nothing.reasons if found.decisive)


def test_support_without_an_amount_has_no_range(engine: Engine) -> None:
    for policy in engine.assess({}, DAY).policies:
        for result in policy.measures:
            if not result.monetary:
                assert (result.low, result.high) == (None, None), result.id
                assert not result.counted


def test_the_other_reading_stands_beside_the_default(engine: Engine) -> None:
    result = judged(
        engine,
        "baiyun-draft/3",
        is_manufacturer=True,
        by_benchmark_selected=True,
        by_benchmark_net="400万元",
        by_benchmark_soft_net="100万元",
    )
    assert (result.verdict, result.high) == ("eligible", 160_000_000)
    beside = {found.option: found.judged.high for found in result.readings}
    assert beside == {"A": 190_000_000, "C": 148_000_000}


def test_a_disputed_reading_makes_the_verdict_contested(engine: Engine) -> None:
    park = {
        "park_period": "三年累计",
        "park_plan_notified": True,
        "park_firms": 15,
        "park_platforms_50m": 6,
        "park_platforms_20m": 3,
        "park_manufacturers": 0,
        "park_manufacturers_edge": 3,
    }
    result = judged(engine, "haizhu-2022/5.1", **park)
    assert (result.verdict, result.low, result.high) == ("contested", 0, 1_000_000_000)
    assert "contested" not in {found.judged.verdict for found in result.readings}


def test_a_reading_that_has_nothing_to_pay_from_is_no_dispute(engine: Engine) -> None:
    """Readings that stand or fall together do not differ about the text because one has a base of zero."""
    platform = {"national_pilot": True, "platform_kinds": ["跨行业跨领域工业互联网平台"]}
    paid = judged(engine, "haizhu-2022/3.1.a", **platform, cross_platform_investment="2000万元")
    assert (paid.verdict, paid.high) == ("eligible", 500_000_000)
    nothing = judged(engine, "haizhu-2022/3.1.a", **platform, cross_platform_investment="0元")
    assert (nothing.verdict, nothing.exhausted) == ("ineligible", True)


def test_a_range_encloses_a_reading_that_may_yet_disagree(engine: Engine) -> None:
    """While the kind of platform is open, the reading without a cap of its own (600万元 a year) may still apply."""
    assert judged(engine, "haizhu-2022/3.1.a", national_pilot=True).high == 600_000_000
    known = judged(engine, "haizhu-2022/3.1.a", platform_kinds=["跨行业跨领域工业互联网平台"])
    assert (known.verdict, known.high) == ("depends", 500_000_000)


def test_what_was_not_spoken_of_is_not_counted(engine: Engine) -> None:
    facts = read_answers({"std_national": 1, "std_in_effect": True, "district": "海珠区"}, engine.corpus.facts)
    assessed = engine.assess(facts, DAY, ["haizhu-2022"]).policies[0]
    assert [result.id for result in assessed.measures if result.counted] == ["haizhu-2022/7.b"]
    assert assessed.plan is not None
    assert assessed.plan.chosen == ("7.b",)
    assert engine.assess({}, DAY, ["haizhu-2022"]).policies[0].total is None


def test_unknown_keys_and_unknown_answers_change_nothing(engine: Engine) -> None:
    nothing = engine.assess({}, DAY)
    same = engine.assess({"no_such_fact": True, "revenue": None}, DAY)
    assert [(r.verdict, r.low, r.high) for r in same.by_id.values()] == [
        (r.verdict, r.low, r.high) for r in nothing.by_id.values()
    ]


@pytest.mark.parametrize("name", POLICIES)
@settings(max_examples=100)
@given(data=st.data())
def test_explanations_agree_with_the_verdict(
    data: st.DataObject, name: str, engine: Engine, enterprises: Enterprises
) -> None:
    """A failure names a failing condition; open conditions are among the missing facts; a gap stands at a failure."""
    for result in engine.assess(data.draw(enterprises.answers(name)), DAY, [name]).policies[0].measures:
        deciding = [found for found in result.reasons if found.decisive]
        if result.judged[0].verdict == "ineligible" and not result.exhausted:
            assert any(found.state == UNMET for found in result.reasons), result.id
        if result.judged[0].verdict == "depends" and not result.rule.disputed and result.monetary:
            assert any(found.state == OPEN for found in deciding), result.id
            assert result.missing
        for found in result.reasons:
            if found.gap is not None:
                assert found.gap > 0
                assert found.state == UNMET
        assert result.missing == () or result.verdict != "ineligible"
