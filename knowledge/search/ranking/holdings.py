"""What articles and documents have: topics, and matters that are usually left to the yearly call."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from knowledge.search.grams import plain
from knowledge.search.hearing.language import Lexicon, Unstated, language
from knowledge.search.ranking.documents import Document
from policies.law import Corpus, LoadedPolicy


class Holdings:
    """Filled article by article while a corpus is indexed; never changes afterwards."""

    def __init__(self, corpus: Corpus) -> None:
        """Collect the words of the topics; general rules of a header are topics too."""
        self.words = Lexicon({"topic": {topic.name: map(plain, topic.words) for topic in corpus.vocabulary.topics}})
        self._rules = {of: rule.name for of, rule in language().rules.items()}
        self._topics: list[frozenset[str]] = []  # by the number of the article
        self._paid: set[str] = set()
        self._paid_by: dict[str, set[str]] = {}
        self._quoted_by: dict[str, set[str]] = {}
        self._apart: dict[str, tuple[set[str], set[str]]] = {}  # topics of articles with measures, and of the others
        self._mentioned: dict[str, set[str]] = {}
        self._present: dict[str, set[str]] = {}
        self._stated: dict[str, frozenset[str]] = {}

    def add(self, document: Document) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
        """Take the next article; its topics, those its measures are about, and those of measures elsewhere it limits."""
        rules = {self._rules[ground.of] for ground in document.grounds if ground.of in self._rules}
        topics = self._found(document.names) | rules
        paid = self._found("|".join(plain(loaded.measure.title) for loaded in document.measures))
        self._topics.append(topics)
        self._mentioned.setdefault(document.policy.id, set()).update(self._found(plain(document.text)))
        self._paid |= paid
        quotes = "|".join(plain(quote) for loaded in document.measures for quote in loaded.measure.quote)
        self._paid_by.setdefault(document.policy.id, set()).update(paid)
        self._quoted_by.setdefault(document.policy.id, set()).update(paid | self._found(quotes))
        self._apart.setdefault(document.policy.id, (set(), set()))[not document.measures].update(topics)
        limited = "|".join(plain(title) for ground in document.grounds for title in ground.shared_by)
        return topics, paid, self._found(limited)

    def close(self, policy: LoadedPolicy) -> None:
        """Take what a whole document says of the matters usually left to the yearly call."""
        texts = [article.text for article in policy.articles.values()]
        self._stated[policy.id] = frozenset(
            matter.name
            for matter in language().unstated
            if any(word in text for word in matter.stated for text in texts)
        )

    def complete(self) -> None:
        """Work out which topics each document has, once all are taken.

        What measures are about is had only where a measure is, not where an article just mentions it; anything else also
        where a text has its words.
        """
        for policy, (with_measures, others) in self._apart.items():
            self._present[policy] = with_measures | ((others | self._mentioned[policy]) - self._paid)

    def is_rule(self, topic: str) -> bool:
        """Whether a topic is what a general rule regulates."""
        return topic in self._rules.values()

    def topics(self, number: int) -> frozenset[str]:
        """The topics of an article."""
        return self._topics[number]

    def absent(self, topics: Iterable[str], policies: Iterable[str]) -> tuple[str, ...]:
        """The topics that none of some documents has."""
        present = [self._present[policy] for policy in policies]
        return tuple(topic for topic in topics if not any(topic in own for own in present))

    def only_mentioned(self, topics: Iterable[str], policies: Iterable[str]) -> bool:
        """Whether measures elsewhere are there for all of some topics, and those of some documents for none of them."""
        return self._are_apart(topics, policies, self._paid_by)

    def not_even_quoted(self, topics: Iterable[str], policies: Iterable[str]) -> bool:
        """As :meth:`only_mentioned`, and what those documents quote for their measures does not speak of them either."""
        return self._are_apart(topics, policies, self._quoted_by)

    def _are_apart(self, topics: Iterable[str], policies: Iterable[str], had: Mapping[str, set[str]]) -> bool:
        here = set().union(*(had[policy] for policy in policies))
        return all(topic in self._paid and topic not in here for topic in topics)

    def states(self, matter: Unstated, policies: Iterable[str]) -> bool:
        """Whether one of some documents (of all, when none is named) says something of a matter."""
        return any(matter.name in self._stated[policy] for policy in policies or self._stated)

    def _found(self, text: str) -> frozenset[str]:
        return frozenset(match.name for match in self.words.find(text))
