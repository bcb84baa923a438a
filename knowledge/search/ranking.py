"""The articles of a corpus ranked for a question, and how much of the question each of them knows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from knowledge.search.documents import Document, documents
from knowledge.search.found import Hit
from knowledge.search.grams import pairs, plain, query_weights
from knowledge.search.index import Bag, Index
from knowledge.search.language import Language, Lexicon, Unstated, language
from knowledge.search.question import Question
from knowledge.search.quote import Asked, Sentence, best, meant, sentences, told_of
from policies.law import Corpus, LoadedPolicy

_READ = 12  # articles looked at for one question
_TOPIC = 2.0  # what sharing a topic counts, beside grams
_PAID = 1.5  # and how often it is counted in an article that has a measure of it
# What being there to answer a kind of question counts.
_PURPOSES: Mapping[str, float] = {
    "validity": 4.0,
    "contact": 4.0,
    "document": 4.0,
    "basis": 2.0,
    "quota": 1.0,
    "pot": 1.5,
    "definition": 1.5,
    "stacking": 1.0,
    "amount": 1.5,
}
_CLAUSE = 5.0  # what being named by number counts, except where it is asked what else goes with it
_COMPARED = 20  # documents compared each for itself; of more, those of the best articles
_FIGURE = re.compile(r"[0-9]+[^0-9]|[0-9]{2,}")
_FIGURES = frozenset({"amount", "stacking", "comparison"})

_BASIS = re.compile(
    "制定本(办法|政策|措施|规定|细则|意见|方案)"
)  # how Chinese documents end the article that names what they rest on


class Row(NamedTuple):
    """An article by its number in the order of the corpus, with its score."""

    score: float
    number: int


class Ranking:
    """Made once for a corpus; never changes afterwards."""

    def __init__(self, corpus: Corpus) -> None:
        """Index every article by its words, its topics and what it is there to answer."""
        words = language()
        self._signs = Lexicon({"topic": {topic.name: map(plain, topic.words) for topic in corpus.vocabulary.topics}})
        named: dict[str | None, str] = {of: rule.name for of, rule in words.rules.items()}
        self._rules = {rule.name: of for of, rule in words.rules.items()}
        self.documents: list[Document] = []
        self._topics: list[frozenset[str]] = []
        self._paid: list[frozenset[str]] = []
        self._spans: dict[str, range] = {}
        self._topics_of: dict[str, frozenset[str]] = {}
        self._stated: dict[str, frozenset[str]] = {}

        def bags() -> Iterator[Bag]:
            for policy in corpus.policies.values():
                start = len(self.documents)
                for document, bag in documents(policy, corpus):
                    topics = frozenset(match.name for match in self._signs.find(document.names))
                    topics |= {named[ground.of] for ground in document.grounds if ground.of in named}
                    self.documents.append(document)
                    self._topics.append(topics)
                    self._paid.append(_paid_topics(document, self._signs))
                    signs = dict.fromkeys(_signs(document, topics), 1.0)
                    yield bag | signs | dict.fromkeys(map(_topic, self._paid[-1]), _PAID)
                self._spans[policy.id] = range(start, len(self.documents))
                self._stated[policy.id] = frozenset(_stated(policy, words))

        self.index = Index(bags())
        paid = frozenset[str]().union(*self._paid)
        for policy, span in self._spans.items():
            own = [(self._topics[number], self.documents[number].measures) for number in span]
            self._topics_of[policy] = frozenset[str]().union(
                *(topics if measures else topics - paid for topics, measures in own)
            )
        self._sentences: dict[int, tuple[Sentence, ...]] = {}  # made when an article is first quoted

    def rank(self, question: Question, policies: Iterable[str] = ()) -> list[Row]:
        """The best articles of some documents, or of all when none is named, best first."""
        within = [self._spans[policy] for policy in policies]
        return [Row(*scored) for scored in self.index.search(_weights(question), _READ, within or None)]

    def rank_around(self, question: Question) -> tuple[list[Row], list[Row]]:
        """The best articles of the documents asked, and the best of the others."""
        within = [self._spans[policy] for policy in question.policies]
        own, others = self.index.around(_weights(question), _READ, within)
        return [Row(*scored) for scored in own], [Row(*scored) for scored in others]

    def best_of_each(self, question: Question, policies: Iterable[str] = ()) -> list[Row]:
        """The best article of every document that has the topic asked about, best first."""
        about = frozenset(question.topics)
        named = list(policies) or list(self._spans)
        if len(named) > _COMPARED:
            named = list(dict.fromkeys(map(self.policy, self.rank(question))))
        spans = [self._spans[policy] for policy in named]
        scores = self.index.scores(_weights(question), spans)
        found = []
        for span in spans:
            own = [number for number in span if not about or not about.isdisjoint(self._topics[number])]
            best = max(own, key=scores.__getitem__, default=None)
            if best is not None and scores[best] > 0:
                found.append(Row(scores[best], best))
        return sorted(found, reverse=True)

    def policy(self, row: Row) -> str:
        """The id of the document an article belongs to."""
        return self.documents[row.number].policy.id

    def has_topic(self, row: Row, topics: Iterable[str]) -> bool:
        """Whether an article has one of some topics."""
        return not self._topics[row.number].isdisjoint(topics)

    def counting(self, rows: Iterable[Row], unit: str) -> list[Row]:
        """The articles that speak of each of some unit (每台)."""
        return [row for row in rows if self.index.has(row.number, f"每{unit}")]

    def defines(self, row: Row) -> bool:
        """Whether an article is there to define terms."""
        return self.index.has(row.number, _purpose("definition"))

    def absent(self, topics: Iterable[str], policies: Iterable[str]) -> tuple[str, ...]:
        """The topics that none of some documents has.

        What measures are about is had only where a measure is, not where an article just mentions it.
        """
        present = frozenset[str]().union(*(self._topics_of[policy] for policy in policies))
        return tuple(topic for topic in topics if topic not in present)

    def states(self, matter: Unstated, policies: Iterable[str]) -> bool:
        """Whether one of some documents (of all, when none is named) says something of a matter."""
        return any(matter.name in self._stated[policy] for policy in policies or self._spans)

    def known(self, question: Question, rows: Iterable[Row]) -> float:
        """The share of a question's content (in characters) that stands in the words of one article, at best."""
        return max((self._known(question, row.number) for row in rows), default=0.0)

    def _known(self, question: Question, number: int) -> float:
        text, has = question.text, self.index.has
        content = [place for place, mere in enumerate(question.asking) if not mere]
        if not content:
            return float(bool(question.kinds or question.topics) or self._has_figures(text, number))
        if b"\0\0" not in question.asking:  # single characters between words of asking (奖励的税谁出)
            return sum(has(number, text[place]) for place in content) / len(content)
        covered = bytearray(len(text))
        for start, end, topic in question.about:
            if topic in self._topics[number]:
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
        asked = Asked(
            {pair: self.index.rarity(pair) for pair in pairs(question.text)},
            frozenset(question.topics),
            frozenset(self._rules[topic] for topic in question.topics if topic in self._rules)
            or frozenset(question.kinds),
            bool(question.clauses) or not _FIGURES.isdisjoint(question.kinds),
        )
        return tuple(self._hit(row, asked) for row in rows)

    def _hit(self, row: Row, asked: Asked) -> Hit:
        document = self.documents[row.number]
        found = self._sentences.get(row.number)
        if found is None:
            found = self._sentences[row.number] = sentences(document, self._signs)
        sentence = best(found, asked)
        told = told_of(sentence, asked)
        crisp = (
            len(told) == 1
            and told[0].says is not None
            and told[0].of != "definition"
            and told[0].quote in sentence.text
        )
        quote = told[0].quote if crisp else sentence.text
        concerned = sentence.measures or (() if told else document.measures)
        if not (told or sentence.measures):
            told = list(sentence.grounds)
        says = dict.fromkeys(ground.says for ground in told if ground.says is not None and ground.of != "definition")
        measures, about = meant(concerned, asked, self._signs)
        article = document.article
        return Hit(document.policy.id, article.id, article.label, quote, row.score, measures, tuple(says), about)


