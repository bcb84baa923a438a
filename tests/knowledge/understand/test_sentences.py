"""Sentences as people say them (tests/cases/sentences.yaml), and the scenarios: the facts heard are those stated.

``pytest -s`` shows precision and recall.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

import pytest
import yaml

from knowledge.understand import Reader
from policies.answers import read_answers
from policies.law import Corpus
from policies.model.base import Model, Names
from policies.values import Value

CASES = Path(__file__).parents[2] / "cases"


class Sentence(Model):
    """One sentence; ``missed``: facts that are known not to be heard."""

    text: str
    about: str | None
    written: Literal["before", "after"]
    facts: dict[str, Any]
    also: Names = ()
    doubt: Names = ()
    missed: Names = ()
    as_of: date | None = None


@dataclass
class Score:
    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong)

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed)

    def add(
        self, expected: Mapping[str, Value | None], got: Mapping[str, Value | None], also: Iterable[str] = ()
    ) -> None:
        right = {key for key in got if key in expected and got[key] == expected[key]}
        self.right += len(right)
        self.wrong += len(got.keys() - right - set(also))
        self.missed += len(expected.keys() - right)

    def __str__(self) -> str:
        return f"precision {self.precision:.3f} recall {self.recall:.3f} ({self.right} right, {self.wrong} wrong, {self.missed} missed)"


def read_file(name: str) -> dict[str, Any]:
    raw: dict[str, Any] = yaml.safe_load((CASES / name).read_text(encoding="utf-8"))
    return raw


RAW = read_file("sentences.yaml")
DAY = RAW["as_of"]
SENTENCES = [Sentence.model_validate(raw) for raw in RAW["sentences"]]
SCENARIOS = read_file("scenarios.yaml")["scenarios"]


@pytest.mark.parametrize("sentence", [pytest.param(sentence, id=sentence.text[:24]) for sentence in SENTENCES])
def test_a_sentence_is_understood(sentence: Sentence, reader: Reader, corpus: Corpus) -> None:
    expected = read_answers(sentence.facts, corpus.facts)
    understood = reader.read(sentence.text, sentence.as_of or DAY)
    got = {key: value for key, value in understood.facts.items() if key in expected or key not in sentence.also}
    assert got == {key: value for key, value in expected.items() if key not in sentence.missed}
    assert (understood.elsewhere or understood.district) == sentence.about
    assert set(sentence.doubt) <= {doubt.key for doubt in understood.uncertain}


def test_precision_and_recall_on_the_sentences(reader: Reader, corpus: Corpus) -> None:
    scores = {"before": Score(), "after": Score()}
    for sentence in SENTENCES:
        got = reader.read(sentence.text, sentence.as_of or DAY).facts
        scores[sentence.written].add(read_answers(sentence.facts, corpus.facts), got, sentence.also)
    for written, score in scores.items():
        sys.stdout.write(f"\nsentences written {written}: {score}\n")
        assert score.precision >= 0.98
        assert score.recall >= 0.95


@pytest.mark.parametrize(("half", "precision", "recall"), [(0, 0.98, 0.93), (1, 0.98, 0.94)])
def test_precision_and_recall_on_the_scenarios(
    half: int, precision: float, recall: float, reader: Reader, corpus: Corpus
) -> None:
    """The words of the first half were adjusted while looking at it; the second was only looked at afterwards."""
    score = Score()
    for raw in SCENARIOS[half::2]:
        got = reader.read(raw["text"], date.fromisoformat(str(raw["as_of"]))).facts
        score.add(read_answers(raw["facts"], corpus.facts), got, raw.get("also", ()))
    sys.stdout.write(f"\nscenarios, half {half + 1}: {score}\n")
    assert score.precision >= precision
    assert score.recall >= recall
