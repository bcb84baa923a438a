"""Which curated entry answers a question: one whose phrasing is nearly the question, about the same place and topics."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.faq.model import Entry
from knowledge.search.grams import STOP, pairs
from knowledge.search.hearing.listener import Listener
from knowledge.search.hearing.question import Question

_ALIKE = 0.62  # share of the weight of two phrasings that is common to both
_UNSEEN = 6.0  # what a pair that no phrasing has tells

_Matter = tuple[frozenset[str], frozenset[str]]  # documents and topics


@dataclass(frozen=True, slots=True)
class _Phrasing:
    entry: Entry
    pairs: frozenset[str]
    weight: float


class Curated:
    """The phrasings of all entries, by place and topics. Made once."""

    def __init__(self, entries: Sequence[Entry], listener: Listener) -> None:
        """Understand every phrasing as a question is understood."""
        heard = [(entry, listener.hear(phrase, mend=False)) for entry in entries for phrase in entry.asks]
        counts = Counter(pair for _, question in heard for pair in set(_pairs(question)))
        self._tells = {pair: math.log(1 + (len(heard) - count + 0.5) / (count + 0.5)) for pair, count in counts.items()}
        self._phrasings: dict[_Matter, list[_Phrasing]] = defaultdict(list)
        for entry, question in heard:
            own = frozenset(_pairs(question))
            phrasing = _Phrasing(entry, own, self._weight(own))
            # An entry over several documents does not answer for one of them.
            for policies in {question.policies, question.policies or entry.policies}:
                self._phrasings[frozenset(policies), frozenset(question.topics)].append(phrasing)

    def find(self, question: Question) -> Entry | None:
        """The entry that answers a question, if one does."""
        same = self._phrasings.get((frozenset(question.policies), frozenset(question.topics)))
        if same is None or question.elsewhere:
            return None
        best, found = _ALIKE, None
        own = frozenset(_pairs(question))
        weight = self._weight(own)
        for phrasing in same:
            common = own & phrasing.pairs
            alike = 2 * self._weight(common) / (weight + phrasing.weight) if common else 0.0
            if alike > best:
                best, found = alike, phrasing.entry
        return found

    def _weight(self, own: frozenset[str]) -> float:
        return math.fsum(self._tells.get(pair, _UNSEEN) for pair in own)


def _pairs(question: Question) -> list[str]:
    return pairs(question.text.replace(STOP, ""))
