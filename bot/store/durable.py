"""The store over a database: each promise of :class:`bot.store.store.Store` as one transaction."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.messages import FromDesk, Inbound
from bot.store import conversations, figures, inbox, outbox, overview, taken
from bot.store.conversations import Kept
from bot.store.database import Database, Rows
from bot.store.handover import rows as handovers
from bot.store.handover.model import Exchange, HandOver, Staffing
from bot.store.inbox import Waiting
from bot.store.logs import Log, Memory
from bot.store.store import (
    Backlog,
    Delivery,
    Outcome,
    Outgoing,
    Pending,
    Scope,
    Sending,
    SetAside,
    StoreError,
    Work,
)
from bot.store.taken import Position
from dialogs.session import Session

_TOGETHER = 200  # conversations expired in one transaction, so that turns need not wait long


class DurableStore:
    """Conversations in a database; what each method promises stands in :class:`bot.store.store.Store`."""

    def __init__(self, database: Database) -> None:
        """Use a database whose tables are there."""
        self._database, self._memory = database, Memory()

    def receive(self, inbound: Sequence[Inbound]) -> int:
        """Keep messages."""
        with self._database.writing() as rows:
            return inbox.receive(rows, inbound)

    def turn(self, work: Work, scope: Scope, now: float) -> Inbound | None:
        """Let ``work`` process one message."""
        waiting: Waiting | None = None
        try:
            with self._database.writing() as rows:
                waiting = inbox.oldest(rows, scope, self._database.skip_locked)
                if waiting is None:
                    return None
                kept = conversations.load(rows, waiting.inbound.conversation, self._memory)
                open_ = handovers.open_of(rows, kept.id)
                held = open_ is not None and open_.held
                where = taken.position(rows, waiting, kept, self._memory, now, held=held)
                outcome = work(_pending(waiting, kept, where, open_), _View(rows, self._memory, kept.id))
                log = _settle(rows, waiting, kept, where, outcome, now)
        except StoreError:
            raise
        except Exception:
            if waiting is not None:
                with self._database.writing() as rows:
                    inbox.tried(rows, waiting)
            raise
        if log is not None:
            self._memory.put(log)
        if outcome.forget:
            self._database.scrub()
        return waiting.inbound

    @contextmanager
    def sending(self, scope: Scope) -> Iterator[Sending]:
        """Be the one that sends for a scope."""
        with ExitStack() as stack:
            rights: list[Sending] = []
            for name in _names(scope):
                rights.append(stack.enter_context(self._database.sending(name)))
                if not rights[-1]:
                    stack.close()  # hold nothing back from whoever sends for the others
                    break
            ours = _Rights(rights)
            if ours:
                with self._database.writing() as rows:
                    outbox.queue_again(rows, scope)
            yield ours

    def claim(self, scope: Scope, limit: int, now: float) -> list[Delivery]:
        """Take the next calls to make."""
        with self._database.writing() as rows:
            return outbox.claim(rows, scope, limit, now)

    def sent(self, delivery: Delivery, ref: str | None) -> None:
        """A call was made."""
        with self._database.writing() as rows:
            outbox.sent(rows, delivery, ref)

    def retry(self, delivery: Delivery, due: float, why: str) -> None:
        """Queue a call again."""
        with self._database.writing() as rows:
            outbox.retry(rows, delivery, due, why)

    def bury(self, delivery: Delivery, why: str) -> None:
        """Set a call aside."""
        with self._database.writing() as rows:
            outbox.bury(rows, delivery, why)

    def pause(self, delivery: Delivery, why: str) -> None:
        """Send nothing more until they write again."""
        with self._database.writing() as rows:
            outbox.pause(rows, delivery, why)

    def session(self, conversation: str) -> Session | None:
        """A conversation's session."""
        with self._database.reading() as rows:
            return conversations.current(rows, conversation, self._memory)

    def handover(self, conversation: str) -> Exchange | None:
        """The hand-over a conversation had last."""
        with self._database.reading() as rows:
            return handovers.latest_of(rows, conversation)

    def export(self, conversation: str) -> dict[str, Any] | None:
        """Everything kept of a conversation."""
        with self._database.reading() as rows:
            return overview.export(rows, conversation)

    def forget(self, conversation: str) -> bool:
        """Erase a conversation."""
        with self._database.writing() as rows:
            there = _erase(rows, conversation)
        self._database.scrub()
        return there

    def expire(self, before: float) -> int:
        """Erase conversations nobody wrote in since, some at a time, with the keys of old messages; counts are added up."""
        erased = 0
        while True:
            with self._database.writing() as rows:
                found = conversations.unused(rows, before, _TOGETHER)
                erased += sum(_erase(rows, conversation, before) for conversation in found)
            if len(found) < _TOGETHER:
                break
        while True:
            with self._database.writing() as rows:
                if not inbox.prune(rows, time.time()):
                    break
        released: str | None = ""
        while released is not None:
            with self._database.writing() as rows:
                released = taken.release(rows, released, time.time())
        figures.Figures(self._database).fold()
        self._database.scrub()
        return erased

    def latest(self, channel: str) -> str | None:
        """The conversation written in last."""
        with self._database.reading() as rows:
            return conversations.latest(rows, channel)

    def outbox(self, limit: int) -> list[Outgoing]:
        """Calls that are queued, under way or dead."""
        with self._database.reading() as rows:
            return outbox.listed(rows, limit)

    def set_aside(self, limit: int) -> list[SetAside]:
        """Messages that could not be processed."""
        with self._database.reading() as rows:
            return inbox.set_aside(rows, limit)

    def backlog(self) -> Backlog:
        """How much is under way."""
        with self._database.reading() as rows:
            return overview.backlog(rows)

    def backup(self, target: Path) -> None:
        """Write a consistent copy."""
        self._database.backup(target)

    def close(self) -> None:
        """Release files and connections."""
        self._database.close()


