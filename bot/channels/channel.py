"""What a channel must do; everything else of a conversation is the same for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from bot.messages import Inbound, Operation
from dialogs.replies import Reply


class Channel(Protocol):
    """An adapter: reads what comes in, shapes what goes out, and sends it."""

    name: str
    ack_deadline: float
    """Seconds within which the other side wants a message acknowledged before it delivers it again."""

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
