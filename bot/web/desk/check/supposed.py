"""What if: one fact of a check changed, and what that changes."""

from __future__ import annotations

from dataclasses import dataclass

from bot.web.desk.check.sheet import Sheet
from dialogs.answers import NotUnderstoodError
from dialogs.check.reading import read_field
from dialogs.questions import Catalogue
from dialogs.what_if import DocumentChange, differences, suppose
from policies.answers import value_text
from policies.model.fact import Fact


@dataclass(frozen=True, slots=True)
class Supposed:
    """A fact chosen, what it is now and would be, and what is different then. ``wrong``: why it could not be read."""

    fact: Fact
    now: str
    then: str | None = None
    wrong: str | None = None
    changes: tuple[DocumentChange, ...] = ()


def supposed(catalogue: Catalogue, sheet: Sheet) -> Supposed | None:
    """What an address supposes; ``None`` when it supposes nothing."""
    key = sheet.query.supposed_fact
    if not key:
        return None
    fact, told = catalogue.facts[key], sheet.caller.told
    now = value_text(fact, told[key]) if key in told else "还没有问"
    if not sheet.query.supposed:
        return Supposed(fact, now)
    try:
        value = read_field(catalogue, key, sheet.query.supposed)
    except NotUnderstoodError as error:
        return Supposed(fact, now, wrong=str(error))
    after = suppose(catalogue.engine, sheet.assessment, sheet.caller.facts, {key: value})
    return Supposed(fact, now, value_text(fact, value), None, differences(sheet.assessment, after))


def can_be_supposed(catalogue: Catalogue, sheet: Sheet) -> tuple[Fact, ...]:
    """The facts worth supposing: those with a field or a mark, and those whose line is on offer."""
    keys = {fact.key for group in sheet.groups for fact in group.fields} | sheet.caller.told.keys()
    keys |= {key for one in sheet.lists for line in one.lines for key in line.line.ticked}
    keys |= {sheet.query.supposed_fact}
    return tuple(fact for key, fact in catalogue.facts.items() if key in keys)
