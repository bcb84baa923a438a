"""What is understood of a question before anything is looked up: where, about what, and what is asked of it."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass

from knowledge.places import Places, part_of
from knowledge.search.grams import grams, plain, spaced
from knowledge.search.language import Kind, Lexicon, Unstated, language
from knowledge.search.spelling import Speller
from policies.law import Corpus

_PLAYFUL = ("play", "about")  # small talk that is clear whatever else the sentence holds


@dataclass(frozen=True, slots=True)
class Question:
    """A question as understood.

    Attributes:
        text: plain, in standard words, with gaps where punctuation stood.
        searched: ``text`` without the names of places and documents, and with wrong characters mended.
        asking: 1 for each character of ``searched`` that is a mere word of asking, a figure or a gap.
        policies: ids of the documents of the places named.
        part: a division inside a place with documents (顺德区), named alone.
        elsewhere: places without documents.
        topics: names of the topics of the vocabulary whose words are used.
        kinds: what kind of question it may be, the most telling first.
        unstated: a matter usually left to the yearly call for applications.
        matter: something other policies are about.
        benefit: support, or who gets it, is named.
        chat: the kind of small talk it is.
        instruction: it tries to tell the program what to do.
    """

    text: str
    searched: str
    asking: bytes
    policies: tuple[str, ...] = ()
    part: str | None = None
    elsewhere: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = ()
    unstated: Unstated | None = None
    matter: str | None = None
    benefit: bool = False
    chat: str | None = None
    instruction: bool = False

    @property
    def joined(self) -> str:
        """``searched`` without gaps."""
        return self.searched.replace(" ", "")


class Listener:
    """Understands questions. Made once for a corpus."""

    def __init__(self, corpus: Corpus, searched: Container[str], names: str) -> None:
        """Collect the words.

        Args:
            corpus: the documents, for places, numbers and topics.
            searched: what has every character and pair the documents are found by.
            names: titles and what is asked, as plain text: a matter named there is no other policy's.
        """
        words = language()
        self._corpus = corpus
        self._places = Places(corpus)
        self._rewrites = sorted(words.rewrites.items(), key=lambda pair: -len(pair[0]))
        self._numbers = {plain(p.header.number.value): p.id for p in corpus.policies.values() if p.header.number.value}
        self._topics = Lexicon({topic.name: map(plain, topic.words) for topic in corpus.vocabulary.topics})
        self._kinds: Lexicon[Kind] = Lexicon(words.kinds)
        self._unstated = {matter.name: matter for matter in words.unstated}
        self._asks = Lexicon({matter.name: matter.asks for matter in words.unstated})
        foreign: dict[str, list[str]] = {}
        for form in words.elsewhere:
            if "+" in form or form not in names:
                foreign.setdefault(form.split("+")[0], []).append(form)
        self._matters = Lexicon(foreign)
        self._benefit = Lexicon({"benefit": words.benefit})
        self._chat = Lexicon(words.chat)
        self._instruction = Lexicon({"instruction": words.instruction})
        self._filler = Lexicon({"filler": words.filler})
        known = set().union(*map(grams, _general_words()))
        self._speller = Speller(
            (*_general_words(), *_corpus_words(corpus), *self._places.forms),
            lambda gram: gram in known or gram in searched,
        )

    def hear(self, typed: str) -> Question:
        """Understand one question."""
        text = self._standard(self._speller.simplified(spaced(typed)))
        policies, part, elsewhere, rest = self._where(text)
        searched = self._speller.mended(" ".join(rest), self._asking(" ".join(rest)))
        joined = searched.replace(" ", "")
        asks = self._asks.signs(joined)
        matters = self._matters.signs(joined)
        kinds = self._kinds.signs(joined)
        order = list(language().kinds)
        return Question(
            text=text,
            searched=searched,
            asking=self._asking(searched),
            policies=policies,
            part=part,
            elsewhere=elsewhere,
            topics=self._topics.signs(joined),
            kinds=tuple(kind for kind in order if kind in kinds),
            unstated=self._unstated[asks[0]] if asks else None,
            matter=matters[0] if matters else None,
            benefit=next(self._benefit.find(joined), None) is not None,
            chat=self._small_talk(text),
            instruction=next(self._instruction.find(typed.lower()), None) is not None,
        )

    def _standard(self, text: str) -> str:
        for said, meant in self._rewrites:
            if said in text:
                text = text.replace(said, meant)
        return text

    def _where(self, text: str) -> tuple[tuple[str, ...], str | None, tuple[str, ...], list[str]]:
        """Documents named, part of a district, places without documents, and the text between the names."""
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
        return tuple(found), part, tuple(elsewhere), rest

    def _asking(self, searched: str) -> bytes:
        """Marks the characters that are words of asking, figures and gaps."""
        marks = bytearray(char == " " or char.isdigit() for char in searched)
        for lexicon in (self._filler, self._kinds):
            for start, end, _ in lexicon.find(searched):
                marks[start:end] = b"\1" * (end - start)
        return bytes(marks)

    def _small_talk(self, text: str) -> str | None:
        """The kind of small talk a text is, if little else is in it."""
        matches = list(self._chat.find(text))
        if not matches:
            return None
        kept = list(text)
        for match in matches:
            kept[match.start : match.end] = " " * (match.end - match.start)
        left = self._asking("".join(kept)).count(0)
        kind = matches[0].sign
        return kind if left <= (6 if kind in _PLAYFUL else 2) else None


def _general_words() -> Iterator[str]:
    words = language()
    yield from words.filler
    for forms in words.kinds.values():
        yield from forms
    for matter in words.unstated:
        yield from (form for form in matter.asks if "+" not in form)


def _corpus_words(corpus: Corpus) -> Iterator[str]:
    for topic in corpus.vocabulary.topics:
        yield from map(plain, topic.words)
    for fact in corpus.vocabulary.facts:
        yield from map(plain, (fact.label, *fact.synonyms, *fact.choices))
