"""The articles of a corpus ranked for a question, and how much of the question each of them knows."""

from __future__ import annotations

import math
import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from knowledge.search.found import Hit
from knowledge.search.grams import pairs
from knowledge.search.hearing.question import Question
from knowledge.search.ranking.documents import Document, documents, phrased
from knowledge.search.ranking.hits import Quoting
from knowledge.search.ranking.holdings import Holdings
from knowledge.search.ranking.index import Bag, Index
from knowledge.search.ranking.left_open import LeftOpen, left_open, yearly
from knowledge.search.ranking.weights import looked_for, purpose, rest_of, signs
from policies.law import Corpus

LOOKED_AT = 3  # articles in which a question's content is looked for
_READ = 12  # articles looked at for one question
# Kinds of question that headers decide.
_DECIDED = frozenset(
    ("validity", "contact", "document", "basis", "stacking", "definition", "pot", "subject", "stage", "full")
)
_COMPARED = 20  # documents compared each for itself; of more, those of the best articles
_FIGURE = re.compile(r"[0-9]+[^0-9]|[0-9]{2,}")


class Row(NamedTuple):
    """An article by its number in the order of the corpus, with its score."""

    score: float
    number: int


class Ranking:
    """Made once for a corpus; never changes afterwards. ``scale``: what scores are measured in, log of the number of articles."""

    def __init__(self, corpus: Corpus) -> None:
        """Index every article by its words, its topics and what it is there to answer."""
        self.documents: list[Document] = []
        self.holdings = Holdings(corpus)
        self._spans: dict[str, range] = {}

        def bags() -> Iterator[Bag]:
            for policy in corpus.policies.values():
                start = len(self.documents)
                for document, bag in documents(policy, corpus):
                    self.documents.append(document)
                    yield bag | signs(document, *self.holdings.add(document))
                self._spans[policy.id] = range(start, len(self.documents))
                self.holdings.close(policy)

        self.index = Index(bags(), (phrased((matter.name, *matter.asks)) for matter in left_open()))
        self.holdings.complete()
        self.scale = math.log(len(self.index))
        self._quoting = Quoting(self.documents, self.holdings.words, self.index.rarity)

    def rank(self, question: Question, policies: Iterable[str] = ()) -> list[Row]:
        """The best articles of some documents, or of all when none is named, best first."""
        within = [self._spans[policy] for policy in policies]
        return [Row(*scored) for scored in self.index.search(looked_for(question), _READ, within or None)]

    def rank_among(self, question: Question, articles: Container[tuple[str, str]] | None) -> list[Row]:
        """The best of some articles (ids of document and article; ``None`` is all), in the documents asked if any has one."""
        if articles is None:
            return self.rank(question, question.policies)
        asked = [span for policy in question.policies if (span := self._among(self._spans[policy], articles))]
        within = asked or [self._among(range(len(self.documents)), articles)]
        ranges = [one for numbers in within for one in numbers]
        return [Row(*scored) for scored in self.index.search(looked_for(question), _READ, ranges)]

    def _among(self, span: range, articles: Container[tuple[str, str]]) -> list[range]:
        """The longest ranges of articles that may be looked in."""
        ranges: list[range] = []
        for number in span:
            document = self.documents[number]
            if (document.policy.id, document.article.id) in articles:
                if ranges and ranges[-1].stop == number:
                    ranges[-1] = range(ranges[-1].start, number + 1)
                else:
                    ranges.append(range(number, number + 1))
        return ranges

    def rank_around(self, question: Question) -> tuple[list[Row], list[Row]]:
        """The best articles of the documents asked, and the best of the others."""
        within = [self._spans[policy] for policy in question.policies]
        own, others = self.index.around(looked_for(question), _READ, within)
        return [Row(*scored) for scored in own], [Row(*scored) for scored in others]

    def best_of_each(self, question: Question, policies: Iterable[str] = ()) -> list[Row]:
        """The best article of every document that has the topic asked about, best first."""
        about = frozenset(question.topics)
        named = list(policies) or list(self._spans)
        if len(named) > _COMPARED:
            named = list(dict.fromkeys(map(self.policy, self.rank(question))))
        spans = [self._spans[policy] for policy in named]
        scores = self.index.scores(looked_for(question), spans)
        found: list[tuple[int, Row]] = []
        for span in spans:
            shared = {number: len(about & self.holdings.topics(number)) for number in span}
            own = [number for number in span if not about or shared[number]]
            best = max(own, key=scores.__getitem__, default=None)
            if best is not None and scores[best] > 0:
                found.append((shared[best], Row(scores[best], best)))
        # Asked of all documents, those that have but some of what the best has are about something else.
        least = 0 if policies else max((topics for topics, _ in found), default=0)
        rows = sorted((row for topics, row in found if topics >= least), reverse=True)
        return sorted(rows, key=lambda row: not self._says(question, row))

    def _says(self, question: Question, row: Row) -> bool:
        """Whether the words of the topics asked about stand in the text of an article as they were asked."""
        text = self.documents[row.number].text.lower()
        return all(question.text[start:end] in text for start, end, _ in question.about)

    def open_matter(self, question: Question) -> tuple[float, LeftOpen]:
        """The matter left open that fits a question best, with its score."""
        score, number = self.index.best_apart(looked_for(question))
        return score, left_open()[number]

    def open_detail(self, question: Question, rows: Sequence[Row]) -> tuple[float, LeftOpen, float]:
        """What is left to the yearly call that fits best what is asked beside the topics; its score, and the best of some rows."""
        rest = rest_of(question)
        score, number = self.index.best_apart(rest, yearly())
        return score, left_open()[number], self._best(rest, rows)

    def details(self, question: Question, *groups: Sequence[Row]) -> list[float]:
        """How well the best of each group of articles fits what is asked beside the topics."""
        rest = rest_of(question)
        return [self._best(rest, rows) for rows in groups]

    def _best(self, weights: Mapping[str, float], rows: Sequence[Row]) -> float:
        return max((self.index.score(weights, row.number) for row in rows), default=0.0)

    def is_of_detail(self, question: Question) -> bool:
        """Whether something is asked of a measure, and not what headers decide."""
        rules = any(map(self.holdings.is_rule, question.topics))
        return not (rules or question.clauses) and _DECIDED.isdisjoint(question.kinds)

    def policy(self, row: Row) -> str:
        """The id of the document an article belongs to."""
        return self.documents[row.number].policy.id

    def has_topic(self, row: Row, topics: Iterable[str]) -> bool:
        """Whether an article has one of some topics."""
        return not self.holdings.topics(row.number).isdisjoint(topics)

    def has_measures(self, row: Row) -> bool:
        """Whether an article has measures of its own."""
        return bool(self.documents[row.number].measures)

    def counting(self, rows: Iterable[Row], unit: str) -> list[Row]:
        """The articles that speak of each of some unit (每台)."""
        return [row for row in rows if self.index.has(row.number, f"每{unit}")]

    def is_cited(self, question: Question, row: Row) -> bool:
        """Whether an article cites the number that is named."""
        return self.documents[row.number].id in question.cites

    def defines(self, row: Row) -> bool:
        """Whether an article is there to define terms."""
        return self.index.has(row.number, purpose("definition"))

    def known(self, question: Question, rows: Iterable[Row]) -> float:
        """The share of a question's content (in characters) that stands in the words of one article, at best."""
        return max((self._known(question, row.number) for row in rows), default=0.0)

    def _known(self, question: Question, number: int) -> float:
        text, has = question.text, self.index.has
        content = [place for place, mere in enumerate(question.asking) if not mere]
        if not content:
            if question.topics or question.policies or not _FIGURE.search(text):
                return float(bool(question.kinds or question.topics) or self._has_figures(text, number))
            return float("amount" not in question.kinds and self._has_figures(text, number))  # mere arithmetic
        if b"\0\0" not in question.asking:  # single characters between words of asking (奖励的税谁出)
            return sum(has(number, text[place]) for place in content) / len(content)
        covered = bytearray(len(text))
        for start, end, topic in question.about:
            if topic in self.holdings.topics(number):
                covered[start:end] = b"\1" * (end - start)
        for start, end, written in question.meant:
            if all(has(number, pair) for pair in pairs(written)):
                covered[start:end] = b"\1" * (end - start)
        for place in range(len(text) - 1):
            if has(number, text[place : place + 2]):
                covered[place] = covered[place + 1] = 1
        return sum(covered[place] for place in content) / len(content)

    def _has_figures(self, text: str, number: int) -> bool:
        """Whether the figures of a text stand in an article."""
        figures = _FIGURE.findall(text)
        return bool(figures) and all(self.index.has(number, pair) for figure in figures for pair in pairs(figure))

    def hits(self, question: Question, rows: Iterable[Row]) -> tuple[Hit, ...]:
        """Articles with the sentence of each that fits best."""
        asked = self._quoting.asked(question)
        return tuple(self._quoting.hit(row.number, row.score, asked) for row in rows)
