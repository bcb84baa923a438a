"""All articles with what they can be filtered by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.web.desk.search.wanted import Kind, Status, Wanted
from knowledge.search.grams import plain
from knowledge.search.hearing.question import Question
from policies.document import Article
from policies.engine.validity import validity
from policies.law import Corpus, LoadedMeasure, LoadedPolicy

_STATUSES: dict[str, Status] = {"in_force": "in_force", "expired": "expired", "draft": "draft"}


@dataclass(frozen=True, slots=True)
class Shelved:
    """An article, with what it can be filtered by.

    Attributes:
        key: the ids of the document and the article.
        words: its label and text without punctuation and spaces.
        names: those of its document and places, likewise.
    """

    key: tuple[str, str]
    policy: LoadedPolicy
    article: Article
    titles: tuple[str, ...]
    topics: frozenset[str]
    kind: Kind
    words: str
    names: str


class Shelf:
    """The articles of a corpus in its order. Made once."""

    def __init__(self, corpus: Corpus) -> None:
        """Look at every article once."""
        self._of_policies = [(policy, _shelved(policy)) for policy in corpus.policies.values()]
        self._whole = tuple(each for _, articles in self._of_policies for each in articles)
        self._all = {each.key: each for each in self._whole}

    def __len__(self) -> int:
        """The number of articles."""
        return len(self._all)

    def __getitem__(self, key: tuple[str, str]) -> Shelved:
        """The article of a document."""
        return self._all[key]

    def passing(self, wanted: Wanted, day: date) -> Sequence[Shelved]:
        """The articles that pass the filters; the status of their documents is that of the day."""
        if not wanted.filters:
            return self._whole
        return [
            each
            for policy, articles in self._of_policies
            if _admits(policy, wanted, day)
            for each in articles
            if _fits(each, wanted)
        ]

    def passes(self, key: tuple[str, str], wanted: Wanted, day: date) -> bool:
        """Whether one article passes the filters."""
        each = self._all[key]
        return _admits(each.policy, wanted, day) and _fits(each, wanted)


def holding(typed: str, heard: Question, articles: Sequence[Shelved]) -> list[Shelved]:
    """The articles in which the words typed stand as they are, but for names of their document and its places."""
    words = [word for word in map(plain, typed.split()) if word]
    within = [each for each in articles if not heard.policies or each.policy.id in heard.policies]
    return [each for each in within if _holds(each, words)]


def _holds(each: Shelved, words: Sequence[str]) -> bool:
    inside = [word in each.words for word in words]
    return any(inside) and all(stands or word in each.names for word, stands in zip(words, inside, strict=True))


def _fits(each: Shelved, wanted: Wanted) -> bool:
    return wanted.kind in ("", each.kind) and (not wanted.topic or wanted.topic in each.topics)


def _admits(policy: LoadedPolicy, wanted: Wanted, day: date) -> bool:
    if wanted.district and wanted.district not in policy.header.districts:
        return False
    return not wanted.status or _STATUSES.get(validity(policy.header, day).status, "open") == wanted.status


def _shelved(policy: LoadedPolicy) -> list[Shelved]:
    own: dict[str, list[LoadedMeasure]] = {}
    for loaded in policy.measures:  # an item's are its article's too
        for article in filter(None, (loaded.article.id, loaded.article.parent)):
            own.setdefault(article, []).append(loaded)
    header = policy.header
    places = [*header.districts, *(alias for aliases in header.aliases.values() for alias in aliases)]
    names = "|".join(map(plain, (header.short, header.title, header.number.value or "", *places)))
    return [_one(policy, article, own.get(article.id, []), names) for article in policy.articles.values()]


def _one(policy: LoadedPolicy, article: Article, own: Sequence[LoadedMeasure], names: str) -> Shelved:
    kind: Kind = "money" if any(loaded.monetary for loaded in own) else "in_kind" if own else "rules"
    titles = tuple(loaded.measure.title for loaded in own)
    topics = frozenset(topic for loaded in own for topic in loaded.measure.topics)
    words = plain(f"{article.label} {article.text}")
    return Shelved((policy.id, article.id), policy, article, titles, topics, kind, words, names)
