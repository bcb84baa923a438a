"""Texts for single facts (tests/cases/single_facts_*.yaml): how much of what strangers say is heard, and how little else.

Not every one of them is heard; the floors hold what was reached. ``pytest -s`` shows precision and recall.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any

import pytest

from knowledge.understand import Reader
from policies.answers import read_answers
from policies.law import Corpus
from policies.model.base import Model, Names
from policies.values import Span, Value
from policies.vocabulary import PLACE

from .test_sentences import Score, read_file

_OPEN_END = {
    "money": 100,
    "count": 1,
}  # 分, or one: whether an open end is written 4999万9999元 or 5000万元 is no difference


class Text(Model):
    """One text; ``about``: the fact it was written for."""

    text: str
    about: str
    facts: dict[str, Any]
    also: Names = ()


FLOORS = {  # precision and recall by file and set
    ("first", "studied"): (0.985, 0.92),
    ("first", "held_back"): (0.955, 0.61),
    ("second", "studied"): (0.98, 0.94),
    ("second", "held_back"): (0.95, 0.88),
}
FILES = {name: read_file(f"single_facts_{name}.yaml") for name, _ in FLOORS}


def texts_of(name: str, part: str) -> list[Text]:
    return [Text.model_validate(raw) for raw in FILES[name]["sets"][part]]


@pytest.mark.parametrize(("name", "part"), FLOORS)
def test_precision_and_recall(name: str, part: str, reader: Reader, corpus: Corpus) -> None:
    score = Score()
    for text in texts_of(name, part):
        expected = read_answers(text.facts, corpus.facts)
        got = reader.read(text.text, FILES[name]["as_of"]).facts
        score.add(expected, _as_written(expected, got, corpus), (*text.also, PLACE))
    sys.stdout.write(f"\n{name}, {part}: {score}\n")
    precision, recall = FLOORS[name, part]
    assert score.precision >= precision
    assert score.recall >= recall


def test_every_text_is_about_a_fact(corpus: Corpus) -> None:
    assert {text.about for name, part in FLOORS for text in texts_of(name, part)} <= corpus.facts.keys()


def _as_written(
    expected: Mapping[str, Value | None], got: Mapping[str, Value | None], corpus: Corpus
) -> dict[str, Value | None]:
    """What was heard, with the key's figure where they differ by no more than how an open end is written."""
    return {
        key: expected[key] if key in expected and _close(corpus.facts[key].type, expected[key], value) else value
        for key, value in got.items()
    }


def _close(kind: str, one: Value | None, other: Value | None) -> bool:
    if not isinstance(one, Span) or not isinstance(other, Span):
        return False
    ends = ((one.low, other.low), (one.high, other.high))
    return all(first == second or _differ_little(kind, first, second) for first, second in ends)


def _differ_little(kind: str, one: int | None, other: int | None) -> bool:
    return one is not None and other is not None and abs(one - other) <= _OPEN_END.get(kind, 0)
