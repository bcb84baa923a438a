"""What other documents have, when it is asked for where it is missing: a near miss."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.search.hearing.question import Question
from knowledge.search.ranking.ranking import LOOKED_AT, Ranking, Row

_OF_ANY = frozenset({"validity", "stage", "document", "basis"})  # kinds that may be asked of any document

# How much better an article elsewhere must fit to tell that what is asked is missing where it was asked:
_BETTER_MEASURE = 1.5  # in score, when it has measures and no topic is named;
_BETTER_WHOLE, _BETTER_DETAIL = 1.4, 1.5  # when one is, in score, and in what is asked beside the topics,
_DETAIL_LEAST = 1.5  # which must be this much at least (in log of the number of articles);
_BETTER_MENTIONED = 1.6  # in score, when here its topics are only mentioned,
_BETTER_PARTLY = 1.5  # when some topics of the question are found there and some are not,
_KNOWN_ELSEWHERE = 0.55  # in the share of the question's content that it has,
_BETTER, _GAIN = 2.2, 0.3  # when the question has no topic: in score, and in the share of content known,
_BETTER_TOPIC, _GAIN_TOPIC = 2.6, 0.25  # when all topics are,
_BETTER_SUM, _GAIN_SUM = 2.1, 0.2  # and an amount is asked,
_FAR_BETTER = 3.0  # in score, when an amount is asked and more of the content is known there at all.


class Missing:
    """Tells near misses by how well articles fit here and elsewhere."""

    def __init__(self, ranking: Ranking) -> None:
        """Judge by what the ranking of a corpus says."""
        self._ranking = ranking

    def elsewhere(
        self, heard: Question, ranked: Sequence[Row], others: Sequence[Row], absent: tuple[str, ...]
    ) -> Sequence[Row]:
        """What other documents have, when they have what is asked and the documents asked have not.

        Args:
            heard: the question; it names documents.
            ranked: the best articles of those.
            others: the best of all others.
            absent: topics of the question that the documents asked do not have.
        """
        measures = [row for row in others if self._ranking.has_measures(row)]
        if absent:
            others = [row for row in others if self._ranking.has_topic(row, absent)]
        if not others or not ranked:
            return others
        of_any = not _OF_ANY.isdisjoint(heard.kinds)
        if measures and not (heard.topics or of_any) and measures[0].score >= _BETTER_MEASURE * ranked[0].score:
            return measures
        cited = self._cited_only_there(heard, ranked, others)
        if cited:
            return cited
        if len(absent) == len(heard.topics) > 0:
            return [] if self._knows_more(heard, ranked, others) else others
        counting = self._counting_only_there(heard, ranked, others)
        if counting:
            return counting
        if measures and self._has_detail(heard, ranked, measures):
            return measures
        return others if self._is_better(heard, ranked, others, absent) else []

    def _cited_only_there(self, heard: Question, ranked: Sequence[Row], others: Sequence[Row]) -> Sequence[Row]:
        """Articles elsewhere that cite the number named, if none here does."""
        cited = [row for row in others if self._ranking.is_cited(heard, row)]
        return [] if any(self._ranking.is_cited(heard, row) for row in ranked) else cited

    def _counting_only_there(self, heard: Question, ranked: Sequence[Row], others: Sequence[Row]) -> Sequence[Row]:
        """Articles elsewhere that speak of each of the unit named, if the best there does and none here."""
        if heard.each is None:
            return []
        counting = self._ranking.counting(others, heard.each)
        if counting[:1] != others[:1] or self._ranking.counting(ranked[:LOOKED_AT], heard.each):
            return []
        return counting

    def _has_detail(self, heard: Question, ranked: Sequence[Row], measures: Sequence[Row]) -> bool:
        """Whether measures elsewhere fit better, above all in what is asked beside the topics."""
        if not self._ranking.is_of_detail(heard) or measures[0].score < _BETTER_WHOLE * ranked[0].score:
            return False
        here, there = self._ranking.details(heard, ranked[:LOOKED_AT], measures[:LOOKED_AT])
        return there >= max(_BETTER_DETAIL * here, _DETAIL_LEAST * self._ranking.scale)

    def _is_better(
        self, heard: Question, ranked: Sequence[Row], others: Sequence[Row], absent: tuple[str, ...]
    ) -> bool:
        """Whether what other documents have fits so much better that what is asked is missing where it was asked."""
        ratio = others[0].score / ranked[0].score
        if ratio < _BETTER_PARTLY or absent:
            return ratio >= _BETTER_PARTLY
        here, there = (self._ranking.known(heard, rows[:LOOKED_AT]) for rows in (ranked, others))
        holdings = self._ranking.holdings
        better, gain = _BETTER, _GAIN
        if heard.topics:
            better, gain = _BETTER_TOPIC, _GAIN_TOPIC
            if ratio >= _BETTER_MENTIONED and here < 1 and holdings.not_even_quoted(heard.topics, heard.policies):
                return True
            if "amount" in heard.kinds:
                better, gain = _BETTER_SUM, _GAIN_SUM
                only_mentioned = holdings.only_mentioned(heard.topics, heard.policies)
                if there > here and (only_mentioned or ratio >= _FAR_BETTER):
                    return True
        elif not _OF_ANY.isdisjoint(heard.kinds):
            return False
        return ratio >= better and there >= max(_KNOWN_ELSEWHERE, here + gain)

    def _knows_more(self, heard: Question, ranked: Sequence[Row], others: Sequence[Row]) -> bool:
        """Whether the best article here fits better than the best elsewhere, in score and in what it has of the question."""
        known = (self._ranking.known(heard, rows[:1]) for rows in (ranked, others))
        return ranked[0].score > others[0].score and next(known) > next(known)
