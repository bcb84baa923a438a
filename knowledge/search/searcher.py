"""Question to articles: an answer, a near miss, or the statement that the documents do not say."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from knowledge.search.documents import Document, documents
from knowledge.search.found import Found, Hit, Outcome
from knowledge.search.grams import plain, query_weights
from knowledge.search.index import Index
from knowledge.search.language import Kind, Lexicon
from knowledge.search.question import Listener, Question
from knowledge.search.quote import Sentence, best, sentences
from policies.law import Corpus
from policies.model.base import Cite

_READ = 12  # articles looked at before the best are shown
_SHOWN = 4
_CLOSE = 0.45  # an article this far below the best (as a share of its score) is not shown
_TOPIC = 1.5  # what sharing a topic counts, beside grams
_PURPOSES: Mapping[Kind, float] = {"validity": 4.0, "contact": 4.0, "definition": 1.5, "stacking": 1.0, "amount": 1.5}
_BETTER = 2.6  # how much better (in score) an article elsewhere must fit to tell that it is missing where asked
_GAIN = 0.3  # and how much more of the question's content it must have;
_BETTER_TOPIC, _GAIN_TOPIC = 3.0, 0.5  # when the topic itself is there;
_BETTER_ABSENT = 1.3  # how much better when no topic of the question is found where asked,
_BETTER_PARTLY = 1.8  # or only some of them
_KNOWN_BENEFIT = 0.1  # share of a question's content its best article must have, when a place and support are named
_KNOWN = 0.3  # when only the place is named
_KNOWN_ANYWHERE = 0.55  # when no place is named
_PLAIN_SCORE = 2.8  # a score this high (in log of the number of articles) is enough when the place is named
_FIGURES = frozenset({"amount", "stacking", "comparison"})


class Searcher:
    """Finds articles. Built once for a corpus; never changes afterwards."""

    def __init__(self, corpus: Corpus) -> None:
        """Index every article."""
        self._documents = list(documents(corpus))
        self._topics = Lexicon({topic.name: map(plain, topic.words) for topic in corpus.vocabulary.topics})
        self._about = [frozenset(self._topics.signs(document.names)) for document in self._documents]
        self._spans = _spans(self._documents)
        self._topics_of = {
            policy: frozenset().union(*(self._about[number] for number in span)) for policy, span in self._spans.items()
        }
        self._index = Index([self._bag(number) for number in range(len(self._documents))])
        self._listener = Listener(corpus, self._index, "|".join(document.names for document in self._documents))
        self._sentences: dict[int, tuple[Sentence, ...]] = {}  # made when an article is first quoted
        self._by_district = corpus.by_district

    def ask(self, question: str, as_of: date, district: str | None = None) -> Found:
        """Look a question up.

        Args:
            question: as typed.
            as_of: the date asked about; it changes no ranking, only what is said of the documents.
            district: where the asker is, used when the question names no place.
        """
        heard = self._listener.hear(question)
        if not heard.policies and not heard.elsewhere and district is not None:
            heard = replace(heard, policies=self._by_district.get(district, ()))
        return self._judge(heard)

    def _judge(self, heard: Question) -> Found:
        if heard.instruction and not (heard.topics and heard.kinds):
            return Found("chat", heard)
        if heard.chat is not None and not heard.topics:
            return Found("chat", heard)
        if heard.unstated is not None and not self._states(heard):
            return Found("not_covered", heard)
        if heard.matter is not None:
            return Found("not_covered", heard)
        ranked = self._ranked(heard)
        absent = self._absent(heard)
        if not heard.policies and heard.elsewhere:
            covered = ranked and (heard.topics or self._known(heard, ranked[0][1]) >= _KNOWN_ANYWHERE)
            return Found("near_miss" if covered else "not_covered", heard, self._hits(heard, ranked) if covered else ())
        missed = self._missed(heard, ranked, absent)
        if missed:
            return Found("near_miss", heard, self._hits(heard, missed), absent)
        if not ranked or not self._fits(heard, ranked):
            return Found("not_covered", heard)
        outcome: Outcome = "near_miss" if heard.part is not None else "answer"
        if "comparison" in heard.kinds or len(heard.policies) > 1:
            return Found(outcome, heard, self._hits(heard, self._each(heard, ranked), count=len(ranked)))
        return Found(outcome, heard, self._hits(heard, ranked))

    def _missed(
        self, heard: Question, ranked: list[tuple[float, int]], absent: tuple[str, ...]
    ) -> list[tuple[float, int]]:
        """What other documents have, when they have what is asked and the documents asked have not."""
        if not heard.policies:
            return []
        others = [row for row in self._ranked(replace(heard, policies=())) if not self._is_asked(heard, row[1])]
        if absent:
            others = [row for row in others if self._about[row[1]] & set(absent)]
        if not others or not ranked:
            return others
        if absent:
            factor = _BETTER_ABSENT if len(absent) == len(heard.topics) else _BETTER_PARTLY
            return others if others[0][0] >= ranked[0][0] * factor else []
        factor, gain = (_BETTER_TOPIC, _GAIN_TOPIC) if heard.topics else (_BETTER, _GAIN)
        known = self._known_best(heard, others)
        better = known >= max(_KNOWN_ANYWHERE, self._known_best(heard, ranked) + gain)
        return others if better and others[0][0] >= ranked[0][0] * factor else []

    def _fits(self, heard: Question, ranked: list[tuple[float, int]]) -> bool:
        """Whether the articles found are about what is asked, or share only words with it."""
        if heard.topics:
            return True
        needed = _KNOWN_ANYWHERE
        if heard.policies:
            if ranked[0][0] >= _PLAIN_SCORE * math.log(len(self._documents)):
                return True
            needed = _KNOWN_BENEFIT if heard.benefit else _KNOWN
        return self._known_best(heard, ranked) >= needed

    def _is_asked(self, heard: Question, number: int) -> bool:
        return self._documents[number].policy.id in heard.policies

    def _known_best(self, heard: Question, ranked: list[tuple[float, int]]) -> float:
        return max(self._known(heard, number) for _, number in ranked[:3])

    def _ranked(self, heard: Question) -> list[tuple[float, int]]:
        weights = dict(query_weights(heard.searched.replace(" ", "")))
        weights |= dict.fromkeys(map(_topic, heard.topics), _TOPIC)
        weights |= {_purpose(kind): _PURPOSES[kind] for kind in heard.kinds if kind in _PURPOSES}
        within = [self._spans[policy] for policy in heard.policies] if heard.policies else None
        return self._index.search(weights, _READ, within)

    def _each(self, heard: Question, ranked: list[tuple[float, int]]) -> list[tuple[float, int]]:
        """The best article of every document, best first: for a comparison."""
        found: dict[str, tuple[float, int]] = {}
        about = set(heard.topics)
        for policy in heard.policies or self._spans:
            own = self._ranked(replace(heard, policies=(policy,)))
            own = [row for row in own if not about or self._about[row[1]] & about]
            if own:
                found[policy] = own[0]
        return sorted(found.values(), reverse=True) or ranked

    def _absent(self, heard: Question) -> tuple[str, ...]:
        if not heard.policies:
            return ()
        present = frozenset().union(*(self._topics_of[policy] for policy in heard.policies))
        return tuple(topic for topic in heard.topics if topic not in present)

    def _states(self, heard: Question) -> bool:
        """Whether a document asked says something of a matter usually left to the yearly call."""
        assert heard.unstated is not None  # noqa: S101
        policies = heard.policies or self._spans
        return any(
            word in self._documents[number].text
            for policy in policies
            for number in self._spans[policy]
            for word in heard.unstated.stated
        )

    def _known(self, heard: Question, number: int) -> float:
        """The share of a question's content (in characters) that stands in an article's words."""
        bag, text, asking = self._documents[number].bag, heard.searched, heard.asking
        covered = bytearray(len(text))
        for place in range(len(text) - 1):
            if text[place : place + 2] in bag:
                covered[place] = covered[place + 1] = 1
        known = sum(1 for inside, mere in zip(covered, asking, strict=True) if inside and not mere)
        unknown = sum(1 for inside, mere in zip(covered, asking, strict=True) if not inside and not mere)
        return known / (known + unknown) if known + unknown else 1.0

    def _hits(self, heard: Question, ranked: Iterable[tuple[float, int]], count: int = _SHOWN) -> tuple[Hit, ...]:
        rows = list(ranked)[:count]
        weights = query_weights(heard.searched.replace(" ", ""))
        return tuple(
            self._hit(heard, score, number, weights) for score, number in rows if score >= rows[0][0] * _CLOSE
        )

    def _hit(self, heard: Question, score: float, number: int, weights: Mapping[str, float]) -> Hit:
        document = self._documents[number]
        found = self._sentences.get(number)
        if found is None:
            found = self._sentences[number] = sentences(document)
        rare = {gram: weight * self._index.rarity(gram) for gram, weight in weights.items()}
        sentence = best(found, rare, figure=bool(_FIGURES & set(heard.kinds)))
        concerned = sentence.measures or tuple(loaded.id for loaded in document.measures)
        return Hit(document.policy.id, document.article.id, document.article.label, sentence.text, score, concerned)

    def _bag(self, number: int) -> dict[str, float]:
        """An article's words, with signs for its topics and for the kinds of question it is there to answer."""
        document = self._documents[number]
        signs = [*map(_topic, self._about[number]), *map(_purpose, _purposes(document))]
        return document.bag | dict.fromkeys(signs, 1.0)


def _purposes(document: Document) -> Iterator[Kind]:
    """The kinds of question an article is there to answer, as far as the document's header tells."""
    header, article = document.policy.header, document.article.id
    dates = (header.effective.starts.cite, header.effective.ends.cite)
    whole = [cap.cite for cap in header.caps if not cap.over]
    told: dict[Kind, list[Cite | None]] = {
        "validity": [*dates],
        "contact": [header.interpreter.cite],
        "definition": [*(definition.cite for definition in header.definitions), header.bounds.cite],
        "stacking": [*whole, *(rule.cite for rule in (*header.choose_one, *header.higher_of))],
    }
    for kind, cites in told.items():
        if any(cite is not None and cite.article == article for cite in cites):
            yield kind
    if any(loaded.monetary for loaded in document.measures):
        yield "amount"


def _topic(name: str) -> str:
    return f"话题 {name}"


def _purpose(kind: str) -> str:
    return f"用途 {kind}"


def _spans(found: list[Document]) -> dict[str, range]:
    spans: dict[str, range] = {}
    for number, document in enumerate(found):
        start = spans[document.policy.id].start if document.policy.id in spans else number
        spans[document.policy.id] = range(start, number + 1)
    return spans
