"""What is understood of a question before anything is looked up: where, about what, and what is asked of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from knowledge.places import Places, part_of
from knowledge.search.clauses import clauses
from knowledge.search.grams import grams, pairs, plain, spaced
from knowledge.search.index import Index
from knowledge.search.language import Kind, Lexicon, Match, Unstated, language
from knowledge.search.pinyin import Pinyin
from knowledge.search.spelling import Speller
from policies.law import Corpus

_PLAYFUL = ("play", "about")  # small talk that is clear though the sentence holds
_PLAYFUL_REST = 6  # some characters more
_REST = 2
_LONG = 4  # characters of a word that is no chance
_LATIN = re.compile("[a-z]{2}")


@dataclass(frozen=True, slots=True)
class Question:
    """A question as understood.

    Attributes:
        text: plain, in standard words, with wrong characters mended, without the names of places and documents.
        asking: 1 for each character of ``text`` that is a mere word of asking or a figure.
        policies: ids of the documents of the places named.
        part: a division inside a place with documents (顺德区), named alone.
        elsewhere: places without documents.
        topics: names of the topics of the vocabulary whose words are used.
        clauses: ids of articles named by number.
        kinds: what kind of question it may be, the most telling first.
        unstated: a matter usually left to the yearly call for applications.
        matter: something other policies are about.
        benefit: support, or who gets it, is named.
        chat: the kind of small talk it is.
        instruction: it tries to tell the program what to do.
    """

    text: str
    asking: bytes
    policies: tuple[str, ...] = ()
    part: str | None = None
    elsewhere: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    clauses: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = ()
    unstated: Unstated | None = None
    matter: str | None = None
    benefit: bool = False
    chat: str | None = None
    instruction: bool = False

    @property
    def compares(self) -> bool:
        """Whether several documents are asked about side by side."""
        return "comparison" in self.kinds or len(self.policies) > 1


class Listener:
    """Understands questions. Made once for a corpus."""

    def __init__(self, corpus: Corpus, searched: Index, names: str, phrases: Iterable[str] = ()) -> None:
        """Collect the words.

        Args:
            corpus: the documents, for places, numbers and topics.
            searched: has every character and pair the documents are found by.
            names: titles and what is asked, as plain text: a matter named there is no other policy's.
            phrases: whole questions as people write them.
        """
        words = language()
        self._searched = searched
        self._phrases = phrases
        self._corpus = corpus
        self._places = Places(corpus)
        self._rewrites = sorted(words.rewrites.items(), key=lambda pair: -len(pair[0]))
        numbers = [(policy.header.number.value, policy.id) for policy in corpus.policies.values()]
        self._numbers = {form(number): policy for number, policy in numbers if number for form in (spaced, plain)}
        self._unstated = {matter.name: matter for matter in words.unstated}
        foreign: dict[str, list[str]] = {}
        for form in words.elsewhere:
            if "+" in form or form not in names:
                foreign.setdefault(form.split("+")[0], []).append(form)
        self._order = list(words.kinds)
        self._lexicon = Lexicon({
            "topic": {topic.name: map(plain, topic.words) for topic in corpus.vocabulary.topics},
            "kind": {str(kind): forms for kind, forms in words.kinds.items()},
            "unstated": {matter.name: matter.asks for matter in words.unstated},
            "matter": foreign,
            "benefit": {"": words.benefit},
            "chat": words.chat,
            "instruction": {"": words.instruction},
            "filler": {"": words.filler},
        })  # fmt: skip
        known = set().union(*map(grams, _general_words()))
        self._speller = Speller(
            (*_general_words(), *_known_words(corpus, searched), *self._places.forms),
            lambda gram: gram in known or gram in searched,
        )

    def hear(self, typed: str, *, mend: bool = True) -> Question:
        """Understand one question; ``mend`` false for one that is known to be spelt right."""
        text = spaced(typed)
        if mend:
            text = self._speller.simplified(text)
            if _LATIN.search(text):
                text = self._pinyin.read(text)
        text = self._standard(text)
        policies, part, elsewhere, text = self._where(text)
        matches = list(self._lexicon.find(text))
        if mend:
            mended = self._speller.mended(text, _marks(text, matches))
            if mended != text:
                text, matches = mended, list(self._lexicon.find(mended))
        signs: dict[str, dict[str, None]] = {}
        for match in matches:
            signs.setdefault(match.group, {})[match.name] = None
        kinds, unstated = signs.get("kind", {}), signs.get("unstated", {})
        return Question(
            text=text,
            asking=_asking(text, matches),
            policies=policies,
            part=part,
            elsewhere=elsewhere,
            topics=tuple(signs.get("topic", ())),
            clauses=clauses(text),
            kinds=tuple(kind for kind in self._order if kind in kinds),
            unstated=self._unstated[next(iter(unstated))] if unstated else None,
            matter=_matter(matches),
            benefit="benefit" in signs,
            chat=_small_talk(text, matches),
            instruction="instruction" in signs,
        )

    @cached_property
    def _pinyin(self) -> Pinyin:
        counts = Counter(self._searched.counts())
        words = {*_general_words(), *_known_words(self._corpus, self._searched), *self._places.forms}
        for phrase in (*words, *map(plain, self._phrases), *_other_words()):
            counts.update(grams(phrase))
        return Pinyin(counts, frozenset(word for word in words if word.isascii() and word.isalpha()))

    def _standard(self, text: str) -> str:
        for said, meant in self._rewrites:
            if said in text:
                text = text.replace(said, meant)
        return text

    def _where(self, text: str) -> tuple[tuple[str, ...], str | None, tuple[str, ...], str]:
        """Documents named, part of a district, places without documents, and the rest of the text without gaps."""
        found: dict[str, None] = {}
        elsewhere: dict[str, None] = {}
        part: str | None = None
        for number, policy in self._numbers.items():
            if number in text:
                found[policy] = None
                text = text.replace(number, " ")
        rest, last = [], 0
        for place in self._places.find(text):
            rest.append(text[last : place.start])
            last = place.end
            if place.kind == "district":
                found |= dict.fromkeys(self._corpus.by_district[place.name])
                part = part_of(place.name, text[place.start : place.end]) or part
            elif place.kind == "elsewhere":
                elsewhere[place.name] = None
        rest.append(text[last:])
        return tuple(found), part, tuple(elsewhere), "".join(rest).replace(" ", "")


def _asking(text: str, matches: Iterable[Match]) -> bytes:
    """Marks the characters that are words of asking and figures."""
    return _marks(text, (match for match in matches if match.group in ("filler", "kind")))


def _marks(text: str, matches: Iterable[Match]) -> bytes:
    marks = bytearray(char.isdigit() for char in text)
    for match in matches:
        marks[match.start : match.end] = b"\1" * (match.end - match.start)
    return bytes(marks)


def _matter(matches: Iterable[Match]) -> str | None:
    """What other policies are about: a long word, or one that stands alone or is one with the words of a topic (人才|公寓)."""
    topics = [match for match in matches if match.group == "topic"]
    for match in matches:
        if match.group == "matter":
            joined = any(topic.start <= match.end and match.start <= topic.end for topic in topics)
            if joined or not topics or len(match.name) >= _LONG:
                return match.name
    return None


def _small_talk(text: str, matches: Iterable[Match]) -> str | None:
    """The kind of small talk a text is, if little else is in it."""
    said = [match for match in matches if match.group == "chat"]
    if not said:
        return None
    rest = _marks(text, (match for match in matches if match.group in ("chat", "filler", "kind"))).count(0)
    kind = said[0].name
    return kind if rest <= (_PLAYFUL_REST if kind in _PLAYFUL else _REST) else None


def _general_words() -> Iterator[str]:
    words = language()
    yield from words.filler
    for forms in words.kinds.values():
        yield from forms
    for matter in words.unstated:
        yield from (form for form in matter.asks if "+" not in form)


def _other_words() -> Iterator[str]:
    """What is said to the program that the documents are not about."""
    words = language()
    for forms in (words.elsewhere, words.instruction, *words.chat.values()):
        yield from (part for form in forms for part in form.split("+"))


def _known_words(corpus: Corpus, searched: Container[str]) -> Iterator[str]:
    """Words of the vocabulary that the documents use."""
    for topic in corpus.vocabulary.topics:
        yield from (word for word in map(plain, topic.words) if all(pair in searched for pair in pairs(word)))
    for fact in corpus.vocabulary.facts:
        yield from map(plain, (fact.label, *fact.synonyms, *fact.choices))
