"""Single questions and what must come of them; the cases are in outcomes.yaml."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from knowledge.faq import load_faq
from knowledge.search import Searcher
from policies.load import load

TODAY = date(2026, 11, 25)
CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "outcomes.yaml").read_text(encoding="utf-8")
)  # fmt: skip
CORPUS = load()
SEARCHER = Searcher(CORPUS, load_faq(CORPUS))
PIECES = [
    "海珠",
    "佛山市",
    "顺德",
    "番禺",
    "第三条",
    "标准",
    "二级节点",
    "多少",
    "最高",
    "截止",
    "論壇",
    "fuwuquan",
    "？",
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["ask"]))
def test_outcome(case: dict[str, Any]) -> None:
    found = SEARCHER.ask(case["ask"], TODAY, case.get("district"))
    if "outcome" in case:
        assert found.outcome == case["outcome"]
    if "first" in case:
        assert f"{found.hits[0].policy}/{found.hits[0].article}" == case["first"]
    if "policies" in case:
        assert list(found.question.policies) == case["policies"]
    if "absent" in case:
        assert list(found.absent) == case["absent"]
    if "unstated" in case:
        assert (found.question.unstated and found.question.unstated.name) == case["unstated"]


def test_a_comparison_has_the_article_of_every_document_with_the_topic() -> None:
    found = SEARCHER.ask("哪个区给二级节点的钱最多", TODAY)
    assert {hit.policy for hit in found.hits} == {"huangpu-2019", "foshan-2020", "baoan-2022-draft", "baiyun-draft"}


def test_an_entry_answers_where_it_is_asked_in_its_own_words() -> None:
    assert SEARCHER.ask("什么是纳统", TODAY).entry is not None
    assert SEARCHER.ask("佛山 二级节点 上限", TODAY).entry is None


def test_without_entries_articles_still_answer() -> None:
    found = Searcher(CORPUS).ask("海珠标准奖励", TODAY)
    assert (found.outcome, found.entry) == ("answer", None)


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=6), max_size=6).map("".join))
def test_whatever_is_typed_gets_one_outcome_and_true_quotes(typed: str) -> None:
    found = SEARCHER.ask(typed, TODAY)
    assert found.outcome in ("answer", "near_miss", "not_covered", "chat")
    assert bool(found.hits) or found.outcome != "answer"
    for hit in found.hits:
        assert hit.quote in CORPUS.policies[hit.policy].articles[hit.article].text
    assert found == SEARCHER.ask(typed, TODAY)
