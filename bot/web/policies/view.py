"""What a page shows of a document, an article, a measure: as data for the templates. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Any

from knowledge.standing import standing, status_alone
from policies.document import Article
from policies.engine.formula import formula
from policies.engine.rules import Rule, rules_of
from policies.engine.validity import validity
from policies.law import Corpus, LoadedMeasure, LoadedPolicy
from policies.model.base import Cite

_STAGES = {"issued": "正式文件", "draft": "征求意见稿", "explanatory": "说明性文件"}


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
        """A document with all its articles."""
        header = policy.header
        return {
            **self.row(policy, day),
            "issuer": header.issuer.value,
            "interpreter": header.interpreter.value,
            "ask_next": header.ask_next,
            "texts": [self.article(policy, article, day) for article in policy.articles.values()],
            "readings": header.readings,
        }

    def article(self, policy: LoadedPolicy, article: Article, day: date) -> dict[str, Any]:
        """An article: its text, where it stands in the source, its measures, and what else the document says of it."""
        header = policy.header
        return {
            **self.row(policy, day),
            "article": article.id,
            "label": article.label.rstrip("、"),
            "text": article.text,
            "span": (article.start, article.end),
            "address": address(policy.id, article.id),
            "paid": [self.measure(policy, loaded) for loaded in policy.measures if loaded.article.id == article.id],
            "definitions": [found for found in header.definitions if found.cite.article == article.id],
            "told": list(_told(policy, article.id)),
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
            "conditions": list(dict.fromkeys(_condition(leaf.test.words, leaf.test.is_) for leaf in variant.leaves[: variant.tests])),
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
        """Articles of other documents on the same topics."""
        topics = {
            topic for loaded in policy.measures if loaded.article.id == article.id for topic in loaded.measure.topics
        }
        found = {
            (other.id, there.id): (other, there)
            for topic in sorted(topics)
            for other, there in self.by_topic.get(topic, ())
            if other.id != policy.id
        }
        return [
            {**self.row(other, day), "label": there.label.rstrip("、"), "article": there.id, "address": address(other.id, there.id)}
            for other, there in found.values()
        ]  # fmt: skip


def address(policy: str, article: str) -> str:
    """Where an article or measure stands for good."""
    return f"/policies/{policy}#{article}"


def _condition(words: str, wanted: object) -> str:
    return f"没有这种情况：{words}" if wanted is False else words


def _told(policy: LoadedPolicy, article: str) -> Iterator[str]:
    """What the header says on an article's words: ceilings, choices, pots, rules that must be told."""
    header = policy.header

    def here(cite: Cite | None) -> bool:
        return cite is not None and cite.article == article

    for cap in header.caps:
        if here(cap.cite):
            yield f"封顶：{cap.title}"
    for choice in header.choose_one:
        if here(choice.cite):
            yield f"互斥：{choice.title}"
    for higher in header.higher_of:
        if here(higher.cite):
            yield f"叠加：{higher.title}"
    for pool in header.pools:
        if here(pool.cite):
            yield f"名额或资金池：{pool.title} {pool.amount.text}，全部申请人合计"
    for rule in header.rules:
        if here(rule.cite):
            yield rule.says
