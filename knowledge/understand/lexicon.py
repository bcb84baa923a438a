"""The word tables: every phrase of the vocabulary, findable by the characters a sentence has."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Literal

from knowledge.understand.figures_in_text import figure_class, limit_class
from policies.answers import AnswerError, read_answer
from policies.law import Corpus
from policies.model.fact import Fact
from policies.model.heard import Heard
from policies.notation import Quantity
from policies.phrases import GAP, Part, Phrase, PhraseError, parse
from policies.problems import CorpusError, Problem
from policies.values import Value
from policies.vocabulary import PLACE

Role = Literal["says", "then", "about", "not", "maybe", "unlike", "answer", "less", "below"]
BOUNDARY = "，。；！？\n"
NUMERIC = ("money", "count", "share")
_SHORTEST_LABEL = 3  # characters; shorter labels and choices are everyday words
_BEFORE = 6  # characters that may stand between a phrase and the figure after it
_SHARED = 16  # … when the figure is that of each (国标、行标、地标各一项)
_PAUSE = "，(?:大概|大约|差不多|总共|一共|合计|也就|有|是|就|目前|现在|约)*"  # 设备上平台，大概四五十台
_AFTER = 3  # … and between a figure and the phrase after it


@dataclass(frozen=True)
class Entry:
    """A phrase of one fact: what part it plays, and the choice or ready answer it stands for."""

    fact: Fact
    role: Role
    phrase: Phrase
    choice: str = ""
    answer: Value | None = None
    in_context: bool = False

    @cached_property
    def numeric(self) -> bool:
        """Whether the phrase is matched together with a figure."""
        return self.fact.type in NUMERIC and self.role in ("says", "then", "less", "below")

    @cached_property
    def words(self) -> re.Pattern[str]:
        """The phrase alone, in plain text."""
        return re.compile(self.phrase.regex(_words_sign))

    @cached_property
    def with_figure(self) -> tuple[re.Pattern[str], ...]:
        """The phrase with its figure (group ``figure``), in text whose figures are masked: after it, before it, or where # is."""
        figure = f"(?P<figure>{figure_class(self.fact)})"
        gap = f"[^{BOUNDARY}{figure_class(self.fact, bare=True)}]"

        limits: list[Quantity] = []

        def sign(part: Part) -> str:
            if part.amount is not None:
                limits.append(part.amount)
                return f"(?P<limit{len(limits)}>{limit_class(part.amount.unit)})"
            return figure if part.sign == "#" else f"{gap}{{0,{GAP}}}?"

        words = self.phrase.regex(sign)
        if self.phrase.has_figure:
            return (re.compile(words),)
        said = f"(?P<words>{words})"
        before = f"(?:{gap}{{0,{_BEFORE}}}?|{gap}{{0,{_SHARED}}}?各|{gap}{{0,4}}?{_PAUSE})"
        return (re.compile(f"{said}{before}{figure}"), re.compile(f"{figure}{gap}{{0,{_AFTER}}}?{said}"))


def _words_sign(part: Part) -> str:
    return f"[^{BOUNDARY}]{{0,{GAP}}}?" if part.sign == "…" else ".{0,12}?"


class Lexicon:
    """All entries, by the first two characters of the words they cannot do without.

    ``denied``: answers by fact for when the thing itself is denied. ``alone``: facts that take a figure
    nobody names.
    """

    def __init__(self, corpus: Corpus) -> None:
        """Read every phrase once; regular expressions are made when a sentence first needs them.

        Raises:
            CorpusError: when a phrase of the vocabulary cannot be read (``huiqi lint`` tells the line).
        """
        self.words = corpus.vocabulary.words
        self._by_start: dict[str, list[tuple[str, int]]] = {}
        self.entries: list[Entry] = []
        self._needed: dict[int, tuple[frozenset[str], ...]] = {}
        self.denied: dict[str, Value | None] = {}
        self.alone: list[Entry] = []
        for fact in corpus.vocabulary.facts:
            if fact.key == PLACE:  # places are found by their names
                continue
            heard = fact.heard or Heard()
            if heard.alone:
                self.alone.append(Entry(fact, "says", Phrase("#", ())))
            try:
                if heard.denied is not None:
                    self.denied[fact.key] = read_answer(fact, heard.denied)
                self._take(self._entries(fact))
            except (PhraseError, AnswerError) as error:
                where = f"要素 {fact.key} 的 heard：{error}"
                mend = "运行 huiqi lint，按它指出的一行改"
                raise CorpusError(
                    [Problem("facts.yaml", 0, where, "读得通的说法（见 docs/authoring.md）", mend)]
                ) from error

    def _take(self, entries: Iterable[Entry]) -> None:
        for entry in entries:
            for anchor in entry.phrase.anchors:
                self._by_start.setdefault(anchor[:2], []).append((anchor, len(self.entries)))
            self.entries.append(entry)

    def candidates(self, text: str) -> list[Entry]:
        """Entries of which every necessary word stands in the text, always in the order of the vocabulary."""
        found: set[int] = set()
        ended = text + "。"  # a phrase may want a break after it
        starts = {*map("".join, pairwise(ended)), *ended}
        for start in starts & self._by_start.keys():
            for anchor, place in self._by_start[start]:
                if len(anchor) <= 2 or anchor in text:
                    found.add(place)
        return [self.entries[place] for place in sorted(found) if self._may_match(place, starts)]

    def _may_match(self, place: int, starts: set[str]) -> bool:
        """Whether all that a phrase needs may stand in a text of which all beginnings of words are known."""
        needed = self._needed.get(place)
        if needed is None:
            needed = self._needed[place] = self.entries[place].phrase.beginnings
        for beginnings in needed:  # noqa: SIM110 - a generator takes three times as long
            if beginnings.isdisjoint(starts):
                return False
        return True

    def _entries(self, fact: Fact) -> Iterator[Entry]:
        heard = fact.heard or _by_label(fact)
        yield from self._each(fact, "says", heard.says)
        yield from self._each(fact, "then", heard.then)
        if fact.type in NUMERIC and fact.heard is not None:
            yield from self._each(fact, "says", {"": fact.synonyms})
        for role, phrases in (("about", heard.about), ("not", heard.not_), ("maybe", heard.maybe)):
            yield from self._each(fact, role, {"": phrases})  # type: ignore[arg-type]
        yield from self._each(fact, "unlike", {"": heard.unlike})
        yield from self._each(fact, "less", {"": heard.less})
        yield from self._each(fact, "below", {"": heard.below})
        for answered in heard.answers:
            value = read_answer(fact, answered.is_)
            for written in answered.says:
                yield Entry(fact, "answer", parse(written, self.words), answer=value, in_context=answered.in_context)

    def _each(self, fact: Fact, role: Role, phrases: Mapping[str, tuple[str, ...]]) -> Iterator[Entry]:
        for choice, written in phrases.items():
            for one in written:
                yield Entry(fact, role, parse(one, self.words), choice)


def _by_label(fact: Fact) -> Heard:
    """What is listened for when ``facts.yaml`` says nothing: label and synonyms, or the choices."""
    if fact.choices:
        return Heard(says={choice: (choice,) for choice in fact.choices if len(choice) >= _SHORTEST_LABEL})
    names = (fact.label, *fact.synonyms)
    return Heard(says={"": tuple(name for name in names if len(name) >= _SHORTEST_LABEL and _is_plain(name))})


def _is_plain(name: str) -> bool:
    return not any(sign in name for sign in "（）()|?…<>#{}")
