"""Facts known otherwise, put into a form: marks where lines say them, fields for the rest."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from bot.web.desk.check.query import Query
from dialogs.check.lines import Mark, marks_in, name_of
from dialogs.check.reading import written
from dialogs.questions import Catalogue
from policies.values import Facts, Value
from policies.vocabulary import PLACE


def filled_in(catalogue: Catalogue, told: Facts) -> tuple[dict[str, Mark], dict[str, tuple[str, ...]]]:
    """The marks that facts come to, and the fields of those no mark says, as they would be typed."""
    marks = marks_in(catalogue, told)
    beside = {key: value for key, value in told.items() if not _is_marked(catalogue, marks, key, value)}
    return marks, {key: written(catalogue.facts[key], value) for key, value in beside.items()}


def form_of(catalogue: Catalogue, facts: Facts, as_of: date) -> Query:
    """A whole form filled with what is known of an enterprise on a date."""
    place = facts.get(PLACE)
    where = (place,) if isinstance(place, str) and place in catalogue.engine.corpus.by_district else ()
    marks, figures = filled_in(catalogue, {key: value for key, value in facts.items() if key != PLACE})
    return Query(where=where, day=as_of.isoformat(), marks=marks, figures=figures)


def _is_marked(catalogue: Catalogue, marks: Mapping[str, Mark], key: str, value: Value | None) -> bool:
    """Whether marks say a fact already."""
    for line in (line for _, lines in catalogue.tick_lists for line in lines):
        mark = marks.get(name_of(line))
        if mark is Mark.UNSURE and key in (*line.ticked, *line.unticked):
            return True
        says = {Mark.YES: line.ticked, Mark.NO: line.unticked}.get(mark, {}) if mark is not None else {}
        if key in says and says[key] == value:
            return True
    return False
