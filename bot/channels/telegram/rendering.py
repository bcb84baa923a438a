"""Replies as calls of the Bot API, as data: sent by ``sending.py``. Pure.

At most one message of a chat, the anchor, holds the current question. A tap on it edits it into the next question;
everything else sends new messages and takes the keyboard of the old anchor away.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bot.channels.channel import file_body
from bot.channels.telegram.keyboard import Button, Keyboard, of_ask, of_menu_choices
from bot.channels.telegram.markup import LIMIT, Line, aside, heading, html_of, is_blank, lines_of, pieces, size
from bot.messages import Inbound, Operation, Tapped
from dialogs.replies import Ask, Document, Menu, Reply, Text

ANSWER, SEND, EDIT, BARE, FILE = "answer", "send", "edit", "bare", "file"
"""The kinds of calls: end a button's waiting, send a message, edit one, take keyboards away (of a pressed message, if any, and
of the anchor), send a file."""


@dataclass(slots=True)
class _Message:
    lines: list[Line]
    keyboard: list[list[Button]] = field(default_factory=list)
    asks: bool = False


def render(replies: Sequence[Reply], to: Inbound, *, late: bool) -> tuple[Operation, ...]:
    """The calls that show ``replies`` to whoever sent ``to``.

    Args:
        replies: what the conversation says.
        to: the message answered.
        late: the button's waiting is over already; show everything in new messages.
    """
    shown = list(_messages(replies))
    answered = [Operation(kind=ANSWER, body={"id": to.callback})] if to.callback is not None and not late else []
    on_question = isinstance(to.message, Tapped)
    if on_question and not late and len(shown) == 1 and isinstance(shown[0], _Message) and shown[0].asks:
        body = {"message": to.ref, **_body(shown[0])}
        return (*answered, Operation(kind=EDIT, body=body, anchor=True))
    settled = any(isinstance(reply, Ask | Menu) for reply in replies)
    bare = [Operation(kind=BARE, body={"message": to.ref if on_question else None})] if settled else []
    replied = to.ref if to.callback is None and to.address.startswith("-") else None  # groups have negative ids
    sent = [_operation(message, replied if number == 0 else None) for number, message in enumerate(shown)]
    return (*answered, *bare, *sent)


def _messages(replies: Sequence[Reply]) -> Iterator[_Message | Document]:
    """Texts are kept until what follows shows whether one message can hold both."""
    texts: list[Line] = []
    for reply in replies:
        if isinstance(reply, Text):
            if texts:
                texts.append(())
            texts += lines_of(reply.shown)
            continue
        if isinstance(reply, Ask):
            keyboard = of_ask(reply)
            yield from _with_keyboard(texts, _question(reply, keyboard), keyboard, asks=True)
        elif isinstance(reply, Menu):
            keyboard = of_menu_choices(reply)
            told = lines_of("\n".join(keyboard.told)) if keyboard.told else []
            yield from _with_keyboard(texts, told, keyboard, asks=False)
        elif isinstance(reply, Document):
            yield from map(_Message, pieces(texts))
            yield reply
        texts = []
    yield from map(_Message, pieces(texts))


def _with_keyboard(texts: list[Line], below: list[Line], keyboard: Keyboard, *, asks: bool) -> Iterator[_Message]:
    """Texts and what stands below them in one message where it fits, the keyboard under the last."""
    whole = [*texts, *([()] if texts and below else []), *below]
    if asks and size(whole) > LIMIT:  # a question keeps together
        yield from map(_Message, pieces(texts))
        whole = below
    if is_blank(whole):
        whole = lines_of("接下来可以：")
    *first, last = pieces(whole)
    yield from map(_Message, first)
    yield _Message(last, keyboard.rows, asks)


def _question(ask: Ask, keyboard: Keyboard) -> list[Line]:
    first, *rest = ask.text.split("\n")
    left: Line = ((f"（最多还有 {ask.about} 问）", ""),) if ask.about is not None and ask.about > 1 else ()
    lines = [heading(first) + (() if rest else left), *(line for text in rest for line in lines_of(text))]
    if rest and left:
        lines.append(left)
    if ask.help:
        lines += aside(ask.help)
    if ask.multiple and not ask.ticked:  # then there is no 选好了 to be seen yet
        lines += lines_of("（点一下就勾上，选完按“选好了”）")
    if keyboard.told:
        lines += [(), *lines_of("\n".join(keyboard.told))]
    return lines


def _body(message: _Message) -> dict[str, object]:
    return {"text": html_of(message.lines), "keyboard": [[list(button) for button in row] for row in message.keyboard]}


def _operation(message: _Message | Document, replied: str | None) -> Operation:
    """``reply``: the message it answers, where several people write."""
    if isinstance(message, Document):
        return Operation(kind=FILE, body={**file_body(message), "reply": replied})
    return Operation(kind=SEND, body={**_body(message), "reply": replied}, anchor=message.asks)
