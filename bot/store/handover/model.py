"""A hand-over as data: who waits, who holds it, what was said to and fro."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

End = Literal["back", "lapsed", "unanswered", "withdrawn"]
"""How a hand-over ended: given back; the operator said nothing for too long; nobody took it; the person changed their mind."""

Speaker = Literal["enterprise", "operator", "event"]
"""Whose line it is; an event's text is ``asked``, ``taken`` or an :data:`End`."""

Arrival = Literal["queued", "sent", "failed"]
"""What became of a line for the enterprise: on its way (or not fetched yet), gone out, set aside for good."""


@dataclass(frozen=True, slots=True)
class HandOver:
    """A hand-over, open or ended; times are epoch seconds.

    ``until``: while it waits, when waiting ends; while it is held, when the lease ends by itself. ``operator``: who holds
    or held it; ``None``: nobody took it. ``ahead``: how many others have waited longer, as long as it waits.
    """

    id: int
    conversation: str
    channel: str
    asked: float
    until: float
    operator: str | None = None
    ended: float | None = None
    how: End | None = None
    ahead: int = 0

    @property
    def waiting(self) -> bool:
        """Nobody has taken it yet."""
        return self.ended is None and self.operator is None

    @property
    def held(self) -> bool:
        """A person holds it: the assistant is silent."""
        return self.ended is None and self.operator is not None


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a hand-over; ``arrival`` and ``error``: of what goes to the enterprise."""

    id: int
    by: Speaker
    text: str
    made: float
    arrival: Arrival = "sent"
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Exchange:
    """A hand-over with what was said in it, in order."""

    handover: HandOver
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class Staffing:
    """Whether anybody may answer at the desk, and how many wait there."""

    operators: bool
    waiting: int


@dataclass(frozen=True, slots=True)
class HandedOver:
    """What a turn does to its conversation's hand-over.

    ``asks``: begin one that waits until then (epoch seconds). ``withdraws``: end the open one. ``says``: words for the
    operator (and for whoever takes it later).
    """

    asks: float | None = None
    withdraws: bool = False
    says: str | None = None
