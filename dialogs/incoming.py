"""What comes in to a conversation: words typed, choices pressed, a beginning, a correction."""

from __future__ import annotations

from dataclasses import dataclass

NONE, UNSURE_KEY, REST_KEY = "none", "unsure", "rest"
"""Keys of choices that stand beside the numbered ones."""


@dataclass(frozen=True, slots=True)
class Said:
    """Typed words."""

    text: str


@dataclass(frozen=True, slots=True)
class Picked:
    """Pressed choices of a question shown at a revision: indexes, ``none``, ``unsure``, ``rest``, or a command word."""

    question: str
    revision: int
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Opened:
    """The conversation is begun or taken up again."""


@dataclass(frozen=True, slots=True)
class Corrected:
    """Other words for the answer to a question answered earlier."""

    question: str
    text: str


Incoming = Said | Picked | Opened | Corrected
