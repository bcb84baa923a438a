"""What a store promises. SQLite and PostgreSQL keep it alike; one suite of tests runs against both.

A message is received (one transaction, then it is acknowledged), turned (one transaction: claimed, the conversation
locked and its version checked, the log appended, replies queued, the message done), and its replies are sent
afterwards. Nothing acknowledged is lost by ending the process at any moment. Times are epoch seconds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, Protocol

from bot.messages import Inbound, Operation
from bot.store.errors import StoreError
from bot.store.handover.model import Exchange, HandedOver, HandOver, Staffing
from dialogs.session import Session


@dataclass(frozen=True, slots=True)
class Ticked:
    """Boxes ticked so far of a question with several choices, at one revision of the conversation."""

    question: str
    revision: int
    keys: frozenset[str]


Place = Literal["next", "between", "too late", "erased"]
"""Where a message belongs: after everything taken so far; before some of it, which is taken again after it; before some
of it, but that stays as it is; before the conversation was erased."""


@dataclass(frozen=True, slots=True)
class Pending:
    """The oldest message of a conversation, with the conversation it belongs to.

    ``session``: ``None`` for the first message. ``runs``: how many logs this conversation has had, the current one
    included (a new corpus or a restart elsewhere begins a new one). ``refs``: message id → question of the answer it
    gave, in the current log. ``broken``: the log kept could not be read; it is left as it is. ``attempts``: how often
    this message was tried before. ``question``: the one that was open after the last turn, as :class:`Noted` has it.
    ``place``: where it belongs; when that is between others, everything above is as it was there, ``later`` are the
    messages to take again after it, and ``until_now`` is the session they led to. ``handover``: the one that is open.
    """

    inbound: Inbound
    session: Session | None
    runs: int = 0
    ticked: Ticked | None = None
    refs: Mapping[str, str] = field(default_factory=dict)
    broken: bool = False
    attempts: int = 0
    question: str | None = None
    place: Place = "next"
    later: tuple[Inbound, ...] = ()
    until_now: Session | None = None
    handover: HandOver | None = None


@dataclass(frozen=True, slots=True)
class Gap:
    """A question the documents do not answer, without personal data, and how looking it up ended."""

    question: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Noted:
    """What a turn adds to the figures for staff; nothing of who said it.

    ``day``: ISO. ``counted``: pairs of what happened and to what (``bot/figures.py`` says which there are). ``question``:
    the one that is open now, ``""`` when everything was asked, ``None`` before anything was.
    """

    day: str
    counted: tuple[tuple[str, str], ...] = ()
    question: str | None = None
    gaps: tuple[Gap, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a turn leaves: the session as it is now, what to send, and what else to keep.

    ``session``: its events beyond those kept are appended, marked with the message's ``ref``; another id than before
    begins a new log. ``token``: hash of a new token to go on elsewhere, replacing an earlier one. ``forget``: erase the
    conversation, its logs and its messages; only ``operations`` are still sent. ``failed``: the message could not be
    processed and is set aside, visibly, and nothing is taken again. ``noted``: what is counted with it. ``settles``: no
    message may be put before this one any more. ``later``: what each of the messages taken again leaves, in their order.
    ``handover``: what becomes of asking for a person; what the turn says to words a person is to answer belongs to it,
    and is said while one holds the conversation.
    """

    session: Session | None
    operations: tuple[Operation, ...]
    ticked: Ticked | None = None
    token: str | None = None
    forget: bool = False
    failed: str | None = None
    noted: Noted | None = None
    settles: bool = False
    later: tuple[Outcome, ...] = ()
    handover: HandedOver | None = None


@dataclass(frozen=True, slots=True)
class Delivery:
    """One call to make, with what its conversation's last anchor was."""

    id: int
    channel: str
    conversation: str
    address: str
    operation: Operation
    anchor: str | None
    attempts: int


__all__ = [
    "Backlog", "Delivery", "Gap", "Noted", "Outcome", "Outgoing", "Pending", "Place", "Scope", "Sending", "SetAside", "State",
    "Store", "StoreError", "Ticked", "View", "Work",
]  # fmt: skip