def _weights(question: Question) -> dict[str, float]:
    """What is looked for: the grams of a question, its topics and kinds, articles named by number."""
    weights = dict(query_weights(question.text))
    weights |= dict.fromkeys(map(_topic, question.topics), _TOPIC)
    weights |= {_purpose(kind): _PURPOSES[kind] for kind in question.kinds if kind in _PURPOSES}
    if "stacking" not in question.kinds:
        weights |= dict.fromkeys(map(_clause, question.clauses), _CLAUSE)
    return weights


def _signs(document: Document, topics: Iterable[str]) -> Iterator[str]:
    """Signs for an article's topics, its number, and the kinds of question it is there to answer."""
    yield from map(_topic, topics)
    yield from map(_purpose, _purposes(document))
    yield _clause(document.article.id)


def _paid_topics(document: Document, signs: Lexicon) -> frozenset[str]:
    """The topics that the measures of an article are about, not only mention."""
    titles = "|".join(plain(loaded.measure.title) for loaded in document.measures)
    return frozenset(match.name for match in signs.find(titles))


def _stated(policy: LoadedPolicy, words: Language) -> Iterator[str]:
    """The matters usually left to the yearly call of which a document says something."""
    texts = [article.text for article in policy.articles.values()]
    for matter in words.unstated:
        if any(word in text for word in matter.stated for text in texts):
            yield matter.name


def _purposes(document: Document) -> Iterator[str]:
    """The kinds of question an article is there to answer, as far as the document's header tells."""
    yield from dict.fromkeys(
        ground.of for ground in document.grounds if ground.of is not None and ground.of in _PURPOSES
    )
    if any(loaded.monetary for loaded in document.measures):
        yield "amount"
    if _BASIS.search(document.text):
        yield "basis"


def _topic(name: str) -> str:
    return f"话题 {name}"  # longer than a pair of characters, so no gram is the same


def _purpose(kind: str) -> str:
    return f"用途 {kind}"


def _clause(article: str) -> str:
    return f"条号 {article}"
