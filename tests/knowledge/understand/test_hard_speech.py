"""Hard speech (tests/cases/hard.yaml): what is stated is heard, what is denied is never taken for true.

``pytest -s`` shows precision and recall by what is hard.
"""

from __future__ import annotations

import sys
from typing import Any

import pytest
from pydantic import Field

from knowledge.understand import Reader
from policies.answers import read_answers
from policies.law import Corpus
from policies.model.base import Model, Names

from .test_sentences import Score, read_file


class Hard(Model):
    """One sentence: what it states, what must not be taken from it, and what is known not to be heard."""

    text: str
    facts: dict[str, Any]
    about: str | None = None
    not_: Names = Field(default=(), alias="not")
    missed: Names = ()


RAW = read_file("hard.yaml")
DAY = RAW["as_of"]
GROUPS = {name: [Hard.model_validate(raw) for raw in sentences] for name, sentences in RAW["groups"].items()}


@pytest.mark.parametrize(
    "sentence", [pytest.param(each, id=each.text[:24]) for sentences in GROUPS.values() for each in sentences]
)
def test_hard_speech_is_understood(sentence: Hard, reader: Reader, corpus: Corpus) -> None:
    expected = read_answers(sentence.facts, corpus.facts)
    understood = reader.read(sentence.text, DAY)
    got = {key: value for key, value in understood.facts.items() if key in expected}
    assert got == {key: value for key, value in expected.items() if key not in sentence.missed}
    assert not set(sentence.not_) & understood.facts.keys()
    if "about" in sentence.model_fields_set:
        assert understood.district == sentence.about


@pytest.mark.parametrize("said", RAW["not_got"])
def test_what_one_has_not_got_is_never_true(said: str, reader: Reader) -> None:
    for key, name in RAW["names"].items():
        assert reader.read(said.format(name), DAY).facts.get(key) is not True, said.format(name)


@pytest.mark.parametrize("said", RAW["not_done"])
def test_what_one_has_not_done_is_never_true(said: str, reader: Reader) -> None:
    for key, name in RAW["deeds"].items():
        assert reader.read(said.format(name), DAY).facts.get(key) is not True, said.format(name)


@pytest.mark.parametrize("said", RAW["not_reached"])
def test_a_figure_one_has_not_reached_is_not_taken(said: str, reader: Reader) -> None:
    for key, (name, figure) in RAW["figures"].items():
        assert key not in reader.read(said.format(name, figure), DAY).facts, said.format(name, figure)


@pytest.mark.parametrize("said", RAW["got"])
def test_what_one_has_got_is_true(said: str, reader: Reader) -> None:
    for key, name in RAW["names"].items():
        assert reader.read(said.format(name), DAY).facts.get(key) is True, said.format(name)


@pytest.mark.parametrize("name", GROUPS)
def test_precision_and_recall_by_what_is_hard(name: str, reader: Reader, corpus: Corpus) -> None:
    score = Score()
    for sentence in GROUPS[name]:
        expected = read_answers(sentence.facts, corpus.facts)
        got = reader.read(sentence.text, DAY).facts
        score.add(expected, {key: value for key, value in got.items() if key in expected or key in sentence.not_})
    sys.stdout.write(f"\n{name}: {score}\n")
    assert score.wrong == 0
    assert score.recall >= 0.8
