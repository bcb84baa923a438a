"""An inverted index with BM25 scores, made once and never changed: postings by gram, in arrays."""

from __future__ import annotations

import math
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from heapq import nlargest
from itertools import chain
from operator import neg

from knowledge.search.ranking.packed import pack, unpack

_SATURATION = 1.2  # BM25's k1
_LENGTH = 0.4  # BM25's b
_FEW = 256  # up to this many documents, all are scored at once
_MANY = 2000  # above this many documents, a search over all of them reads only each gram's best
_CHAMPIONS = 250  # how many best postings of a gram are kept apart for it,
_READ = 3000  # and after how many postings it stops

Scored = tuple[float, int]
Bag = Mapping[str, float]  # gram to weighted count


class Index:
    """Scores documents, numbered in the order given, for the grams of a question."""

    def __init__(self, bags: Iterable[Bag], apart: Iterable[Bag] = ()) -> None:
        """Compute what each gram adds to each document's score.

        Args:
            bags: weighted gram counts, read once.
            apart: of further documents, which only :meth:`best_apart` finds; their words are as common as all others.
        """
        lengths = array("f")
        self._postings: dict[str, tuple[array[int], array[float]]] = {}
        self._own = 0
        for number, (bag, is_apart) in enumerate(chain(((bag, False) for bag in bags), ((bag, True) for bag in apart))):
            self._own += not is_apart
            lengths.append(sum(bag.values()))
            for gram, count in bag.items():
                posting = self._postings.get(gram)
                if posting is None:
                    posting = self._postings[gram] = (array("I"), array("f"))
                posting[0].append(number)
                posting[1].append(count)
        self._size = len(lengths)
        mean = (sum(lengths) / len(lengths) if lengths else 0.0) or 1.0
        floors = [_SATURATION * (1 - _LENGTH + _LENGTH * length / mean) for length in lengths]
        for numbers, parts in self._postings.values():
            for place, (number, count) in enumerate(zip(numbers, parts, strict=True)):
                parts[place] = count * (_SATURATION + 1) / (count + floors[number])
        self._rarity = {gram: self._idf(len(numbers)) for gram, (numbers, _) in self._postings.items()}
        # Of a small index: what a gram adds, worked out, by document and, for own documents and those apart, packed.
        self._added: list[dict[str, float]] = []
        self._packed: tuple[dict[str, int], dict[str, int]] = ({}, {})
        if self._size <= _FEW:
            self._added = [{} for _ in range(self._size)]
            for gram, (numbers, parts) in self._postings.items():
                rarity = self._rarity[gram]
                for number, part in zip(numbers, parts, strict=True):
                    self._added[number][gram] = rarity * part
            self._packed = pack(self._added[: self._own]), pack(self._added[self._own :])
        self._champions = {}
        if self._size > _MANY:
            long = {gram: posting for gram, posting in self._postings.items() if len(posting[0]) > _CHAMPIONS}
            self._champions = {gram: self._best(*posting) for gram, posting in long.items()}

    def __len__(self) -> int:
        """The number of documents, without those apart."""
        return self._own

    def __contains__(self, gram: object) -> bool:
        """Whether any document has the gram, those apart not counted."""
        return gram in self._postings and self._postings[gram][0][0] < self._own

    def counts(self) -> dict[str, int]:
        """How many documents have each gram."""
        return {gram: len(numbers) for gram, (numbers, _) in self._postings.items()}

    def rarity(self, gram: str) -> float:
        """How much the gram tells (inverse document frequency); 0 when no document has it."""
        return self._rarity.get(gram, 0.0)

    def has(self, number: int, gram: str) -> bool:
        """Whether a document has a gram."""
        if self._added:
            return gram in self._added[number]
        posting = self._postings.get(gram)
        if posting is None:
            return False
        place = bisect_left(posting[0], number)
        return place < len(posting[0]) and posting[0][place] == number

    def search(self, question: Mapping[str, float], count: int, within: Sequence[range] | None = None) -> list[Scored]:
        """The best documents as (score, number), best first; of equal ones the earlier first.

        Args:
            question: weight by gram.
            count: how many at most.
            within: ranges of document numbers to look in; ``None`` is all of them.
        """
        if self._size <= _FEW:
            return self.around(question, count, [range(self._own)] if within is None else within)[0]
        return _top(self._over_all(question) if within is None else self._over(question, within), count)

    def around(
        self, question: Mapping[str, float], count: int, within: Sequence[range]
    ) -> tuple[list[Scored], list[Scored]]:
        """The best documents inside some ranges, and the best outside them."""
        if self._size > _FEW:
            room = count + sum(map(len, within))  # as many as can be inside stand before the last one wanted
            others = _top(self._over_all(question), room)
            outside = [scored for scored in others if not any(scored[1] in span for span in within)]
            return _top(self._over(question, within), count), outside[:count]
        dense = unpack(question, self._packed[0], self._own)
        is_inside = bytearray(self._size)
        for span in within:
            is_inside[span.start : span.stop] = b"\1" * len(span)
        order = sorted(range(self._own), key=dense.__getitem__, reverse=True)
        best: tuple[list[Scored], list[Scored]] = ([], [])
        for number in order:
            into = best[not is_inside[number]]
            if len(into) < count and dense[number] > 0:
                into.append((dense[number], number))
                if len(best[0]) == len(best[1]) == count:
                    break
        return best

    def best_apart(self, question: Mapping[str, float], first: int | None = None) -> Scored:
        """The best of the documents apart, or of the first of them, by its number among them."""
        if self._size <= _FEW:
            scores = unpack(question, self._packed[1], self._size - self._own)
        else:
            scores = list(self._over(question, [range(self._own, self._size)]).values())
        best = max(range(self._size - self._own if first is None else first), key=scores.__getitem__)
        return scores[best], best

    def scores(self, question: Mapping[str, float], within: Sequence[range]) -> Mapping[int, float] | Sequence[float]:
        """The score of every document in some ranges, by its number."""
        return unpack(question, self._packed[0], self._own) if self._size <= _FEW else self._over(question, within)

    def score(self, question: Mapping[str, float], number: int) -> float:
        """The score of one document."""
        if self._size > _FEW:
            return self._over(question, [range(number, number + 1)])[number]
        added = self._added[number]
        return math.fsum(weight * added[gram] for gram, weight in question.items() if gram in added)

    def _over_all(self, question: Mapping[str, float]) -> dict[int, float]:
        """Scores by the grams that tell most, until enough postings are read."""
        scores: dict[int, float] = {}
        read = 0
        for gram in sorted(question.keys() & self._postings.keys(), key=self._rarity.__getitem__, reverse=True):
            factor = question[gram] * self._rarity[gram]
            numbers, parts = self._champions.get(gram) or self._postings[gram]
            for number, part in zip(numbers, parts, strict=True):
                scores[number] = scores.get(number, 0.0) + factor * part
            read += len(numbers)
            if read > _READ:
                break
        for number in range(self._own, self._size):
            scores.pop(number, None)
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


def _top(scores: Mapping[int, float], count: int) -> list[Scored]:
    best = nlargest(count, zip(scores.values(), map(neg, scores), strict=True))
    return [(score, -number) for score, number in best if score > 0]
