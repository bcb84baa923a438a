"""Whole texts: what is stated is heard, and nothing else. ``pytest -s`` shows precision and recall by set.

``unseen.yaml`` is by somebody who had not seen the program (what each set measured when it was first read stands in decision
11); ``neighbours.yaml`` puts facts beside what only looks like them.
"""

from __future__ import annotations

import sys
from datetime import date
from typing import Any

import pytest

from knowledge.understand import Reader
from policies.answers import read_answers
from policies.law import Corpus
from policies.model.base import Model, Names
from policies.vocabulary import PLACE

from .test_sentences import Score, read_file


class Text(Model):
    """One text and what it states; the names as in the file."""

    text: str
    as_of: date
    facts: dict[str, Any]
    about: str | None = None
    also: Names = ()
    not_: Names = ()
    missed: Names = ()


UNSEEN = read_file("unseen.yaml")["sets"]
SETS = {
    name: [Text.model_validate({("not_" if key == "not" else key): part for key, part in raw.items()}) for raw in texts]
    for name, texts in (UNSEEN | read_file("neighbours.yaml")["sets"]).items()
}


@pytest.mark.parametrize("text", [pytest.param(each, id=each.text[:24]) for texts in SETS.values() for each in texts])
def test_a_text_is_understood(text: Text, reader: Reader, corpus: Corpus) -> None:
    expected = read_answers(text.facts, corpus.facts)
    understood = reader.read(text.text, text.as_of)
    got = {key: value for key, value in understood.facts.items() if key in expected or key not in (*text.also, PLACE)}
    assert got == {key: value for key, value in expected.items() if key not in text.missed}
    assert not set(text.not_) & understood.facts.keys()
    if "about" in text.model_fields_set:
        assert (understood.elsewhere or understood.district) == text.about


@pytest.mark.parametrize("name", [name for name, texts in SETS.items() if any(text.facts for text in texts)])
def test_precision_and_recall(name: str, reader: Reader, corpus: Corpus) -> None:
    score = Score()
    for text in SETS[name]:
        got = reader.read(text.text, text.as_of).facts
        score.add(read_answers(text.facts, corpus.facts), got, (*text.also, PLACE))
    sys.stdout.write(f"\n{name}: {score}\n")
    assert score.precision >= 0.99
    assert score.recall >= (0.95 if name in UNSEEN else 0.85)
