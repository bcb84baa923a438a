"""The generated cases: each bound and one step to each side, each condition failing and unknown, each ceiling."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from policies.engine import oracle
from policies.engine.engine import Engine
from policies.engine.rules import LeafRule, Node
from policies.lint.boundaries.flow import flow
from policies.lint.boundaries.render import Boundary
from policies.lint.boundaries.solve import solve, ways
from policies.load import OWN_CORPUS, OWN_FACTS, load
from policies.model import condition
from policies.values import Span

from .edited import NAME, copy_of


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    corpus = load(copy_of(tmp_path_factory.mktemp("generated")), OWN_FACTS)
    read: dict[str, Any] = yaml.safe_load(Boundary(Engine(corpus), NAME).text())
    return read


def outcome(generated: dict[str, Any], measure: str, change: dict[str, Any]) -> tuple[str, list[str] | None]:
    (found,) = [item for item in generated["measures"] if item["id"] == measure]
    (case,) = [case for case in found["cases"] if case.get("but", case.get("given")) == change]
    return case["verdict"], case.get("range")


@pytest.mark.parametrize(
    ("measure", "change", "verdict", "amount"),
    [
        ("6.1", {"training_sessions": "11场"}, "eligible", ["5万元", "5万元"]),
        ("6.1", {"training_sessions": "10场"}, "ineligible", ["0元", "0元"]),
        ("6.1", {"training_sessions": "12场"}, "eligible", ["5万元", "5万元"]),
        ("6.1", {"training_sessions": None}, "depends", ["5万元", "5万元"]),
        ("2", {"above_scale": False}, "ineligible", ["0元", "0元"]),
        ("2", {"above_scale": None}, "depends", ["15万元", "15万元"]),
        ("2", {"cloud_contract_paid": "749999.99元"}, "eligible", ["149999.99元", "149999.99元"]),
        ("2", {"cloud_contract_paid": "750000.01元"}, "eligible", ["15万元", "15万元"]),
        ("2", {"legal_person": False}, "ineligible", ["0元", "0元"]),
        ("3.a", {"std_national": "1项"}, "eligible", ["20万元", "20万元"]),
        ("3.a", {"std_national": "3项"}, "eligible", ["50万元", "50万元"]),
        ("4.1", {"paid_in_capital": "9999999.99元"}, "ineligible", ["0元", "0元"]),
        ("4.1", {"paid_in_capital": "49999999.99元"}, "eligible", ["0元", "30万元"]),
        ("4.1", {"paid_in_capital": "5000万元"}, "eligible", ["0元", "80万元"]),
        ("5", {"benchmark_superior_aid": "120万元"}, "eligible", ["0元", "120万元"]),
        ("5", {"benchmark_superior_aid": "1200000.01元"}, "eligible", ["0元", "1199999.99元"]),
        ("5", {"benchmark_superior_aid": "240万元"}, "ineligible", ["0元", "0元"]),
        ("7", {"park_period": "第二年"}, "eligible", ["0元", "40万元"]),
        ("7", {"park_lead": None}, "eligible", ["0元", "200万元"]),
    ],
)
def test_a_case_at_a_bound(
    generated: dict[str, Any], measure: str, change: dict[str, Any], verdict: str, amount: list[str]
) -> None:
    assert outcome(generated, measure, change) == (verdict, amount)


def test_another_reading_is_shown_where_it_differs(generated: dict[str, Any]) -> None:
    (measure,) = [item for item in generated["measures"] if item["id"] == "5"]
    (case,) = [case for case in measure["cases"] if case.get("but") == {"benchmark_superior_aid": "240万元"}]
    assert case["readings"] == {"Q-5-1.B": ["eligible", "0元", "120万元"]}


def total(generated: dict[str, Any], of: list[str], also: dict[str, Any] | None = None) -> dict[str, Any]:
    (case,) = [case for case in generated["totals"] if case["of"] == of and case.get("also") == also]
    return dict(case)


def test_totals_under_a_shared_cap_an_exclusion_and_other_support(generated: dict[str, Any]) -> None:
    assert total(generated, ["3.a", "3.b"])["total"] == ["50万元", "50万元"]
    choice = total(generated, ["2", "5"])
    assert (choice["total"], choice["left_out"]) == (["0元", "120万元"], ["2"])
    assert total(generated, ["2"], {"other_support_same_matter": "15万元"})["total"] == ["15万元", "15万元"]
    assert total(generated, ["2"], {"other_support_same_matter": "150000.01元"})["total"] == ["0元", "0元"]


def test_the_status_is_shown_on_both_sides_of_each_date(generated: dict[str, Any]) -> None:
    days = {str(day["day"]): day["status"] for day in generated["days"]}
    assert days == {
        "2024-04-30": "not_yet",
        "2024-05-01": "in_force",
        "2026-04-30": "in_force",
        "2026-05-01": "expired",
    }


def test_a_span_leads_to_the_bytes_of_the_source(generated: dict[str, Any], tmp_path: Path) -> None:
    source = (copy_of(tmp_path) / NAME / "source.txt").read_text(encoding="utf-8")
    (measure,) = [item for item in generated["measures"] if item["id"] == "6.1"]
    (words,) = measure["words"]
    start, end = words["span"]
    assert source[start:end] == "累计开展培训超过10场"


def test_the_file_is_the_same_every_time() -> None:
    first, second = (Boundary(Engine(load()), policy).text() for policy in [sorted(load().policies)[0]] * 2)
    assert first == second


def test_every_monetary_measure_of_the_corpus_has_a_paying_case() -> None:
    engine = Engine(load())
    for policy in engine.policies:
        boundary = Boundary(engine, policy)
        for measure, groups in boundary.all_groups().items():
            paid = any(tried.outcome.verdict == "eligible" for group in groups for tried in group.tried)
            loaded = boundary.policy.by_id[boundary.policy.full_id(measure)]
            assert paid or not loaded.monetary, f"{policy}/{measure}"


@pytest.mark.parametrize(
    "value",
    [
        "是",
        "10",
        "1:1",
        "3.1.a",
        "no",
        "",
        " a",
        "5‰",
        "12.5万元",
        "a, b",
        "“引号”",
        "2024-01-01",
        "null",
        "x: y",
        "-1元",
        "a#b",
    ],
)
def test_a_line_reads_back_as_it_was_written(value: str) -> None:
    tree = {"k": value, "list": [value, True, None, 3], "nested": {value or "empty": False}}
    assert yaml.safe_load(flow(tree)) == tree


def leaf(index: int, key: str, low: int | None, high: int | None = None) -> LeafRule:
    test = condition.Test.model_validate({"at_least": "1家", "words": "1家"})
    return LeafRule(index, (key,), "number", frozenset(), low, high, None, test)


def test_one_branch_is_satisfied_at_a_time_and_the_others_fail() -> None:
    facts = load().facts
    leaves = (leaf(0, "customers", 100), leaf(1, "employees", 50), leaf(2, "training_sessions", None, 3))
    tree = Node(
        "all",
        children=(
            Node("any", children=(Node("leaf", leaf=0), Node("leaf", leaf=1))),
            Node("not", children=(Node("leaf", leaf=2),)),
        ),
    )
    found = [solve(way, leaves, facts) for way in ways(tree)]
    assert found == [
        {"customers": Span(100, 100), "training_sessions": Span(4, 4), "employees": Span(49, 49)},
        {"employees": Span(50, 50), "training_sessions": Span(4, 4), "customers": Span(99, 99)},
    ]


def test_contradicting_conditions_have_no_solution() -> None:
    leaves = (leaf(0, "customers", 100), leaf(1, "customers", None, 50))
    tree = Node("all", children=(Node("leaf", leaf=0), Node("leaf", leaf=1)))
    assert [solve(way, leaves, load().facts) for way in ways(tree)] == [None]


def test_every_document_has_its_committed_cases() -> None:
    for policy in OWN_CORPUS.glob("*/policy.yaml"):
        assert (policy.parent / "boundary.yaml").is_file()


def test_both_judges_agree_on_every_generated_case() -> None:
    engine = Engine(load())
    for policy in engine.policies:
        boundary = Boundary(engine, policy)
        for index, rule in enumerate(boundary.trial.rules):
            for tried in (tried for group in boundary.groups(index) for tried in group.tried):
                facts = engine.complete(tried.outcome.facts)
                slow = [oracle.judge(rule, variant, facts, engine.corpus.facts) for variant in rule.variants]
                assert list(tried.outcome.judged) == slow, f"{rule.id} {tried.change}"
