"""A session as it is now, and what every part of a turn needs: its question as asked, and the replies that end a turn."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

from dialogs.answers import NONE_OF_THEM, REST_UNSURE, UNSURE, choice_labels
from dialogs.choose import OpenFacts, assess, next_question, open_facts, question_by_id, questions_left
from dialogs.commands import Name
from dialogs.incoming import NONE, REST_KEY, UNSURE_KEY
from dialogs.needs import needs
from dialogs.present import Presenter
from dialogs.questions import Catalogue, Question
from dialogs.replies import Ask, Choice, Menu, Replies, Reply, Text
from dialogs.session import Session, State
from policies.engine.assessment import Assessment
from policies.engine.engine import Engine

Turn = tuple[Session, Replies]
_REMEMBERED = 512  # conversations, each as it was met last


@dataclass(frozen=True)
class Now:
    """A session with what follows from it."""

    session: Session
    state: State
    assessment: Assessment
    question: Question | None
    open: OpenFacts


class Floor:
    """What the parts of a conversation share: questions, templates, and what was worked out of the sessions met last.

    A session never changes, so what follows from it does not either. A message begins where the one before it ended:
    without remembering that, every session would be worked out twice.
    """

    def __init__(self, engine: Engine) -> None:
        """Prepare questions and templates."""
        self.engine = engine
        self.catalogue = Catalogue(engine)
        self.presenter = Presenter(engine)
        self._met: OrderedDict[str, Now] = OrderedDict()
        self._lock = Lock()

    def now(self, session: Session) -> Now:
        """The session with its assessment and the question that is open."""
        with self._lock:
            met = self._met.get(session.id)
            if met is not None and met.session is session:
                self._met.move_to_end(session.id)
                return met
        now = self._work_out(session)
        with self._lock:
            self._met[session.id] = now
            self._met.move_to_end(session.id)
            if len(self._met) > _REMEMBERED:
                self._met.popitem(last=False)
        return now

    def _work_out(self, session: Session) -> Now:
        state = State(session)
        assessment = assess(self.engine, state)
        found = open_facts(self.catalogue, state, assessment)
        question = question_by_id(self.catalogue, state, state.reopened) if state.reopened else None
        if question is None:
            question = next_question(self.catalogue, state, assessment, found)
        return Now(session, state, assessment, question, found)

    def go_on(self, now: Now) -> Replies:
        """The next question, or the result when everything was asked."""
        if now.question is not None:
            return (self.ask(now),)
        return (Text(self.presenter.result(now.assessment)), _AFTER)

    def again(self, now: Now, *first: Reply) -> Turn:
        """Something is said, nothing changes, and the question that is open comes back."""
        return now.session, (*first, *((self.ask(now),) if now.question else (_AFTER,)))

    def over(self, now: Now, *replies: Reply) -> Turn:
        """A look at something: then the menu, and the question that is still open comes back."""
        return now.session, (*replies, _AFTER, *((self.ask(now),) if now.question is not None else ()))

    def ask(self, now: Now) -> Ask:
        """The open question as it is asked.

        Raises:
            ValueError: when there is none.
        """
        question = now.question
        if question is None:
            raise ValueError("there is no question to ask")
        labels = [line.label for line in question.lines] or list(choice_labels(question))
        choices = [Choice(str(index), label) for index, label in enumerate(labels)]
        if question.lines:
            choices.append(Choice(NONE, NONE_OF_THEM))
            choices += [Choice(REST_KEY, REST_UNSURE)] if question.kind == "list" else []
        if question.kind != "where":
            choices.append(Choice(UNSURE_KEY, UNSURE))
        commands = [Choice(name.value, name.value) for name in (Name.WHY, Name.SKIP, Name.BACK, Name.RESULT)]
        if question.kind == "where":
            commands = [command for command in commands if command.key != Name.SKIP.value]
        return Ask(
            question.id,
            now.session.revision,
            question.text,
            tuple(choices),
            tuple(commands if now.session.events else commands[:1]),
            multiple=bool(question.lines) or question.kind == "set",
            help=question.help if question.kind != "where" else None,
            about=self._left(now, question),
            figures=self._figures(question) if question.kind == "form" else (),
        )

    def _figures(self, question: Question) -> tuple[str, ...]:
        facts = (self.engine.corpus.facts[key] for key in question.facts)
        return tuple(fact.short or fact.label for fact in facts)

    def _left(self, now: Now, question: Question) -> int | None:
        """How many questions are left; not told before the lists have sorted out what matters."""
        if question.kind in ("where", "list", "confirm"):
            return None
        return questions_left(self.catalogue, now.state, now.assessment, now.open)

    def why(self, now: Now, question: Question) -> str:
        """Why a question is asked: the clauses that hang on it."""
        before = now.state.without(question.id)  # an answer being changed does not hide what hangs on it
        return self.presenter.why(question, needs(assess(self.engine, before), before.asked), now.state.as_of)


_AFTER = Menu(
    tuple(
        Choice(label, label)
        for label in (
            "详情 1",
            Name.MISSING.value,
            Name.LEFT_OUT.value,
            Name.FAILED.value,
            Name.EDIT.value,
            Name.WHERE.value,
            Name.DATE.value,
            Name.REPORT.value,
            Name.STAFF.value,
        )
    )
)
