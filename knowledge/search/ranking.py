"""The articles of a corpus ranked for a question, and how much of the question each of them knows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from knowledge.search.documents import Document, documents
from knowledge.search.found import Hit
from knowledge.search.grams import plain, query_weights
from knowledge.search.index import Index
from knowledge.search.language import Kind, Lexicon
from knowledge.search.question import Question
from knowledge.search.quote import Sentence, best, sentences
from policies.law import Corpus
from policies.model.base import Cite

_READ = 12  # articles looked at for one question
_TOPIC = 1.5  # what sharing a topic counts, beside grams
# What being there to answer a kind of question counts.
_PURPOSES: Mapping[Kind, float] = {"validity": 4.0, "contact": 4.0, "definition": 1.5, "stacking": 1.0, "amount": 1.5}
_CLAUSE = 5.0  # what being named by number counts, except where it is asked what else goes with it
_FIGURES = frozenset({"amount", "stacking", "comparison"})


class Row(NamedTuple):
    """An article by its number in the order of the corpus, with its score."""

    score: float
    number: int


class Ranking:
    """Made once for a corpus; never changes afterwards."""

    def __init__(self, corpus: Corpus) -> None:
        """Index every article by its words, its topics and what it is there to answer."""
        self.documents = list(documents(corpus))
        topics = Lexicon({"topic": {topic.name: map(plain, topic.words) for topic in corpus.vocabulary.topics}})
        self._topics = [frozenset(match.name for match in topics.find(document.names)) for document in self.documents]
        self._spans = _spans(self.documents)
        self._topics_of: dict[str, frozenset[str]] = {
            policy: frozenset[str]().union(*(self._topics[number] for number in span))
            for policy, span in self._spans.items()
        }
        self.index = Index([self._bag(number) for number in range(len(self.documents))])
        self._sentences: dict[int, tuple[Sentence, ...]] = {}  # made when an article is first quoted

    def rank(self, question: Question, policies: Iterable[str] = ()) -> list[Row]:
        """The best articles of some documents, or of all when none is named, best first."""
        weights = dict(query_weights(question.text))
        weights |= dict.fromkeys(map(_topic, question.topics), _TOPIC)
        weights |= {_purpose(kind): _PURPOSES[kind] for kind in question.kinds if kind in _PURPOSES}
        if "stacking" not in question.kinds:
            weights |= dict.fromkeys(map(_clause, question.clauses), _CLAUSE)
        within = [self._spans[policy] for policy in policies]
        return [Row(*row) for row in self.index.search(weights, _READ, within or None)]

    def best_of_each(self, question: Question, policies: Iterable[str] = ()) -> list[Row]:
        """The best article of every document that has the topic asked about, best first."""
        about = set(question.topics)
        found = []
        for policy in policies or self._spans:
            own = [row for row in self.rank(question, (policy,)) if not about or about & self._topics[row.number]]
            found += own[:1]
        return sorted(found, reverse=True)

    def policy(self, row: Row) -> str:
        """The id of the document an article belongs to."""
        return self.documents[row.number].policy.id

    def has_topic(self, row: Row, topics: Iterable[str]) -> bool:
        """Whether an article has one of some topics."""
        return not self._topics[row.number].isdisjoint(topics)

    def absent(self, topics: Iterable[str], policies: Iterable[str]) -> tuple[str, ...]:
        """The topics that none of some documents has."""
        present = frozenset[str]().union(*(self._topics_of[policy] for policy in policies))
        return tuple(topic for topic in topics if topic not in present)

    def states(self, words: Iterable[str], policies: Iterable[str]) -> bool:
        """Whether the text of some documents (all, when none is named) holds one of some words."""
        texts = [self.documents[number].text for policy in policies or self._spans for number in self._spans[policy]]
        return any(word in text for word in words for text in texts)

    def known(self, question: Question, rows: Iterable[Row]) -> float:
        """The share of a question's content (in characters) that stands in the words of one article, at best."""
        return max((self._known(question, row.number) for row in rows), default=0.0)

    def _known(self, question: Question, number: int) -> float:
        bag, text = self.documents[number].bag, question.text
        covered = bytearray(len(text))
        for place in range(len(text) - 1):
            if text[place : place + 2] in bag:
                covered[place] = covered[place + 1] = 1
        content = [inside for inside, mere in zip(covered, question.asking, strict=True) if not mere]
        return sum(content) / len(content) if content else float(bool(question.kinds))

    def hits(self, question: Question, rows: Iterable[Row]) -> tuple[Hit, ...]:
        """Articles with the sentence of each that fits best."""
        weights = {gram: weight * self.index.rarity(gram) for gram, weight in query_weights(question.text).items()}
        figure = bool(question.clauses) or not _FIGURES.isdisjoint(question.kinds)
        return tuple(self._hit(row, weights, figure=figure) for row in rows)

    def _hit(self, row: Row, weights: Mapping[str, float], *, figure: bool) -> Hit:
        document = self.documents[row.number]
        found = self._sentences.get(row.number)
        if found is None:
            found = self._sentences[row.number] = sentences(document)
        sentence = best(found, weights, figure=figure)
        concerned = sentence.measures or tuple(loaded.id for loaded in document.measures)
        return Hit(document.policy.id, document.article.id, document.article.label, sentence.text, row.score, concerned)

    def _bag(self, number: int) -> dict[str, float]:
        """An article's words, with signs for its topics and for the kinds of question it is there to answer."""
        document = self.documents[number]
        signs = (
            *map(_topic, self._topics[number]),
            *map(_purpose, _purposes(document)),
            _clause(document.article.id),
        )
        return document.bag | dict.fromkeys(signs, 1.0)


def _purposes(document: Document) -> Iterator[Kind]:
    """The kinds of question an article is there to answer, as far as the document's header tells."""
    header, article = document.policy.header, document.article.id
    told: dict[Kind, list[Cite | None]] = {
        "validity": [header.effective.starts.cite, header.effective.ends.cite],
        "contact": [header.interpreter.cite],
        "definition": [*(definition.cite for definition in header.definitions), header.bounds.cite],
        "stacking": [
            *(cap.cite for cap in header.caps if not cap.over),
            *(rule.cite for rule in header.choose_one),
            *(rule.cite for rule in header.higher_of),
        ],
    }
    for kind, cites in told.items():
        if any(cite is not None and cite.article == article for cite in cites):
            yield kind
    if any(loaded.monetary for loaded in document.measures):
        yield "amount"


def _topic(name: str) -> str:
    return f"话题 {name}"  # longer than a pair of characters, so no gram is the same


def _purpose(kind: str) -> str:
    return f"用途 {kind}"


def _clause(article: str) -> str:
    return f"条号 {article}"


def _spans(found: list[Document]) -> dict[str, range]:
    spans: dict[str, range] = {}
    for number, document in enumerate(found):
        start = spans[document.policy.id].start if document.policy.id in spans else number
        spans[document.policy.id] = range(start, number + 1)
    return spans
