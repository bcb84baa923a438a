"""What a turn is counted as, for staff: which questions are asked and how they end, which clauses results come to.

What is counted, and its key: ``begun`` (a channel), ``asked``, ``answered``, ``unsure``, ``changed``, ``back`` (a question,
see :func:`question_key`), ``told`` (nothing), ``finished`` (nothing), ``met``, ``disputed``, ``near``, ``open`` (a measure),
``lookup`` (how it ended).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from bot.figures.gaps import gap_of
from bot.store.store import Gap, Noted, Pending
from dialogs.advance import Dialog
from dialogs.groups import DISPUTED, MET, NEAR, OPEN, items
from dialogs.questions import LIST, TOLD
from dialogs.replies import Ask, LookedUp, Menu, Reply, Text
from dialogs.session import Answered, Reopened, Session, Undone

FINISHED = ""
"""The question that is open when everything was asked."""
GROUPS = {MET: "met", DISPUTED: "disputed", NEAR: "near", OPEN: "open"}


def noted(dialog: Dialog, before: Pending, after: Session, replies: Sequence[Reply], day: date, *, gaps: bool) -> Noted:
    """What one turn adds to the figures. Pure.

    Args:
        dialog: the conversation's.
        before: the message with its conversation before the turn.
        after: the session the turn left.
        replies: what was said.
        day: on which it is counted.
        gaps: whether questions without an answer are kept.
    """
    question = _open(replies, before.question)
    looked = [reply.looked_up for reply in replies if isinstance(reply, Text) and reply.looked_up is not None]
    counted = [*_begun(before), *_answers(before, after), *(("lookup", found.outcome) for found in looked)]
    if question and question != before.question:
        counted.append(("asked", question))
    if question == FINISHED and before.question not in (FINISHED, None):
        counted += _finished(dialog, after)
    return Noted(day.isoformat(), tuple(counted), question, _gaps(looked) if gaps else ())


def noted_lookup(found: LookedUp, day: date, *, gaps: bool) -> Noted:
    """What a question looked up outside of conversations adds. Pure."""
    return Noted(day.isoformat(), (("lookup", found.outcome),), gaps=_gaps([found]) if gaps else ())


def _gaps(looked: Sequence[LookedUp]) -> tuple[Gap, ...]:
    return tuple(gap for found in looked if (gap := gap_of(found.question, found.outcome)) is not None)


def question_key(question: str) -> str:
    """A question as it is counted: a list however often it was shown, everything told of one's own accord together."""
    if question.startswith(LIST):
        return question.rpartition(":")[0]
    return TOLD if question.startswith(f"{TOLD}:") else question


def _open(replies: Sequence[Reply], before: str | None) -> str | None:
    """The question that is open after the replies; what says nothing of it leaves it as it was."""
    asks = [reply for reply in replies if isinstance(reply, Ask)]
    if asks:
        return question_key(asks[-1].question)
    return FINISHED if any(isinstance(reply, Menu) for reply in replies) else before


def _begun(before: Pending) -> Iterator[tuple[str, str]]:
    if before.session is None and not before.broken:
        yield "begun", before.inbound.channel


def _answers(before: Pending, after: Session) -> Iterator[tuple[str, str]]:
    """What the turn added to the log. A log taken over adds nothing: its answers were counted when they were given."""
    known = before.session.events if before.session is not None else ()
    if after.events[: len(known)] != known or (before.session is not None and after.id != before.session.id):
        return
    for event in after.events[len(known) :]:
        if isinstance(event, Answered):
            yield _answered(event), question_key(event.question)
        elif isinstance(event, Undone):
            yield "back", before.question or FINISHED
        elif isinstance(event, Reopened):
            yield "changed", question_key(event.question)


def _answered(event: Answered) -> str:
    if event.question.startswith(f"{TOLD}:"):
        return "told"
    return "answered" if any(value is not None for value in event.facts.values()) else "unsure"


def _finished(dialog: Dialog, after: Session) -> Iterator[tuple[str, str]]:
    yield "finished", ""
    for item in items(dialog.standing(after).assessment):
        if item.group in GROUPS:
            yield GROUPS[item.group], item.result.id
