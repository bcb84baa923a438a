"""Misspelt words of the vocabulary, set right where one character is wrong and sounds the same (双夸平台, 国家示点, 海朱)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from itertools import pairwise

from knowledge.plain_text import PlainText
from knowledge.sounds import sound
from policies.law import Corpus
from policies.phrases import Part, Phrase

_SHORTEST, _LONGEST = 3, 6  # characters of a word that is looked for misspelt
_VARIANTS = 12  # written forms taken of one phrase
_OPEN = "*"  # stands for the wrong character
_EVERYDAY = frozenset(
    "买卖的得了是在有给我你他们这那个一二两三不没就也都和跟与把被为从到去来做搞要想能会可多少大小上下里外前后年月日万亿家项"
)
_BEFORE_PLACE = "在是到来去从于住，。；、 的往进入们司厂"
_SOUNDS_ALIKE = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ing", "in"), ("eng", "en"), ("ang", "an"), ("hu", "fu"))


class Speller:
    """Mends words that are one wrong character away from a word of the vocabulary and sound like it."""

    def __init__(self, corpus: Corpus, phrases: Iterable[Phrase], places: Iterable[str]) -> None:
        """Index the written forms of phrases, and the names of places, by all but one of their characters."""
        self._corpus = corpus
        self._words = {form for phrase in phrases for form in _forms(phrase) if _SHORTEST <= len(form) <= _LONGEST}
        self._index: dict[str, str] = {}  # what the open character may be
        self._beside: set[str] = set()  # two characters of a word: neighbours, or with the open one between them
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
        for place, char in enumerate(sentence.text):
            if place in right or char in _EVERYDAY or not _is_han(char):
                continue
            for meant, sure in (*self._meant_words(text, place), *self._meant_places(text, place)):
                if meant != char and not self._usual(text, place, sure=sure) and _alike(char, meant, sure=sure):
                    text = text[:place] + meant + text[place + 1 :]
                    break
        return sentence if text == sentence.text else replace(sentence, text=text)

    def _add(self, word: str) -> None:
        self._beside.update(map("".join, pairwise(word)))
        self._beside.update(one + _OPEN + other for one, other in zip(word, word[2:], strict=False))
        first = 1 if len(word) == _SHORTEST else 0  # 注销公司 is no 小公司
        for position in range(first, len(word)):
            key = word[:position] + _OPEN + word[position + 1 :]
            self._index[key] = self._index.get(key, "") + word[position]

    def _right(self, text: str) -> set[int]:
        """Places that belong to a word spelt right."""
        found: set[int] = set()
        for length in range(_SHORTEST, _LONGEST + 1):
            for start in range(len(text) - length + 1):
                if text[start : start + length] in self._words:
                    found.update(range(start, start + length))
        return found

    def _usual(self, text: str, place: int, *, sure: bool) -> bool:
        """Whether the documents write the character beside its neighbours (both, or for a short word one): it is no slip."""
        known = [pair in self._pairs for pair in (text[place - 1 : place + 1], text[place : place + 2])]
        return all(known) if sure else any(known)

    @cached_property
    def _pairs(self) -> frozenset[str]:
        articles = [article.text for policy in self._corpus.policies.values() for article in policy.articles.values()]
        return frozenset(pair for text in (*articles, *self._words) for pair in map("".join, pairwise(text)))

    def _meant_words(self, text: str, place: int) -> Iterator[tuple[str, bool]]:
        """What the character would be if it belonged to a word of the vocabulary; longer words first, which are surer."""
        around = text[place - 1 : place] + _OPEN + text[place + 1 : place + 2]
        if not self._beside & {text[max(place - 2, 0) : place], text[place + 1 : place + 3], around}:
            return
        for length in range(_LONGEST, _SHORTEST - 1, -1):
            for start in range(max(place - length + 1, 0), min(place, len(text) - length) + 1):
                for meant in self._index.get(text[start:place] + _OPEN + text[place + 1 : start + length], ""):
                    yield meant, length > _SHORTEST

    def _meant_places(self, text: str, place: int) -> Iterator[tuple[str, bool]]:
        for start in (place - 1, place):
            window = text[start : start + 2] if start >= 0 else ""
            if window in self._place_names or (start > 0 and text[start - 1] not in _BEFORE_PLACE):
                continue
            name = self._places.get(text[start:place] + _OPEN + text[place + 1 : start + 2]) if window else None
            if name is not None:
                yield name[place - start], True


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


def _alike(one: str, other: str, *, sure: bool) -> bool:
    """Whether two characters sound the same; where the word is sure, common confusions (zh/z, n/l) count as the same."""
    if sure:
        return _rough(sound(one)) == _rough(sound(other))
    return sound(one) == sound(other)


def _rough(sound: str) -> str:
    for exact, rough in _SOUNDS_ALIKE:
        sound = re.sub(f"^{exact}" if exact in ("zh", "ch", "sh", "hu") else f"{exact}$", rough, sound)
    return re.sub("^l", "n", sound)
