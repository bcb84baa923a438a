"""What a document cites and where: so that a swapped sentence shows although it changes no amount."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from pydantic import BaseModel

from policies.engine.validity import validity
from policies.law import LoadedMeasure, LoadedPolicy
from policies.model.award import Award
from policies.model.base import Cite
from policies.model.condition import leaves
from policies.places import Passage, anywhere, locate, quotes, source_span


def articles(policy: LoadedPolicy) -> list[object]:
    """Where each article stands in the source."""
    return [{"id": article.id, "span": [article.start, article.end]} for article in policy.articles.values()]


def cites(policy: LoadedPolicy) -> Sequence[object]:
    """Where each sentence the header cites, and the words of its scope, stand."""
    return [{"at": at, **_span(policy, _cited(policy, cite))} for at, cite in _walk(policy.header, "")] + [
        {"at": "scope", **_span(policy, anywhere(policy, leaf.test.words))}
        for condition in policy.header.scope
        for leaf in leaves(condition)
    ]


def quoted(policy: LoadedPolicy, loaded: LoadedMeasure) -> Sequence[object]:
    """Where each sentence a measure rests on stands."""
    return [_span(policy, _cited(policy, cite)) for cite in quotes(loaded)]


def words(policy: LoadedPolicy, loaded: LoadedMeasure) -> list[object]:
    """Where the words of each condition stand, those of other readings after the default's."""
    cites = quotes(loaded)
    conditions = [*loaded.measure.requires]
    for reading in loaded.measure.readings:
        for variant in reading.otherwise.values():
            conditions += variant.requires or ()
    found: list[object] = []
    for condition in conditions:
        for leaf in leaves(condition):
            presumed = {"presumed": True} if leaf.test.presumed else {}
            found.append({"for": list(leaf.facts), **presumed, **_span(policy, locate(policy, leaf.test.words, cites))})
    return found


def awards(policy: LoadedPolicy, loaded: LoadedMeasure) -> list[object]:
    """Kind of the award under each reading, and where the words that state it stand."""
    cites = quotes(loaded)
    awards: list[tuple[str, Award]] = [("", loaded.measure.award)]
    for reading in loaded.measure.readings:
        for option, variant in reading.otherwise.items():
            if variant.award is not None:
                awards.append((f"{reading.id}.{option}", variant.award))
    found: list[object] = []
    for name, award in awards:
        kind: dict[str, object] = {"reading": name, "kind": award.kind} if name else {"kind": award.kind}
        said = [words for words in (award.words, *(limit.words for limit in award.limits)) if words is not None]
        spans = [source_span(policy, place) for words in said if (place := locate(policy, words, cites)) is not None]
        if award.maximum:
            kind["maximum"] = True
        if any(limit.mode != "ceiling" for limit in award.limits):
            kind["limits"] = [limit.mode for limit in award.limits]
        found.append({**kind, "spans": [list(span) for span in spans]})
    return found


def reading_rules(loaded: LoadedMeasure) -> list[object]:
    """Readings that are computed: which one the figures follow, and what becomes of the verdict where they disagree."""
    return [
        {"id": reading.id, "default": reading.default, "otherwise": list(reading.otherwise), "differ": reading.differ}
        for reading in loaded.measure.readings
        if reading.otherwise
    ]


def days(policy: LoadedPolicy) -> Sequence[object]:
    """The document's status on the last day before and the first day after each turn."""
    header = policy.header
    windows = [(header.effective.starts, header.effective.ends)]
    if header.predecessor is not None:
        windows.append((header.predecessor.starts, header.predecessor.ends))
    turns = {
        turn
        for starts, ends in windows
        for day, later in ((starts, 0), (ends, 1))
        for edge in (day.earliest, day.latest)
        if edge is not None
        for turn in (edge + timedelta(days=later - 1), edge + timedelta(days=later))
    }
    return [_status(policy, turn) for turn in sorted(turns)]


def _span(policy: LoadedPolicy, passage: Passage | None) -> dict[str, object]:
    if passage is None:
        return {"article": None}
    return {"article": passage.article, "span": list(source_span(policy, passage))}


def _walk(model: BaseModel, path: str) -> Iterator[tuple[str, Cite]]:
    for name in type(model).model_fields:
        value = getattr(model, name)
        items = value if isinstance(value, tuple) else (value,)
        for index, item in enumerate(items):
            at = f"{path}{name}.{index}" if isinstance(value, tuple) else f"{path}{name}"
            if isinstance(item, Cite):
                yield at, item
            elif isinstance(item, BaseModel):
                yield from _walk(item, f"{at}.")


def _cited(policy: LoadedPolicy, cite: Cite) -> Passage:
    start = policy.articles[cite.article].text.index(cite.quote)
    return Passage(cite.article, start, start + len(cite.quote))


def _status(policy: LoadedPolicy, day: date) -> dict[str, object]:
    found = validity(policy.header, day)
    shown: dict[str, object] = {"day": day, "status": found.status, "certainty": found.certainty}
    if found.as_if is not None:
        shown["as_if"] = found.as_if
    if found.predecessor is not None:
        shown["predecessor"] = found.predecessor
    return shown
