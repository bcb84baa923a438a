"""Questions understood: what was typed, mended; where it asks, about what, and what is asked of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator
from functools import cached_property

from knowledge.places import Places
from knowledge.search.grams import grams, plain, spaced
from knowledge.search.hearing.clauses import clauses
from knowledge.search.hearing.heard import asking, marks, matter_of, small_talk, terms_of, without_parts
from knowledge.search.hearing.language import Lexicon, Match, language, outermost
from knowledge.search.hearing.numbers import Named, Numbers
from knowledge.search.hearing.numerals import in_figures
from knowledge.search.hearing.pinyin import Pinyin
from knowledge.search.hearing.question import Question
from knowledge.search.hearing.sayings import said, sayings
from knowledge.search.hearing.spelling import Speller
from knowledge.search.hearing.where import Where, where
from knowledge.search.hearing.words import Searched, general_words, known_words, other_words
from policies.law import Corpus

_CHANCE = 2  # characters of a word that may be there by chance
_ALONE = 1  # characters of content beside a rule that is asked about alone
_FIGURE = re.compile("[0-9]")
_IN_BRACKETS = re.compile("（([^（）]+)）")  # 征求意见稿
_TIMES = frozenset({"validity", "contact"})  # kinds that are asked of a document, not of its being a draft
_LATIN = re.compile("[a-z]{2}")


class Listener:
    """Understands questions. Made once for a corpus."""

    def __init__(self, corpus: Corpus, searched: Searched, names: str, phrases: Iterable[str] = ()) -> None:
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
        self._own_names = {
            policy.id: tuple(plain(name) for name in _IN_BRACKETS.findall(policy.header.title))
            for policy in corpus.policies.values()
        }
        self._numbers = Numbers(corpus.policies.values())
        self._rules = words.rules
        units = "|".join(words.each)
        # 每台, 按台; 一台补多少, but not 上了一套系统: that is what somebody has.
        self._each = re.compile(
            f"[每按]({units})|按.{{0,3}}({units})数|(?<![了上换买办建搞做开租过有])一({units})(?=.{{0,4}}(?:补|给|奖|多少|几))"
        )
        self._unstated = {matter.name: matter for matter in words.unstated}
        foreign: dict[str, list[str]] = {}
        for form in words.elsewhere:
            if "+" in form or form not in names:
                foreign.setdefault(form.replace("+", ""), []).append(form)
        self._order = list(words.kinds)
        self._lexicon = Lexicon({
            "topic": {topic.name: said(map(plain, topic.words)) for topic in corpus.vocabulary.topics},
            "kind": {str(kind): said(forms) for kind, forms in words.kinds.items()},
            "rule": {of: (*said(rule.asks), *rule.sure) for of, rule in words.rules.items()},
            "sure": {of: rule.sure for of, rule in words.rules.items()},
            "also": {of: rule.also for of, rule in words.rules.items()},
            "saying": sayings(),
            "unstated": {matter.name: matter.asks for matter in words.unstated},
            "matter": foreign,
            "benefit": {"": words.benefit},
            "chat": words.chat,
            "instruction": {"": words.instruction},
            "filler": {"": words.filler},
            "term": {plain(term): (plain(term),) for term in _terms(corpus)},
        })  # fmt: skip
        known = set().union(*map(grams, (*general_words(), *self._places.not_places)))
        self._speller = Speller(
            (*known_words(corpus, searched), *self._places.forms),
            lambda gram: gram in known or gram in searched,
        )

    def hear(self, typed: str, *, mend: bool = True) -> Question:
        """Understand one question; ``mend`` false for one that is known to be spelt right."""
        numbered, asked, matches = self._read(typed, mend=mend)
        text = asked.text
        matches = [match for match in without_parts(matches) if not self._is_chance(text, match)]
        ruled = {match[:2] for match in matches if match.group == "rule"}
        about = outermost(match for match in matches if match.group == "topic" and match[:2] not in ruled)
        signs: dict[str, dict[str, None]] = {}
        for match in matches:
            signs.setdefault(match.group, {})[match.name] = None
        unstated = signs.get("unstated", {})
        topics = tuple(dict.fromkeys(match.name for match in about))
        topics += tuple(self._rule_topics(text, matches, alone=not topics))
        mere, terms = asking(text, matches), terms_of(text, matches)
        policies = (*numbered.policies, *asked.policies)
        kinds = _kinds(signs.get("kind", {}), defining=bool(terms), placed=bool(policies), content=0 in mere)
        if numbered.policies and not (kinds or topics):
            kinds = {"document"}
        if "comparison" in kinds and not asked.policies:
            policies += asked.around
        return Question(
            text=text,
            asking=mere,
            policies=tuple(dict.fromkeys(policies)),
            part=asked.part,
            inside=asked.inside,
            elsewhere=asked.elsewhere,
            topics=topics,
            about=(
                *((match.start, match.end, match.name) for match in about),
                *((match.start, match.end, name) for match, name in self._of_rules(matches) if name in topics),
            ),
            meant=tuple((match.start, match.end, match.name) for match in matches if match.group == "saying"),
            clauses=clauses(text),
            cites=tuple(numbered.cites),
            strange=numbered.strange,
            terms=terms,
            kinds=tuple(kind for kind in self._order if kind in kinds),
            each=next((match[match.lastindex or 0] for match in self._each.finditer(text)), None),
            unstated=self._unstated[next(iter(unstated))] if unstated else None,
            matter=None if terms else matter_of(text, matches),  # what counts as a term is asked of its definition
            benefit="benefit" in signs,
            chat=small_talk(text, matches),
            instruction="instruction" in signs,
        )

    def _read(self, typed: str, *, mend: bool) -> tuple[Named, Where, list[Match]]:
        """Numbers of documents; places, with the rest of the text; the words in that rest."""
        text = spaced(typed)
        if mend:
            text = self._speller.simplified(text)
            if _LATIN.search(text):
                text = self._pinyin.read(text)
        text = in_figures(self._standard(text))
        numbered = self._numbers.find(text) if _FIGURE.search(text) else Named({}, {}, False, text)
        asked = where(numbered.text, self._places, self._corpus.by_district)
        matches = list(self._lexicon.find(asked.text))
        if mend:
            mended = self._speller.mended(asked.text, marks(asked.text, matches))
            if mended != asked.text:
                asked = asked.also(where(mended, self._places, self._corpus.by_district))
                matches = list(self._lexicon.find(asked.text))
        shorter = self._without_own_name(asked, {match.name for match in matches if match.group == "kind"})
        if shorter != asked.text:
            asked = asked._replace(text=shorter)
            matches = list(self._lexicon.find(shorter))
        return numbered, asked, matches

    def _without_own_name(self, asked: Where, kinds: Container[str]) -> str:
        """The text without what a document calls itself (征求意见稿), where something else is asked of it."""
        text = asked.text
        if "stage" not in kinds and any(kind in kinds for kind in _TIMES):
            for name in (name for policy in asked.policies for name in self._own_names[policy]):
                text = text.replace(name, "")
        return text

    def _rule_topics(self, text: str, matches: list[Match], *, alone: bool) -> Iterator[str]:
        """The matters of general rules that are asked about; ``alone``: the question has no other topic."""
        for of in dict.fromkeys(match.name for match in matches if match.group == "rule"):
            rule = self._rules[of]
            if any(match[2:] == ("sure", of) for match in matches):
                yield rule.name
                continue
            if rule.also and not any(word in text for word in rule.also):
                continue
            own = (
                match
                for match in matches
                if match.group in ("filler", "kind") or match[2:] in (("rule", of), ("also", of))
            )
            if not rule.alone or (alone and marks(text, own).count(0) <= _ALONE):
                yield rule.name

    def _of_rules(self, matches: list[Match]) -> Iterator[tuple[Match, str]]:
        yield from ((match, self._rules[match.name].name) for match in matches if match.group == "rule")

    @cached_property
    def _pinyin(self) -> Pinyin:
        counts = Counter(self._searched.counts())
        words = {*general_words(), *known_words(self._corpus, self._searched), *self._places.forms}
        for phrase in (*words, *map(plain, self._phrases), *other_words()):
            counts.update(grams(phrase))
        return Pinyin(counts, frozenset(word for word in words if word.isascii() and word.isalpha()))

    def _is_chance(self, text: str, match: Match) -> bool:
        """Whether a short word that would end in a refusal lies across two words of the documents (家政 in 国家政策)."""
        if match.group not in ("matter", "unstated") or match.end - match.start > _CHANCE:
            return False
        before, after = text[match.start - 1 : match.start + 1], text[match.end - 1 : match.end + 1]
        return match.start > 0 and before in self._searched and after in self._searched and len(after) > 1

    def _standard(self, text: str) -> str:
        for typed, meant in self._rewrites:
            if typed in text:
                text = text.replace(typed, meant)
        return text


def _kinds(named: Iterable[str], *, defining: bool, placed: bool, content: bool) -> set[str]:
    """The kinds of question that count: ``defining`` a term, with a place or none, about some content or none."""
    kinds = set(named)
    if defining:
        return {*kinds - {"document", "validity"}, "definition"}
    if content and not placed:
        return kinds - {"document"}  # which document says so, not what its name or number is
    return kinds


def _terms(corpus: Corpus) -> Iterator[str]:
    for policy in corpus.policies.values():
        yield from (definition.term for definition in policy.header.definitions)
