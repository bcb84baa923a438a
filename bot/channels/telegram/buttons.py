"""What a button carries, written and read back. It comes from outside again, so it is checked again.

``callback_data`` holds at most 64 bytes of UTF-8. A button of a question carries its kind, the revision (base 36), what
is pressed, and the question's id; a button of a menu carries the words it stands for.
"""

from __future__ import annotations

import re
from typing import Literal

from bot.messages import Tapped, Typed

LONGEST = 64  # bytes
Kind = Literal["pick", "toggle", "submit"]
_LETTERS: dict[Kind, str] = {"pick": "p", "toggle": "t", "submit": "s"}
_KINDS = {letter: kind for kind, letter in _LETTERS.items()}
_QUESTION = re.compile(
    r"([pts])([0-9a-z]{1,6})\|([^|\x00-\x1f\x7f]{0,40})\|((?:where|confirm|[a-z]+:[a-z0-9_]+(?::\d{1,4})?))"
)
_MENU = re.compile(r"m\|([^\x00-\x1f\x7f]+)")
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def of_question(kind: Kind, question: str, revision: int, key: str) -> str | None:
    """The data of a question's button; ``None`` when it does not fit.

    ``pick`` answers with ``key`` (or does what a command word says), ``toggle`` ticks or unticks it, ``submit`` answers
    with what is ticked, and with ``key`` too unless it is empty.
    """
    return _fitting(f"{_LETTERS[kind]}{_base36(revision)}|{key}|{question}")


def of_menu(words: str) -> str | None:
    """The data of a menu's button; ``None`` when it does not fit."""
    return _fitting(f"m|{words}")


def read_button(data: str) -> Tapped | Typed | None:
    """What a pressed button says; ``None`` when no button of ours carries this."""
    if _fitting(data) is None:
        return None
    menu = _MENU.fullmatch(data)
    if menu is not None:
        return Typed(text=menu[1])
    match = _QUESTION.fullmatch(data)
    if match is None:
        return None
    kind, revision, key, question = _KINDS[match[1]], int(match[2], 36), match[3], match[4]
    if not key and kind != "submit":
        return None
    return Tapped(
        question=question,
        revision=revision,
        keys=(key,) if key else (),
        toggle=kind == "toggle",
        submit=kind == "submit",
    )


def _fitting(data: str) -> str | None:
    try:
        return data if len(data.encode()) <= LONGEST else None
    except UnicodeEncodeError:  # half of a surrogate pair
        return None


def _base36(number: int) -> str:
    digits = ""
    while True:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
        if not number:
            return digits
