"""What comes in from a channel and what goes out to it, before and after the conversation itself. Stored as JSON."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field


def storable(text: str) -> str:
    """Without what no store keeps: halves of characters become "?", the character of code 0 goes."""
    return text.encode("utf-8", "replace").decode().replace("\0", "")


Text = Annotated[str, AfterValidator(storable)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Typed(_Part):
    """Words somebody typed (or a command of a menu, by its words).

    ``revision``: that of the question they stood under, where the channel can tell: a page may be an old one.
    """

    kind: Literal["typed"] = "typed"
    text: Text
    revision: int | None = None


class Edited(_Part):
    """An earlier message, changed: it corrects the answer it gave."""

    kind: Literal["edited"] = "edited"
    text: Text


class Tapped(_Part):
    """Pressed choices of a question, as :class:`dialogs.advance.Picked`.

    ``toggle``: one box of a question with several choices is ticked or unticked, nothing is answered yet. ``submit``:
    the ticked boxes are the answer, together with ``keys`` (``rest``, or ``none`` when nothing is ticked).
    """

    kind: Literal["tapped"] = "tapped"
    question: Text
    revision: int
    keys: tuple[Text, ...] = ()
    toggle: bool = False
    submit: bool = False


class Started(_Part):
    """The conversation is opened; ``argument`` comes with a deep link (a document's id, or a token to go on elsewhere)."""

    kind: Literal["started"] = "started"
    argument: Text | None = None


class Unsupported(_Part):
    """Something that cannot be read: a photo, a voice message, a location, a button that is not ours."""

    kind: Literal["unsupported"] = "unsupported"
    what: Text


class FromDesk(_Part):
    """What the desk did with a conversation that was handed over, to be told in it. No channel reads one.

    ``said``: an operator's words, ``text``. The others: an operator took it, gave it back, said nothing for too long, or
    nobody took it.
    """

    kind: Literal["desk"] = "desk"
    what: Literal["said", "taken", "back", "lapsed", "unanswered"]
    operator: Text | None = None
    text: Text = ""


Message = Annotated[Typed | Edited | Tapped | Started | Unsupported | FromDesk, Field(discriminator="kind")]


class Inbound(_Part):
    """One message as it came in.

    ``dedupe_key``: the same for a message delivered twice. ``conversation``: keyed hash of the chat. ``address``: where
    to answer; stands only in the delivery tables. ``ref``: the channel's id of the message that was typed, edited, or
    holds the pressed button. ``callback``: what must be answered so that a button stops waiting. ``arrived``: epoch
    seconds. ``order``: greater than that of everything sent before it, where the channel numbers what it delivers;
    without it, messages are taken as they arrive.
    """

    channel: Text
    dedupe_key: Text
    conversation: Text
    address: Text
    message: Message
    arrived: float
    order: int | None = Field(default=None, ge=0)
    ref: Text | None = None
    callback: Text | None = None


class Operation(_Part):
    """One call of a channel, as its ``render`` made it and its ``send`` takes it.

    ``anchor``: the message it leaves in the chat is the one that later turns may edit.
    """

    kind: str
    body: dict[str, Any]
    anchor: bool = False
