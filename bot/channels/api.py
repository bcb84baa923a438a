"""Programs that talk over HTTP as a channel: what a turn says is one piece, which the answer to their request carries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bot.channels.channel import BadMessageError, RefusedError
from bot.messages import Inbound, Message, Operation
from dialogs.replies import Document, Menu, Reply, Report, Text

NAME = "api"


@dataclass(frozen=True, slots=True)
class Sent:
    """A message of a program, already checked.

    ``conversation``: keyed hash of its key's name and its conversation's id. ``key``: the same for a message sent twice.
    """

    conversation: str
    key: str
    message: Message


class ApiChannel:
    """Every program at once. Nothing is pushed: a request takes what its own turn said."""

    name = NAME
    ack_deadline = 30.0  # nobody waits longer for an HTTP answer
    links_reports = True

    def read(self, raw: object, arrived: float) -> Inbound | None:
        """A message as it is kept.

        Raises:
            BadMessageError: when it is no :class:`Sent`.
        """
        if not isinstance(raw, Sent):
            raise BadMessageError("不是接口的消息")
        return Inbound(
            channel=self.name,
            dedupe_key=raw.key,
            conversation=raw.conversation,
            address="",
            message=raw.message,
            arrived=arrived,
        )

    def render(self, replies: Sequence[Reply], to: Inbound, *, late: bool) -> tuple[Operation, ...]:
        """What a turn says beside the question, which the answer takes from the conversation itself."""
        told = [part for reply in replies for part in _part(reply)]
        return (Operation(kind="said", body={"replies": told}),) if told else ()

    async def send(self, address: str, operation: Operation, anchor: str | None) -> str | None:
        """Never: a program cannot be reached, it asks.

        Raises:
            RefusedError: always.
        """
        raise RefusedError("接口自己来取，不能推送")

    async def busy(self, address: str) -> None:
        """Whoever waits for an HTTP answer knows that it waits."""


def _part(reply: Reply) -> Iterator[dict[str, Any]]:
    if isinstance(reply, Text):
        yield {"kind": "text", "text": reply.text, "sender": reply.sender}
    elif isinstance(reply, Menu):
        yield {"kind": "menu", "choices": [{"key": choice.key, "label": choice.label} for choice in reply.choices]}
    elif isinstance(reply, Document):
        yield {"kind": "document", "name": reply.name, "text": reply.text.replace("**", "")}
    elif isinstance(reply, Report):
        yield {"kind": "report", "page": "report.html", "word": "report.docx"}
