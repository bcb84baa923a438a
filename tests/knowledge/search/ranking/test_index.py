"""The index gives the scores of BM25 as defined, whatever part of the documents is looked at."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.search.ranking import index as index_module
from knowledge.search.ranking.index import Index

GRAMS = st.sampled_from("甲乙丙丁戊")
BAGS = st.lists(st.dictionaries(GRAMS, st.sampled_from([0.5, 1.0, 2.0, 5.0]), max_size=4), min_size=1, max_size=12)
QUESTIONS = st.dictionaries(GRAMS | st.just("己"), st.sampled_from([0.5, 1.0]), max_size=4)


def by_definition(bags: list[dict[str, float]], question: dict[str, float], number: int) -> float:
    """Okapi BM25 with k1 = 1.2 and b = 0.4, one document at a time."""
    lengths = [sum(bag.values()) for bag in bags]
    mean = sum(lengths) / len(lengths) or 1.0
    score = 0.0
    for gram, weight in question.items():
        having = sum(gram in bag for bag in bags)
        count = bags[number].get(gram, 0.0)
        if count:
            rarity = math.log(1 + (len(bags) - having + 0.5) / (having + 0.5))
            floor = 1.2 * (1 - 0.4 + 0.4 * lengths[number] / mean)
            score += weight * rarity * count * 2.2 / (count + floor)
    return score


@given(BAGS, QUESTIONS, st.data())
def test_scores_are_those_of_the_definition(
    bags: list[dict[str, float]], question: dict[str, float], data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(bags)))
    span = range(start, data.draw(st.integers(start, len(bags))))
    for within, numbers in ((None, range(len(bags))), ([span], span)):
        expected = {number: by_definition(bags, question, number) for number in numbers}
        found = Index(bags).search(question, len(bags), within)
        assert {number for _, number in found} == {number for number, score in expected.items() if score > 0}
        assert [score for score, _ in found] == sorted((score for score, _ in found), reverse=True)
        for score, number in found:
            assert score == pytest.approx(expected[number], rel=1e-5)


def test_a_large_index_finds_the_best_from_each_grams_best(monkeypatch: pytest.MonkeyPatch) -> None:
    bags = [{"甲": 1.0, "乙": 1.0 + number % 7} for number in range(60)] + [{"甲": 9.0, "丙": 1.0}]
    whole = Index(bags).search({"甲": 1.0, "丙": 1.0}, 1)
    monkeypatch.setattr(index_module, "_MANY", 10)
    monkeypatch.setattr(index_module, "_CHAMPIONS", 5)
    assert Index(bags).search({"甲": 1.0, "丙": 1.0}, 1) == whole


@given(BAGS, BAGS, QUESTIONS)
def test_documents_apart_are_found_apart_and_change_no_score(
    bags: list[dict[str, float]], apart: list[dict[str, float]], question: dict[str, float]
) -> None:
    together, index = bags + apart, Index(bags, apart)
    found = {number: score for score, number in index.search(question, len(together))}
    assert found.keys() <= set(range(len(bags)))
    for number, score in found.items():
        assert score == pytest.approx(by_definition(together, question, number), rel=1e-5)
    scores = [by_definition(together, question, number) for number in range(len(bags), len(together))]
    score, number = index.best_apart(question)
    assert score == pytest.approx(max(scores), rel=1e-5, abs=1e-6)
    assert scores[number] == pytest.approx(max(scores), rel=1e-5, abs=1e-6)
    assert index.best_apart(question, 1)[1] == 0


def test_a_large_index_keeps_documents_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    bags, apart = [{"甲": 1.0, "乙": 1.0 + number % 7} for number in range(60)], [{"甲": 9.0}]
    monkeypatch.setattr(index_module, "_FEW", 10)
    index = Index(bags, apart)
    assert len(index) == 60
    assert 60 not in [number for _, number in index.search({"甲": 1.0}, 61)]
    assert 60 not in [number for _, number in index.around({"甲": 1.0}, 61, [range(3)])[1]]
    assert index.best_apart({"甲": 1.0})[0] > 0


def test_rarity() -> None:
    index = Index([{"甲": 1.0, "乙": 1.0}, {"甲": 1.0}])
    assert index.rarity("乙") > index.rarity("甲") > 0
    assert (index.rarity("丙"), "丙" in index, "乙" in index) == (0.0, False, True)
