"""The sentence of an article that answers a question, verbatim."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import fsum  # in whatever order a set has, the same

from knowledge.search.grams import pairs, plain
from knowledge.search.hearing.language import Lexicon
from knowledge.search.ranking.documents import Document
from knowledge.search.ranking.grounds import Ground
from policies.law import LoadedMeasure

_SENTENCE = re.compile(r"[^。；\n]*[^。；\s][^。；\n]*[。；]?")
_HEADING = re.compile(r"^(第[零一二三四五六七八九十百]+条|（[一二三四五六七八九十]+）|\d{1,2}\.)\s*(【[^】]*】)?\s*")
_FIGURE = re.compile(r"\d")
_ENDS = ("。", "；", "：", ":")
_SHORT = 8  # a piece this short is a heading or an item's mark, not an answer
_WITH_FIGURE = 1.4  # what a figure counts, when one is asked for,
_PAYS = 1.5  # being the quote of a measure that pays,
_PAYS_AMOUNT = 1.2  # all the more with a figure
_ABOUT = 3.0  # what a topic of the question counts, beside pairs of characters,
_STATES = 8.0  # and being what the header cites for what is asked
_NEARLY = 0.75  # measures whose titles fit this well beside the best are meant too


@dataclass(frozen=True, slots=True)
class Titled:
    """A measure by what its title is about."""

    id: str
    pairs: frozenset[str]
    topics: frozenset[str]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with what it is chosen by.

    ``pairs``: of its characters and those of its measures' titles. ``measures``: those whose quotes it is part of;
    ``pays``: whether one of them brings money. ``grounds``: what the header cites it for, with the pairs of that.
    """

    text: str
    pairs: frozenset[str]
    topics: frozenset[str]
    figure: bool
    measures: tuple[Titled, ...]
    pays: bool
    grounds: tuple[tuple[Ground, frozenset[str]], ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question asks, as far as a sentence is chosen by it.

    ``pairs``: the weight of each pair of its characters. ``matters``: kinds of question and general rules asked about.
    ``figure``: whether a figure is asked for.
    """

    pairs: Mapping[str, float]
    topics: frozenset[str]
    matters: frozenset[str]
    figure: bool

    def fit(self, pairs: frozenset[str], topics: frozenset[str]) -> float:
        """How much words with these pairs and topics have of the question."""
        shared = self.pairs.keys() & pairs
        return fsum(map(self.pairs.__getitem__, shared)) + _ABOUT * len(self.topics & topics)


def sentences(document: Document, signs: Lexicon) -> tuple[Sentence, ...]:
    """The sentences of an article (pieces between 。 ； and line ends); ``signs``: the words of the topics."""
    text = _HEADING.sub("", document.text)
    pieces = [match[0].strip() for match in _SENTENCE.finditer(text)]
    long = [piece for piece in pieces if len(piece) > _SHORT] or pieces or [document.text]
    kept = [piece for piece in long if piece.endswith(_ENDS)] or long  # what does not end is a heading
    return tuple(_sentence(piece, document, signs) for piece in kept)


def _sentence(piece: str, document: Document, signs: Lexicon) -> Sentence:
    concerned = tuple(
        loaded
        for loaded in document.measures
        if any(piece in quote or quote in piece for quote in loaded.measure.quote)
    )
    stated = tuple(ground for ground in document.grounds if ground.quote in piece or piece in ground.quote)
    names = [loaded.measure.title for loaded in concerned]
    names += [ground.says for ground in stated if ground.says is not None]
    texts = [plain(part) for part in (piece, *names)]
    words = frozenset(pair for text in texts for pair in pairs(text))
    topics = frozenset(match.name for text in texts for match in signs.find(text))
    grounds = tuple((ground, frozenset(pairs(plain(f"{ground.quote}{ground.says or ''}")))) for ground in stated)
    pays = any(loaded.monetary for loaded in concerned)
    return Sentence(piece, words, topics, bool(_FIGURE.search(piece)), titled(concerned, signs), pays, grounds)


def titled(measures: Iterable[LoadedMeasure], signs: Lexicon) -> tuple[Titled, ...]:
    """Measures by what their titles are about; ``signs``: the words of the topics."""
    found = []
    for loaded in measures:
        title = plain(loaded.measure.title)
        topics = frozenset(match.name for match in signs.find(title))
        found.append(Titled(loaded.id, frozenset(pairs(title)), topics))
    return tuple(found)


def best(found: tuple[Sentence, ...], asked: Asked) -> Sentence:
    """The sentence that answers a question best."""

    def fit(sentence: Sentence) -> float:
        score = 1.0 + asked.fit(sentence.pairs, sentence.topics)
        if any(ground.of in asked.matters for ground, _ in sentence.grounds):
            score += _STATES
        if asked.figure and sentence.figure:
            score *= _WITH_FIGURE
        if sentence.pays:
            score *= _PAYS * (_PAYS_AMOUNT if sentence.figure else 1.0)
        return score

    return max(found, key=fit)


def told_of(sentence: Sentence, asked: Asked) -> list[Ground]:
    """What the header cites a sentence for and is asked about; of several statements, those that fit best."""
    told = [(ground, words) for ground, words in sentence.grounds if ground.of in asked.matters]
    if len(told) <= 1:
        return [ground for ground, _ in told]
    fits = [asked.fit(words, frozenset()) for _, words in told]
    return [ground for (ground, _), fit in zip(told, fits, strict=True) if fit >= max(fits)]


def meant(measures: Sequence[Titled], asked: Asked) -> tuple[tuple[str, ...], bool]:
    """Of the measures of one sentence, those the question is about, and whether their titles have its topics.

    All are, unless some titles fit the question better.
    """
    fits = [asked.fit(measure.pairs, measure.topics) for measure in measures]
    least = _NEARLY * max(fits, default=0.0)
    chosen = [measure for measure, fit in zip(measures, fits, strict=True) if fit >= least]
    about = bool(chosen) and not any(measure.topics.isdisjoint(asked.topics) for measure in chosen)
    return tuple(measure.id for measure in chosen), about
