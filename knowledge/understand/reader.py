"""From a sentence to what was understood of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from knowledge.amounts import Quantity, find
from knowledge.places import Places
from knowledge.plain_text import PlainText, plain
from knowledge.understand import hits as hearing
from knowledge.understand.claims import Claim, claims, corrected, settled
from knowledge.understand.evidence import Evidence
from knowledge.understand.figures_in_text import mask
from knowledge.understand.from_figures import from_figures
from knowledge.understand.from_words import from_words
from knowledge.understand.hits import Hit
from knowledge.understand.lexicon import Lexicon
from knowledge.understand.moods import Moods
from knowledge.understand.numbers import with_units
from knowledge.understand.relevance import Relevance
from knowledge.understand.spelling import Speller
from knowledge.understand.understood import Understood
from knowledge.understand.whereabouts import Whereabouts, whereabouts
from policies.law import Corpus
from policies.vocabulary import PLACE

_CORRECTING = re.compile(
    r"^(?:[啊哦噢呃额嗯哎诶]|，)*(?:不对|错了|不是的?[，。]|更正|纠正|改一下|改成|应该是|应为)|不对[，。！]|[说写打搞弄讲记报]错|更正|(?:^|[，。；])不是[^，。；？]{1,12}[，。；]?(?:而)?是"
)
_NO_FIGURES = frozenset({"没有", "没", "无", "都没有", "冇", "半", "一半"})


class Reader:
    """Reads sentences; prepared once for a corpus, then pure."""

    def __init__(self, corpus: Corpus) -> None:
        """Prepare the word tables."""
        self._corpus = corpus
        self._places = Places(corpus)
        self._lexicon = Lexicon(corpus)
        self._relevance = Relevance(corpus)
        self._speller = Speller((entry.phrase for entry in self._lexicon.entries), self._places.forms)

    def read(self, text: str, as_of: date, district: str | None = None) -> Understood:
        """Understand one sentence.

        Args:
            text: what somebody wrote or said, in any of the usual scripts and spellings.
            as_of: the day relative dates count from.
            district: the choice of the fact ``district`` the talk is about already, where the sentence names none; it decides
                between facts that different documents ask for in the same words.
        """
        numbers = find(text, as_of)
        sentence = self._speller.mended(plain(text))
        moods = Moods(_without_figures(sentence, numbers))
        where = whereabouts(sentence.text, self._places.find(sentence.text), moods)
        focus = where.focus
        about = self._choice(focus.kind, focus.name) if focus is not None else None
        evidence = Evidence(sentence, self._corpus.facts)
        self._locate(where, evidence)
        claimed = self._hear(sentence, numbers, moods, evidence, about or district)
        return Understood(
            district=about,
            elsewhere=focus.name if focus is not None and focus.kind == "elsewhere" else None,
            facts=evidence.facts,
            uncertain=tuple(evidence.uncertain),
            numbers=tuple(with_units(numbers, claimed)),
            evidence=evidence.spans,
            correction=_CORRECTING.search(sentence.text) is not None,
        )

    def _hear(
        self, sentence: PlainText, numbers: tuple[Quantity, ...], moods: Moods, evidence: Evidence, district: str | None
    ) -> list[Claim]:
        """Take facts with figures and facts without; the claims tell what kind of number each figure is."""
        entries = self._lexicon.candidates(sentence.text)
        wordy = [entry for entry in entries if not entry.numeric]
        masked = mask(sentence, [number for number in numbers if number.text not in _NO_FIGURES])
        heard = hearing.find(wordy, sentence.text, masked)
        topics = _topics(heard)
        unlike = hearing.those(heard, "unlike")
        possible = [
            claim
            for claim in claims(entries, masked, topics)
            if not any(hit.key == claim.fact.key and hit.start < claim.end and claim.start < hit.end for hit in unlike)
        ]
        won = corrected(settled(possible), sentence, masked)
        counted = hearing.counting(heard, [Hit(claim.entry, claim.start, claim.end) for claim in won])
        from_figures(won, sentence, moods, evidence, self._relevance, district)
        from_words(counted, entries, sentence, moods, evidence, self._relevance, district)
        return won

    def _locate(self, where: Whereabouts, evidence: Evidence) -> None:
        fact = self._corpus.facts.get(PLACE)
        if fact is None:
            return
        own = {self._choice(place.kind, place.name): place for place in where.own}
        if len(own) == 1:
            (choice, place), *_ = own.items()
            if choice is not None:
                evidence.certain(PLACE, choice, place.start, place.end)
        elif own:
            names = "、".join(place.name for place in own.values())
            first = next(iter(own.values()))
            evidence.doubt(PLACE, None, "unclear", f"提到了{names}，企业注册在哪里？", first.start, first.end)
        elif where.wanted:
            place = where.wanted[-1]
            choice = self._choice(place.kind, place.name)
            asked = f"是打算去{place.name}，还没有注册在那里，对吗？"
            evidence.doubt(PLACE, choice, "planned", asked, place.start, place.end)

    def _choice(self, kind: str, name: str) -> str | None:
        """The choice of the fact ``district`` for a place; the one no document names for places without documents."""
        fact = self._corpus.facts.get(PLACE)
        if fact is None or kind == "wider":
            return None
        if kind == "district":
            return name if name in fact.choices else None
        without = [choice for choice in fact.choices if choice not in self._corpus.by_district]
        return without[0] if len(without) == 1 else None


def _topics(heard: list[Hit]) -> Mapping[str, list[Hit]]:
    unlike = hearing.those(heard, "unlike")
    topics: dict[str, list[Hit]] = {}
    for hit in hearing.those(heard, "about"):
        if not any(other.key == hit.key and other.overlaps(hit) for other in unlike):
            topics.setdefault(hit.key, []).append(hit)
    return topics


def _without_figures(sentence: PlainText, numbers: tuple[Quantity, ...]) -> str:
    """The text with other signs in the place of figures, so that a comma or 不到 within one means nothing; dates stay."""
    text = list(sentence.text)
    for number in numbers:
        if number.unit != "date" and number.text not in _NO_FIGURES:
            start, end = sentence.place(number.start, number.end)
            text[start:end] = "\ue000" * (end - start)
    return "".join(text)
