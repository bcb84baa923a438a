"""A sentence heard on the phone, put into the fields of the form, where it can be seen and corrected."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.web.desk.check.filled import filled_in
from bot.web.desk.check.query import Query
from dialogs.check.lines import Mark, name_of
from dialogs.questions import Catalogue
from knowledge.understand import Reader
from policies.answers import value_text
from policies.values import Value
from policies.vocabulary import PLACE


@dataclass(frozen=True, slots=True)
class Heard:
    """What was taken from a sentence.

    ``query``: the form with it filled in. ``rows``: label, value and the words it rests on. ``questions``: what was only
    half heard, as it is asked back. ``elsewhere``: a place without documents. ``keys``: the facts taken.
    """

    query: Query
    rows: tuple[tuple[str, str, str], ...]
    questions: tuple[str, ...]
    elsewhere: str | None
    keys: frozenset[str]


def hear(catalogue: Catalogue, reader: Reader, query: Query, text: str, as_of: date) -> Heard:
    """Fill what a sentence says into a form; what it says anew replaces what stood there."""
    facts = catalogue.facts
    understood = reader.read(text, as_of, query.where[0] if len(query.where) == 1 else None)
    told = {key: value for key, value in understood.facts.items() if key != PLACE}
    place = understood.facts.get(PLACE) or understood.district
    here = isinstance(place, str) and place in catalogue.engine.corpus.by_district
    fresh, beside = filled_in(catalogue, told)
    uncertain = [doubt for doubt in understood.uncertain if doubt.why != "asked"]
    taken = {PLACE: place, **told} if here else told
    return Heard(
        query.model_copy(
            update={
                "where": (place,) if here else query.where,
                "marks": {**_left(catalogue, query.marks, told), **fresh},
                "figures": {
                    **{key: words for key, words in query.figures.items() if key not in told},
                    **beside,
                },
                "asks": tuple(dict.fromkeys(doubt.key for doubt in uncertain if doubt.key != PLACE)),
            }
        ),
        tuple(
            (facts[key].label, value_text(facts[key], value), text[slice(*understood.evidence.get(key, (0, 0)))])
            for key, value in taken.items()
        ),
        tuple(dict.fromkeys(doubt.question for doubt in uncertain)),
        understood.elsewhere,
        frozenset(taken),
    )


def _left(catalogue: Catalogue, marks: Mapping[str, Mark], told: Mapping[str, Value | None]) -> dict[str, Mark]:
    """The marks set before that are not at odds with what was told."""
    lines = {name_of(line): line for _, lines in catalogue.tick_lists for line in lines}

    def stands(name: str, mark: Mark) -> bool:
        says = lines[name].ticked if mark is Mark.YES else lines[name].unticked
        return all(told.get(key, value) == value for key, value in says.items())

    return {name: mark for name, mark in marks.items() if stands(name, mark)}
