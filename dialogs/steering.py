"""Commands in the middle of a conversation: going back, changing, looking at the result, asking why."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dialogs.answering import Answering
from dialogs.answers import unsure
from dialogs.commands import BadDateError, Command, Name, read_command
from dialogs.floor import Floor, Now, Turn
from dialogs.groups import FAILED, IN_KIND
from dialogs.questions import WHERE
from dialogs.replies import Choice, Menu, Text
from dialogs.report import report_of
from dialogs.session import Dated, Reopened, Restarted, Undone

NO_DESK = "这里没有人工坐席。"


class Steering:
    """What each command does."""

    def __init__(self, floor: Floor, answering: Answering) -> None:
        """Over one conversation's floor."""
        self._floor, self._answering = floor, answering
        self._handlers: Mapping[Name, Callable[[Now, Command], Turn]] = {
            Name.BACK: self._back, Name.EDIT: self._edit, Name.WHY: self._why, Name.SKIP: self._skip,
            Name.WHERE: self._where, Name.DATE: self._date, Name.RESULT: self._result, Name.RESTART: self._restart,
            Name.HELP: self._help, Name.CONTINUE: self._go_on, Name.SUMMARY: self._summary, Name.DETAIL: self._detail,
            Name.MISSING: self._missing, Name.LEFT_OUT: self._left_out, Name.FAILED: self._failed,
            Name.IN_KIND: self._in_kind, Name.ALL: self._all, Name.REPORT: self._report, Name.STAFF: self._staff,
        }  # fmt: skip

    def steered(self, now: Now, text: str) -> Turn | None:
        """What a command does, or ``None`` when the text is no command."""
        try:
            command = read_command(text)
        except BadDateError as error:
            return self._floor.again(now, Text(str(error)))
        return None if command is None else self._handlers[command.name](now, command)

    def _back(self, now: Now, command: Command) -> Turn:
        if not now.state.answers and now.state.reopened is None:
            return self._floor.again(now, Text("已经是第一题了。"))
        later = self._floor.now(now.session.append(Undone()))
        return later.session, self._floor.go_on(later)

    def _edit(self, now: Now, command: Command) -> Turn:
        questions = list(now.state.answers)
        if command.number is None:
            choices = tuple(Choice(f"修改 {n}", f"改第 {n} 项") for n in range(1, len(questions) + 1))
            text = self._floor.presenter.summary(now.state)
            hint = "要改哪一项？输入“修改 序号”，例如 修改 1。" if questions else "还没有回答，没有可改的。"
            return now.session, (
                Text(f"{text}\n{hint}"),
                Menu(choices),
                *((self._floor.ask(now),) if now.question else ()),
            )
        if not 1 <= command.number <= len(questions):
            return self._floor.again(now, Text(f"没有第 {command.number} 项，共 {len(questions)} 项。"))
        later = self._floor.now(now.session.append(Reopened(question=questions[command.number - 1])))
        return later.session, self._floor.go_on(later)

    def _why(self, now: Now, command: Command) -> Turn:
        if now.question is None:
            return self._floor.over(now, Text("现在没有在问问题。"))
        return self._floor.again(now, Text(self._floor.why(now, now.question)))

    def _skip(self, now: Now, command: Command) -> Turn:
        if now.question is None:
            return self._floor.over(now, Text("现在没有在问问题。"))
        if now.question.kind == "where":
            return self._floor.again(now, Text("这一题决定看哪份文件，不能跳过；没定就选“还没定，想比一比”。"))
        return self._answering.answered(now, now.question, unsure(now.question), skipped=True)

    def _where(self, now: Now, command: Command) -> Turn:
        later = self._floor.now(now.session.append(Reopened(question=WHERE)))
        return later.session, self._floor.go_on(later)

    def _date(self, now: Now, command: Command) -> Turn:
        if command.day is None:
            return self._floor.again(now, Text("按哪一天算？输入“换日期 2024-03-15”。"))
        later = self._floor.now(now.session.append(Dated(as_of=command.day)))
        echo = self._floor.presenter.render("dated.j2", as_of=command.day)
        return later.session, (Text(echo), *self._floor.go_on(later))

    def _result(self, now: Now, command: Command) -> Turn:
        if not now.state.located:
            return self._floor.again(now, Text("先说在哪里，才知道看哪份文件。"))
        note = () if now.question is None else (Text("问题还没问完，下面是按已有回答的结果，随后接着问。"),)
        return self._floor.over(now, *note, Text(self._floor.presenter.result(now.assessment)))

    def _restart(self, now: Now, command: Command) -> Turn:
        later = self._floor.now(now.session.append(Restarted()))
        return later.session, (Text("从头来。"), *self._floor.go_on(later))

    def _help(self, now: Now, command: Command) -> Turn:
        return self._floor.again(now, Text(self._floor.presenter.render("help.j2")))

    def _go_on(self, now: Now, command: Command) -> Turn:
        return now.session, self._floor.go_on(now)

    def _summary(self, now: Now, command: Command) -> Turn:
        return self._floor.again(now, Text(self._floor.presenter.summary(now.state)))

    def _detail(self, now: Now, command: Command) -> Turn:
        text = None if command.number is None else self._floor.presenter.detail(now.assessment, command.number)
        return self._floor.over(now, Text(text or "要看哪一项？输入“详情 序号”，序号见“结果”。"))

    def _missing(self, now: Now, command: Command) -> Turn:
        return self._floor.over(now, Text(self._floor.presenter.missing(now.assessment)))

    def _left_out(self, now: Now, command: Command) -> Turn:
        return self._floor.over(now, Text(self._floor.presenter.left_out(now.assessment)))

    def _failed(self, now: Now, command: Command) -> Turn:
        return self._floor.over(now, Text(self._floor.presenter.group(now.assessment, FAILED)))

    def _in_kind(self, now: Now, command: Command) -> Turn:
        return self._floor.over(now, Text(self._floor.presenter.group(now.assessment, IN_KIND)))

    def _all(self, now: Now, command: Command) -> Turn:
        return self._floor.over(now, Text(self._floor.presenter.result(now.assessment, whole=True)))

    def _report(self, now: Now, command: Command) -> Turn:
        if not now.state.located:
            return self._floor.again(now, Text("先说在哪里，才知道看哪份文件。"))
        return self._floor.over(now, report_of(self._floor.engine, now.state))

    def _staff(self, now: Now, command: Command) -> Turn:
        return self._floor.over(now, Text(self._floor.presenter.staff(now.assessment, NO_DESK)))
