"""What a page shows of a document, an article, a measure: as data for the templates. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any

from bot.web.common.pages import address
from knowledge.said import measures_under, told
from knowledge.standing import standing, status_alone
from policies.document import Article
from policies.engine.formula import formula
from policies.engine.rules import Rule, rules_of
from policies.engine.validity import validity
from policies.law import Corpus, LoadedMeasure, LoadedPolicy
from policies.model.policy import Definition

OTHERS = 8  # articles of other documents shown beside one


class Documents:
    """The documents of a corpus for pages. Made once."""

    def __init__(self, corpus: Corpus) -> None:
        """Over a corpus; rules are made when they are first shown."""
        self.corpus = corpus
        self._rules: dict[str, Mapping[str, Rule]] = {}

    def row(self, policy: LoadedPolicy, day: date) -> dict[str, Any]:
        """A document in a list."""
        header, status = policy.header, validity(policy.header, day)
        return {
            "id": policy.id,
            "title": header.title,
            "short": header.short,
            "number": header.number.value,
            "districts": header.districts,
            "standing": standing(status),
            "in_force": status.status == "in_force",
            "status": status_alone(header.short, status, day, header.stage),
            "articles": len(policy.articles),
            "measures": len(policy.measures),
        }

    def whole(self, policy: LoadedPolicy, day: date) -> dict[str, Any]:
        """A document with all its articles, items (第三条第（一）项) within the article they stand in."""
        header = policy.header
        shown = {article.id: self.article(policy, article, day) for article in policy.articles.values()}
        for article in policy.articles.values():
            items = [shown[item.id] for item in policy.articles.values() if item.parent == article.id]
            shown[article.id]["items"] = items
            if items:
                shown[article.id] |= {"text": _without(article, items), "paid": []}
        return {
            **self.row(policy, day),
            "issuer": header.issuer.value,
            "interpreter": header.interpreter.value,
            "ask_next": header.ask_next,
            "texts": [shown[article.id] for article in policy.articles.values() if article.parent is None],
            "readings": header.readings,
        }

    def article(self, policy: LoadedPolicy, article: Article, day: date) -> dict[str, Any]:
        """An article: its text, where it stands in the source, its measures, and what else the document says of it."""
        header = policy.header
        return {
            **self.place(policy, article.id, day),
            "text": article.text,
            "span": (article.start, article.end),
            "paid": [self.measure(policy, loaded) for loaded in measures_under(policy, article)],
            "definitions": [found for found in header.definitions if found.cite.article == article.id],
            "used": [found for found in header.definitions if _uses(article, found)],
            "told": [words for words, _ in told(policy, article)],
        }

    def measure(self, policy: LoadedPolicy, loaded: LoadedMeasure) -> dict[str, Any]:
        """A measure: how its amount comes about without anybody's figures, its conditions, its readings."""
        rule = self.rule(policy, loaded.id)
        variant = rule.variants[0]
        return {
            "id": loaded.id,
            "anchor": loaded.measure.id,
            "title": loaded.measure.title,
            "beneficiary": loaded.measure.beneficiary,
            "sum": str(formula(variant, {}, self.corpus.facts)).replace("（不清楚）", ""),
            "conditions": list(dict.fromkeys(leaf.test.words for leaf in variant.leaves[: variant.tests])),
            "readings": loaded.measure.readings,
            "quotes": loaded.measure.quote,
            "topics": loaded.measure.topics,
        }  # fmt: skip

    def rule(self, policy: LoadedPolicy, measure: str) -> Rule:
        """The rule of a measure."""
        if policy.id not in self._rules:
            self._rules[policy.id] = {rule.id: rule for rule in rules_of(policy, self.corpus.facts)}
        return self._rules[policy.id][measure]

    @cached_property
    def by_topic(self) -> Mapping[str, tuple[tuple[LoadedPolicy, Article], ...]]:
        """Articles by the topics of their measures, in the order of the corpus."""
        found: dict[str, dict[tuple[str, str], tuple[LoadedPolicy, Article]]] = {}
        for policy in self.corpus.policies.values():
            for loaded in policy.measures:
                for topic in loaded.measure.topics:
                    found.setdefault(topic, {})[policy.id, loaded.article.id] = (policy, loaded.article)
        return {topic: tuple(articles.values()) for topic, articles in found.items()}

    def elsewhere(self, policy: LoadedPolicy, article: Article, day: date) -> list[dict[str, Any]]:
        """Articles of other documents on the same topics, those that share most first."""
        topics = dict.fromkeys(topic for loaded in measures_under(policy, article) for topic in loaded.measure.topics)
        shared = Counter(
            (other.id, there.id)
            for topic in topics
            for other, there in self.by_topic.get(topic, ())
            if other.id != policy.id
        )
        return [self.place(self.corpus.policies[other], there, day) for (other, there), _ in shared.most_common(OTHERS)]

    def place(self, policy: LoadedPolicy, article_id: str, day: date) -> dict[str, Any]:
        """Where an article stands: its document, label, address."""
        label = policy.articles[article_id].label.rstrip("、")
        return {
            **self.row(policy, day),
            "article": article_id,
            "label": label,
            "name": f"{policy.header.short}{'' if label.startswith('（') else ' '}{label}",
            "address": address(f"{policy.id}/{article_id}"),
        }


def _without(article: Article, items: Sequence[Mapping[str, Any]]) -> str:
    """The words of an article that stand in none of its items."""
    text = article.text
    for item in items:
        text = text.replace(item["text"], "", 1)
    return text


def _uses(article: Article, definition: Definition) -> bool:
    """Whether an article uses a term that another article defines."""
    return definition.cite.article != article.id and definition.term in article.text
