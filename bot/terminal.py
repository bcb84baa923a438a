"""The conversation in a terminal: numbers or words to answer, Ctrl-C leaves with everything saved."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from rich.console import Console
from rich.text import Text as RichText

from bot.sessions import SessionStore
from dialogs.advance import Dialog, Incoming, Opened, Replies, Said
from dialogs.replies import Ask, Document, Menu, Text
from dialogs.session import Session

_BOLD = re.compile(r"\*\*(.+?)\*\*")
_LEAVE = {"退出", "再见", "结束", "拜拜", "exit", "quit", "bye", "q"}
_LONGEST = 1000  # characters of one answer; what is pasted by mistake is not read
_CHUNK = 40  # lines shown before a pause, when a person reads along


class Terminal:
    """One conversation between a :class:`Dialog` and somebody at a terminal (or a pipe)."""

    def __init__(self, dialog: Dialog, store: SessionStore, *, transcript: Path | None = None) -> None:
        """Prepare the screen; nothing is read or written yet."""
        self._dialog, self._store, self._transcript = dialog, store, transcript
        self._console = Console(highlight=False, soft_wrap=True)
        self._interactive = sys.stdin.isatty() and sys.stdout.isatty()

    def run(self, session: Session) -> Session:
        """Talk until the person leaves; every turn is saved before the next is read."""
        session = self._turn(session, Opened())
        read = self._reader()
        while (line := read()) is not None:
            text = line.strip()
            if len(text) > _LONGEST:
                self._show(f"这一行有 {len(text)} 个字，太长了，没有读。请用 {_LONGEST} 字以内的话回答。")
                continue
            self._record("用户", text)
            if text.lower() in _LEAVE:
                break
            session = self._turn(session, Said(text))
        self._show("已保存。下次用 huiqi chat --resume 接着来。" if session.events else "再见。")
        return session

    def _turn(self, session: Session, incoming: Incoming) -> Session:
        session, replies = self._dialog.advance(session, incoming)
        if session.events:  # one that was only opened must not stand before the last real one
            self._store.save(session)
        self._say(replies)
        return session

    def _reader(self) -> Callable[[], str | None]:
        """A function that returns the next line, or ``None`` when the person leaves (Ctrl-C, Ctrl-D, end of input)."""
        if not self._interactive:
            if isinstance(sys.stdin, io.TextIOWrapper):
                sys.stdin.reconfigure(errors="replace")
            lines = iter(sys.stdin)
            return lambda: next(lines, None)
        from prompt_toolkit import PromptSession  # noqa: PLC0415 - a pipe needs no line editor

        prompt: PromptSession[str] = PromptSession()

        def read() -> str | None:
            try:
                return prompt.prompt("> ")
            except (KeyboardInterrupt, EOFError):
                return None

        return read

    def _say(self, replies: Replies) -> None:
        for reply in replies:
            if isinstance(reply, Text):
                self._show(reply.text)
            elif isinstance(reply, Ask):
                self._show("\n".join(_question_lines(reply)))
            elif isinstance(reply, Menu):
                self._show("可以输入：" + "　".join(choice.key for choice in reply.choices))
            else:
                self._keep(reply)

    def _keep(self, document: Document) -> None:
        path = Path.cwd() / document.name
        try:
            path.write_text(document.text.replace("**", ""), encoding="utf-8")
        except OSError:
            self._show(f"写不了 {path}。请换一个可以写的文件夹再打开，回答都已保存。")
        else:
            self._show(f"已写入 {path.name}（当前文件夹）。")

    def _show(self, text: str) -> None:
        self._record("惠企", text.replace("**", ""))
        lines = text.splitlines()
        for start in range(0, len(lines), _CHUNK):
            if start and self._interactive:
                self._console.input("[dim]—— 回车看下一页 ——[/dim]")
            for line in lines[start : start + _CHUNK]:
                self._console.print(_bold(line))
        self._console.print()

    def _record(self, who: str, text: str) -> None:
        if self._transcript is not None:
            with self._transcript.open("a", encoding="utf-8") as file:
                file.write(f"{who}　{text}\n\n")


def _question_lines(ask: Ask) -> Iterator[str]:
    left = f"（最多还有 {ask.about} 问）" if ask.about is not None and ask.about > 1 else ""
    first, *rest = ask.text.splitlines()
    yield (first if "**" in first else f"**{first}**") + ("" if rest else left)
    yield from rest
    if rest and left:
        yield f"　{left}"
    if ask.help:
        yield from (f"　{line}" for line in ask.help.splitlines())
    numbered = [choice for choice in ask.choices if choice.key.isdigit()]
    yield from (f"　{number}. {choice.label}" for number, choice in enumerate(numbered, start=1))
    words = [choice.label for choice in ask.choices if not choice.key.isdigit()] + [
        choice.label for choice in ask.commands
    ]
    hint = "写序号，可多选，例如 1 3；" if ask.multiple else ""
    yield f"　（{hint}也可以输入：{'、'.join(words)}）"


def _bold(line: str) -> RichText:
    """Mark what stands between ``**``; everything else is shown as it is."""
    shown, end = RichText(), 0
    for match in _BOLD.finditer(line):
        shown.append(line[end : match.start()])
        shown.append(match[1], style="bold")
        end = match.end()
    shown.append(line[end:])
    return shown
