"""A terminal as a channel: every reply becomes lines to show or a file to write."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from bot.channels.channel import file_body, file_content
from bot.messages import Inbound, Message, Operation, Started, Typed
from dialogs.replies import Ask, Document, Menu, Reply, Text

NAME = "terminal"


class TerminalChannel:
    """One person at one terminal. ``show`` puts text on the screen; files go into the current folder."""

    name = NAME
    ack_deadline = float("inf")  # nobody delivers a typed line again
    links_reports = False

    def __init__(self, conversation: str, show: Callable[[str], None]) -> None:
        """``conversation``: the id this terminal talks in."""
        self._conversation, self._show = conversation, show

    def read(self, raw: object, arrived: float) -> Inbound | None:
        """A typed line, or ``None`` for an opened terminal (``Started`` may also be given as it is)."""
        message: Message = raw if isinstance(raw, Started) else Typed(text=str(raw).strip())
        return Inbound(
            channel=self.name,
            dedupe_key=uuid.uuid4().hex,
            conversation=self._conversation,
            address="",
            message=message,
            arrived=arrived,
        )

    def render(self, replies: Sequence[Reply], to: Inbound, *, late: bool) -> tuple[Operation, ...]:
        """Each reply as text to show, or as a file."""
        return tuple(_operation(reply) for reply in replies)

    async def send(self, address: str, operation: Operation, anchor: str | None) -> str | None:
        """Show it, or write it."""
        if operation.kind == "show":
            self._show(operation.body["text"])
            return None
        path = Path.cwd() / operation.body["name"]
        try:
            path.write_bytes(file_content(operation.body))
        except OSError:
            self._show(f"写不了 {path}。请换一个可以写的文件夹再打开，回答都已保存。")
        else:
            self._show(f"已写入 {path.name}（当前文件夹）。")
        return None

    async def busy(self, address: str) -> None:
        """A person at a terminal sees that nothing came yet."""


def _operation(reply: Reply) -> Operation:
    if isinstance(reply, Document):
        return Operation(kind="file", body=file_body(reply))
    if isinstance(reply, Text):
        text = reply.shown
    elif isinstance(reply, Menu):
        text = "可以输入：" + "　".join(choice.key for choice in reply.choices)
    elif isinstance(reply, Ask):
        text = "\n".join(_question_lines(reply))
    else:
        raise TypeError("a report comes laid out, as a document")
    return Operation(kind="show", body={"text": text})


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
