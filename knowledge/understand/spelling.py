"""Misspelt words of the vocabulary, set right where one character is wrong and sounds the same (双夸平台, 国家示点, 海朱)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache, cached_property
from itertools import pairwise

from knowledge.plain_text import PlainText
from policies.law import Corpus
from policies.phrases import Part, Phrase

_SHORTEST, _LONGEST = 3, 6  # characters of a word that is looked for misspelt
_VARIANTS = 12  # written forms taken of one phrase
_OPEN = "*"  # stands for the wrong character
_EVERYDAY = frozenset(
    "买卖的了是在有给我你他们这那个一二两三不没就也都和跟与把被为从到去来做搞要想能会可多少大小上下里外前后年月日万亿家项"
)
_BEFORE_PLACE = "在是到来去从于住，。；、 的往进入们司厂"
_SOUNDS_ALIKE = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ing", "in"), ("eng", "en"), ("ang", "an"), ("hu", "fu"))


class Speller:
    """Mends words that are one wrong character away from a word of the vocabulary and sound like it."""

    def __init__(self, corpus: Corpus, phrases: Iterable[Phrase], places: Iterable[str]) -> None:
        """Index the written forms of phrases, and the names of places, by all but one of their characters."""
        self._corpus = corpus
        self._words = {form for phrase in phrases for form in _forms(phrase) if _SHORTEST <= len(form) <= _LONGEST}
        self._index: dict[str, list[str]] = {}
        for word in self._words:
            self._add(word)
        self._places: dict[str, str] = {}
        self._place_names = frozenset(places)
        for name in sorted(self._place_names):
            if len(name) == 2 and not name.isascii():
                for position in range(2):
                    self._places[name[:position] + _OPEN + name[position + 1 :]] = name

    def mended(self, sentence: PlainText) -> PlainText:
        """The sentence with such words set right; every character keeps its place."""
        text = sentence.text
        right = self._right(text)
        for start, wrong, word in (*self._near_words(text), *self._near_places(text)):
            place = start + wrong
            if place in right or text[place] in _EVERYDAY or self._usual(text, place):
                continue
            if _alike(text[place], word[wrong]):
                text = text[:place] + word[wrong] + text[place + 1 :]
        return sentence if text == sentence.text else replace(sentence, text=text)

    def _add(self, word: str) -> None:
        for position in range(len(word)):
            self._index.setdefault(word[:position] + _OPEN + word[position + 1 :], []).append(word)

    def _right(self, text: str) -> set[int]:
        """Places that belong to a word spelt right."""
        found: set[int] = set()
        for length in range(_SHORTEST, _LONGEST + 1):
            for start in range(len(text) - length + 1):
                if text[start : start + length] in self._words:
                    found.update(range(start, start + length))
        return found

    def _usual(self, text: str, place: int) -> bool:
        """Whether the documents write the character beside both of its neighbours: then it is no slip."""
        return {text[place - 1 : place + 1], text[place : place + 2]} <= self._pairs

    @cached_property
    def _pairs(self) -> frozenset[str]:
        texts = [article.text for policy in self._corpus.policies.values() for article in policy.articles.values()]
        return frozenset(pair for text in texts for pair in map("".join, pairwise(text)))

    def _near_words(self, text: str) -> Iterator[tuple[int, int, str]]:
        for length in range(_LONGEST, _SHORTEST - 1, -1):
            for start in range(len(text) - length + 1):
                window = text[start : start + length]
                for wrong in range(length):
                    for word in self._index.get(window[:wrong] + _OPEN + window[wrong + 1 :], ()):
                        if word != window and _is_han(window[wrong]):
                            yield start, wrong, word

    def _near_places(self, text: str) -> Iterator[tuple[int, int, str]]:
        for start in range(len(text) - 1):
            if start and text[start - 1] not in _BEFORE_PLACE:
                continue
            window = text[start : start + 2]
            for wrong in range(2):
                name = self._places.get(window[:wrong] + _OPEN + window[wrong + 1 :])
                if name is not None and window not in self._place_names and _is_han(window[wrong]):
                    yield start, wrong, name


def _forms(phrase: Phrase) -> Iterator[str]:
    yield from phrase.anchors
    if not any(sign in phrase.written for sign in "…#{"):
        yield from _written(phrase.parts)


def _written(parts: tuple[Part, ...]) -> list[str]:
    """Some of the ways a phrase may be written."""
    found = [""]
    for part in parts:
        ways = [part.text] if part.text else [form for option in part.options for form in _written(option)]
        if part.optional:
            ways.append("")
        found = [before + way for before in found for way in ways][:_VARIANTS]
    return found


def _is_han(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff"


def _alike(one: str, other: str) -> bool:
    return not _sounds(one).isdisjoint(_sounds(other))


@cache
def _sounds(char: str) -> frozenset[str]:
    from pypinyin import Style, pinyin  # noqa: PLC0415 - slow to load, and few sentences need it

    return frozenset(map(_rough, pinyin(char, style=Style.NORMAL, heteronym=False)[0]))


def _rough(sound: str) -> str:
    for exact, rough in _SOUNDS_ALIKE:
        sound = re.sub(f"^{exact}" if exact in ("zh", "ch", "sh", "hu") else f"{exact}$", rough, sound)
    return re.sub("^l", "n", sound)
