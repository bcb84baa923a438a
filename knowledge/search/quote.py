"""The sentence of an article that answers a question, verbatim."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from dataclasses import dataclass

from knowledge.search.documents import Document
from knowledge.search.grams import pairs, plain
from knowledge.search.grounds import Ground

_SENTENCE = re.compile(r"[^。；\n]*[^。；\s][^。；\n]*[。；]?")
_HEADING = re.compile(r"^(第[零一二三四五六七八九十百]+条|（[一二三四五六七八九十]+）|\d{1,2}\.)\s*(【[^】]*】)?\s*")
_FIGURE = re.compile(r"\d")
_ENDS = ("。", "；", "：", ":")
_SHORT = 8  # a piece this short is a heading or an item's mark, not an answer
_WITH_FIGURE = 1.3  # what a figure counts, when one is asked for,
_PAYS = 1.2  # being the quote of a measure,
_STATES = 2.0  # and being what the header cites for what is asked


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, its pairs of characters, whether it has a figure, the measures whose quotes it is part of, and what the
    header cites it for.
    """

    text: str
    pairs: frozenset[str]
    figure: bool
    measures: tuple[str, ...]
    grounds: tuple[Ground, ...]


def sentences(document: Document) -> tuple[Sentence, ...]:
    """The sentences of an article (pieces between 。 ； and line ends)."""
    text = _HEADING.sub("", document.text)
    pieces = [match[0].strip() for match in _SENTENCE.finditer(text)]
    long = [piece for piece in pieces if len(piece) > _SHORT] or pieces or [document.text]
    kept = [piece for piece in long if piece.endswith(_ENDS)] or long  # what does not end is a heading
    return tuple(_sentence(piece, document) for piece in kept)


def _sentence(piece: str, document: Document) -> Sentence:
    concerned = tuple(
        loaded.id
        for loaded in document.measures
        if any(piece in quote or quote in piece for quote in loaded.measure.quote)
    )
    stated = tuple(ground for ground in document.grounds if ground.quote in piece or piece in ground.quote)
    names = [loaded.measure.title for loaded in document.measures if loaded.id in concerned]
    names += [ground.says for ground in stated if ground.says is not None]
    words = frozenset(pair for part in (piece, *names) for pair in pairs(plain(part)))
    return Sentence(piece, words, bool(_FIGURE.search(piece)), concerned, stated)


def best(
    found: tuple[Sentence, ...], question: Mapping[str, float], matters: Container[str | None], *, figure: bool
) -> Sentence:
    """The sentence that answers a question best.

    Args:
        found: the sentences of an article.
        question: the weight of each pair of characters of the question.
        matters: kinds of question and general rules that are asked about.
        figure: whether a figure is asked for.
    """

    def fit(sentence: Sentence) -> float:
        score = 1.0 + sum(question[pair] for pair in question.keys() & sentence.pairs)
        if figure and sentence.figure:
            score *= _WITH_FIGURE
        if sentence.measures:
            score *= _PAYS
        if any(ground.of in matters for ground in sentence.grounds):
            score *= _STATES
        return score

    return max(found, key=fit)
