"""The words questions are mended towards: general words of asking, and those of the vocabulary."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from typing import Protocol

from knowledge.search.grams import pairs, plain
from knowledge.search.hearing.language import language
from knowledge.search.hearing.sayings import sayings
from policies.law import Corpus


class Searched(Protocol):
    """The characters and pairs of characters that documents are found by."""

    def __contains__(self, gram: object, /) -> bool:
        """Whether any document has it."""

    def counts(self) -> Mapping[str, int]:
        """How many documents have each."""


def general_words() -> Iterator[str]:
    """Words of asking."""
    words = language()
    yield from words.filler
    yield from (f"按{unit}" for unit in words.each)
    for forms in sayings().values():
        yield from (form for form in forms if "+" not in form)
    for forms in words.kinds.values():
        yield from forms
    for matter in words.unstated:
        yield from (form for form in matter.asks if "+" not in form)


def other_words() -> Iterator[str]:
    """What is said to the program that the documents are not about."""
    words = language()
    for forms in (words.elsewhere, words.instruction, *words.chat.values()):
        yield from (part for form in forms for part in form.split("+"))


def known_words(corpus: Corpus, searched: Container[str]) -> Iterator[str]:
    """Words of the vocabulary that the documents use."""
    for topic in corpus.vocabulary.topics:
        yield from (word for word in map(plain, topic.words) if all(pair in searched for pair in pairs(word)))
    for fact in corpus.vocabulary.facts:
        yield from map(plain, (fact.label, *fact.synonyms, *fact.choices))