@dataclass(frozen=True, slots=True)
class _View:
    """What a turn may look up, in its own transaction."""

    rows: Rows
    memory: Memory
    conversation: str

    def resumable(self, token: str) -> Session | None:
        """The session a token goes on with."""
        return conversations.by_token(self.rows, token, self.memory)

    def export(self) -> dict[str, Any]:
        """Everything kept of the conversation."""
        return overview.export(self.rows, self.conversation) or {}

    def staffing(self) -> Staffing:
        """Whether anybody may answer at the desk, and how many wait there."""
        return handovers.staffing(self.rows)


class _Rights:
    """Several rights to send, held together."""

    def __init__(self, rights: Sequence[Sending]) -> None:
        self._rights = rights

    def __bool__(self) -> bool:
        return all(self._rights)


def _names(scope: Scope) -> list[str]:
    """What must be held to send for a scope: each channel by itself, so that scopes that overlap exclude each other.

    In order, so that two processes never hold one each of what both want.
    """
    alone = f":{scope.conversation}" if scope.conversation is not None else ""
    return [f"{channel}{alone}" for channel in sorted(scope.channels)]


def _pending(waiting: Waiting, kept: Kept, where: Position, handover: HandOver | None) -> Pending:
    before, later = where.kept, tuple(one.inbound for one in where.later)
    return Pending(
        waiting.inbound, before.session, before.runs, before.ticked, before.refs, before.broken, waiting.attempts,
        kept.question, where.place, later, kept.session if later else None, handover,
    )  # fmt: skip


def _settle(rows: Rows, waiting: Waiting, kept: Kept, where: Position, outcome: Outcome, now: float) -> Log | None:
    """Keep what a turn leaves; returns the log to remember."""
    line = None
    if outcome.failed is not None:
        inbox.put_aside(rows, waiting, outcome.failed)
        if not where.later:  # else it stays as it is
            kept = conversations.save(rows, kept, outcome, waiting.inbound.ref, waiting.inbound.arrived)
    elif where.place == "erased":
        inbox.done(rows, waiting, now)
        conversations.vanish(rows, kept)
    else:
        kept = conversations.cut(rows, where.kept, kept.number) if where.later else kept
        kept = _take(rows, waiting, kept, outcome, where.sent, now)
        for one, left in zip(where.later, outcome.later, strict=True):
            kept = _take(rows, one, kept, left, one.sent, now)
        line = _handed_over(rows, waiting, outcome, now)
    inbox.go_on(rows, kept.id)
    if outcome.noted is not None:
        figures.count(rows, outcome.noted)
    outbox.queue(rows, waiting.inbound, outcome.operations, now, line)
    return kept.log


def _take(rows: Rows, waiting: Waiting, before: Kept, outcome: Outcome, sent: int, now: float) -> Kept:
    """Keep what one message leaves; returns the conversation as it is then."""
    message = waiting.inbound
    if outcome.forget:
        return _forget(rows, waiting, before.id, now)
    after = conversations.save(rows, before, outcome, message.ref, message.arrived)
    if not sent:
        inbox.done(rows, waiting, now)
        return after
    taken.keep(rows, waiting, before, sent, now)
    if outcome.settles or before.number not in (None, after.number):
        taken.settle(rows, waiting, sent)
    return after


def _forget(rows: Rows, waiting: Waiting, conversation: str, now: float) -> Kept:
    """Erase a conversation; what was written since begins a new one."""
    conversations.erase(rows, conversation, now)
    inbox.erase(rows, conversation, now, until=waiting)
    for number, channel, arrived in inbox.next_of(rows, conversation):
        conversations.written_in(rows, conversation, channel, arrived, number)
    return Kept(conversation, 0, 0, None, 0, None, None, broken=False, question=None)


def _handed_over(rows: Rows, waiting: Waiting, outcome: Outcome, now: float) -> int | None:
    """Keep what a turn does to a hand-over; returns the line that what it says belongs to, if any."""
    message = waiting.inbound
    if isinstance(message.message, FromDesk):
        return handovers.posted_as(rows, waiting.number)
    return None if outcome.handover is None else handovers.settle(rows, message, outcome.handover, waiting.number, now)


def _erase(rows: Rows, conversation: str, before: float | None = None) -> bool:
    """Erase a conversation with its messages, provided nobody wrote in it since ``before``."""
    inbox.lock(rows, conversation)
    wanted = before is None or conversations.still_unused(rows, conversation, before)
    there = wanted and conversations.erase(rows, conversation, time.time())
    if wanted:
        inbox.erase(rows, conversation, time.time())
    inbox.go_on(rows, conversation)
    return there
