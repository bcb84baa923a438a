"""What the page of a check shows, as data for its templates."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.web.common.assessed import assessed
from bot.web.common.charts import bar, top_of
from bot.web.desk.check.query import address_of
from bot.web.desk.check.sheet import Sheet
from bot.web.desk.check.supposed import can_be_supposed, supposed
from dialogs.advance import Dialog
from dialogs.answers import UNSURE
from dialogs.check.fields import values_of
from dialogs.check.lines import name_of
from dialogs.check.open_facts import OpenFact, open_facts
from dialogs.compare import compared, everywhere
from dialogs.groups import DISPUTED, MET, NEAR, OPEN
from dialogs.needs import needs
from dialogs.reasons_to_ask import reasons_to_ask
from dialogs.wording import change_text
from policies.model.fact import Fact

_SPEAKING = {MET, DISPUTED, NEAR, OPEN}
_TICKED = 24  # districts offered as boxes; more are typed, with a list to pick from
_EXAMPLES = {"money": "例如 1200万元", "share": "例如 8%"}


def shown(dialog: Dialog, sheet: Sheet) -> dict[str, Any]:
    """Everything below the box for a sentence."""
    missing = open_facts(dialog.engine, sheet.assessment, sheet.caller.told.keys())
    fields = values_of(sheet.groups)
    return {
        "sheet": sheet,
        "address": address_of(sheet.query),
        "districts": tuple(dialog.engine.corpus.by_district),
        "few_districts": len(dialog.engine.corpus.by_district) <= _TICKED,
        "unsure": UNSURE,
        "example": _example,
        "kept": {key: words for key, words in sheet.query.figures.items() if key not in fields},
        "place": lambda key: _place(sheet, fields, key),
        "change": change_text,
        "missing": missing,
        **_next(dialog, sheet),
        **_found(dialog, sheet, missing),
        **_compared(dialog, sheet),
        "supposed": supposed(dialog.catalogue, sheet),
        "supposable": can_be_supposed(dialog.catalogue, sheet),
    }


def _example(fact: Fact) -> str:
    return _EXAMPLES.get(fact.type, f"例如 3{fact.unit}")


def _place(sheet: Sheet, fields: Mapping[str, Fact], key: str) -> str | None:
    """Where in the form a fact is answered; ``None`` when it is not asked."""
    if key in fields:
        return f"f-{key}"
    lines = (line for marked in sheet.lists for line in marked.lines)
    return next((f"m-{line.name}" for line in lines if key in (*line.line.ticked, *line.line.unticked)), None)


def _next(dialog: Dialog, sheet: Sheet) -> dict[str, Any]:
    """The question to ask the caller, why, and where the answer goes."""
    question = sheet.question
    if question is None:
        return {"question": None, "targets": {}}
    open_ = needs(sheet.assessment, sheet.caller.facts.keys())
    fields = values_of(sheet.groups)
    if question.kind == "where":
        targets = {"where": "地区"}
    elif question.kind == "list":
        targets = {f"m-{name_of(line)}": line.label for line in question.lines}
    else:
        facts = (dialog.catalogue.facts[key] for key in question.facts)
        targets = {place: fact.label for fact in facts if (place := _place(sheet, fields, fact.key)) is not None}
    return {
        "question": question,
        "targets": targets,
        "why": reasons_to_ask(dialog.engine, question, open_, sheet.assessment.as_of),
    }


def _found(dialog: Dialog, sheet: Sheet, missing: tuple[OpenFact, ...]) -> dict[str, Any]:
    """The documents something was said to, what to say of them, and the names of the others."""
    found = assessed(dialog.presenter, sheet.assessment)
    speaking = [one for one in found["documents"] if one["nominal"] is not None or _SPEAKING & one["groups"].keys()]
    labels = [one.fact.label for one in missing if not one.asked]
    return {
        **found,
        "documents": speaking,
        "silent": [one["short"] for one in found["documents"] if one not in speaking],
        "say": dialog.presenter.script(sheet.assessment, labels) if speaking else None,
    }


def _compared(dialog: Dialog, sheet: Sheet) -> dict[str, Any]:
    """Other districts, where they are wanted: all documents are judged for it."""
    if not sheet.query.compare:
        return {"rows": (), "others": ()}
    rows, others = compared(everywhere(dialog.engine, sheet.caller.facts, sheet.assessment.as_of))
    top = top_of((row.low, row.high) for row in rows)
    return {"rows": [(row, bar(row.low, row.high, top)) for row in rows], "others": others}
