"""The conversation in a terminal: numbers or words to answer, Ctrl-C leaves with everything saved."""

from __future__ import annotations

import asyncio
import io
import re
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread

from rich.console import Console
from rich.text import Text as RichText

from bot.channels.terminal import NAME, TerminalChannel
from bot.handover.handing_over import USUAL, Attendance
from bot.messages import Started
from bot.store.store import Scope, Store, StoreError
from bot.turns import Turns
from dialogs.advance import Dialog
from dialogs.commands import LONGEST, excerpt

_BOLD = re.compile(r"\*\*(.+?)\*\*")
_LEAVE = {"退出", "再见", "结束", "拜拜", "exit", "quit", "bye", "q"}
_LISTENS = 1.0  # seconds between two looks for what a person at the desk said
_CHUNK = 40  # lines shown before a pause, when a person reads along


@dataclass(frozen=True, slots=True)
class Desk:
    """Whom a conversation at a terminal may be handed over to. ``sweep`` ends what nobody took or spoke in for too long."""

    attendance: Attendance
    sweep: Callable[[float], Sequence[str]]


class Terminal:
    """One conversation between a :class:`Dialog` and somebody at a terminal (or a pipe)."""

    def __init__(
        self,
        dialog: Dialog,
        store: Store,
        conversation: str,
        *,
        transcript: Path | None = None,
        desk: Desk | None = None,
    ) -> None:
        """Prepare the screen; nothing is read or written yet. ``desk``: who may be asked for; ``None``: nobody."""
        self._store, self._transcript, self._desk = store, transcript, desk
        self._scope = Scope((NAME,), conversation)
        self._channel = TerminalChannel(conversation, self._show)
        self._turns = Turns(
            dialog, {NAME: self._channel}, time.time, attendance=USUAL if desk is None else desk.attendance
        )
        self._console = Console(highlight=False, soft_wrap=True)
        self._interactive = sys.stdin.isatty() and sys.stdout.isatty()

    def run(self, opening: Started) -> None:
        """Talk until the person leaves; every turn is kept before its replies are shown.

        Raises:
            StoreError: when the conversation cannot be kept, or is open in another terminal.
        """
        with self._store.sending(self._scope) as ours:
            if not ours:
                raise StoreError("这次对话正开在另一个窗口里。请到那边接着来，或者不带 --resume 另开一次。")
            said = self._turn(opening)
            read = self._reader()
            while (line := read()) is not None:
                text = line.strip()
                self._record("用户", text if len(text) <= LONGEST else excerpt(text))
                if text.lower() in _LEAVE:
                    break
                said = self._turn(text) or said
        self._show("已保存。下次用 huiqi chat --resume 接着来。" if said else "再见。")

    def _turn(self, raw: object) -> bool:
        """Keep and process one line; whether anything was said so far."""
        inbound = self._channel.read(raw, time.time())
        self._store.receive([inbound] if inbound is not None else [])
        self._work()
        return not isinstance(raw, Started)

    def _work(self) -> None:
        """Process what waits, from the person or from the desk, and show what is said."""
        if self._desk is not None:
            self._desk.sweep(time.time())
        while self._store.turn(self._turns.work, self._scope, time.time()) is not None:
            self._send()
        self._send()  # what an earlier run had no time to show

    def _send(self) -> None:
        while claimed := self._store.claim(self._scope, 1, time.time()):
            for delivery in claimed:
                asyncio.run(self._channel.send(delivery.address, delivery.operation, delivery.anchor))
                self._store.sent(delivery, None)

    def _reader(self) -> Callable[[], str | None]:
        """A function that returns the next line, or ``None`` when the person leaves (Ctrl-C, Ctrl-D, end of input)."""
        if not self._interactive:
            if isinstance(sys.stdin, io.TextIOWrapper):
                sys.stdin.reconfigure(errors="replace")
            lines = iter(sys.stdin)
            return lambda: next(lines, None)
        from prompt_toolkit import PromptSession  # noqa: PLC0415 - a pipe needs no line editor
        from prompt_toolkit.patch_stdout import patch_stdout  # noqa: PLC0415

        prompt: PromptSession[str] = PromptSession()

        def read() -> str | None:
            try:
                with patch_stdout(raw=True), self._listening():  # what comes meanwhile is shown above the prompt
                    return prompt.prompt("> ")
            except (KeyboardInterrupt, EOFError):
                return None

        return read

    @contextmanager
    def _listening(self) -> Iterator[None]:
        """Show what a person at the desk says while the next line is typed."""
        stop = Event()
        thread = Thread(target=self._listen, args=(stop,), daemon=True)
        thread.start()
        try:
            yield
        finally:
            stop.set()
            thread.join()

    def _listen(self, stop: Event) -> None:
        while self._desk is not None and not stop.wait(_LISTENS):
            with suppress(StoreError):  # told with the next line, which fails alike
                exchange = self._store.handover(self._scope.conversation or "")
                if exchange is not None and exchange.handover.ended is None:
                    self._work()

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


def _bold(line: str) -> RichText:
    """Mark what stands between ``**``; everything else is shown as it is."""
    shown, end = RichText(), 0
    for match in _BOLD.finditer(line):
        shown.append(line[end : match.start()])
        shown.append(match[1], style="bold")
        end = match.end()
    shown.append(line[end:])
    return shown
