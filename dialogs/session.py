"""A conversation as data: an append-only log of what the enterprise said. Everything else is a replay of it."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from datetime import date
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from policies.answers import fits
from policies.model.fact import Fact
from policies.values import Facts, Value, from_data


class _Event(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Answered(_Event):
    """An answer to a question. ``facts``: what it says, as stored data; ``None`` for 不清楚.

    ``shown``: the lines of a list that were on offer, so that a list asked again offers only new ones. ``said``: the
    answer in words, for the summary. ``doubts``: facts heard without being sure, to be asked next.
    """

    kind: Literal["answered"] = "answered"
    question: str
    facts: dict[str, Any]
    said: str
    shown: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


class Undone(_Event):
    """The last answer is taken back; while an answer is reopened, only the reopening is."""

    kind: Literal["undone"] = "undone"


class Reopened(_Event):
    """An answer given earlier is asked again; until it is answered it keeps its old value."""

    kind: Literal["reopened"] = "reopened"
    question: str


class Dated(_Event):
    """The date asked about is another one."""

    kind: Literal["dated"] = "dated"
    as_of: date


class Restarted(_Event):
    """Everything said so far no longer counts; it stays in the log."""

    kind: Literal["restarted"] = "restarted"


Event = Annotated[Answered | Undone | Reopened | Dated | Restarted, Field(discriminator="kind")]


class Session(BaseModel):
    """One conversation: which corpus and date it started with, and its log."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    corpus_version: str
    as_of: date
    events: tuple[Event, ...] = ()

    def append(self, event: Event) -> Session:
        """The session with one more event."""
        return self.model_copy(update={"events": (*self.events, event)})

    @property
    def revision(self) -> int:
        """How long the log is: a button shown at another revision is stale."""
        return len(self.events)


class State:
    """What a log amounts to: the date, the answers in force (oldest first), and the question reopened, if any."""

    def __init__(self, session: Session) -> None:
        """Replay a session's log."""
        self.as_of = session.as_of
        self._stack: list[Answered] = []
        self.reopened: str | None = None
        for event in session.events:
            self._apply(event, session)

    def _apply(self, event: Event, session: Session) -> None:
        if isinstance(event, Reopened):
            self.reopened = event.question
            return
        reopened, self.reopened = self.reopened, None
        if isinstance(event, Answered):
            self._stack.append(event)
        elif isinstance(event, Undone):
            if reopened is None:
                del self._stack[-1:]
        elif isinstance(event, Dated):
            self.as_of = event.as_of
        else:
            self._stack.clear()
            self.as_of = session.as_of

    def without(self, question: str) -> State:
        """The same conversation without one answer."""
        other = copy(self)
        other.__dict__.pop("facts", None)  # worked out anew, without that answer
        other._stack = [answer for answer in self._stack if answer.question != question]
        return other

    @property
    def answers(self) -> dict[str, Answered]:
        """The answer in force for each question, in the order the questions were first answered."""
        return {answer.question: answer for answer in self._stack}

    @cached_property
    def facts(self) -> Facts:
        """Everything said, the later word winning where two answers speak of the same fact."""
        told: dict[str, Value | None] = {}
        latest = {answer.question: position for position, answer in enumerate(self._stack)}
        for position, answer in enumerate(self._stack):
            if latest[answer.question] == position:
                told.update({key: from_data(data) for key, data in answer.facts.items()})
        return told

    @property
    def located(self) -> bool:
        """Whether it was said where the enterprise is (or that it wants to compare)."""
        return "district" in self.facts

    @property
    def asked(self) -> set[str]:
        """Facts that were answered, also with 不清楚: they are not asked again."""
        return {key for answer in self.answers.values() for key in answer.facts}

    @property
    def doubts(self) -> list[str]:
        """Facts heard without being sure and not answered since, oldest first."""
        asked = self.asked
        return [key for answer in self.answers.values() for key in answer.doubts if key not in asked]

    @property
    def shown(self) -> set[str]:
        """Lines of lists that were already on offer."""
        return {line for answer in self.answers.values() for line in answer.shown}


def taken_over(session: Session, session_id: str, facts: Mapping[str, Fact], corpus_version: str) -> Session:
    """A new session with the answers in force of an old one, to be judged by another corpus.

    Answers that no longer fit their facts are left out, so that they are asked again. The old log stays as it is.
    """
    state = State(session)
    answers = tuple(answer for answer in state.answers.values() if _fits(answer, facts))
    return Session(id=session_id, corpus_version=corpus_version, as_of=state.as_of, events=answers)


def _fits(event: Answered, facts: Mapping[str, Fact]) -> bool:
    try:
        return all(key in facts and fits(facts[key], from_data(data)) for key, data in event.facts.items())
    except ValueError:
        return False
