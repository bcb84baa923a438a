"""An inverted index with BM25 scores, made once and never changed: postings by gram, in arrays."""

from __future__ import annotations

import math
from array import array
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from heapq import nlargest
from operator import itemgetter

_SATURATION = 1.2  # BM25's k1
_LENGTH = 0.4  # BM25's b
_MANY = 2000  # above this many documents, a search over all of them reads only each gram's best
_CHAMPIONS = 400  # how many best postings of a gram are kept apart for it

Bag = Mapping[str, float]  # gram to weighted count


class Index:
    """Scores documents, numbered in the order given, for the grams of a question."""

    def __init__(self, bags: Sequence[Bag]) -> None:
        """Compute what each gram adds to each document's score; ``bags`` are weighted gram counts."""
        self._size = len(bags)
        lengths = [sum(bag.values()) for bag in bags]
        mean = (sum(lengths) / len(lengths) if lengths else 0.0) or 1.0
        raw: dict[str, tuple[array[int], array[float]]] = {}
        for number, bag in enumerate(bags):
            floor = _SATURATION * (1 - _LENGTH + _LENGTH * lengths[number] / mean)
            for gram, count in bag.items():
                posting = raw.get(gram)
                if posting is None:
                    posting = raw[gram] = (array("I"), array("f"))
                posting[0].append(number)
                posting[1].append(count * (_SATURATION + 1) / (count + floor))
        self._rarity = {gram: self._idf(len(numbers)) for gram, (numbers, _) in raw.items()}
        self._postings = raw
        self._champions = {
            gram: self._best(numbers, parts) for gram, (numbers, parts) in raw.items() if len(numbers) > _CHAMPIONS
        } if len(bags) > _MANY else {}  # fmt: skip

    def __contains__(self, gram: object) -> bool:
        """Whether any document has the gram."""
        return gram in self._postings

    def rarity(self, gram: str) -> float:
        """How much the gram tells (inverse document frequency); 0 when no document has it."""
        return self._rarity.get(gram, 0.0)

    def search(
        self, question: Mapping[str, float], count: int, within: Sequence[range] | None = None
    ) -> list[tuple[float, int]]:
        """The best documents as (score, number), best first; of equal ones the earlier first.

        Args:
            question: weight by gram.
            count: how many at most.
            within: ranges of document numbers to look in; ``None`` is all of them.
        """
        scores = self._over_all(question) if within is None else self._over(question, within)
        best = nlargest(count, scores.items(), key=itemgetter(1))
        return [(score, number) for number, score in best if score > 0]

    def _over_all(self, question: Mapping[str, float]) -> dict[int, float]:
        if self._size <= _MANY:
            dense = [0.0] * self._size
            for gram, weight in question.items():
                posting = self._postings.get(gram)
                if posting is not None:
                    factor = weight * self._rarity[gram]
                    for number, part in zip(*posting, strict=True):
                        dense[number] += factor * part
            return dict(enumerate(dense))
        scores: dict[int, float] = {}
        for gram, weight in question.items():
            posting = self._champions.get(gram) or self._postings.get(gram)
            if posting is not None:
                factor = weight * self._rarity[gram]
                for number, part in zip(*posting, strict=True):
                    scores[number] = scores.get(number, 0.0) + factor * part
        return scores

    def _over(self, question: Mapping[str, float], within: Sequence[range]) -> dict[int, float]:
        scores = {number: 0.0 for span in within for number in span}
        for gram, weight in question.items():
            posting = self._postings.get(gram)
            if posting is None:
                continue
            factor = weight * self._rarity[gram]
            numbers, parts = posting
            for span in within:
                first = bisect_left(numbers, span.start)
                for place in range(first, bisect_left(numbers, span.stop, first)):
                    scores[numbers[place]] += factor * parts[place]
        return scores

    def _idf(self, having: int) -> float:
        return math.log(1 + (self._size - having + 0.5) / (having + 0.5))

    @staticmethod
    def _best(numbers: array[int], parts: array[float]) -> tuple[array[int], array[float]]:
        places = nlargest(_CHAMPIONS, range(len(parts)), key=parts.__getitem__)
        return array("I", [numbers[place] for place in places]), array("f", [parts[place] for place in places])
