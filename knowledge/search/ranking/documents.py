"""What is searched: one document of words an article, from its text, its measures, its rules and how people ask for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from knowledge.search.grams import grams, plain
from knowledge.search.hearing.numerals import in_figures
from knowledge.search.ranking.grounds import Ground, grounds
from policies.document import Article
from policies.law import Corpus, LoadedMeasure, LoadedPolicy
from policies.model.condition import leaves
from policies.model.measure import Measure
from policies.references import award_facts

# How much a word counts by where it stands; the text itself counts 1.
_TITLE, _ASKED, _PHRASED, _NOTES, _FACTS = 1.0, 2.0, 0.3, 1.0, 0.5


@dataclass(frozen=True, slots=True)
class Document:
    """An article: its own text, its measures, its names, and what the header of its document states of it.

    ``names``: titles, beneficiaries and how people ask for it, as plain text with ``|`` between.
    """

    policy: LoadedPolicy
    article: Article
    text: str
    measures: tuple[LoadedMeasure, ...]
    names: str
    grounds: tuple[Ground, ...]

    @property
    def id(self) -> str:
        """``haizhu-2022/3.1``."""
        return f"{self.policy.id}/{self.article.id}"


def documents(policy: LoadedPolicy, corpus: Corpus) -> Iterator[tuple[Document, dict[str, float]]]:
    """The articles of a document in the order of the text, each with the words it is found by (weighted gram counts)."""
    stated: dict[str, list[Ground]] = {}
    for ground in grounds(policy):
        stated.setdefault(ground.article, []).append(ground)
    for article in policy.articles.values():
        yield _document(policy, article, tuple(stated.get(article.id, ())), corpus)


def _document(
    policy: LoadedPolicy, article: Article, stated: tuple[Ground, ...], corpus: Corpus
) -> tuple[Document, dict[str, float]]:
    measures = tuple(loaded for loaded in policy.measures if loaded.article.id == article.id)
    text = own_text(policy, article)
    asked = policy.header.asked.get(article.id, ())
    bag: dict[str, float] = {}
    _add(bag, text, weight=1.0)
    for loaded in measures:
        _add(bag, loaded.measure.title, loaded.measure.beneficiary, weight=_TITLE)
        _add(bag, *(reading.issue for reading in loaded.measure.readings), weight=_NOTES)
        _add(bag, *_fact_words(loaded.measure, corpus), weight=_FACTS)
    _add(bag, *dict.fromkeys(ground.says for ground in stated if ground.says is not None), weight=_NOTES)
    _add(bag, *asked, weight=_ASKED)
    _add(bag, *policy.phrasings.get(article.id, ()), weight=_PHRASED)
    names = [*(f"{loaded.measure.title} {loaded.measure.beneficiary}" for loaded in measures), *asked]
    return Document(policy, article, text, measures, "|".join(map(plain, names)), stated), bag


def phrased(phrasings: Iterable[str]) -> dict[str, float]:
    """The words of something of which there is nothing but how people ask for it."""
    bag: dict[str, float] = {}
    _add(bag, *phrasings, weight=1.0)
    return bag


def own_text(policy: LoadedPolicy, article: Article) -> str:
    """The text of an article up to its first item, if its items are articles of their own."""
    items = [other.text for other in policy.articles.values() if other.parent == article.id]
    return article.text[: article.text.index(items[0])] if items else article.text


def _fact_words(measure: Measure, corpus: Corpus) -> Iterator[str]:
    """Names of what a measure asks of an enterprise, apart from what every measure asks."""
    keys = [key for condition in measure.requires for leaf in leaves(condition) for key in leaf.facts]
    for key in dict.fromkeys((*keys, *award_facts(measure.award))):
        fact = corpus.facts[key]
        if not fact.generic:
            yield fact.label
            yield from fact.synonyms


def _add(bag: dict[str, float], *phrases: str, weight: float) -> None:
    for phrase in phrases:
        for gram in grams(in_figures(plain(phrase))):
            bag[gram] = bag.get(gram, 0.0) + weight
