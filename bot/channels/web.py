"""The web page as a channel: a posted form comes in; what is said goes out as one piece, which the page fetches."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from bot.channels.channel import BadMessageError, RefusedError
from bot.messages import Inbound, Message, Operation, Tapped, Typed
from dialogs.replies import Document, Reply, Report, Text

NAME = "web"


class Posted(BaseModel):
    """A form as it was posted, its origin already checked.

    ``conversation``: keyed hash of the browser's id. ``nonce``: made with the page the form stood on, so that a form
    posted twice counts once. ``revision``: of the question the form stood under. Either ``text`` or ``question`` with
    the pressed ``keys``.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    conversation: str
    nonce: str
    revision: int = Field(ge=0, le=1_000_000)
    text: str | None = None
    question: str | None = Field(None, max_length=200)
    keys: tuple[str, ...] = Field((), max_length=100)


class Spoken(BaseModel):
    """What one turn said, beside the question and the result, which the page takes from the conversation itself.

    ``typed``: the words it answers; ``ticked``: the keys pressed at ``revision``, shown again where they were refused.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    revision: int
    typed: str | None = None
    ticked: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()


class Part(BaseModel):
    """A text, a file to take away, the report, which has its own address, or a person's words, which the page has already."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Literal["text", "file", "report", "person"]
    text: str
    name: str | None = None


class WebChannel:
    """Every browser at once. Nothing is pushed: a request takes what its own turn said."""

    name = NAME
    ack_deadline = 30.0  # a browser waits longer, a person does not
    links_reports = True

    def read(self, raw: object, arrived: float) -> Inbound | None:
        """A posted form as a message.

        Raises:
            BadMessageError: when it is no :class:`Posted`.
        """
        if not isinstance(raw, Posted):
            raise BadMessageError("不是网页的表单")
        return Inbound(
            channel=self.name,
            dedupe_key=raw.nonce,
            conversation=raw.conversation,
            address="",
            message=_message(raw),
            arrived=arrived,
        )

    def render(self, replies: Sequence[Reply], to: Inbound, *, late: bool) -> tuple[Operation, ...]:
        """The texts and files of a turn as one piece; nothing when there are none."""
        parts = tuple(part for reply in replies if (part := _part(reply)) is not None)
        if not parts:
            return ()
        message = to.message
        if isinstance(message, Tapped):
            said = Spoken(revision=message.revision, ticked=message.keys, parts=parts)
        elif isinstance(message, Typed):
            said = Spoken(revision=message.revision or 0, typed=message.text, parts=parts)
        else:
            said = Spoken(revision=0, parts=parts)
        return (Operation(kind="said", body=said.model_dump(mode="json")),)

    async def send(self, address: str, operation: Operation, anchor: str | None) -> str | None:
        """Never: a page cannot be reached, it asks.

        Raises:
            RefusedError: always.
        """
        raise RefusedError("网页自己来取，不能推送")

    async def busy(self, address: str) -> None:
        """The browser shows by itself that it waits."""


def _message(posted: Posted) -> Message:
    if posted.text is not None:
        return Typed(text=posted.text, revision=posted.revision)
    if posted.question is None:
        raise BadMessageError("表单里没有问题，也没有话")
    return Tapped(question=posted.question, revision=posted.revision, keys=posted.keys)


def _part(reply: Reply) -> Part | None:
    if isinstance(reply, Text):
        return Part(kind="text" if reply.sender is None else "person", text=reply.text)
    if isinstance(reply, Document):
        return Part(kind="file", text=reply.text, name=reply.name)
    if isinstance(reply, Report):
        return Part(kind="report", text="")
    return None
