"""What is in the corpus as JSON: documents, articles, measures and facts, alike on the command line and over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bot.contract import Json, validity_json
from knowledge.standing import standing
from policies.document import Article
from policies.engine.validity import validity
from policies.law import Corpus, LoadedMeasure, LoadedPolicy
from policies.model.fact import Fact


def facts_with(corpus: Corpus, word: str | None) -> list[Fact]:
    """The facts whose key, label or question holds a word; all of them without one."""
    return [
        fact for fact in corpus.vocabulary.facts if word is None or word in f"{fact.key} {fact.label} {fact.question}"
    ]


def fact_json(fact: Fact) -> Json:
    """A fact: what it asks and which answers fit."""
    return {
        "key": fact.key,
        "label": fact.label,
        "type": fact.type,
        "unit": fact.unit,
        "question": fact.question,
        "help": fact.help,
        "choices": list(fact.choices),
        "presets": dict(fact.presets),
        "topics": list(fact.topics),
        "synonyms": list(fact.synonyms),
        "generic": fact.generic,
        "definitions": [
            {"text": definition.text, "source": definition.source, "policy": definition.policy, "article": definition.article}
            for definition in fact.definitions
        ],
    }  # fmt: skip


def policy_row(policy: LoadedPolicy, day: date) -> Json:
    """A document in a list, with its status on a day."""
    return {
        "id": policy.id,
        "title": policy.header.title,
        "number": policy.header.number.value,
        "stage": policy.header.stage,
        "status": validity(policy.header, day).status,
        "measures": len(policy.measures),
    }


def policy_json(policy: LoadedPolicy, day: date) -> Json:
    """A document: its header, its status on a day, its articles and measures."""
    header = policy.header
    status = validity(header, day)
    return {
        "id": policy.id,
        "title": header.title,
        "number": header.number.value,
        "stage": header.stage,
        "status": status.status,
        "short": header.short,
        "issuer": header.issuer.value,
        "registration": None if header.registration is None else header.registration.value,
        "districts": list(header.districts),
        "interpreter": header.interpreter.value,
        "ask_next": list(header.ask_next),
        "as_of": day.isoformat(),
        "standing": standing(status),
        "validity": validity_json(status),
        "articles": [{"id": article.id, "label": article.label} for article in policy.articles.values()],
        "measures": [_measure_row(loaded) for loaded in policy.measures],
    }


def article_json(policy: LoadedPolicy, article: Article) -> Json:
    """An article: its text, where it stands in the published source, and the measures quoted from it."""
    return {
        "policy": policy.id,
        "policy_title": policy.header.title,
        "article": article.id,
        "label": article.label,
        "parent": article.parent,
        "text": article.text,
        "span": [article.start, article.end],
        "measures": [_measure_row(loaded) for loaded in measures_of(policy, article)],
    }


def measures_of(policy: LoadedPolicy, article: Article) -> Iterator[LoadedMeasure]:
    """The measures whose quote stands in an article or in one of its items."""
    return (loaded for loaded in policy.measures if article.id in (loaded.article.id, loaded.article.parent))


def _measure_row(loaded: LoadedMeasure) -> Json:
    measure = loaded.measure
    return {
        "id": loaded.id,
        "title": measure.title,
        "article": loaded.article.id,
        "label": loaded.article.label,
        "beneficiary": measure.beneficiary,
        "monetary": loaded.monetary,
        "quotes": list(measure.quote),
    }
