"""The law as loaded: documents with their articles and measures, and the vocabulary they share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from policies.document import Article, Mended
from policies.model.fact import Fact, Vocabulary
from policies.model.measure import Measure, NotRule
from policies.model.policy import Policy
from policies.problems import Problem


@dataclass(frozen=True)
class LoadedMeasure:
    """A measure with its full id (``haizhu-2022/3.1.a``), its document and the article its quote stands in."""

    id: str
    policy: str
    measure: Measure
    article: Article
    file: str

    @property
    def monetary(self) -> bool:
        """Whether the text states an amount or share for it."""
        return self.measure.award.is_money


@dataclass(frozen=True)
class LoadedPolicy:
    """One document: header, mended text, articles by id, measures in the order of the text.

    ``phrasings``: by article, questions that it answers as people put them.
    """

    id: str
    header: Policy
    mended: Mended
    articles: Mapping[str, Article]
    measures: tuple[LoadedMeasure, ...]
    not_rules: Mapping[str, tuple[NotRule, ...]]
    texts: Mapping[str, str]
    phrasings: Mapping[str, tuple[str, ...]]

    @cached_property
    def by_id(self) -> Mapping[str, LoadedMeasure]:
        """Measures by their full id."""
        return {measure.id: measure for measure in self.measures}

    def full_id(self, measure_id: str) -> str:
        """The id of one of this document's measures, with the document's own."""
        return f"{self.id}/{measure_id}"


@dataclass(frozen=True)
class Corpus:
    """All documents that loaded, the vocabulary, what was refused and why, and a version that names the contents."""

    policies: Mapping[str, LoadedPolicy]
    vocabulary: Vocabulary
    version: str
    refused: tuple[Problem, ...] = ()

    @cached_property
    def facts(self) -> Mapping[str, Fact]:
        """Facts by key."""
        return {fact.key: fact for fact in self.vocabulary.facts}

    @cached_property
    def measures(self) -> Mapping[str, LoadedMeasure]:
        """All measures of all documents by full id."""
        return {measure.id: measure for policy in self.policies.values() for measure in policy.measures}

    @cached_property
    def by_district(self) -> Mapping[str, tuple[str, ...]]:
        """Ids of the documents for each district named in their headers."""
        found: dict[str, list[str]] = {}
        for policy in self.policies.values():
            for district in policy.header.districts:
                found.setdefault(district, []).append(policy.id)
        return {district: tuple(ids) for district, ids in found.items()}
