"""``advance``: one incoming message turns a session into the next session and what to say. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from dialogs.answers import (
    NONE_OF_THEM,
    REST_UNSURE,
    STAND_ALONE,
    UNSURE,
    Given,
    NotUnderstoodError,
    answers_outright,
    choice_labels,
    picked,
    take_lines,
    unsure,
)
from dialogs.choose import assess, next_question, question_by_id, questions_left
from dialogs.commands import LONGEST, BadDateError, Command, Name, read_command
from dialogs.free_words import Answers, FreeWords, LooksUp, Mends, Tells, Unclear
from dialogs.groups import FAILED, IN_KIND
from dialogs.needs import needs
from dialogs.present import Presenter
from dialogs.questions import TOLD, WHERE, Catalogue, Question
from dialogs.replies import Ask, Choice, Menu, Reply, Text, Unanswered
from dialogs.report import report_of
from dialogs.session import Answered, Dated, Reopened, Restarted, Session, State, Undone
from policies.answers import value_text
from policies.engine.assessment import Assessment
from policies.engine.engine import Engine
from policies.values import from_data, to_data
from policies.vocabulary import PLACE

NONE, UNSURE_KEY, REST_KEY = "none", "unsure", "rest"
_OF_A_QUESTION = (Name.SKIP.value, Name.BACK.value)  # a late tap on these must not hit the next question
Replies = tuple[Reply, ...]
Turn = tuple[Session, Replies]


@dataclass(frozen=True, slots=True)
class Said:
    """Typed words."""

    text: str


@dataclass(frozen=True, slots=True)
class Picked:
    """Pressed choices of a question shown at a revision: indexes, ``none``, ``unsure``, ``rest``, or a command word."""

    question: str
    revision: int
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Opened:
    """The conversation is begun or taken up again."""


@dataclass(frozen=True, slots=True)
class Corrected:
    """Other words for the answer to a question answered earlier."""

    question: str
    text: str


Incoming = Said | Picked | Opened | Corrected


@dataclass(frozen=True, slots=True)
class Standing:
    """What a conversation has come to: the answers in force, their assessment, the open question and why it is asked."""

    state: State
    assessment: Assessment
    ask: Ask | None
    why: str | None


class Dialog:
    """The conversation over one corpus. Holds questions and templates, nothing of any conversation."""

    def __init__(self, engine: Engine) -> None:
        """Prepare questions and templates."""
        self.engine = engine
        self.catalogue = Catalogue(engine)
        self.presenter = Presenter(engine)
        self.words = FreeWords(engine.corpus)
        self._handlers: Mapping[Name, Callable[[_Now, Command], Turn]] = {
            Name.BACK: self._back, Name.EDIT: self._edit, Name.WHY: self._why, Name.SKIP: self._skip,
            Name.WHERE: self._where, Name.DATE: self._date, Name.RESULT: self._result, Name.RESTART: self._restart,
            Name.HELP: self._help, Name.CONTINUE: self._go_on, Name.SUMMARY: self._summary, Name.DETAIL: self._detail,
            Name.MISSING: self._missing, Name.LEFT_OUT: self._left_out, Name.FAILED: self._failed,
            Name.IN_KIND: self._in_kind, Name.ALL: self._all, Name.REPORT: self._report, Name.STAFF: self._staff,
        }  # fmt: skip

    def start(self, session_id: str, as_of: date) -> Session:
        """A new session on a date."""
        return Session(id=session_id, corpus_version=self.engine.corpus.version, as_of=as_of)

    def advance(self, session: Session, incoming: Incoming) -> Turn:
        """Take one message: the session with what it adds to the log, and the replies in order."""
        now = self._now(session)
        if isinstance(incoming, Opened):
            return self._opened(now)
        if isinstance(incoming, Picked):
            return self._picked(now, incoming)
        if isinstance(incoming, Corrected):
            return self._corrected(now, incoming)
        return self._said(now, incoming.text)

    def current(self, session: Session) -> Ask | None:
        """The question that is open now, as it is asked; ``None`` when everything was asked."""
        now = self._now(session)
        return None if now.question is None else self._ask(now)

    def standing(self, session: Session) -> Standing:
        """Everything a page shows of a session, without any message coming in."""
        now = self._now(session)
        if now.question is None:
            return Standing(now.state, now.assessment, None, None)
        return Standing(now.state, now.assessment, self._ask(now), self._why_asked(now, now.question))

    def _now(self, session: Session) -> _Now:
        state = State(session)
        assessment = assess(self.engine, state)
        question = question_by_id(self.catalogue, state, state.reopened) if state.reopened else None
        if question is None:
            question = next_question(self.catalogue, state, assessment)
        return _Now(session, state, assessment, question)

    def _said(self, now: _Now, text: str) -> Turn:
        if len(text) > LONGEST:
            note = f"这一条有 {len(text)} 个字，太长了，没有读。请用 {LONGEST} 字以内的话说。"
            return self._again(now, Text(note))
        if now.question is None or not answers_outright(now.question, text):
            steered = self._steered(now, text)
            if steered is not None:
                return steered
        if not text.strip():
            return self._again(now)
        meant = self.words.decide(now.question, text, now.state)
        if isinstance(meant, Answers) and now.question is not None:
            return self._answered(now, now.question, meant.given)
        if isinstance(meant, Tells):
            return self._told(now, meant)
        if isinstance(meant, Mends):
            return self._mended(now, meant)
        if isinstance(meant, LooksUp):
            return self._looked_up(now, meant)
        return self._again(now, Text(meant.message if isinstance(meant, Unclear) else ""))

    def _told(self, now: _Now, told: Tells) -> Turn:
        """Facts told of one's own accord are taken, and said back with what they change."""
        before = now.state.facts
        changed = {key: before[key] for key in told.facts if before.get(key) not in (None, told.facts[key])}
        said = "；".join(self.presenter.told(told.facts)) or "（没有能直接记下的）"
        event = Answered(
            question=told.again or f"{TOLD}:{len(now.session.events)}",
            facts={key: to_data(value) for key, value in told.facts.items()},
            said=said,
            doubts=tuple(key for key in told.doubts if key not in told.facts),
        )
        later = self._now(now.session.append(event))
        located = later.assessment if PLACE in told.facts else None
        echo = self.presenter.heard(told, changed, located)
        return later.session, (Text(echo), *self._continue(later))

    def _mended(self, now: _Now, mended: Mends) -> Turn:
        """Another figure in an answer given before; the rest of that answer stays."""
        answer, facts = now.state.answers[mended.question], self.engine.corpus.facts
        told = {**answer.facts, mended.key: to_data(mended.value)}
        said = "；".join(self.presenter.told({key: from_data(data) for key, data in told.items() if key in facts}))
        later = self._now(now.session.append(answer.model_copy(update={"facts": told, "said": said})))
        new = self.presenter.told({mended.key: mended.value})[0]
        old = value_text(facts[mended.key], now.state.facts[mended.key])
        return later.session, (Text(f"改成：{new}（原来记的是 {old}）"), *self._continue(later))

    def _looked_up(self, now: _Now, looked: LooksUp) -> Turn:
        """A question of one's own; then the question that stood comes back."""
        outcome = looked.found.outcome
        unanswered = Unanswered(looked.query, outcome) if outcome in ("near_miss", "not_covered") else None
        reply = Text(self.words.reply(looked.found), unanswered)
        return self._again(now, reply)

    def _picked(self, now: _Now, tap: Picked) -> Turn:
        stale = now.question is None or tap.question != now.question.id or tap.revision != now.session.revision
        if len(tap.keys) == 1 and not (stale and tap.keys[0] in _OF_A_QUESTION):
            steered = self._steered(now, tap.keys[0])
            if steered is not None:
                return steered
        if now.question is None:
            return self._over(now, Text("那一题已经过去了，问题都问完了。"))
        if stale:
            return self._again(now, Text("那一题已经过去了，下面是现在的问题。"))
        try:
            given = self._take(now.question, tap.keys)
        except NotUnderstoodError as error:
            return self._again(now, Text(str(error)))
        return self._answered(now, now.question, given)

    def _corrected(self, now: _Now, correction: Corrected) -> Turn:
        """As if the answer had been reopened and given in these words; the old one stays until they are understood."""
        if correction.question not in now.state.answers:
            return self._again(now, Text("那一题的回答已经撤回了，没有改动。"))
        reopened = self._now(now.session.append(Reopened(question=correction.question)))
        if reopened.question is None or reopened.question.id != correction.question:
            return self._again(now, Text("那一题现在用不上了，没有改动。"))
        return self._said(reopened, correction.text)

    def _steered(self, now: _Now, text: str) -> Turn | None:
        """What a command does, or ``None`` when the text is no command."""
        try:
            command = read_command(text)
        except BadDateError as error:
            return self._again(now, Text(str(error)))
        return None if command is None else self._handlers[command.name](now, command)

    def _take(self, question: Question, keys: tuple[str, ...]) -> Given:
        """The answer pressed. Keys come from outside: anything that was not on offer is refused."""
        words = {key for key in keys if not _is_index(key)}
        numbers = [int(key) for key in keys if _is_index(key)]
        if not keys:
            raise NotUnderstoodError(
                f"还没有选。都没有就选“{NONE_OF_THEM}”" if question.lines else "还没有选，请选一项"
            )
        if words - {NONE, UNSURE_KEY, REST_KEY} or (words - {UNSURE_KEY} and not question.lines):
            raise NotUnderstoodError("没有这个选项，请重新选")
        if words and words != {REST_KEY} and (numbers or len(words) > 1):
            raise NotUnderstoodError(STAND_ALONE)
        if UNSURE_KEY in words:
            return unsure(question)
        given = picked(question, numbers, self.engine.corpus.facts)
        if REST_KEY not in words:
            return given
        ticked = {question.lines[number].label for number in numbers}
        return take_lines(question, ticked, rest_unsure=True)

    def _answered(self, now: _Now, question: Question, given: Given, *, skipped: bool = False) -> Turn:
        shown = tuple(line.label for line in question.lines)
        facts = {key: to_data(value) for key, value in given.facts.items()}
        said = f"{self._subject(question)}：{'跳过' if skipped else given.said}"
        event = Answered(question=question.id, facts=facts, said=said, shown=shown)
        later = self._now(now.session.append(event))
        return later.session, (*self._echo(question, given), *self._continue(later))

    def _subject(self, question: Question) -> str:
        """What a question is about, in few words, for the summary."""
        if question.kind in ("list", "confirm", "form"):
            return {"list": question.text.split("？")[0], "confirm": "不成立的", "form": "数量"}[question.kind]
        return self.engine.corpus.facts[question.facts[0]].label

    def _echo(self, question: Question, given: Given) -> Replies:
        """Figures are said back as they were understood; a click needs no echo."""
        figures = {key: value for key, value in given.facts.items() if value is not None}
        if question.kind not in ("number", "form") or not figures:
            return ()
        return (Text("记下：" + "；".join(self.presenter.told(figures))),)

    def _opened(self, now: _Now) -> Turn:
        if now.session.events:
            return now.session, (Text("接着上次的来。"), *self._continue(now))
        names = [policy.policy.header.short for policy in self.engine.policies.values()]
        text = self.presenter.render("welcome.j2", count=len(names), names=names, as_of=now.state.as_of)
        return now.session, (Text(text), *self._continue(now))

    def _continue(self, now: _Now) -> Replies:
        if now.question is not None:
            return (self._ask(now),)
        return (Text(self.presenter.result(now.assessment)), _AFTER)

    def _again(self, now: _Now, *first: Reply) -> Turn:
        return now.session, (*first, *((self._ask(now),) if now.question else (_AFTER,)))

    def _over(self, now: _Now, *replies: Reply) -> Turn:
        """A look at something: then the menu, and the question that is still open comes back."""
        return now.session, (*replies, _AFTER, *((self._ask(now),) if now.question is not None else ()))

    def _ask(self, now: _Now) -> Ask:
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

    def _left(self, now: _Now, question: Question) -> int | None:
        """How many questions are left; not told before the lists have sorted out what matters."""
        if question.kind in ("where", "list", "confirm"):
            return None
        return questions_left(self.catalogue, now.state, now.assessment)

    def _back(self, now: _Now, command: Command) -> Turn:
        if not now.state.answers and now.state.reopened is None:
            return self._again(now, Text("已经是第一题了。"))
        later = self._now(now.session.append(Undone()))
        return later.session, self._continue(later)

    def _edit(self, now: _Now, command: Command) -> Turn:
        questions = list(now.state.answers)
        if command.number is None:
            choices = tuple(Choice(f"修改 {n}", f"改第 {n} 项") for n in range(1, len(questions) + 1))
            text = self.presenter.summary(now.state)
            hint = "要改哪一项？输入“修改 序号”，例如 修改 1。" if questions else "还没有回答，没有可改的。"
            return now.session, (Text(f"{text}\n{hint}"), Menu(choices), *((self._ask(now),) if now.question else ()))
        if not 1 <= command.number <= len(questions):
            return self._again(now, Text(f"没有第 {command.number} 项，共 {len(questions)} 项。"))
        later = self._now(now.session.append(Reopened(question=questions[command.number - 1])))
        return later.session, self._continue(later)

    def _why(self, now: _Now, command: Command) -> Turn:
        if now.question is None:
            return self._over(now, Text("现在没有在问问题。"))
        return self._again(now, Text(self._why_asked(now, now.question)))

    def _why_asked(self, now: _Now, question: Question) -> str:
        before = now.state.without(question.id)  # an answer being changed does not hide what hangs on it
        return self.presenter.why(question, needs(assess(self.engine, before), before.asked), now.state.as_of)

    def _skip(self, now: _Now, command: Command) -> Turn:
        if now.question is None:
            return self._over(now, Text("现在没有在问问题。"))
        if now.question.kind == "where":
            return self._again(now, Text("这一题决定看哪份文件，不能跳过；没定就选“还没定，想比一比”。"))
        return self._answered(now, now.question, unsure(now.question), skipped=True)

    def _where(self, now: _Now, command: Command) -> Turn:
        later = self._now(now.session.append(Reopened(question=WHERE)))
        return later.session, self._continue(later)

    def _date(self, now: _Now, command: Command) -> Turn:
        if command.day is None:
            return self._again(now, Text("按哪一天算？输入“换日期 2024-03-15”。"))
        later = self._now(now.session.append(Dated(as_of=command.day)))
        echo = self.presenter.render("dated.j2", as_of=command.day)
        return later.session, (Text(echo), *self._continue(later))

    def _result(self, now: _Now, command: Command) -> Turn:
        if not now.state.located:
            return self._again(now, Text("先说在哪里，才知道看哪份文件。"))
        note = () if now.question is None else (Text("问题还没问完，下面是按已有回答的结果，随后接着问。"),)
        return self._over(now, *note, Text(self.presenter.result(now.assessment)))

    def _restart(self, now: _Now, command: Command) -> Turn:
        later = self._now(now.session.append(Restarted()))
        return later.session, (Text("从头来。"), *self._continue(later))

    def _help(self, now: _Now, command: Command) -> Turn:
        return self._again(now, Text(self.presenter.render("help.j2")))

    def _go_on(self, now: _Now, command: Command) -> Turn:
        return now.session, self._continue(now)

    def _summary(self, now: _Now, command: Command) -> Turn:
        return self._again(now, Text(self.presenter.summary(now.state)))

    def _detail(self, now: _Now, command: Command) -> Turn:
        text = None if command.number is None else self.presenter.detail(now.assessment, command.number)
        return self._over(now, Text(text or "要看哪一项？输入“详情 序号”，序号见“结果”。"))

    def _missing(self, now: _Now, command: Command) -> Turn:
        return self._over(now, Text(self.presenter.missing(now.assessment)))

    def _left_out(self, now: _Now, command: Command) -> Turn:
        return self._over(now, Text(self.presenter.left_out(now.assessment)))

    def _failed(self, now: _Now, command: Command) -> Turn:
        return self._over(now, Text(self.presenter.group(now.assessment, FAILED)))

    def _in_kind(self, now: _Now, command: Command) -> Turn:
        return self._over(now, Text(self.presenter.group(now.assessment, IN_KIND)))

    def _all(self, now: _Now, command: Command) -> Turn:
        return self._over(now, Text(self.presenter.result(now.assessment, whole=True)))

    def _report(self, now: _Now, command: Command) -> Turn:
        if not now.state.located:
            return self._again(now, Text("先说在哪里，才知道看哪份文件。"))
        return self._over(now, report_of(self.engine, now.state))

    def _staff(self, now: _Now, command: Command) -> Turn:
        return self._over(now, Text(self.presenter.staff(now.assessment)))


@dataclass(frozen=True)
class _Now:
    """A session with what follows from it."""

    session: Session
    state: State
    assessment: Assessment
    question: Question | None


def _is_index(key: str) -> bool:
    return key.isascii() and key.isdigit() and len(key) < 4


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
        )
    )
)
