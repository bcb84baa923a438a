"""What the desk does with hand-overs, each as one transaction: two operators never hold one conversation."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from bot.messages import FromDesk
from bot.store import inbox
from bot.store.database import Database, Rows
from bot.store.handover import rows as table
from bot.store.handover.model import End, Exchange, HandOver

_NEWEST = 2**62
_LISTED = 100  # hand-overs shown of each kind


class LostError(Exception):
    """The conversation is not, or no longer, this operator's; ``handover`` says whose, ``None``: it was erased."""

    def __init__(self, handover: HandOver | None) -> None:
        """Keep what it is now."""
        super().__init__("the lease is not held")
        self.handover = handover


@dataclass(frozen=True, slots=True)
class Board:
    """What the desk shows: who waits and what is held, oldest first, and what ended last, newest first."""

    waiting: list[HandOver]
    held: list[HandOver]
    ended: list[HandOver]


class HandOvers:
    """The hand-overs in a database. Every method raises :class:`bot.store.errors.StoreError` when the database fails.

    Times are epoch seconds; ``lease`` is how many seconds an operator may say nothing.
    """

    def __init__(self, database: Database, lease: float) -> None:
        """Use a database whose tables are there."""
        self._database, self._lease = database, lease

    def board(self) -> Board:
        """Everything to be shown at the desk."""
        with self._database.reading() as rows:
            return Board(
                _listed(rows, f"{table.WAITING} ORDER BY asked, id"),
                _listed(rows, f"{table.HELD} ORDER BY asked, id"),
                _listed(rows, "ended IS NOT NULL ORDER BY ended DESC, id DESC"),
            )

    def one(self, number: int) -> Exchange | None:
        """A hand-over with what was said; ``None`` when there is none of that number (any more)."""
        with self._database.reading() as rows:
            handover = _one(rows, number)
            return None if handover is None else Exchange(handover, table.lines(rows, number))

    def take(self, number: int, operator: str, now: float) -> HandOver:
        """Hold a conversation that waits: the assistant is silent from here on.

        Taking what one holds already changes nothing.

        Raises:
            LostError: when it does not wait any more.
        """
        with self._locked(number) as (rows, handover):
            if handover.held and handover.operator == operator:
                return handover
            if not handover.waiting:
                raise LostError(handover)
            rows.execute(
                "UPDATE handovers SET operator = ?, until = ? WHERE id = ?", (operator, now + self._lease, number)
            )
            table.silence(rows, handover.conversation)
            self._tell(rows, replace(handover, operator=operator), "taken", now)
            return replace(handover, operator=operator, until=now + self._lease)

    def write(self, number: int, operator: str, text: str, key: str, now: float) -> bool:
        """Say something to the enterprise; the lease lasts from now on. False: known by its key, nothing changes.

        Raises:
            LostError: when the operator does not hold the conversation.
        """
        with self._locked(number) as (rows, handover):
            _insist(handover, operator)
            line = table.add(rows, number, "operator", text, now, key=f"out:{number}:{key}")
            if line is None:
                return False
            rows.execute("UPDATE handovers SET until = ? WHERE id = ?", (now + self._lease, number))
            table.post(rows, handover, line, FromDesk(what="said", operator=operator, text=text), now)
            return True

    def give_back(self, number: int, operator: str, now: float) -> None:
        """Let the assistant go on. Giving back twice changes nothing.

        Raises:
            LostError: when the operator does not hold the conversation.
        """
        with self._locked(number) as (rows, handover):
            if handover.how == "back" and handover.operator == operator:
                return
            _insist(handover, operator)
            self._end(rows, handover, "back", now)

    def sweep(self, now: float) -> list[End]:
        """End the leases and the waiting that are over; returns how each of them ended."""
        with self._database.reading() as rows:
            due = rows.execute("SELECT id FROM handovers WHERE ended IS NULL AND until <= ?", (now,))
            numbers = sorted(row[0] for row in due.fetchall())
        ended: list[End] = []
        for number in numbers:
            try:
                with self._locked(number) as (rows, handover):
                    if handover.ended is None and handover.until <= now:  # not when it was taken or spoken in meanwhile
                        how: End = "lapsed" if handover.held else "unanswered"
                        self._end(rows, handover, how, now)
                        ended.append(how)
            except LostError:  # erased meanwhile
                continue
        return ended

    def _end(self, rows: Rows, handover: HandOver, how: End, now: float) -> None:
        table.end(rows, handover.id, how, now)
        self._tell(rows, handover, how, now)

    def _tell(self, rows: Rows, handover: HandOver, what: End | str, now: float) -> None:
        line = table.add(rows, handover.id, "event", what, now, key=f"event:{handover.id}:{what}")
        if line is not None:
            event = FromDesk.model_validate({"what": what, "operator": handover.operator})
            table.post(rows, handover, line, event, now)

    @contextmanager
    def _locked(self, number: int) -> Iterator[tuple[Rows, HandOver]]:
        """A hand-over of which nothing changes, and whose conversation takes no turn, until the transaction ends.

        Raises:
            LostError: when it was erased.
        """
        with self._database.writing() as rows:
            before = _one(rows, number)
            if before is None:
                raise LostError(None)
            inbox.lock(rows, before.conversation)
            handover = _one(rows, number)
            if handover is None:
                inbox.leave(rows, before.conversation)  # nothing of an erased conversation stands in the queue
            else:
                yield rows, handover
                inbox.leave(rows, before.conversation)
        if handover is None:
            raise LostError(None)


def _insist(handover: HandOver, operator: str) -> None:
    if not handover.held or handover.operator != operator:
        raise LostError(handover)


def _one(rows: Rows, number: int) -> HandOver | None:
    if number > _NEWEST:
        return None  # no database could even be asked
    found = rows.execute(f"SELECT {table.COLUMNS} FROM handovers WHERE id = ?", (number,)).fetchone()  # noqa: S608
    return HandOver(*found) if found else None


def _listed(rows: Rows, which: str) -> list[HandOver]:
    found = rows.execute(f"SELECT {table.COLUMNS} FROM handovers WHERE {which} LIMIT ?", (_LISTED,))  # noqa: S608
    return [HandOver(*row) for row in found.fetchall()]
