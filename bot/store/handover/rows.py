"""Hand-overs in SQL, within a transaction that holds the conversation's row of the queue (:mod:`bot.store.inbox`)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from bot.messages import FromDesk, Inbound, storable
from bot.store.database import Rows
from bot.store.handover.model import Exchange, HandedOver, HandOver, Line, Speaker, Staffing

HELD = "ended IS NULL AND operator IS NOT NULL"
WAITING = "ended IS NULL AND operator IS NULL"
# The plus keeps SQLite from looking through all that ended before: the index of those that are open is short.
_AHEAD = (
    "(SELECT count(*) FROM handovers AS other"
    " WHERE other.ended IS NULL AND other.operator IS NULL AND +other.id < handovers.id)"
)
COLUMNS = "id, conversation, channel, asked, until, operator, ended, how"


def open_of(rows: Rows, conversation: str) -> HandOver | None:
    """The hand-over of a conversation that is not ended; there is one at most."""
    found = rows.execute(
        f"SELECT {COLUMNS}, {_AHEAD} FROM handovers WHERE conversation = ? AND ended IS NULL",  # noqa: S608 - ours
        (conversation,),
    ).fetchone()
    return HandOver(*found) if found else None


def latest_of(rows: Rows, conversation: str) -> Exchange | None:
    """The hand-over of a conversation that was begun last, ended or not, with what was said."""
    found = rows.execute(
        f"SELECT {COLUMNS}, {_AHEAD} FROM handovers WHERE conversation = ? ORDER BY id DESC LIMIT 1",  # noqa: S608
        (conversation,),
    ).fetchone()
    return Exchange(HandOver(*found), lines(rows, found[0])) if found else None


def staffing(rows: Rows) -> Staffing:
    """Whether there are accounts of staff, and how many wait for them."""
    account = rows.execute("SELECT 1 FROM staff LIMIT 1").fetchone()
    waiting = rows.execute(f"SELECT count(*) FROM handovers WHERE {WAITING}").fetchone()[0]  # noqa: S608
    return Staffing(account is not None, waiting)


def settle(rows: Rows, message: Inbound, change: HandedOver, number: int, now: float) -> int | None:
    """Keep what a turn does to its conversation's hand-over; returns the line its message became while a person held it.

    What the assistant says to a line that only waits for somebody is its own, and goes unsaid once somebody takes over.

    Args:
        rows: the transaction of the turn.
        message: the message turned.
        change: what it does.
        number: the message's number in the inbox: a line of its own is never kept twice.
        now: epoch seconds.
    """
    if change.asks is not None:
        _ask(rows, message, change.asks, now)
    handover = open_of(rows, message.conversation)
    if handover is None:
        return None
    line = None
    if change.says is not None:
        line = add(rows, handover.id, "enterprise", change.says, message.arrived, key=f"in:{number}")
    if change.withdraws:
        end(rows, handover.id, "withdrawn", now)
        add(rows, handover.id, "event", "withdrawn", now)
    return line if handover.held else None


def _ask(rows: Rows, message: Inbound, until: float, now: float) -> None:
    number = rows.execute(
        "INSERT INTO handovers (conversation, channel, address, asked, until) VALUES (?, ?, ?, ?, ?) RETURNING id",
        (message.conversation, message.channel, message.address, now, until),
    ).fetchone()[0]
    add(rows, number, "event", "asked", now)


def add(rows: Rows, handover: int, by: Speaker, text: str, now: float, *, key: str | None = None) -> int | None:
    """Add a line; ``None`` when its key is known already."""
    added = rows.execute(
        "INSERT INTO handover_lines (handover, speaker, text, made, key) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (key) DO NOTHING RETURNING id",
        (handover, by, storable(text), now, key),
    ).fetchone()
    return added[0] if added else None


def end(rows: Rows, handover: int, how: str, now: float) -> None:
    """It is over."""
    rows.execute("UPDATE handovers SET ended = ?, how = ? WHERE id = ? AND ended IS NULL", (now, how, handover))


def post(rows: Rows, handover: HandOver, line: int, message: FromDesk, now: float) -> None:
    """Queue what the desk did as a message of the conversation, which a turn then tells the enterprise.

    It does not count as somebody having written: whoever does not want messages still gets none, and a conversation is
    not kept longer for it.
    """
    address = rows.execute("SELECT address FROM handovers WHERE id = ?", (handover.id,)).fetchone()[0]
    inbound = Inbound(
        channel=handover.channel,
        dedupe_key=f"desk:{line}",
        conversation=handover.conversation,
        address=address,
        message=message,
        arrived=now,
    )
    posted = rows.execute(
        "INSERT INTO inbox (channel, dedupe_key, conversation, inbound, arrived) VALUES (?, ?, ?, ?, ?) RETURNING seq",
        (inbound.channel, inbound.dedupe_key, inbound.conversation, inbound.model_dump_json(), now),
    ).fetchone()[0]
    rows.execute("UPDATE handover_lines SET posted = ? WHERE id = ?", (posted, line))


def posted_as(rows: Rows, number: int) -> int | None:
    """The line that a message of the inbox tells."""
    found = rows.execute("SELECT id FROM handover_lines WHERE posted = ?", (number,)).fetchone()
    return found[0] if found else None


def silence(rows: Rows, conversation: str) -> None:
    """What the assistant was about to say is not said any more; what is under way is."""
    rows.execute("DELETE FROM outbox WHERE conversation = ? AND line IS NULL AND state = 'queued'", (conversation,))


def lines(rows: Rows, handover: int) -> list[Line]:
    """What was said, in order, with what became of each line."""
    found = rows.execute(
        "SELECT handover_lines.id, speaker, text, handover_lines.made,"
        " EXISTS (SELECT 1 FROM outbox WHERE outbox.line = handover_lines.id AND outbox.state <> 'dead'),"
        " (SELECT state FROM inbox WHERE inbox.seq = handover_lines.posted),"
        " (SELECT max(error) FROM outbox WHERE outbox.line = handover_lines.id AND outbox.state = 'dead')"
        " FROM handover_lines WHERE handover = ? ORDER BY handover_lines.id",
        (handover,),
    ).fetchall()
    return [_line(*row) for row in found]


def _line(number: int, by: Speaker, text: str, made: float, going: bool, state: str | None, error: str | None) -> Line:
    if error is not None or state == "failed":
        return Line(number, by, text, made, "failed", error)
    return Line(number, by, text, made, "queued" if going or state == "waiting" else "sent")


def erase(rows: Rows, conversation: str, now: float) -> None:
    """Erase all hand-overs of a conversation, and what the desk has posted in it that waits to be told."""
    mine = "handover IN (SELECT id FROM handovers WHERE conversation = ?)"
    rows.execute(
        "UPDATE inbox SET state = 'done', done = ?, conversation = NULL, inbound = NULL, error = NULL"  # noqa: S608
        f" WHERE seq IN (SELECT posted FROM handover_lines WHERE {mine}) AND conversation IS NOT NULL",
        (now, conversation),
    )
    rows.execute(f"DELETE FROM handover_lines WHERE {mine}", (conversation,))  # noqa: S608
    rows.execute("DELETE FROM handovers WHERE conversation = ?", (conversation,))


def export(rows: Rows, conversation: str) -> list[dict[str, Any]]:
    """All hand-overs of a conversation as data for its enterprise, oldest first; times in UTC. Nobody's account is named."""
    found = rows.execute(
        f"SELECT {COLUMNS} FROM handovers WHERE conversation = ? ORDER BY id",  # noqa: S608
        (conversation,),
    ).fetchall()
    return [
        {
            "asked": _time(handover.asked),
            "ended": _time(handover.ended),
            "how": handover.how,
            "lines": [{"at": _time(line.made), "by": line.by, "text": line.text} for line in lines(rows, handover.id)],
        }
        for handover in (HandOver(*row) for row in found)
    ]


def _time(seconds: float | None) -> str | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")
