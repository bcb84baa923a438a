"""Question to articles: an answer, a near miss, or the statement that the documents do not say."""

from __future__ import annotations

import math
from collections.abc import Container, Sequence
from dataclasses import replace
from datetime import date

from knowledge.faq.model import Entry
from knowledge.search.curated import Curated
from knowledge.search.found import Found, Hit, Outcome
from knowledge.search.left_open import LeftOpen
from knowledge.search.listener import Listener
from knowledge.search.question import Question
from knowledge.search.ranking import Ranking, Row
from policies.law import Corpus

# Kinds of question that headers answer.
_DECIDED = frozenset(
    ("validity", "contact", "document", "basis", "stacking", "definition", "pot", "subject", "stage", "full")
)

_SHOWN = 4
_PLACING = frozenset({"comparison", "whereabouts"})  # kinds that ask which document has something
_OF_ANY = frozenset({"validity", "stage", "document", "basis"})  # kinds that may be asked of any document
_CLOSE = 0.45  # an article this far below the best (as a share of its score) is not shown
_LOOKED_AT = 3  # articles in which a question's content is looked for

# The share of a question's content that an article found must have, so that they are about the same thing:
_KNOWN_ANYWHERE = 0.7  # when no place is named,
_KNOWN_COMPARED = 0.25  # when it is asked which place has something, of a topic or with a very high score,
_KNOWN = 0.3  # when the place is named,
# The score counts as well, in log of the number of articles:
_ENOUGH = 2.0  # this high is enough with a place;
_SURELY, _VERY_SURELY = 3.0, 5.0  # this high is very high, and all the more;
_ENOUGH_ANYWHERE = 2.0  # this high is needed without a place and a topic;
_CERTAINLY = 5.0  # this high is enough without a place as well;
_LEAST = 1.4  # with a place, below this it is not enough.

# How much better, in score, a matter that documents leave open must fit than every article, for it to be what is asked:
_LEFT_OPEN = 1.5
_DETAIL_OPEN = 1.5  # or, when a topic is named, than the articles found, in what is asked of the topic,
_DETAIL_LEAST = 1.5  # with a score at least this high;
_NOT_LEFT_OPEN = 2.4  # and how much better an article, not to be misled by a word of such a matter,
_PLAINLY = 6.0  # with a score at least this high

# How much better an article elsewhere must fit to tell that what is asked is missing where it was asked:
_BETTER_MEASURE = 1.5  # in score, when it has measures and no topic is named;
_BETTER_WHOLE, _BETTER_DETAIL = 1.2, 1.4  # when one is, in score, and in what is asked beside the topics;
_BETTER_MENTIONED = 1.6  # in score, when here its topics are only mentioned,
_BETTER_PARTLY = 1.5  # when some topics of the question are found there and some are not,
_KNOWN_ELSEWHERE = 0.55  # in the share of the question's content that it has,
_BETTER, _GAIN = 2.2, 0.3  # when the question has no topic: in score, and in the share of content known,
_BETTER_TOPIC, _GAIN_TOPIC = 2.6, 0.25  # when all topics are,
_BETTER_SUM, _GAIN_SUM = 2.1, 0.2  # and an amount is asked,
_FAR_BETTER = 3.0  # in score, when an amount is asked and more of the content is known there at all.


