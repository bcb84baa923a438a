"""A check worked out: the form with its fields and mistakes, and everything that follows from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.web.desk.check.query import Known, Query
from dialogs.answers import NotUnderstoodError
from dialogs.check.caller import Caller
from dialogs.check.fields import FieldGroup, field_groups
from dialogs.check.lines import Mark, MarkedList, marked_lists, name_of, told_by
from dialogs.check.reading import read_field
from dialogs.commands import BadDateError, read_day
from dialogs.questions import Catalogue, Question
from policies.engine.assessment import Assessment
from policies.values import Value
from policies.vocabulary import PLACE


@dataclass(frozen=True)
class Sheet:
    """One check.

    ``wrong``: what could not be read, in Chinese, by the name of the fact; ``wrong_day``: the same of the date. ``query``:
    with the rest of a list denied where that was wanted.
    """

    query: Query
    caller: Caller
    assessment: Assessment
    question: Question | None
    lists: tuple[MarkedList, ...]
    groups: tuple[FieldGroup, ...]
    wrong: Mapping[str, str]
    wrong_day: str | None


def known_to(catalogue: Catalogue) -> Known:
    """What an address may name."""
    corpus = catalogue.engine.corpus
    return Known(
        places=corpus.by_district.keys(),
        lines={name_of(line) for _, lines in catalogue.tick_lists for line in lines},
        lists={tick_list.id for tick_list, _ in catalogue.tick_lists},
        facts=corpus.facts.keys() - {PLACE},
    )


def worked_out(catalogue: Catalogue, query: Query, today: date) -> Sheet:
    """What follows from an address. A field that cannot be read counts as not said, and is told."""
    engine = catalogue.engine
    figures, wrong = read_figures(catalogue, query.figures)
    as_of, wrong_day = _day(query.day, today)
    documents = Caller(query.where, as_of, {}).documents(engine)
    lists = marked_lists(catalogue, documents, query.marks)
    if query.rest:
        denied = {
            line.name: Mark.NO for one in lists if one.id == query.rest for line in one.lines if line.mark is None
        }
        query = query.model_copy(update={"marks": {**query.marks, **denied}, "rest": ""})
        lists = marked_lists(catalogue, documents, query.marks)
    told = told_by(lists, figures)
    shown = frozenset(line.line.label for one in lists for line in one.lines if line.mark is not None)
    asks = tuple(key for key in query.asks if key not in told)
    caller = Caller(query.where, as_of, told, shown, asks)
    assessment = caller.assess(engine)
    question = caller.next_question(catalogue, assessment)
    groups = field_groups(catalogue, assessment, lists, question, {*query.figures, *_without_a_line(lists, asks)})
    return Sheet(query.model_copy(update={"asks": asks}), caller, assessment, question, lists, groups, wrong, wrong_day)


def _without_a_line(lists: Iterable[MarkedList], keys: Iterable[str]) -> set[str]:
    """The facts that no line on offer answers by itself."""
    return set(keys).difference(*(line.line.ticked for one in lists for line in one.lines))


def read_figures(
    catalogue: Catalogue, figures: Mapping[str, Sequence[str]]
) -> tuple[dict[str, Value | None], dict[str, str]]:
    """What was written into fields, and why some of it could not be read."""
    told: dict[str, Value | None] = {}
    wrong: dict[str, str] = {}
    for key, words in figures.items():
        try:
            told[key] = read_field(catalogue, key, words)
        except NotUnderstoodError as error:
            wrong[key] = str(error)
    return told, wrong


def _day(typed: str, today: date) -> tuple[date, str | None]:
    """The date asked about: today, unless another one can be read; and why it cannot."""
    try:
        return (read_day(typed) if typed else today), None
    except BadDateError as error:
        return today, str(error)
