"""How well questions are answered, over sets written independently of each other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from knowledge.search import Found, Searcher
from policies.law import Corpus

CASES = Path(__file__).parents[2] / "cases"
SETS = (
    "analyst",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
    "twenty_first",
    "twenty_second",
    "twenty_third",
    "twenty_fourth",
    "twenty_fifth",
)
TODAY = date(2026, 11, 25)


@dataclass(frozen=True)
class Tally:
    """The names of the questions that went wrong, by how, and how many there were of each scope."""

    inside: int
    outside: int
    not_first: list[str]
    not_among_three: list[str]
    refused: list[str]
    answered: list[str]


def questions(name: str) -> list[dict[str, Any]]:
    text = (CASES / f"questions_{name}.yaml").read_text(encoding="utf-8")
    loaded: list[dict[str, Any]] = yaml.safe_load(text)["questions"]
    return loaded


def cited(found: Found) -> list[str]:
    return [f"{hit.policy}/{hit.article}" for hit in found.hits]


def tally(searcher: Searcher, cases: list[dict[str, Any]]) -> Tally:
    result = Tally(0, 0, [], [], [], [])
    inside = outside = 0
    for case in cases:
        found = searcher.ask(case["q"], TODAY)
        right = {*case.get("articles", ()), *case.get("also", ())}
        if "articles" not in case:
            outside += 1
            if found.outcome == "answer" and "answer" not in case.get("outcome", ()):
                result.answered.append(case["q"])
            continue
        inside += 1
        if found.outcome != "answer":
            result.refused.append(case["q"])
        if not right & set(cited(found)[:1]):
            result.not_first.append(case["q"])
        if not right & set(cited(found)[:3]):
            result.not_among_three.append(case["q"])
    return Tally(inside, outside, result.not_first, result.not_among_three, result.refused, result.answered)


@pytest.mark.parametrize("name", SETS)
def test_the_right_article_comes_first(searcher: Searcher, name: str) -> None:
    found = tally(searcher, questions(name))
    assert len(found.not_first) <= 0.08 * found.inside, found.not_first
    assert len(found.not_among_three) <= 0.02 * found.inside, found.not_among_three


@pytest.mark.parametrize("name", SETS)
def test_what_the_documents_say_is_not_refused_and_what_they_do_not_say_is_not_answered(
    searcher: Searcher, name: str
) -> None:
    found = tally(searcher, questions(name))
    assert len(found.refused) <= 0.03 * found.inside, found.refused
    assert len(found.answered) <= 0.05 * found.outside, found.answered


@pytest.mark.parametrize("name", SETS)
def test_what_is_not_answered_ends_as_it_should(searcher: Searcher, name: str) -> None:
    cases = [case for case in questions(name) if "outcome" in case]
    wrong = [case["q"] for case in cases if searcher.ask(case["q"], TODAY).outcome not in case["outcome"]]
    assert len(wrong) <= 0.05 * len(cases), wrong


@pytest.mark.parametrize("name", SETS)
def test_the_articles_of_the_cases_exist(corpus: Corpus, name: str) -> None:
    known = {f"{policy.id}/{article}" for policy in corpus.policies.values() for article in policy.articles}
    for case in questions(name):
        assert {*case.get("articles", ()), *case.get("also", ())} <= known, case["q"]


@pytest.mark.parametrize("name", SETS)
def test_every_quote_is_verbatim_and_its_measures_stand_in_its_article(
    corpus: Corpus, searcher: Searcher, name: str
) -> None:
    for case in questions(name):
        for hit in searcher.ask(case["q"], TODAY).hits:
            policy = corpus.policies[hit.policy]
            assert hit.quote in policy.articles[hit.article].text
            assert {policy.by_id[measure].article.id for measure in hit.measures} <= {hit.article}
