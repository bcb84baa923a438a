"""The sentence of an article that answers a question, verbatim."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from knowledge.search.documents import Document
from knowledge.search.grams import pairs, plain

_SENTENCE = re.compile(r"[^。；\n]*[^。；\s][^。；\n]*[。；]?")
_HEADING = re.compile(r"^(第[零一二三四五六七八九十百]+条|（[一二三四五六七八九十]+）|\d{1,2}\.)\s*(【[^】]*】)?\s*")
_FIGURE = re.compile(r"\d")
_SHORT = 8  # a piece this short is a heading or an item's mark, not an answer


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, its pairs of characters, whether it has a figure, and the measures whose quotes it is part of."""

    text: str
    pairs: frozenset[str]
    figure: bool
    measures: tuple[str, ...]


def sentences(document: Document) -> tuple[Sentence, ...]:
    """The sentences of an article (pieces between 。 ； and line ends)."""
    text = _HEADING.sub("", document.text)
    pieces = [match[0].strip() for match in _SENTENCE.finditer(text)]
    kept = [piece for piece in pieces if len(piece) > _SHORT] or pieces or [document.text]
    return tuple(_sentence(piece, document) for piece in kept)


def _sentence(piece: str, document: Document) -> Sentence:
    concerned = tuple(
        loaded.id
        for loaded in document.measures
        if any(piece in quote or quote in piece for quote in loaded.measure.quote)
    )
    names = (loaded.measure.title for loaded in document.measures if loaded.id in concerned)
    words = frozenset(pair for part in (piece, *names) for pair in pairs(plain(part)))
    return Sentence(piece, words, bool(_FIGURE.search(piece)), concerned)


def best(found: tuple[Sentence, ...], question: Mapping[str, float], *, figure: bool) -> Sentence:
    """The sentence with most of a question's pairs of characters (weights by pair); one with a figure first when a figure is asked."""

    def fit(sentence: Sentence) -> float:
        score = sum(question[pair] for pair in question.keys() & sentence.pairs)
        return score * 1.3 if figure and sentence.figure else score

    return max(found, key=fit)
