"""A hand-over as its enterprise sees it, on a page or through the API."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.handover.wording import signature
from bot.store.handover.model import Exchange

_EVENTS = {
    "asked": "叫了人工",
    "taken": "人工已经接入",
    "back": "人工把对话交还给助手",
    "lapsed": "人工有一阵没有回话，助手接着来",
    "unanswered": "没有人接",
    "withdrawn": "不要人工了，助手接着来",
}


@dataclass(frozen=True, slots=True)
class Told:
    """A line. ``by``: ``enterprise``, ``operator`` or ``event``; ``who``: as it is shown; ``at``: epoch seconds."""

    by: str
    who: str
    text: str
    at: float


@dataclass(frozen=True, slots=True)
class Shown:
    """``ahead``: how many wait before it. ``mark``: changes whenever anything of it does."""

    state: Literal["waiting", "held", "ended"]
    ahead: int
    mark: str
    lines: tuple[Told, ...]

    @property
    def open(self) -> bool:
        """Whether somebody is waited for or answers."""
        return self.state != "ended"

    @property
    def spoken(self) -> bool:
        """Whether a person said anything."""
        return any(line.by == "operator" for line in self.lines)


def shown(exchange: Exchange | None) -> Shown | None:
    """The hand-over a conversation had last; ``None`` when it never had one."""
    if exchange is None:
        return None
    handover = exchange.handover
    who = {"operator": signature(handover.operator), "enterprise": "您", "event": ""}
    lines = tuple(
        Told(line.by, who[line.by], _EVENTS.get(line.text, line.text) if line.by == "event" else line.text, line.made)
        for line in exchange.lines
    )
    state: Literal["waiting", "held", "ended"] = "held" if handover.held else "waiting" if handover.waiting else "ended"
    return Shown(state, handover.ahead, f"{exchange.lines[-1].id if exchange.lines else 0}.{handover.ahead}", lines)
