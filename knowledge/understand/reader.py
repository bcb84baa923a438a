"""From a sentence to what was understood of it."""

from __future__ import annotations

import re
from datetime import date

from knowledge.amounts import Quantity, find
from knowledge.places import Place, Places
from knowledge.plain_text import PlainText, plain
from knowledge.understand.elapsed import elapsed
from knowledge.understand.evidence import Evidence
from knowledge.understand.figures_in_text import mask
from knowledge.understand.from_figures import from_figures
from knowledge.understand.from_words import denied, from_words
from knowledge.understand.hearing import Heard, hear
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
_ASKED_FIGURES = frozenset(
    {"几个", "几家", "几项", "几成", "几万", "几千", "几百", "几十万", "几百万"}
)  # a number in 有几家客户, a question in 每年评几家
_NO_FIGURES = frozenset({"没有", "没", "无", "都没有", "冇", "半", "一半"})
_WORDS = _NO_FIGURES | _ASKED_FIGURES


class Reader:
    """Reads sentences; prepared once for a corpus, then pure."""

    def __init__(self, corpus: Corpus) -> None:
        """Prepare the word tables."""
        self._corpus = corpus
        self._places = Places(corpus)
        self._lexicon = Lexicon(corpus)
        self._relevance = Relevance(corpus)
        self._speller = Speller(corpus, (entry.phrase for entry in self._lexicon.entries), self._places.forms)

    def read(self, text: str, as_of: date, district: str | None = None) -> Understood:
        """Understand one sentence.

        Args:
            text: what somebody wrote or said, in any of the usual scripts and spellings.
            as_of: the day relative dates count from.
            district: the choice of the fact ``district`` the talk is about already, where the sentence names none; it decides
                between facts that different documents ask for in the same words.
        """
        numbers = tuple(sorted((*find(text, as_of), *elapsed(text, as_of)), key=lambda number: number.start))
        sentence = self._speller.mended(plain(text))
        masked = mask(sentence, [number for number in numbers if number.text not in _NO_FIGURES])
        moods = Moods(_without_figures(sentence, numbers))
        heard = hear(self._lexicon, sentence, masked, moods)
        places = [place for place in self._places.find(sentence.text) if not _is_in_a_word(place, heard)]
        where = whereabouts(sentence.text, places, moods)
        focus = where.focus
        about = self._choice(focus.kind, focus.name) if focus is not None else None
        evidence = Evidence(sentence, self._corpus.facts)
        self._locate(where, evidence)
        here = about or district
        from_figures(heard.claims, sentence, moods, evidence, self._relevance, here)
        from_words(heard, sentence, moods, evidence, self._relevance, here)
        if moods.may_deny:
            denied(heard, self._lexicon.denied, sentence, moods, evidence)
        return Understood(
            district=about,
            elsewhere=focus.name if focus is not None and focus.kind == "elsewhere" else None,
            facts=evidence.facts,
            uncertain=tuple(evidence.uncertain),
            numbers=tuple(with_units(numbers, heard.claims)),
            evidence=evidence.spans,
            correction=_CORRECTING.search(sentence.text) is not None,
        )

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


def _is_in_a_word(place: Place, heard: Heard) -> bool:
    """Whether the name of a place without documents is only part of another word (香港控股)."""
    return place.kind == "elsewhere" and any(
        hit.start <= place.start and place.end <= hit.end for hit in heard.hits if not hit.entry.phrase.has_gap
    )


def _without_figures(sentence: PlainText, numbers: tuple[Quantity, ...]) -> str:
    """The text with other signs in the place of figures, so that a comma or 不到 within one means nothing; dates stay, and 一个都没."""
    text = list(sentence.text)
    for number in numbers:
        if not (number.unit == "date" or number.text in _WORDS or number.text[-1] in "没未无"):
            start, end = sentence.place(number.start, number.end)
            text[start:end] = "\ue000" * (end - start)
    return "".join(text)
