"""Whether a question is about what documents leave open: the forms, the dates, the account the money goes to."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.search.hearing.question import Question
from knowledge.search.ranking.left_open import LeftOpen
from knowledge.search.ranking.ranking import LOOKED_AT, Ranking, Row

# How much better, in score, a matter that documents leave open must fit than every article, for it to be what is asked:
_LEFT_OPEN = 1.5
_LEAST = 3.0  # with a score at least this high (in log of the number of articles);
_DETAIL_OPEN = 2.0  # or, when a topic is named, than the articles found, in what is asked of the topic,
_DETAIL_LEAST = 1.5  # with a score at least this high;
_NOT_LEFT_OPEN = 2.4  # and how much better an article, not to be misled by a word of such a matter,
_PLAINLY = 6.0  # with a score at least this high


class Unanswered:
    """Compares articles with what documents leave open."""

    def __init__(self, ranking: Ranking) -> None:
        """Judge by what the ranking of a corpus says."""
        self._ranking = ranking

    def matter(self, heard: Question, ranked: Sequence[Row]) -> LeftOpen | None:
        """What documents leave open, when a question is about that rather than about any article found."""
        if heard.clauses or heard.cites:
            return None
        if heard.topics:
            return self._detail(heard, ranked)
        score, matter = self._ranking.open_matter(heard)
        best = ranked[0].score if ranked else 0.0
        return matter if score >= max(_LEFT_OPEN * best, _LEAST * self._ranking.scale) else None

    def _detail(self, heard: Question, ranked: Sequence[Row]) -> LeftOpen | None:
        """What is left to the yearly call, when that is what is asked of a topic (标杆申报是线上还是线下)."""
        if heard.compares or not heard.policies or not self._ranking.is_of_detail(heard):
            return None
        if "amount" in heard.kinds and ranked and self._ranking.has_measures(ranked[0]):
            return None
        score, matter, best = self._ranking.open_detail(heard, ranked[:LOOKED_AT])
        return matter if score >= max(_DETAIL_OPEN * best, _DETAIL_LEAST * self._ranking.scale) else None

    def is_unlikely(self, heard: Question, best: Row) -> bool:
        """Whether an article fits better than everything left open."""
        return self._ranking.open_matter(heard)[0] < best.score / _LEFT_OPEN

    def by_word(self, heard: Question) -> bool:
        """Whether a word of what is usually left open is used, no document asked states that, and no article fits plainly."""
        matter = heard.unstated
        if matter is None or self._ranking.holdings.states(matter, heard.policies):
            return False
        ranked = self._ranking.rank(heard, heard.policies)
        score = ranked[0].score if ranked else 0.0
        return score < max(_PLAINLY * self._ranking.scale, _NOT_LEFT_OPEN * self._ranking.open_matter(heard)[0])
