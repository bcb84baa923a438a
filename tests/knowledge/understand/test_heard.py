"""Every fact as people say it (tests/cases/heard.yaml): the right value is heard, and nothing beside that was not said."""

from __future__ import annotations

from typing import Any

import pytest

from knowledge.understand import Reader
from policies.answers import read_answers
from policies.law import Corpus
from policies.model.base import Model, Names
from policies.vocabulary import PLACE

from .test_sentences import read_file


class Said(Model):
    """One entry of a fact: sentences for a value, or sentences that do not state it, or what may be heard beside."""

    is_: Any = None
    says: Names = ()
    missed: Names = ()
    silent: Names = ()
    beside: Names = ()


RAW = read_file("heard.yaml")
DAY = RAW["as_of"]
FACTS = {
    key: [Said(is_=raw.get("is"), **{name: part for name, part in raw.items() if name != "is"}) for raw in entries]
    for key, entries in RAW["facts"].items()
}


@pytest.mark.parametrize("key", FACTS)
def test_a_fact_is_heard_as_people_say_it(key: str, reader: Reader, corpus: Corpus) -> None:
    allowed = {key, PLACE}.union(*(said.beside for said in FACTS[key]))
    for said in FACTS[key]:
        expected = read_answers({key: said.is_}, corpus.facts)[key]
        for text in said.says:
            got = reader.read(text, DAY).facts
            assert key in got, text
            assert got[key] == expected, text
            assert set(got) <= allowed, text
        for text in said.missed:
            assert key not in reader.read(text, DAY).facts, f"{text} is heard now: move it to says"


@pytest.mark.parametrize("key", [key for key, entries in FACTS.items() if any(said.silent for said in entries)])
def test_what_only_sounds_like_a_fact_is_not_taken(key: str, reader: Reader) -> None:
    for said in FACTS[key]:
        for text in said.silent:
            assert key not in reader.read(text, DAY).facts, text


def test_every_fact_people_speak_of_has_its_sentences(corpus: Corpus) -> None:
    """A fact with phrases of its own stands in the list; a new one brings its sentences."""
    spoken = {fact.key for fact in corpus.vocabulary.facts if fact.heard is not None and fact.heard.model_fields_set}
    assert spoken - FACTS.keys() == set()
