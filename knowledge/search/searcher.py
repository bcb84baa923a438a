"""Question to articles: an answer, a near miss, or the statement that the documents do not say."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import replace
from datetime import date

from knowledge.faq.model import Entry
from knowledge.search.found import Found, Hit
from knowledge.search.hearing.listener import Listener
from knowledge.search.hearing.question import Question
from knowledge.search.judging.curated import Curated
from knowledge.search.judging.judge import Judge
from knowledge.search.judging.unanswered import Unanswered
from knowledge.search.ranking.ranking import Ranking, Row
from policies.law import Corpus

_SHOWN = 4
_CLOSE = 0.45  # an article this far below the best (as a share of its score) is not shown


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
        self._unanswered = Unanswered(self._ranking)
        self._judge = Judge(self._ranking, self._unanswered)

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
        if self._unanswered.by_word(heard) or (heard.matter is not None and entry is None):
            return Found("not_covered", as_of, heard, entry=entry)
        outcome, rows, absent = self._judge.judge(heard)
        if entry is None:
            matter = None if outcome == "near_miss" else self._unanswered.matter(heard, rows)
            if matter is not None:
                return Found("not_covered", as_of, heard, left_open=matter)
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

    def _is_chat(self, heard: Question) -> bool:
        if heard.instruction:
            return not (heard.topics and heard.kinds)
        return heard.chat is not None and not heard.topics and not (heard.policies and heard.benefit)

    def _hits(self, heard: Question, rows: Sequence[Row]) -> tuple[Hit, ...]:
        """The articles to show: when places are compared all, else those that come close to the best."""
        if not heard.compares:
            rows = [row for row in rows[:_SHOWN] if row.score >= rows[0].score * _CLOSE]
        return self._ranking.hits(heard, rows)
