"""What the header of a document states, where, and for which questions: the structure search and quotes go by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from policies.law import LoadedPolicy
from policies.model.base import Cite
from policies.model.policy import Policy, Pool


@dataclass(frozen=True, slots=True)
class Ground:
    """A sentence of an article and what it is there to answer.

    ``of``: a kind of question or a key of ``rules`` in ``language.yaml`` (or ``None``: it is only told). ``says``: the
    officer's plain words for it. ``shared_by``: titles of measures of other articles that share the amount or places.
    """

    of: str | None
    article: str
    quote: str
    says: str | None = None
    shared_by: tuple[str, ...] = ()


def grounds(policy: LoadedPolicy) -> Iterator[Ground]:
    """All that a document's header states with a citation. One statement may answer several kinds of question."""
    for of, cite, says in _stated(policy.header, {loaded.measure.id: loaded.article.id for loaded in policy.measures}):
        if cite is not None:
            yield Ground(of, cite.article, cite.quote, says)
    measures = {loaded.measure.id: loaded for loaded in policy.measures}
    for pool in policy.header.pools:
        if pool.cite is not None:
            sharing = [measures[measure] for measure in pool.measures]
            elsewhere = tuple(loaded.measure.title for loaded in sharing if loaded.article.id != pool.cite.article)
            of = "pot" if pool.amount.is_money else "quota"
            yield Ground(of, pool.cite.article, pool.cite.quote, shared_by_all(pool), elsewhere)


def shared_by_all(pool: Pool) -> str:
    """What all applicants of a year share: a number of places, or an amount."""
    return pool.title if pool.amount.text in pool.title else f"{pool.title}：{pool.amount.text}"


def _stated(header: Policy, articles: Mapping[str, str]) -> Iterator[tuple[str | None, Cite | None, str | None]]:
    yield "validity", header.effective.starts.cite, None
    yield "validity", header.effective.ends.cite, None
    yield "contact", header.interpreter.cite, None
    for stated in (header.number, header.registration, header.issuer):
        yield "document", None if stated is None else stated.cite, None
    yield "definition", header.bounds.cite, None
    for definition in header.definitions:
        yield "definition", definition.cite, definition.term
    for cap in header.caps:
        if cap.over:
            yield None, cap.cite, cap.title
        else:
            yield "stacking", cap.cite, cap.title
            yield "total", cap.cite, cap.title
            if cap.of is not None:
                yield "contribution", cap.cite, cap.title
    for choice in header.choose_one:
        # A choice among the measures of one article is a matter of that article, not of what goes with what.
        among = {articles.get(measure) for group in choice.groups for measure in group}
        yield "stacking" if len(among) > 1 else None, choice.cite, choice.title
        yield "same_matter" if len(among) > 1 else None, choice.cite, choice.title
    for higher in header.higher_of:
        yield "stacking", higher.cite, higher.title
        yield "same_matter", higher.cite, higher.title
    for general in header.rules:
        yield general.kind, general.cite, general.says
    yield "net_of_tax", header.net_of_tax, None
    yield "full", header.maxima, None
