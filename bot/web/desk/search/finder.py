"""Words and filters to articles, for somebody who looks for themselves: what comes nearest, whatever the verdict."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.web.desk.search.wanted import Kind, Status, Wanted
from bot.web.policies.view import Documents, address
from knowledge.faq import load_faq
from knowledge.replies import Replies
from knowledge.search import Found, Hit, Searcher
from policies.document import Article
from policies.engine.validity import validity
from policies.law import LoadedPolicy

SHOWN = 12
_STATUSES: dict[str, Status] = {"in_force": "in_force", "expired": "expired", "draft": "draft"}


@dataclass(frozen=True, slots=True)
class Results:
    """What was found: rows for the list, and a word beforehand where the documents asked do not have it."""

    rows: tuple[dict[str, Any], ...]
    told: str | None
    outcome: str | None


class Finder:
    """Made once over a corpus; never changes afterwards."""

    def __init__(self, documents: Documents) -> None:
        """Index the corpus."""
        self.documents = documents
        corpus = documents.corpus
        self._searcher = Searcher(corpus, load_faq(corpus))
        self._replies = Replies(corpus)
        self.districts = tuple(corpus.by_district)
        self.topics = tuple(topic.name for topic in corpus.vocabulary.topics if topic.name in documents.by_topic)

    def find(self, wanted: Wanted, today: date) -> Results:
        """The articles that fit best; all that pass the filters when no words are given."""
        day = wanted.as_of or today
        policies = [policy for policy in self.documents.corpus.policies.values() if _passes(policy, wanted, day)]
        if not wanted.q.strip():
            rows = [self._row(*found, day) for found in self._articles(policies, wanted)]
            return Results(tuple(rows[:SHOWN]), None, None)
        found = self._searcher.ask(wanted.q, day, wanted.district or None)
        hits = list(self._hits(found, wanted, {policy.id for policy in policies}))
        told = self._replies.text(found) if found.outcome != "answer" or found.entry is not None else None
        return Results(tuple(self._of_hit(hit, day) for hit in hits[:SHOWN]), told, found.outcome)

    def article(self, policy_id: str, article_id: str, day: date) -> dict[str, Any] | None:
        """One article in full, with what to say of it and where the same is treated elsewhere; ``None``: there is none."""
        policy = self.documents.corpus.policies.get(policy_id)
        article = policy.articles.get(article_id) if policy is not None else None
        if policy is None or article is None:
            return None
        return {
            **self.documents.article(policy, article, day),
            "say": self.say(policy, article, day),
            "elsewhere": self.documents.elsewhere(policy, article, day),
        }

    def say(self, policy: LoadedPolicy, article: Article, day: date) -> str:
        """What to say on the phone: conclusion, status, clause, sentence."""
        measures = tuple(loaded.id for loaded in policy.measures if loaded.article.id == article.id)
        quotes = [
            quote for loaded in policy.measures if loaded.article.id == article.id for quote in loaded.measure.quote
        ]
        quote = "……".join(dict.fromkeys(quotes)) or article.text
        hit = Hit(policy.id, article.id, article.label, quote, 0.0, measures)
        return self._replies.said(hit, day)

    def _hits(self, found: Found, wanted: Wanted, policies: set[str]) -> Iterator[Hit]:
        """First what answers, then whatever comes near; each article once."""
        seen = set()
        for hit in (*found.hits, *self._searcher.nearest(found.question, sorted(policies))):
            if (hit.policy, hit.article) not in seen and hit.policy in policies and self._of_kind(hit, wanted):
                seen.add((hit.policy, hit.article))
                yield hit

    def _of_kind(self, hit: Hit, wanted: Wanted) -> bool:
        policy = self.documents.corpus.policies[hit.policy]
        return _fits(policy, policy.articles[hit.article], wanted)

    def _articles(self, policies: Sequence[LoadedPolicy], wanted: Wanted) -> Iterator[tuple[LoadedPolicy, Article]]:
        for policy in policies:
            for article in policy.articles.values():
                if _fits(policy, article, wanted):
                    yield policy, article

    def _of_hit(self, hit: Hit, day: date) -> dict[str, Any]:
        policy = self.documents.corpus.policies[hit.policy]
        return {**self._row(policy, policy.articles[hit.article], day), "quote": hit.quote}

    def _row(self, policy: LoadedPolicy, article: Article, day: date) -> dict[str, Any]:
        titles = [loaded.measure.title for loaded in policy.measures if loaded.article.id == article.id]
        return {
            **self.documents.row(policy, day),
            "article": article.id,
            "label": article.label.rstrip("、"),
            "titles": titles,
            "quote": article.text,
            "address": address(policy.id, article.id),
        }


def _passes(policy: LoadedPolicy, wanted: Wanted, day: date) -> bool:
    if wanted.district and wanted.district not in policy.header.districts:
        return False
    return not wanted.status or _STATUSES.get(validity(policy.header, day).status, "open") == wanted.status


def _fits(policy: LoadedPolicy, article: Article, wanted: Wanted) -> bool:
    own = [loaded for loaded in policy.measures if loaded.article.id == article.id]
    if wanted.topic and not any(wanted.topic in loaded.measure.topics for loaded in own):
        return False
    kind: Kind = "money" if any(loaded.monetary for loaded in own) else "in_kind" if own else "rules"
    return wanted.kind in ("", kind)
