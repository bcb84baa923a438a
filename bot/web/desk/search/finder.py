"""Words and filters to articles, for somebody who looks for themselves: what comes nearest, whatever the verdict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from bot.web.desk.search.shelf import Shelf, Shelved, holding
from bot.web.desk.search.wanted import Wanted
from bot.web.policies.view import Documents
from knowledge.replies import Replies
from knowledge.said import measures_under
from knowledge.search import Found, Hit, Searcher

SHOWN = 12
Outcome = Literal["answer", "near_miss", "not_covered", "chat", "literal", "list"]


@dataclass(frozen=True, slots=True)
class Results:
    """What was found.

    Attributes:
        rows: for the list, best first.
        outcome: that of the search; ``literal`` when only the very words stand there; ``list`` without words to look for.
        answering: how many of the rows, from the first, have what is asked; the others only come near it.
        told: a curated answer, or what the documents asked do not have.
        more: how many articles pass the filters beyond those shown; of what comes near it is not known (0).
    """

    rows: tuple[dict[str, Any], ...]
    outcome: Outcome
    answering: int = 0
    told: str | None = None
    more: int = 0


class Finder:
    """Made once over a corpus; never changes afterwards."""

    def __init__(self, documents: Documents, searcher: Searcher) -> None:
        """``searcher``: over the same corpus; it is large, so there is one."""
        self._documents = documents
        corpus = documents.corpus
        self._shelf = Shelf(corpus)
        self._searcher = searcher
        self._replies = Replies(corpus)
        self.districts = tuple(corpus.by_district)
        self.topics = tuple(topic.name for topic in corpus.vocabulary.topics if topic.name in documents.by_topic)

    def find(self, wanted: Wanted, today: date) -> Results:
        """The articles that fit best; all that pass the filters when no words are given."""
        day = wanted.as_of or today
        passing = self._shelf.passing(wanted, day)
        if not wanted.q.strip():
            return self._listed(passing, day)
        found = self._searcher.ask(wanted.q, day, wanted.district or None)
        if found.outcome == "chat":
            return Results((), "chat", told=self._replies.text(found))
        if not found.question.text and found.question.policies:  # nothing but places
            return self._listed([each for each in passing if each.policy.id in found.question.policies], day)
        literal = holding(wanted.q, found.question, passing) if _is_vague(found) else []
        answering = self._answering(found, literal, wanted, day)
        answered = {_key(hit) for hit in answering}
        near = self._searcher.nearest(found.question, {each.key for each in passing} if wanted.filters else None)
        hits = [*answering, *(hit for hit in near if _key(hit) not in answered)][:SHOWN]
        rows = tuple({**self._row(*_key(hit), day), "quote": hit.quote} for hit in hits)
        told = None if literal else self._told(found, alone=not answering)
        return Results(rows, "literal" if literal else found.outcome, len(answering), told)

    def article(self, policy_id: str, article_id: str, day: date) -> dict[str, Any] | None:
        """One article in full, with what to say of it and where the same is treated elsewhere; ``None``: there is none."""
        policy = self._documents.corpus.policies.get(policy_id)
        article = policy.articles.get(article_id) if policy is not None else None
        if policy is None or article is None:
            return None
        return {
            **self._documents.article(policy, article, day),
            "say": self._replies.said(policy, article, day),
            "pays": any(loaded.monetary for loaded in measures_under(policy, article)),
            "elsewhere": self._documents.elsewhere(policy, article, day),
        }

    def _answering(self, found: Found, literal: Sequence[Shelved], wanted: Wanted, day: date) -> list[Hit]:
        """What has what is asked, or the very words; of a near miss, wherever it is."""
        if literal:
            return list(self._searcher.nearest(found.question, {each.key for each in literal}))
        anywhere = wanted.model_copy(update={"district": ""}) if found.outcome == "near_miss" else wanted
        return [hit for hit in found.hits if self._shelf.passes(_key(hit), anywhere, day)]

    def _told(self, found: Found, *, alone: bool) -> str | None:
        """What is told above the list: a curated answer or a refusal; of a near miss the list itself is the rest."""
        if found.outcome == "answer" and found.entry is None:
            return None
        text = self._replies.text(found)
        if found.outcome != "near_miss":
            return text
        first = text.partition("\n")[0]
        return f"{first.partition('。')[0]}。" if alone else first

    def _listed(self, shelved: Sequence[Shelved], day: date) -> Results:
        rows = tuple({**self._row(*each.key, day), "quote": each.article.text} for each in shelved[:SHOWN])
        return Results(rows, "list", more=len(shelved) - len(rows))

    def _row(self, policy_id: str, article_id: str, day: date) -> dict[str, Any]:
        place = self._documents.place(self._documents.corpus.policies[policy_id], article_id, day)
        return {**place, "titles": self._shelf[policy_id, article_id].titles}


def _key(hit: Hit) -> tuple[str, str]:
    return hit.policy, hit.article


def _is_vague(found: Found) -> bool:
    """Whether it was refused only because too little of it was found: no statement of what the documents lack."""
    heard = found.question
    stated = (found.entry, found.left_open, heard.unstated, heard.matter)
    return found.outcome == "not_covered" and not any(stated)
