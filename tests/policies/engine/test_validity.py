"""Whether a document is in force on a date: the dates of tests/cases/validity.yaml, and what the status does to totals."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from policies.answers import read_answers
from policies.engine.engine import Engine
from policies.engine.validity import Validity, validity
from policies.law import Corpus

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parents[2] / "cases" / "validity.yaml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['policy']} {case['as_of']}")
def test_status(case: dict[str, Any], corpus: Corpus) -> None:
    found = validity(corpus.policies[case["policy"]].header, case["as_of"])
    assert found.status == case["status"]
    assert found.as_if == case.get("as_if")
    assert found.predecessor == case.get("predecessor")
    if "certainty" in case:
        assert found.certainty == case["certainty"]


@pytest.mark.parametrize("name", ["haizhu-2022", "huangpu-2019", "foshan-2020", "baoan-2022-draft", "baiyun-draft"])
def test_a_status_never_comes_back(name: str, corpus: Corpus) -> None:
    """Day by day over fifteen years: not yet, then in force, then over, with doubt only in between."""
    order = ["not_yet", "unknown", "in_force", "contested", "unknown", "expired"]
    days = (date(2018, 1, 1) + timedelta(days=number) for number in range(15 * 366))
    header = corpus.policies[name].header
    position = 0
    for day in days:
        found = validity(header, day)
        status = found.as_if or found.status
        assert status in order[position:], day
        position = order.index(status, position)


def test_none_of_the_documents_is_in_force_for_sure_today(corpus: Corpus) -> None:
    statuses = {name: validity(policy.header, date(2026, 11, 21)).status for name, policy in corpus.policies.items()}
    assert statuses == {
        "haizhu-2022": "expired",
        "huangpu-2019": "expired",
        "foshan-2020": "expired",
        "baoan-2022-draft": "draft",
        "baiyun-draft": "draft",
    }


@pytest.mark.parametrize(
    ("day", "total"),
    [
        (date(2024, 1, 1), (30_000_000, 30_000_000)),
        (date(2025, 7, 4), (0, 30_000_000)),
        (date(2025, 7, 5), (0, 0)),
        (date(2022, 7, 3), (0, 0)),
    ],
    ids=["in force", "contested", "expired", "not yet"],
)
def test_the_status_limits_the_total_but_not_the_nominal_one(day: date, total: tuple[int, int], engine: Engine) -> None:
    facts = read_answers({"std_national": 1, "std_in_effect": True}, engine.corpus.facts)
    assessed = engine.assess(facts, day, ["haizhu-2022"]).policies[0]
    assert assessed.by_id["haizhu-2022/7.b"].verdict == "eligible"
    assert assessed.nominal == (30_000_000, 30_000_000)
    assert assessed.total == total


def test_a_draft_pays_as_if_issued(engine: Engine) -> None:
    facts = read_answers({"district_pool_selected": True, "district": "宝安区"}, engine.corpus.facts)
    assessed = engine.assess(facts, date(2026, 1, 1), ["baoan-2022-draft"]).policies[0]
    assert assessed.validity.status == "draft"
    assert assessed.total == assessed.nominal
    assert assessed.total is not None


@pytest.mark.parametrize(
    ("status", "pays", "sure"),
    [
        ("in_force", True, True),
        ("draft", True, True),
        ("contested", True, False),
        ("unknown", True, False),
        ("expired", False, False),
        ("not_yet", False, False),
    ],
)
def test_what_a_status_allows(status: Any, pays: bool, sure: bool, corpus: Corpus) -> None:
    window = corpus.policies["foshan-2020"].header.effective
    found = Validity(status, "known", window.starts, window.ends)
    assert (found.pays, found.sure) == (pays, sure)