State = Literal["queued", "sending", "dead"]


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A row of the outbox as an operator sees it; the conversation by its hash."""

    id: int
    channel: str
    conversation: str
    kind: str
    state: State
    attempts: int
    made: float
    due: float
    error: str | None


@dataclass(frozen=True, slots=True)
class SetAside:
    """A message that could not be processed."""

    channel: str
    dedupe_key: str
    conversation: str
    arrived: float
    error: str


@dataclass(frozen=True, slots=True)
class Backlog:
    """How much is under way. ``people_waiting``, ``people_held``: conversations that wait for a person, that one holds."""

    inbox: int
    outbox: int
    dead: int
    paused: int
    conversations: int
    oldest: float | None
    people_waiting: int = 0
    people_held: int = 0


class Sending(Protocol):
    """Whether this process may send. It may lose that (a connection is lost), so it is asked before every round."""

    def __bool__(self) -> bool:
        """True as long as no other process may."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Which conversations a process serves: those of some channels, or one alone (a terminal, a web request)."""

    channels: tuple[str, ...]
    conversation: str | None = None


class View(Protocol):
    """What may be looked up within a turn, in its transaction."""

    def resumable(self, token: str) -> Session | None:
        """The session that a token (its hash) goes on with; ``None`` also when its log cannot be read."""

    def export(self) -> dict[str, Any]:
        """Everything kept of the conversation whose turn it is, as data."""

    def staffing(self) -> Staffing:
        """Whether anybody may answer at the desk, and how many wait there."""


Work = Callable[[Pending, View], Outcome]


class Store(Protocol):
    """Durable conversations. Every method is one transaction and raises :class:`StoreError` when the store fails."""

    def receive(self, inbound: Sequence[Inbound]) -> int:
        """Keep messages, in order; returns how many were not known yet. After this they may be acknowledged."""

    def turn(self, work: Work, scope: Scope, now: float) -> Inbound | None:
        """Let ``work`` process the oldest message of the conversation that has waited longest; ``None``: nothing waits.

        One message a call, then the conversation goes to the end of the queue, so that no chat holds up another. One that
        was sent before others that were taken already is put where it belongs (:data:`Place`), with those after it. What
        ``work`` raises is raised after everything is rolled back and the attempt is counted.
        """

    def sending(self, scope: Scope) -> AbstractContextManager[Sending]:
        """Whether this process may send for a scope: only one at a time may.

        What was being sent before is queued again.
        """

    def claim(self, scope: Scope, limit: int, now: float) -> list[Delivery]:
        """The next call of each conversation that has none under way, oldest first; they are now under way."""

    def sent(self, delivery: Delivery, ref: str | None) -> None:
        """A call was made: it leaves the outbox; ``ref`` becomes the anchor where the operation says so."""

    def retry(self, delivery: Delivery, due: float, why: str) -> None:
        """Queue a call again, not before ``due``; later calls of its conversation wait behind it."""

    def bury(self, delivery: Delivery, why: str) -> None:
        """Set a call aside for good, visibly; the next one of its conversation goes on."""

    def pause(self, delivery: Delivery, why: str) -> None:
        """The person does not want messages: as :meth:`bury`, and the rest waits until they write again."""

    def session(self, conversation: str) -> Session | None:
        """A conversation's session as it is now; ``None`` before its first turn, and when its log cannot be read."""

    def handover(self, conversation: str) -> Exchange | None:
        """The hand-over a conversation had last, open or ended, with what was said in it."""

    def export(self, conversation: str) -> dict[str, Any] | None:
        """Everything kept of a conversation, as data."""

    def forget(self, conversation: str) -> bool:
        """Erase a conversation with everything of it, the log and messages under way included."""

    def expire(self, before: float) -> int:
        """Erase conversations nobody wrote in since; returns how many."""

    def latest(self, channel: str) -> str | None:
        """The conversation of a channel that was written in last."""

    def outbox(self, limit: int) -> list[Outgoing]:
        """What is queued, under way or dead, oldest first."""

    def set_aside(self, limit: int) -> list[SetAside]:
        """Messages that could not be processed, oldest first."""

    def backlog(self) -> Backlog:
        """How much is under way. Also shows that the store answers."""

    def backup(self, target: Path) -> None:
        """Write a consistent copy while everything goes on."""

    def close(self) -> None:
        """Release files and connections."""
