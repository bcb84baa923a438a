"""What a channel must do; everything else of a conversation is the same for all of them."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from bot.messages import Inbound, Operation
from dialogs.replies import Document, Reply


class Channel(Protocol):
    """An adapter: reads what comes in, shapes what goes out, and sends it."""

    name: str
    ack_deadline: float
    """Seconds within which the other side wants a message acknowledged before it delivers it again."""

    links_reports: bool
    """Whether it leads to a report by its address; to other channels it goes as a Word file."""

    def read(self, raw: object, arrived: float) -> Inbound | None:
        """A message from outside, checked; ``None`` when it is not meant for the assistant. Pure.

        Raises:
            BadMessageError: when it is nothing this channel knows.
        """

    def render(self, replies: Sequence[Reply], to: Inbound, *, late: bool) -> tuple[Operation, ...]:
        """The replies as calls of this channel, in order, ending what ``to`` left waiting. Pure.

        ``late``: too much time passed for an answer in place; show everything anew.
        """

    async def send(self, address: str, operation: Operation, anchor: str | None) -> str | None:
        """Make one call; returns the channel's id of the message it left, if any.

        Raises:
            SendError: one of its kinds below says what to do next.
        """

    async def busy(self, address: str) -> None:
        """Show that an answer is being made, where the channel can.

        Raises:
            SendError: when it could not be shown; nothing depends on it.
        """


def file_body(document: Document) -> dict[str, str]:
    """A document as the body of an operation, which is JSON: ``name`` with ``text``, or with ``content`` in base64."""
    if document.content is None:
        return {"name": document.name, "text": document.text.replace("**", "")}
    return {"name": document.name, "content": base64.b64encode(document.content).decode()}


def file_content(body: Mapping[str, Any], *, encoding: str = "utf-8") -> bytes:
    """The bytes of the file in an operation's body; ``encoding``: of a text."""
    if "content" in body:
        return base64.b64decode(body["content"])
    return str(body["text"]).encode(encoding)


class BadMessageError(ValueError):
    """What came in is malformed."""


class SendError(Exception):
    """A call failed. The message says why, without personal data."""


class LaterError(SendError):
    """Not taken; try this chat again after ``seconds``."""

    def __init__(self, seconds: float, why: str) -> None:
        """Keep the delay."""
        super().__init__(why)
        self.seconds = seconds


class UnreachableError(SendError):
    """The call did not get through and surely had no effect."""


class AmbiguousError(SendError):
    """The call may or may not have had its effect: no answer came, or the other side failed."""


class RefusedError(SendError):
    """The call will never be taken as it is."""


class BlockedError(SendError):
    """The person does not want messages; nothing more can be sent until they write again."""
