"""Whether the articles found answer a question: an answer, a near miss, or nothing."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.search.found import Outcome
from knowledge.search.hearing.question import Question
from knowledge.search.judging.missing import Missing
from knowledge.search.judging.unanswered import Unanswered
from knowledge.search.ranking.ranking import LOOKED_AT, Ranking, Row

_PLACING = frozenset({"comparison", "whereabouts"})  # kinds that ask which document has something

# The share of a question's content that an article found must have, so that they are about the same thing:
_KNOWN_ANYWHERE = 0.7  # when no place is named,
_KNOWN_COMPARED = 0.25  # when it is asked which place has something, of a topic or with a very high score,
_KNOWN = 0.3  # when the place is named,
# The score counts as well, in log of the number of articles:
_ENOUGH = 2.0  # this high is enough with a place;
_SURELY, _VERY_SURELY = 3.0, 5.0  # this high is very high, and this high is enough without a place;
_ENOUGH_ANYWHERE = 3.0  # this high is needed without a place and a topic;
_LEAST = 1.4  # with a place, below this it is not enough.


class Judge:
    """Judges by what the ranking of a corpus says."""

    def __init__(self, ranking: Ranking, unanswered: Unanswered) -> None:
        """Judge with what tells matters left open."""
        self._ranking = ranking
        self._unanswered = unanswered
        self._missing = Missing(ranking)

    def judge(self, heard: Question) -> tuple[Outcome, Sequence[Row], tuple[str, ...]]:
        """The outcome, the articles to show, and the topics that are missing where they were asked for."""
        if heard.policies:
            ranked, others = self._ranking.rank_around(heard)
            absent = self._ranking.holdings.absent(heard.topics, heard.policies)
            missed = self._missing.elsewhere(heard, ranked, others, absent)
            if missed:
                return "near_miss", missed, absent
        else:
            ranked = self._ranking.rank(heard)
        if not ranked or not self._fits(heard, ranked):
            return "not_covered", (), ()
        if heard.elsewhere and not heard.policies:
            return "near_miss", ranked, ()
        if heard.cites:
            return "answer", [row for row in ranked if self._ranking.is_cited(heard, row)], ()
        if heard.compares:
            ranked = self._ranking.best_of_each(heard, heard.policies) or ranked
        return "near_miss" if heard.part is not None else "answer", ranked, ()

    def _fits(self, heard: Question, ranked: Sequence[Row]) -> bool:
        """Whether the articles found are about what is asked, or share only words with it."""
        if heard.cites:
            return self._ranking.is_cited(heard, ranked[0])
        if heard.strange and not heard.topics:
            return False
        score = ranked[0].score / self._ranking.scale
        if heard.policies and (heard.topics or heard.clauses or score >= _ENOUGH):
            return True
        known = self._ranking.known(heard, ranked[:LOOKED_AT])
        if not heard.policies:
            return self._fits_anywhere(heard, ranked[0], known, score)
        return known >= _KNOWN and score >= _LEAST

    def _fits_anywhere(self, heard: Question, best: Row, known: float, score: float) -> bool:
        """The same for a question that names no place with a document."""
        if "definition" in heard.kinds:
            return self._ranking.defines(best) and known >= _KNOWN and score >= _SURELY
        if not _PLACING.isdisjoint(heard.kinds) and (heard.topics or score >= _SURELY):
            return known >= _KNOWN_COMPARED
        if score >= _VERY_SURELY and any(map(self._ranking.holdings.is_rule, heard.topics)):
            return known >= _KNOWN_COMPARED
        if score >= _VERY_SURELY and known >= _KNOWN_COMPARED and not heard.elsewhere:
            return self._unanswered.is_unlikely(heard, best)
        return known >= _KNOWN_ANYWHERE and (bool(heard.topics) or score >= _ENOUGH_ANYWHERE)