class Searcher:
    """Finds articles. Built once for a corpus; never changes afterwards."""

    def __init__(self, corpus: Corpus, faq: Sequence[Entry] = ()) -> None:
        """Index every article, and how people ask for the curated entries."""
        self._by_district = corpus.by_district
        self._ranking = Ranking(corpus)
        names = dict.fromkeys(name for document in self._ranking.documents for name in document.names.split("|"))
        phrases = [phrase for entry in faq for phrase in entry.asks]
        self._listener = Listener(corpus, self._ranking.index, "|".join(names), phrases)
        self._curated = Curated(faq, self._listener)
        self._scale = math.log(len(self._ranking.index))

    def ask(self, question: str, as_of: date, district: str | None = None) -> Found:
        """Look a question up.

        Args:
            question: as typed.
            as_of: the date asked about; it changes no ranking, only what is said of the documents.
            district: where the asker is, used when the question names no place.
        """
        heard = self._listener.hear(question)
        if district is not None and not (heard.policies or heard.elsewhere or heard.compares):
            heard = replace(heard, policies=self._by_district.get(district, ()))
        if self._is_chat(heard):
            return Found("chat", as_of, heard)
        entry = self._curated.find(heard)
        if (self._is_unstated(heard) and not self._fits_plainly(heard)) or (heard.matter is not None and entry is None):
            return Found("not_covered", as_of, heard, entry=entry)
        outcome, rows, absent = self._judge(heard)
        if entry is None and outcome != "near_miss":
            matter = self._left_open(heard, rows)
            if matter is not None:
                return Found("not_covered", as_of, heard, left_open=matter)
        if entry is None:
            return Found(outcome, as_of, heard, self._hits(heard, rows), absent)
        if outcome == "not_covered" and entry.cites:
            outcome, rows = "answer", self._ranking.rank(heard, entry.policies)
        return Found(outcome, as_of, heard, self._hits(heard, rows), absent, entry)

    def nearest(self, heard: Question, articles: Container[tuple[str, str]] | None) -> tuple[Hit, ...]:
        """The articles that come nearest to a question, best first, whether or not they answer it.

        Args:
            heard: the question; where it names places, only their documents are looked in, if any of those may be.
            articles: ids of the documents and articles to look in; ``None`` is all.
        """
        return self._ranking.hits(heard, self._ranking.rank_among(heard, articles))

    def _judge(self, heard: Question) -> tuple[Outcome, Sequence[Row], tuple[str, ...]]:
        """The outcome, the articles to show, and the topics that are missing where they were asked for."""
        if heard.policies:
            ranked, others = self._ranking.rank_around(heard)
            absent = self._ranking.holdings.absent(heard.topics, heard.policies)
            missed = self._missed(heard, ranked, others, absent)
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

    def _is_chat(self, heard: Question) -> bool:
        if heard.instruction:
            return not (heard.topics and heard.kinds)
        return heard.chat is not None and not heard.topics and not (heard.policies and heard.benefit)

    def _left_open(self, heard: Question, ranked: Sequence[Row]) -> LeftOpen | None:
        """What documents leave open, when a question is about that rather than about any article found."""
        if heard.clauses or heard.cites:
            return None
        if heard.topics:
            return self._detail_left_open(heard, ranked)
        score, matter = self._ranking.open_matter(heard)
        best = ranked[0].score if ranked else 0.0
        return matter if score >= max(_LEFT_OPEN * best, _SURELY * self._scale) else None

    def _detail_left_open(self, heard: Question, ranked: Sequence[Row]) -> LeftOpen | None:
        """What is left to the yearly call, when that is what is asked of a topic (标杆申报是线上还是线下)."""
        if heard.compares or not heard.policies or not self._is_of_detail(heard):
            return None
        score, matter = self._ranking.open_detail(heard)
        best = self._ranking.detail(heard, ranked[:_LOOKED_AT])
        return matter if score >= max(_DETAIL_OPEN * best, _DETAIL_LEAST * self._scale) else None

    def _is_of_detail(self, heard: Question) -> bool:
        """Whether something is asked of a measure, and not what headers decide."""
        rules = any(map(self._ranking.holdings.is_rule, heard.topics))
        return not (rules or heard.clauses) and _DECIDED.isdisjoint(heard.kinds)

    def _has_detail(self, heard: Question, ranked: Sequence[Row], measures: Sequence[Row]) -> bool:
        """Whether measures elsewhere fit better, above all in what is asked beside the topics."""
        if measures[0].score < _BETTER_WHOLE * ranked[0].score:
            return False
        here, there = (self._ranking.detail(heard, rows[:_LOOKED_AT]) for rows in (ranked, measures))
        return there >= max(_BETTER_DETAIL * here, _DETAIL_LEAST * self._scale)

    def _is_unstated(self, heard: Question) -> bool:
        matter = heard.unstated
        return matter is not None and not self._ranking.holdings.states(matter, heard.policies)

    def _fits_plainly(self, heard: Question) -> bool:
        """Whether an article fits so well that a word of what is usually left open must mean something else."""
        ranked = self._ranking.rank(heard, heard.policies)
        score = ranked[0].score if ranked else 0.0
        return score >= max(_PLAINLY * self._scale, _NOT_LEFT_OPEN * self._ranking.open_matter(heard)[0])

    def _fits(self, heard: Question, ranked: Sequence[Row]) -> bool:
        """Whether the articles found are about what is asked, or share only words with it."""
        if heard.cites:
            return self._ranking.is_cited(heard, ranked[0])
        if heard.strange and not heard.topics:
            return False
        known, score = self._ranking.known(heard, ranked[:_LOOKED_AT]), ranked[0].score / self._scale
        if not heard.policies:
            if "definition" in heard.kinds:
                return self._ranking.defines(ranked[0]) and known >= _KNOWN and score >= _SURELY
            if not _PLACING.isdisjoint(heard.kinds) and (heard.topics or score >= _SURELY):
                return known >= _KNOWN_COMPARED
            if score >= _VERY_SURELY and any(map(self._ranking.holdings.is_rule, heard.topics)):
                return known >= _KNOWN_COMPARED
            if score >= _CERTAINLY and not heard.elsewhere:
                return self._ranking.open_matter(heard)[0] < ranked[0].score / _LEFT_OPEN
            return known >= _KNOWN_ANYWHERE and (bool(heard.topics) or score >= _ENOUGH_ANYWHERE)
        if heard.topics or heard.clauses or score >= _ENOUGH:
            return True
        return known >= _KNOWN and score >= _LEAST

    def _missed(
        self, heard: Question, ranked: Sequence[Row], others: Sequence[Row], absent: tuple[str, ...]
    ) -> Sequence[Row]:
        """What other documents have, when they have what is asked and the documents asked have not."""
        measures = [row for row in others if self._ranking.has_measures(row)]
        if absent:
            others = [row for row in others if self._ranking.has_topic(row, absent)]
        if not others or not ranked:
            return others
        if measures and not heard.topics and measures[0].score >= _BETTER_MEASURE * ranked[0].score:
            return measures
        cited = [row for row in others if self._ranking.is_cited(heard, row)]
        if cited and not any(self._ranking.is_cited(heard, row) for row in ranked):
            return cited
        if len(absent) == len(heard.topics) > 0:
            return [] if self._knows_more(heard, ranked, others) else others
        if heard.each is not None:
            counting = self._ranking.counting(others, heard.each)
            if counting[:1] == others[:1] and not self._ranking.counting(ranked[:_LOOKED_AT], heard.each):
                return counting
        if measures and self._is_of_detail(heard) and self._has_detail(heard, ranked, measures):
            return measures
        return others if self._is_better(heard, ranked, others, absent) else []

    def _is_better(
        self, heard: Question, ranked: Sequence[Row], others: Sequence[Row], absent: tuple[str, ...]
    ) -> bool:
        """Whether what other documents have fits so much better that what is asked is missing where it was asked."""
        ratio = others[0].score / ranked[0].score
        if ratio < _BETTER_PARTLY or absent:
            return ratio >= _BETTER_PARTLY
        here, there = (self._ranking.known(heard, rows[:_LOOKED_AT]) for rows in (ranked, others))
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

    def _hits(self, heard: Question, rows: Sequence[Row]) -> tuple[Hit, ...]:
        """The articles to show: when places are compared all, else those that come close to the best."""
        if not heard.compares:
            rows = [row for row in rows[:_SHOWN] if row.score >= rows[0].score * _CLOSE]
        return self._ranking.hits(heard, rows)
