"""Where things stand: measures in their files, quotes and words in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from policies.findings import Path
from policies.law import LoadedMeasure, LoadedPolicy
from policies.model.base import Cite


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of an article: ``start`` and ``end`` count the characters of the article's text."""

    article: str
    start: int
    end: int


def measures(policy: LoadedPolicy) -> Iterator[tuple[LoadedMeasure, Path]]:
    """Every measure with the path to it in its file."""
    counts: dict[str, int] = {}
    for loaded in policy.measures:
        position = counts[loaded.file] = counts.get(loaded.file, -1) + 1
        yield loaded, ("measures", position)


def header_file(policy: LoadedPolicy) -> str:
    """The name of the header file in messages."""
    return f"{policy.id}/policy.yaml"


def files_of(policy: LoadedPolicy, article: str) -> list[str]:
    """The names of the files written for an article; there should be one at most."""
    pattern = re.compile(rf"""^article:\s*["']?{re.escape(article)}["']?\s*(#.*)?$""", re.MULTILINE)
    return [name for name, text in policy.texts.items() if not name.endswith("/policy.yaml") and pattern.search(text)]


def file_of(policy: LoadedPolicy, article: str) -> str:
    """The file that holds an article's measures and numbers that are no rules, or the one to make for it."""
    stem = f"{int(article):02d}" if article.isdigit() else article
    return next(iter(files_of(policy, article)), f"{policy.id}/article-{stem}.yaml")


def quotes(loaded: LoadedMeasure) -> list[Cite]:
    """All sentences a measure rests on: its own, then those of other articles."""
    own = [Cite(article=loaded.article.id, quote=quote) for quote in loaded.measure.quote]
    return [*own, *loaded.measure.also]


def locate(policy: LoadedPolicy, words: str, cites: Sequence[Cite]) -> Passage | None:
    """Where words stand: in the first of the sentences that has them."""
    for cite in cites:
        inside = cite.quote.find(words)
        if inside >= 0:
            start = policy.articles[cite.article].text.index(cite.quote) + inside
            return Passage(cite.article, start, start + len(words))
    return None


def anywhere(policy: LoadedPolicy, words: str) -> Passage | None:
    """Where words stand: in the first article that has them (scope conditions cite no sentence)."""
    for article in policy.articles.values():
        start = article.text.find(words)
        if start >= 0:
            return Passage(article.id, start, start + len(words))
    return None


def offset(policy: LoadedPolicy, article: str) -> int:
    """Where an article begins in the mended text of its document."""
    return policy.mended.offsets.index(policy.articles[article].start)


def source_span(policy: LoadedPolicy, passage: Passage) -> tuple[int, int]:
    """The characters of ``source.txt`` a passage covers (start, end)."""
    begin = offset(policy, passage.article)
    return policy.mended.span(begin + passage.start, begin + passage.end)
