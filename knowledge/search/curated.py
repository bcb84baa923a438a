"""Which curated entry answers a question: one whose phrasing is nearly the question, about the same place and topics."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.faq.model import Entry
from knowledge.search.grams import pairs
from knowledge.search.index import Index
from knowledge.search.listener import Listener
from knowledge.search.question import Question

_ALIKE = 0.62  # share of the weight of two phrasings that is common to both
_READ = 12  # phrasings compared
_UNSEEN = 6.0  # what a pair that no phrasing has tells


@dataclass(frozen=True, slots=True)
class _Phrasing:
    entry: Entry
    policies: frozenset[str]
    topics: frozenset[str]
    pairs: frozenset[str]
    weight: float


class Curated:
    """The phrasings of all entries, indexed. Made once."""

    def __init__(self, entries: Sequence[Entry], listener: Listener) -> None:
        """Understand every phrasing as a question is understood."""
        heard = [(entry, listener.hear(phrase, mend=False)) for entry in entries for phrase in entry.asks]
        self._index = Index([dict.fromkeys(pairs(question.text), 1.0) for _, question in heard])
        self._phrasings = [self._phrasing(entry, question) for entry, question in heard]

    def find(self, question: Question) -> Entry | None:
        """The entry that answers a question, if one does."""
        if question.elsewhere:
            return None
        best, found = _ALIKE, None
        own = dict.fromkeys(pairs(question.text), 1.0)
        weight = sum(map(self._tells, own))
        for _, number in self._index.search(own, _READ):
            phrasing = self._phrasings[number]
            if not _same_matter(question, phrasing):
                continue
            common = sum(map(self._tells, own.keys() & phrasing.pairs))
            alike = 2 * common / (weight + phrasing.weight)
            if alike > best:
                best, found = alike, phrasing.entry
        return found

    def _tells(self, pair: str) -> float:
        return self._index.rarity(pair) or _UNSEEN

    def _phrasing(self, entry: Entry, question: Question) -> _Phrasing:
        own = frozenset(pairs(question.text))
        weight = sum(map(self._tells, own))
        return _Phrasing(entry, frozenset(question.policies), frozenset(question.topics), own, weight)


def _same_matter(question: Question, phrasing: _Phrasing) -> bool:
    """The same topics, and the same place: an entry over several documents does not answer for one of them."""
    asked = frozenset(question.policies)
    same_place = asked == phrasing.policies or (not phrasing.policies and asked == frozenset(phrasing.entry.policies))
    return same_place and phrasing.topics == frozenset(question.topics)
