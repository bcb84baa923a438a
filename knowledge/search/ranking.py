"""The articles of a corpus ranked for a question, and how much of the question each of them knows."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from typing import NamedTuple

from knowledge.search.documents import Document, documents
from knowledge.search.found import Hit
from knowledge.search.grams import pairs, plain, query_weights
from knowledge.search.index import Bag, Index
from knowledge.search.language import Kind, Language, Lexicon, Unstated, language
from knowledge.search.question import Question
from knowledge.search.quote import Sentence, best, sentences
from policies.law import Corpus, LoadedPolicy
from policies.model.base import Cite

_READ = 12  # articles looked at for one question
_TOPIC = 1.5  # what sharing a topic counts, beside grams
# What being there to answer a kind of question counts.
_PURPOSES: Mapping[Kind, float] = {"validity": 4.0, "contact": 4.0, "definition": 1.5, "stacking": 1.0, "amount": 1.5}
_CLAUSE = 5.0  # what being named by number counts, except where it is asked what else goes with it
_COMPARED = 20  # documents compared each for itself; of more, those of the best articles
_FIGURES = frozenset({"amount", "stacking", "comparison"})


class Row(NamedTuple):
    """An article by its number in the order of the corpus, with its score."""

    score: float
    number: int


class Ranking:
    """Made once for a corpus; never changes afterwards."""

    def __init__(self, corpus: Corpus) -> None:
        """Index every article by its words, its topics and what it is there to answer."""
        words = language()
        signs = Lexicon({"topic": {topic.name: map(plain, topic.words) for topic in corpus.vocabulary.topics}})
        self.documents: list[Document] = []
        self._topics: list[frozenset[str]] = []
        self._spans: dict[str, range] = {}
        self._topics_of: dict[str, frozenset[str]] = {}
        self._stated: dict[str, frozenset[str]] = {}

        def bags() -> Iterator[Bag]:
            for policy in corpus.policies.values():
                start = len(self.documents)
                for document, bag in documents(policy, corpus):
                    topics = frozenset(match.name for match in signs.find(document.names))
                    self.documents.append(document)
                    self._topics.append(topics)
                    yield bag | dict.fromkeys(_signs(document, topics), 1.0)
                self._spans[policy.id] = range(start, len(self.documents))
                self._topics_of[policy.id] = frozenset[str]().union(*self._topics[start:])
                self._stated[policy.id] = frozenset(_stated(policy, words))

        self.index = Index(bags())
        self._sentences: dict[int, tuple[Sentence, ...]] = {}  # made when an article is first quoted

    def rank(self, question: Question, policies: Iterable[str] = ()) -> list[Row]:
        """The best articles of some documents, or of all when none is named, best first."""
        within = [self._spans[policy] for policy in policies]
        return [Row(*scored) for scored in self.index.search(_weights(question), _READ, within or None)]

    def rank_among(self, question: Question, articles: Container[tuple[str, str]] | None) -> list[Row]:
        """The best of some articles (ids of document and article; ``None`` is all), in the documents asked if any has one."""
        if articles is None:
            return self.rank(question, question.policies)
        asked = [span for policy in question.policies if (span := self._among(self._spans[policy], articles))]
        within = asked or [self._among(range(len(self.documents)), articles)]
        ranges = [one for numbers in within for one in numbers]
        return [Row(*scored) for scored in self.index.search(_weights(question), _READ, ranges)]

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
        own, others = self.index.around(_weights(question), _READ, within)
        return [Row(*scored) for scored in own], [Row(*scored) for scored in others]

    def best_of_each(self, question: Question, policies: Iterable[str] = ()) -> list[Row]:
        """The best article of every document that has the topic asked about, best first."""
        about = set(question.topics)
        found = []
        named = list(policies) or list(self._spans)
        if len(named) > _COMPARED:
            named = list(dict.fromkeys(map(self.policy, self.rank(question))))
        for policy in named:
            own = [row for row in self.rank(question, (policy,)) if not about or about & self._topics[row.number]]
            found += own[:1]
        return sorted(found, reverse=True)

    def policy(self, row: Row) -> str:
        """The id of the document an article belongs to."""
        return self.documents[row.number].policy.id

    def has_topic(self, row: Row, topics: Iterable[str]) -> bool:
        """Whether an article has one of some topics."""
        return not self._topics[row.number].isdisjoint(topics)

    def defines(self, row: Row) -> bool:
        """Whether an article is there to define terms."""
        return self.index.has(row.number, _purpose("definition"))

    def absent(self, topics: Iterable[str], policies: Iterable[str]) -> tuple[str, ...]:
        """The topics that none of some documents has."""
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
            return float(bool(question.kinds or question.topics))
        if b"\0\0" not in question.asking:  # single characters between words of asking (奖励的税谁出)
            return sum(has(number, text[place]) for place in content) / len(content)
        covered = bytearray(len(text))
        for place in range(len(text) - 1):
            if has(number, text[place : place + 2]):
                covered[place] = covered[place + 1] = 1
        return sum(covered[place] for place in content) / len(content)

    def hits(self, question: Question, rows: Iterable[Row]) -> tuple[Hit, ...]:
        """Articles with the sentence of each that fits best."""
        weights = {pair: self.index.rarity(pair) for pair in pairs(question.text)}
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


def _stated(policy: LoadedPolicy, words: Language) -> Iterator[str]:
    """The matters usually left to the yearly call of which a document says something."""
    texts = [article.text for article in policy.articles.values()]
    for matter in words.unstated:
        if any(word in text for word in matter.stated for text in texts):
            yield matter.name


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
