"""What the pages show of a conversation, as data for their templates. Every figure comes from the assessment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bot.channels.web import Spoken
from bot.handover.exchange import Shown
from bot.web.common.assessed import assessed
from bot.web.common.charts import bar, top_of
from dialogs.advance import Dialog, Standing
from dialogs.compare import compared, everywhere
from dialogs.incoming import Opened
from dialogs.replies import Ask, Report, Text
from dialogs.report import report_of
from dialogs.session import Session, State
from policies.days import day_text

_FOLDED = 3  # answers given last that stand open; the earlier ones are folded


def chat(dialog: Dialog, session: Session, said: Sequence[Spoken], people: Shown | None) -> dict[str, Any]:
    """The chat page: what was said last, the question that stands or else the result, and the answers so far.

    ``people``: the hand-over it had last; while a person holds the conversation nothing is asked.
    """
    standing = dialog.standing(session)
    state = standing.state
    answers = [answer.said for answer in state.answers.values()]
    questions = list(state.answers)
    return {
        "revision": session.revision,
        "people": people,
        "begun": bool(session.events),
        "welcome": "" if session.events else _welcome(dialog, session),
        "answers": list(enumerate(answers, start=1)),
        "folded": max(0, len(answers) - _FOLDED),
        "editing": questions.index(state.reopened) + 1 if state.reopened in questions else None,
        "notes": _notes(dialog, session, standing, said) if said else [],
        "ask": _ticked_again(standing.ask, said) if standing.ask is not None else None,
        "why": standing.why,
        "located": state.located,
        "as_of": state.as_of,
        "day": day_text(state.as_of),
        "so_far": compared(standing.assessment) if standing.ask is not None else None,
        **(assessed(dialog.presenter, standing.assessment) if standing.ask is None else {}),
    }


def comparison(dialog: Dialog, session: Session) -> dict[str, Any]:
    """The districts side by side for what was said."""
    standing = dialog.standing(session)
    rows, others = compared(everywhere(dialog.engine, standing.state.facts, standing.state.as_of))
    top = top_of((row.low, row.high) for row in rows)
    return {
        "rows": [(row, bar(row.low, row.high, top)) for row in rows],
        "others": others,
        "answered": len(standing.state.answers),
        "day": day_text(standing.state.as_of),
    }


def report(dialog: Dialog, session: Session) -> Report | None:
    """What the report is made from; ``None`` as long as it is not said where."""
    state = State(session)
    return report_of(dialog.engine, state) if state.located else None


def _welcome(dialog: Dialog, session: Session) -> str:
    fresh = session.model_copy(update={"events": ()})
    _, replies = dialog.advance(fresh, Opened())
    return next((reply.text for reply in replies if isinstance(reply, Text)), "")


def _notes(dialog: Dialog, session: Session, standing: Standing, said: Sequence[Spoken]) -> list[dict[str, Any]]:
    """What each turn said, without what the page shows anyway."""
    shown = {_welcome(dialog, session)}
    if standing.ask is None:
        shown.add(dialog.presenter.result(standing.assessment))
    notes = [
        {
            "typed": piece.typed,
            "texts": [part.text for part in piece.parts if part.kind == "text" and part.text not in shown],
            "files": [part for part in piece.parts if part.kind == "file"],
            "report": any(part.kind == "report" for part in piece.parts),
        }
        for piece in said
    ]
    return [note for note in notes if note["texts"] or note["files"] or note["report"]]


def _ticked_again(ask: Ask, said: Sequence[Spoken]) -> Ask:
    """A list whose ticks were refused keeps them."""
    kept = {key for piece in said if piece.revision == ask.revision for key in piece.ticked}
    return replace(ask, ticked=frozenset(kept)) if ask.multiple and kept else ask
