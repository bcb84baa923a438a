"""The object ``assess`` answers with: every field, its type and its unit (DESIGN.md §3)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.contract import RequestError, read_request, run, yuan
from policies.engine.engine import Engine

TODAY = date(2024, 3, 15)
HAIZHU, FOSHAN = "haizhu-2022", "foshan-2020"
PILOT = {
    "district": "海珠区",
    "national_pilot": True,
    "platform_kinds": ["跨行业跨领域工业互联网平台"],
    "cross_platform_investment": "1200万元",
}
POLICY_FIELDS = {"policy", "title", "validity", "measures", "total", "nominal_total", "possible", "plan", "rules"}
VALIDITY_FIELDS = {"status", "certainty", "from", "to", "from_window", "to_window", "as_if", "predecessor", "note"}
MEASURE_FIELDS = {
    "id", "title", "beneficiary", "verdict", "range", "counted", "missing", "to_confirm", "could_change", "reasons",
    "exhausted", "formula", "citations", "readings",
}  # fmt: skip
REASON_FIELDS = {"state", "words", "facts", "decisive", "verified_by", "short_by", "over_by"}
READING_FIELDS = {"id", "issue", "default", "says", "options"}
STATUSES = {"in_force", "expired", "not_yet", "draft", "unknown", "contested"}


def answer(engine: Engine, **request: Any) -> dict[str, Any]:
    return run(engine, read_request(request), TODAY)


def only(engine: Engine, **request: Any) -> dict[str, Any]:
    """The answer about the one document asked about."""
    (policy,) = answer(engine, **{"policy": HAIZHU, **request})["assessments"]
    found: dict[str, Any] = policy
    return found


def measure(policy: dict[str, Any], id_: str) -> dict[str, Any]:
    return next(found for found in policy["measures"] if found["id"] == id_)


def is_amount(value: object) -> bool:
    """Whole yuan, or a decimal string with two places."""
    if isinstance(value, str):
        whole, point, cents = value.partition(".")
        return point == "." and whole.isdigit() and len(cents) == 2 and cents.isdigit() and cents != "00"
    return isinstance(value, int) and not isinstance(value, bool)


def is_range(value: Any) -> bool:
    if value is None:
        return True
    low, high = value
    return is_amount(low) and (high is None or is_amount(high))


@pytest.fixture(scope="module")
def everything(engine: Engine) -> dict[str, Any]:
    return answer(engine, facts=PILOT)


def test_no_document_named_means_all_of_them(everything, engine):
    assert [policy["policy"] for policy in everything["assessments"]] == list(engine.policies)
    assert answer(engine, policy=None, facts=PILOT) == everything


def test_one_document_named_means_that_one_and_the_same_answer(everything, engine):
    named = only(engine, facts=PILOT)
    assert named == next(policy for policy in everything["assessments"] if policy["policy"] == HAIZHU)


def test_the_date_is_today_when_none_is_given(everything, engine):
    assert everything["as_of"] == TODAY.isoformat()
    assert everything["corpus_version"] == engine.corpus.version
    assert answer(engine, as_of="2023-05-01")["as_of"] == "2023-05-01"
    assert answer(engine, as_of="2023年5月1日")["as_of"] == "2023-05-01"


def test_every_document_has_every_field(everything):
    for policy in everything["assessments"]:
        assert set(policy) == POLICY_FIELDS
        assert set(policy["validity"]) == VALIDITY_FIELDS
        assert policy["validity"]["status"] in STATUSES
        assert policy["validity"]["certainty"] in ("known", "inferred", "unknown")
        assert is_range(policy["total"])
        assert is_range(policy["nominal_total"])
        assert is_range(policy["possible"])


def test_every_measure_has_every_field(everything, engine):
    found = [found for policy in everything["assessments"] for found in policy["measures"]]
    assert {one["id"] for one in found} == set(engine.corpus.measures)
    for one in found:
        assert set(one) == MEASURE_FIELDS
        assert one["verdict"] in ("eligible", "ineligible", "depends", "contested")
        assert is_range(one["range"])
        assert isinstance(one["counted"], bool)
        assert isinstance(one["exhausted"], bool)
        assert isinstance(one["formula"], str)
        assert set(one["missing"]) <= set(engine.corpus.facts)
        assert set(one["to_confirm"]) <= set(one["missing"])
        assert set(one["could_change"]) <= set(one["missing"])


def test_every_reason_and_reading_has_every_field(everything, engine):
    for policy in everything["assessments"]:
        for one in policy["measures"]:
            for reason in one["reasons"]:
                assert set(reason) == REASON_FIELDS
                assert set(reason["facts"]) <= set(engine.corpus.facts)
                assert reason["verified_by"] in ("自填", "系统", "评审")
            for reading in one["readings"]:
                assert set(reading) == READING_FIELDS
                assert all(is_range(option.get("range")) for option in reading["options"])


def test_every_quote_stands_in_the_article_it_names(everything, engine):
    quotes = 0
    for policy in everything["assessments"]:
        loaded = engine.corpus.policies[policy["policy"]]
        for one in policy["measures"]:
            assert one["citations"], one["id"]
            for citation in one["citations"]:
                article = loaded.articles[citation["article"]]
                assert citation["label"] == article.label
                assert citation["quote"] in article.text
                quotes += 1
    assert quotes >= len(engine.corpus.measures)


def test_the_worked_answer_is_in_yuan(engine):
    pilot = measure(only(engine, facts=PILOT), "haizhu-2022/3.1.a")
    assert pilot["verdict"] == "eligible"
    assert pilot["range"] == [0, 3_600_000]
    assert "1200万元" in pilot["formula"]


@pytest.mark.parametrize(
    "written", [12_000_000, 12_000_000.0, "1200万元", "1200万", "12000000元", "一千二百万", "0.12亿"]
)
def test_one_amount_in_many_ways(engine, written):
    policy = only(engine, facts={**PILOT, "cross_platform_investment": written})
    assert measure(policy, "haizhu-2022/3.1.a")["range"] == [0, 3_600_000]


def test_an_amount_with_fen_is_a_decimal_string(engine):
    policy = only(engine, facts={**PILOT, "cross_platform_investment": 0.1})
    assert measure(policy, "haizhu-2022/3.1.a")["range"] == [0, "0.03"]


@pytest.mark.parametrize(
    ("written", "most"),
    [({"at_least": "500万元", "at_most": 6_000_000}, 1_800_000), ("八千多万", 5_000_000), ("不止两个亿", 5_000_000)],
)
def test_a_rough_amount_is_a_range(engine, written, most):
    pilot = measure(only(engine, facts={**PILOT, "cross_platform_investment": written}), "haizhu-2022/3.1.a")
    assert pilot["range"] == [0, most]


def test_a_rough_amount_that_straddles_a_bound_settles_nothing(engine):
    verdicts = {
        written: measure(
            only(engine, policy="baoan-2022-draft", facts={"district": "宝安区", "annual_transactions": written}),
            "baoan-2022-draft/3.1",
        )["verdict"]
        for written in ("九亿多", "10亿左右", "十亿多")
    }
    assert verdicts == {"九亿多": "ineligible", "10亿左右": "depends", "十亿多": "depends"}


def test_null_is_the_same_as_not_said(engine):
    assert only(engine, facts={**PILOT, "main_revenue": None}) == only(engine, facts=PILOT)
    unknown = measure(only(engine, facts={**PILOT, "national_pilot": None}), "haizhu-2022/3.1.a")
    assert unknown["verdict"] == "depends"
    assert "national_pilot" in unknown["missing"]


def test_what_fails_is_told_with_the_gap(engine):
    policy = only(engine, facts={**PILOT, "national_pilot": False})
    failed = measure(policy, "haizhu-2022/3.1.a")
    assert (failed["verdict"], failed["range"], failed["counted"]) == ("ineligible", [0, 0], False)
    (reason,) = [reason for reason in failed["reasons"] if reason["facts"] == ["national_pilot"]]
    assert (reason["state"], reason["decisive"]) == ("unmet", True)


def test_a_number_that_is_short_says_by_how_much(engine):
    gaps = [
        reason["short_by"]
        for policy in answer(engine, facts={"main_revenue": "1元", "customers": "1家"})["assessments"]
        for one in policy["measures"]
        for reason in one["reasons"]
        if reason["short_by"] is not None
    ]
    assert gaps
    assert all(gap[-1] in "元家" for gap in gaps)


def test_the_plan_names_what_is_counted(engine):
    plan = only(engine, facts=PILOT)["plan"]
    assert {"measure": "haizhu-2022/3.1.a", "status": "counted", "range": [0, 3_600_000]} in plan
    assert {row["status"] for row in plan} <= {"counted", "left_out", "lifted", "capped", "unknown"}


def test_what_is_left_out_names_its_article(engine):
    facts = {**PILOT, "platform_kinds": ["跨行业跨领域工业互联网平台", "行业特色专业型工业互联网平台"]}
    facts |= {"vertical_platform_investment": "500万元", "same_project": True}
    plan = only(engine, facts=facts)["plan"]
    (left,) = [row for row in plan if row["status"] == "left_out"]
    assert (left["measure"], left["article"]) == ("haizhu-2022/3.1.b", "第十四条")
    assert left["because"]


def test_nothing_said_has_no_total(engine):
    policy = only(engine, facts={})
    assert (policy["total"], policy["nominal_total"], policy["plan"]) == (None, None, [])


@pytest.mark.parametrize(
    ("day", "status", "total"),
    [
        ("2022-07-03", "not_yet", [0, 0]),
        ("2022-07-04", "in_force", [0, 3_600_000]),
        ("2025-07-03", "in_force", [0, 3_600_000]),
        ("2025-07-04", "contested", [0, 3_600_000]),
        ("2025-07-05", "expired", [0, 0]),
    ],
)
def test_the_date_decides_what_is_paid(engine, day, status, total):
    policy = only(engine, as_of=day, facts=PILOT)
    assert policy["validity"]["status"] == status
    assert policy["total"] == total
    assert policy["nominal_total"] == [0, 3_600_000]


def test_the_days_of_validity_as_far_as_they_are_told(engine):
    haizhu = only(engine)["validity"]
    assert (haizhu["from"], haizhu["to"]) == ("2022-07-04", None)
    assert haizhu["to_window"] == ["2025-07-03", "2025-07-04"]
    foshan = only(engine, policy=FOSHAN)["validity"]
    assert (foshan["status"], foshan["to"]) == ("expired", "2023-12-31")


@pytest.mark.parametrize("day", ["1990-01-01", "2024-03-15", "2050-01-01"])
def test_a_draft_is_a_draft_on_every_day(engine, day):
    policy = only(engine, policy="baoan-2022-draft", as_of=day)
    assert policy["validity"]["status"] == "draft"
    assert policy["validity"]["as_if"] in STATUSES - {"draft"}
    assert only(engine, as_of=day)["validity"]["as_if"] is None


@pytest.mark.parametrize(
    ("request_", "field", "words"),
    [
        ([], "", "JSON 对象"),
        ("海珠", "", "JSON 对象"),
        ({"fact": {}}, "fact", "没有“fact”这一项"),
        ({"policy": "nowhere"}, "policy", "现有：baiyun-draft"),
        ({"policy": 5}, "policy", "policy 是文件编号或 null"),
        ({"facts": []}, "facts", "要素: 值"),
        ({"facts": None}, "facts", "要素: 值"),
        ({"as_of": "2024-02-30"}, "as_of", "2024-03-15"),
        ({"as_of": "明天"}, "as_of", "2024-03-15"),
        ({"as_of": 0}, "as_of", "2024-03-15"),
        ({"as_of": "0"}, "as_of", "2024-03-15"),
        ({"as_of": True}, "as_of", "2024-03-15"),
        ({"facts": {"main_revenu": 1}}, "facts.main_revenu", "是不是 main_revenue"),
        ({"facts": {"zzzzzzzz": 1}}, "facts.zzzzzzzz", "huiqi facts"),
        ({"facts": {"main_revenue": -1}}, "facts.main_revenue", "不能是负数"),
        ({"facts": {"main_revenue": "-5万元"}}, "facts.main_revenue", "不能是负数"),
        ({"facts": {"main_revenue": "30家"}}, "facts.main_revenue", "单位应是元"),
        ({"facts": {"main_revenue": "1200万美元"}}, "facts.main_revenue", "美元"),
        ({"facts": {"main_revenue": "很多"}}, "facts.main_revenue", "没看懂“很多”"),
        ({"facts": {"main_revenue": True}}, "facts.main_revenue", "应是一个数"),
        ({"facts": {"main_revenue": 0.001}}, "facts.main_revenue", "最小到分"),
        ({"facts": {"main_revenue": {"at_least": 2, "at_most": 1}}}, "facts.main_revenue", "下限高于上限"),
        ({"facts": {"main_revenue": {"between": 1}}}, "facts.main_revenue", "at_least"),
        ({"facts": {"national_pilot": 1}}, "facts.national_pilot", "是或否"),
        ({"facts": {"district": "天河区"}}, "facts.district", "可选：海珠区"),
        ({"facts": {"platform_kinds": ["航母"]}}, "facts.platform_kinds", "没有选项“航母”"),
    ],
)  # fmt: skip
def test_a_wrong_request_names_the_place_and_the_mend(engine, request_, field, words):
    with pytest.raises(RequestError) as caught:
        run(engine, read_request(request_), TODAY)
    assert caught.value.field == field
    assert words in str(caught.value)


@pytest.mark.parametrize(("fen", "shown"), [(0, 0), (100, 1), (1, "0.01"), (110, "1.10"), (360_000_000, 3_600_000)])
def test_yuan(fen, shown):
    assert yuan(fen) == shown
