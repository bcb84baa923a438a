"""Callers who know some facts and answer whatever the conversation asks them out of these."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from dialogs.advance import Dialog
from dialogs.choose import assess
from dialogs.incoming import NONE, REST_KEY, UNSURE_KEY, Incoming, Picked, Said
from dialogs.needs import Role, needs
from dialogs.questions import COMPARE, CONFIRMING, Line, Question
from dialogs.session import Answered, State
from policies.answers import value_text
from policies.model.fact import Fact
from policies.values import Facts, Span, Value, exactly, to_data
from tests.dialogs.talk import Talk

_NONE_OF = ("没有", "没有平台", "没有入选", "没有认定", "没有落户", "其他行业")


@dataclass(frozen=True)
class Caller:
    """Knows ``facts``. What is not among them is denied when ``did_nothing_else``, else not known.

    ``topics``: the facts that tell of one measure; who knows the fee of an event ticks that there was one.
    """

    facts: Facts
    district: str | None
    topics: tuple[frozenset[str], ...]
    did_nothing_else: bool = False

    def answer(self, question: Question, vocabulary: Mapping[str, Fact], revision: int) -> Incoming:
        """What this caller presses or types."""
        if question.kind == "where":
            wanted = self.district or COMPARE
            return Picked(question.id, revision, (str(question.choices.index(wanted)),))
        if question.lines:
            return Picked(question.id, revision, self._lines(question))
        if question.kind == "form":
            return Said(" ".join(self._figure(vocabulary[key]) for key in question.facts))
        value = self.value(vocabulary[question.facts[0]])
        if value is None:
            return Picked(question.id, revision, (UNSURE_KEY,))
        if isinstance(value, Span):
            return Said(self._figure(vocabulary[question.facts[0]]))
        return Picked(question.id, revision, _choice_keys(question, value))

    def value(self, fact: Fact) -> Value | None:
        """What this caller says of one fact."""
        known = self.facts.get(fact.key)
        if known is not None or not self.did_nothing_else:
            return known
        return denied(fact)

    def _lines(self, question: Question) -> tuple[str, ...]:
        denial = question.id == CONFIRMING
        ticked = tuple(str(index) for index, line in enumerate(question.lines) if self._ticks(line, denial=denial))
        told = [
            any(self.facts.get(key) is not None for key in (*line.ticked, *line.unticked)) for line in question.lines
        ]
        if denial or self.did_nothing_else or (not ticked and all(told)):
            return ticked or (NONE,)
        return (*ticked, REST_KEY) if ticked else (UNSURE_KEY,)

    def _ticks(self, line: Line, *, denial: bool) -> bool:
        """Whether what the caller knows is at odds with leaving the line unticked, or tells of what the line is about."""
        known = {key: value for key, value in self.facts.items() if value is not None}
        if any(key in known and not _agree(known[key], value) for key, value in line.unticked.items()):
            return True
        if denial or any(key in known and not _agree(known[key], value) for key, value in line.ticked.items()):
            return False
        keys = {*line.ticked, *line.unticked}
        near = keys.union(*(topic for topic in self.topics if topic & keys))
        return any(key in near and not _is_nothing(value) for key, value in known.items())

    def _figure(self, fact: Fact) -> str:
        value = self.value(fact)
        if not isinstance(value, Span):
            return "不清楚"
        text = value_text(fact, Span(value.low, value.low) if value.low is not None else value)
        if value.exact:
            return text
        edge = value_text(fact, exactly(value.high or 0)) if value.high is not None else text
        return f"不超过{edge}" if value.high is not None else f"{edge}以上"


def denied(fact: Fact) -> Value | None:
    """A fact as somebody denies it who has nothing of the kind; ``None`` where there is no such answer."""
    if fact.type == "bool":
        return False
    nothing = next((choice for choice in _NONE_OF if choice in fact.choices), None)
    if fact.type == "choice":
        return nothing
    if fact.type == "set":
        return None if nothing is None else frozenset({nothing})
    return exactly(0)


def _is_nothing(value: Value) -> bool:
    """Whether a value says that there is nothing of the kind."""
    if isinstance(value, Span):
        return value.high is not None and value.high <= 0
    if isinstance(value, frozenset):
        return value <= set(_NONE_OF)
    return value is False or value in _NONE_OF


def _agree(known: Value, said: Value | None) -> bool:
    """Whether two values of one fact can both be true."""
    if isinstance(known, Span) and isinstance(said, Span):
        low = max((side for side in (known.low, said.low) if side is not None), default=None)
        high = min((side for side in (known.high, said.high) if side is not None), default=None)
        return low is None or high is None or low <= high
    if isinstance(known, frozenset) and isinstance(said, frozenset):
        return bool(known & said)
    return known == said


def _choice_keys(question: Question, value: Value) -> tuple[str, ...]:
    if isinstance(value, bool):
        return ("0" if value else "1",)
    chosen = value if isinstance(value, frozenset) else {value}
    return tuple(str(index) for index, choice in enumerate(question.choices) if choice in chosen)


def topics(dialog: Dialog, policy: str | None) -> tuple[frozenset[str], ...]:
    """The facts that tell of each measure of a document, or of all documents."""
    policies = dialog.engine.policies
    chosen = policies.values() if policy is None else [policies[policy]]
    return tuple(rule.telling for compiled in chosen for rule in compiled.rules)


@dataclass(frozen=True)
class Interview:
    """A whole interview: the kinds of its questions in order, and how it ended."""

    talk: Talk
    questions: tuple[Question, ...]

    @property
    def asked(self) -> int:
        """Questions up to the last list of presumed conditions."""
        return sum(question.id != CONFIRMING for question in self.questions)

    @property
    def confirmed(self) -> bool:
        return any(question.id == CONFIRMING for question in self.questions)


def interview(dialog: Dialog, caller: Caller, as_of: date, opening: str | None = None, most: int = 200) -> Interview:
    """Let a caller answer until nothing is asked; ``opening``: what is said before the first answer."""
    talk, asked = Talk(dialog, as_of), []
    talk.open()
    if opening is not None:
        talk.say(opening)
    while (question := talk.question) is not None:
        asked.append(question)
        assert len(asked) <= most, [question.id for question in asked]
        before = talk.session.revision
        talk.take(caller.answer(question, dialog.engine.corpus.facts, before))
        assert talk.session.revision > before, talk.words
    return Interview(talk, tuple(asked))


def one_by_one(dialog: Dialog, caller: Caller, as_of: date) -> int:
    """How many questions it takes to ask every fact that is still open, one at a time, in the order of facts.yaml."""
    vocabulary = dialog.engine.corpus.facts
    district = {"district": caller.district}
    session = dialog.start("fixed", as_of).append(Answered(question="where", facts=district, said=""))
    asked = 1
    while True:
        state = State(session)
        open_ = needs(assess(dialog.engine, state))
        left = (key for key in vocabulary if key in open_ and vocabulary[key].asked and key not in state.asked)
        key = next((key for key in left if open_[key].role is not Role.CONFIRMS), None)
        if key is None:
            return asked
        asked += 1
        told = {key: to_data(caller.value(vocabulary[key]))}
        session = session.append(Answered(question=f"fact:{key}", facts=told, said=""))
