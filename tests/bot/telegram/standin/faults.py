"""Failures to order: the next calls of a method, in a chat or in any, go wrong in a given way."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["flood", "bad_gateway", "lost_answer", "reset", "blocked", "refused", "moved", "conflict"]


@dataclass
class Fault:
    """``lost_answer``: the call has its effect, the answer never comes. ``reset``: the connection breaks before."""

    kind: Kind
    method: str
    chat: int | None = None
    times: int = 1
    seconds: int = 1
    description: str = "Bad Request: something else"
    to: int = 0


@dataclass
class Faults:
    """What was ordered and not yet used up."""

    ordered: list[Fault] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def order(self, fault: Fault) -> None:
        with self._lock:
            self.ordered.append(fault)

    def take(self, method: str, chat: str | None) -> Fault | None:
        """The fault this call meets."""
        with self._lock:
            for fault in self.ordered:
                if fault.method == method and fault.times > 0 and (fault.chat is None or str(fault.chat) == chat):
                    fault.times -= 1
                    return fault
        return None
