"""A conversation as a test plays it: what was said, what was answered, and the question that stands."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from dialogs.advance import Dialog
from dialogs.choose import assess, next_question, question_by_id
from dialogs.incoming import Incoming, Opened, Picked, Said
from dialogs.questions import Question
from dialogs.replies import Ask, Document, Menu, Reply, Report, Text
from dialogs.report import report_words
from dialogs.session import Session, State
from policies.engine.assessment import Assessment
from policies.values import from_data

DAY = date(2024, 3, 1)


class Talk:
    """Plays one conversation and keeps the last replies."""

    def __init__(self, dialog: Dialog, as_of: date = DAY, session: Session | None = None) -> None:
        self.dialog = dialog
        self.session = session or dialog.start("test", as_of)
        self.replies: tuple[Reply, ...] = ()

    def take(self, incoming: Incoming) -> str:
        """Advance by one message; the words of the replies."""
        self.session, self.replies = self.dialog.advance(self.session, incoming)
        return self.words

    def open(self) -> str:
        return self.take(Opened())

    def say(self, *texts: str) -> str:
        for text in texts:
            self.take(Said(text))
        return self.words

    def pick(self, *keys: str) -> str:
        """Press choices of the question that stands."""
        question = self.question
        return self.take(Picked(question.id if question else "", self.session.revision, keys))

    @property
    def words(self) -> str:
        return "\n".join(words(self.replies, self.dialog))

    @property
    def ask(self) -> Ask | None:
        """The last question asked in the last replies."""
        return next((reply for reply in reversed(self.replies) if isinstance(reply, Ask)), None)

    @property
    def state(self) -> State:
        return State(self.session)

    @property
    def assessment(self) -> Assessment:
        return assess(self.dialog.engine, self.state)

    @property
    def question(self) -> Question | None:
        return standing_question(self.dialog, self.session)


def standing_question(dialog: Dialog, session: Session) -> Question | None:
    """The question a session stands at."""
    state = State(session)
    again = question_by_id(dialog.catalogue, state, state.reopened) if state.reopened else None
    return again or next_question(dialog.catalogue, state, assess(dialog.engine, state))


def words(replies: Iterable[Reply], dialog: Dialog) -> list[str]:
    """Everything a person reads in replies, choices and reports included."""
    read: list[str] = []
    for reply in replies:
        if isinstance(reply, Text | Document):
            read.append(reply.text)
        elif isinstance(reply, Report):
            read += _leaves(report_words(dialog.presenter, _assessed(dialog, reply), reply.answers))
        elif isinstance(reply, Ask):
            labels = [choice.label for choice in (*reply.choices, *reply.commands)]
            read += [reply.text, reply.help or "", " ".join(labels)]
        elif isinstance(reply, Menu):
            read.append(" ".join(choice.label for choice in reply.choices))
    return read


def _assessed(dialog: Dialog, report: Report) -> Assessment:
    facts = {key: from_data(data) for key, data in report.facts.items()}
    return dialog.engine.assess(facts, report.as_of, report.policies)


def _leaves(part: Any) -> list[str]:
    if isinstance(part, dict):
        return [leaf for value in part.values() for leaf in _leaves(value)]
    return [leaf for value in part for leaf in _leaves(value)] if isinstance(part, list) else [str(part)]
