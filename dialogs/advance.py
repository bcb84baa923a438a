"""``advance``: one incoming message turns a session into the next session and what to say. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dialogs.answering import Answering
from dialogs.answers import NotUnderstoodError, answers_outright
from dialogs.commands import LONGEST, Name
from dialogs.floor import Floor, Now, Turn
from dialogs.incoming import Corrected, Incoming, Opened, Picked
from dialogs.listening import Listening
from dialogs.replies import Ask, Text
from dialogs.session import Reopened, Session, State
from dialogs.steering import Steering
from policies.engine.assessment import Assessment
from policies.engine.engine import Engine

_OF_A_QUESTION = (Name.SKIP.value, Name.BACK.value)  # a late tap on these must not hit the next question


@dataclass(frozen=True, slots=True)
class Standing:
    """What a conversation has come to: the answers in force, their assessment, the open question and why it is asked."""

    state: State
    assessment: Assessment
    ask: Ask | None
    why: str | None


class Dialog:
    """The conversation over one corpus. What it remembers of sessions only saves working them out again."""

    def __init__(self, engine: Engine) -> None:
        """Prepare questions and templates."""
        self.engine = engine
        self._floor = Floor(engine)
        self.catalogue, self.presenter = self._floor.catalogue, self._floor.presenter
        self._answering = Answering(self._floor)
        self._steering = Steering(self._floor, self._answering)
        self._listening = Listening(self._floor, self._answering)
        self.reader, self.searcher = self._listening.words.reader, self._listening.words.searcher

    def start(self, session_id: str, as_of: date) -> Session:
        """A new session on a date."""
        return Session(id=session_id, corpus_version=self.engine.corpus.version, as_of=as_of)

    def advance(self, session: Session, incoming: Incoming) -> Turn:
        """Take one message: the session with what it adds to the log, and the replies in order."""
        now = self._floor.now(session)
        if isinstance(incoming, Opened):
            return self._opened(now)
        if isinstance(incoming, Picked):
            return self._picked(now, incoming)
        if isinstance(incoming, Corrected):
            return self._corrected(now, incoming)
        return self._said(now, incoming.text)

    def current(self, session: Session) -> Ask | None:
        """The question that is open now, as it is asked; ``None`` when everything was asked."""
        now = self._floor.now(session)
        return None if now.question is None else self._floor.ask(now)

    def whom_to_ask(self, session: Session, lead: str) -> str:
        """Whom to ask about the documents looked at, where nobody can answer here; ``lead``: why not."""
        return self.presenter.staff(self._floor.now(session).assessment, lead)

    def standing(self, session: Session) -> Standing:
        """Everything a page shows of a session, without any message coming in."""
        now = self._floor.now(session)
        if now.question is None:
            return Standing(now.state, now.assessment, None, None)
        return Standing(now.state, now.assessment, self._floor.ask(now), self._floor.why(now, now.question))

    def _said(self, now: Now, text: str) -> Turn:
        if len(text) > LONGEST:
            note = f"这一条有 {len(text)} 个字，太长了，没有读。请用 {LONGEST} 字以内的话说。"
            return self._floor.again(now, Text(note))
        if now.question is None or not answers_outright(now.question, text):
            steered = self._steering.steered(now, text)
            if steered is not None:
                return steered
        if not text.strip():
            return self._floor.again(now)
        return self._listening.heard(now, text)

    def _picked(self, now: Now, tap: Picked) -> Turn:
        stale = now.question is None or tap.question != now.question.id or tap.revision != now.session.revision
        if len(tap.keys) == 1 and not (stale and tap.keys[0] in _OF_A_QUESTION):
            steered = self._steering.steered(now, tap.keys[0])
            if steered is not None:
                return steered
        if now.question is None:
            return self._floor.over(now, Text("那一题已经过去了，问题都问完了。"))
        if stale:
            return self._floor.again(now, Text("那一题已经过去了，下面是现在的问题。"))
        try:
            given = self._answering.take(now.question, tap.keys)
        except NotUnderstoodError as error:
            return self._floor.again(now, Text(str(error)))
        return self._answering.answered(now, now.question, given)

    def _corrected(self, now: Now, correction: Corrected) -> Turn:
        """As if the answer had been reopened and given in these words; the old one stays until they are understood."""
        if correction.question not in now.state.answers:
            return self._floor.again(now, Text("那一题的回答已经撤回了，没有改动。"))
        reopened = self._floor.now(now.session.append(Reopened(question=correction.question)))
        if reopened.question is None or reopened.question.id != correction.question:
            return self._floor.again(now, Text("那一题现在用不上了，没有改动。"))
        return self._said(reopened, correction.text)

    def _opened(self, now: Now) -> Turn:
        if now.session.events:
            return now.session, (Text("接着上次的来。"), *self._floor.go_on(now))
        names = [policy.policy.header.short for policy in self.engine.policies.values()]
        text = self.presenter.render("welcome.j2", count=len(names), names=names, as_of=now.state.as_of)
        return now.session, (Text(text), *self._floor.go_on(now))
