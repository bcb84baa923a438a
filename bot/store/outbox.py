"""Calls to make. Each conversation's go out one after the other, in the order they were queued.

A row is ``queued``, then under way (``sending``), and gone when the call was made; ``dead`` rows wait for an operator.
What the assistant says while a person holds the conversation goes unsaid: that is looked at when a call is taken to be
made, also for the one more time after it failed. A row with a ``line`` is part of the hand-over itself.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.messages import Inbound, Operation, storable
from bot.store.database import Rows, scoped
from bot.store.store import Delivery, Outgoing, Scope

_AT_ONCE = 0.0  # due: not a time of day, so that a clock set back delays nothing
_FARTHEST = 3600.0  # seconds; what is due later than that was queued under another clock

_NEXT = """
SELECT oldest.id, oldest.channel, oldest.conversation, oldest.address, oldest.operation, oldest.attempts,
    conversations.anchor
FROM (
    SELECT conversation, min(id) AS id FROM outbox WHERE {scope} AND state <> 'dead'
    GROUP BY conversation HAVING count(*) FILTER (WHERE state = 'sending') = 0
) AS head
JOIN outbox AS oldest ON oldest.id = head.id
LEFT JOIN conversations ON conversations.id = head.conversation
WHERE (oldest.due <= ? OR oldest.due > ?) AND coalesce(conversations.paused, 0) = 0
ORDER BY oldest.id LIMIT ?
"""


_HELD = "SELECT 1 FROM handovers WHERE conversation = outbox.conversation AND ended IS NULL AND operator IS NOT NULL"
_TAKE = f"""
UPDATE outbox SET state = 'sending', attempts = attempts + 1
WHERE id = ? AND (line IS NOT NULL OR NOT EXISTS ({_HELD}))
"""  # noqa: S608 - ours
_SILENCED = """
DELETE FROM outbox WHERE state = 'queued' AND line IS NULL
AND conversation IN (SELECT conversation FROM handovers WHERE ended IS NULL AND operator IS NOT NULL)
"""


def queue(rows: Rows, to: Inbound, operations: Sequence[Operation], now: float, line: int | None = None) -> None:
    """Queue the calls that answer a message; ``line``: of the hand-over they belong to, so that they are not silenced."""
    for operation in operations:
        rows.execute(
            "INSERT INTO outbox (conversation, channel, address, operation, made, due, line) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (to.conversation, to.channel, to.address, operation.model_dump_json(), now, _AT_ONCE, line),
        )


def claim(rows: Rows, scope: Scope, limit: int, now: float) -> list[Delivery]:
    """The next call of each conversation that has none under way, oldest first; what cannot be read is set aside."""
    where, values = scoped(scope, "channel", "conversation")
    rows.execute(_SILENCED)
    found = rows.execute(_NEXT.format(scope=where), (*values, now, now + _FARTHEST, limit)).fetchall()
    deliveries = []
    for number, channel, conversation, address, text, attempts, anchor in found:
        if rows.execute(_TAKE, (number,)).rowcount != 1:  # somebody took the conversation at this very moment
            continue
        try:
            operation = Operation.model_validate_json(text)
        except ValueError:
            _die(rows, number, attempts, "存下的内容读不出来")
            continue
        deliveries.append(Delivery(number, channel, conversation, address, operation, anchor, attempts))
    return deliveries


def sent(rows: Rows, delivery: Delivery, ref: str | None) -> None:
    """A call was made, whoever may have queued it again meanwhile."""
    if ref is not None and delivery.operation.anchor:
        rows.execute(  # not when the conversation was erased, or erased and begun again
            "UPDATE conversations SET anchor = ? WHERE id = ? AND EXISTS (SELECT 1 FROM outbox WHERE outbox.id = ?)",
            (ref, delivery.conversation, delivery.id),
        )
    rows.execute("DELETE FROM outbox WHERE id = ?", (delivery.id,))


def retry(rows: Rows, delivery: Delivery, due: float, why: str) -> None:
    """Queue a call again, unless somebody else has it by now."""
    rows.execute(
        "UPDATE outbox SET state = 'queued', due = ?, error = ? WHERE id = ? AND state = 'sending' AND attempts = ?",
        (due, storable(why), delivery.id, delivery.attempts + 1),
    )


def bury(rows: Rows, delivery: Delivery, why: str) -> None:
    """Set a call aside, unless somebody else has it by now; nothing is kept where the conversation was erased."""
    _die(rows, delivery.id, delivery.attempts, why)
    rows.execute(
        "DELETE FROM outbox WHERE id = ? AND state = 'dead'"
        " AND NOT EXISTS (SELECT 1 FROM conversations WHERE conversations.id = outbox.conversation)",
        (delivery.id,),
    )


def pause(rows: Rows, delivery: Delivery, why: str) -> None:
    """As :func:`bury`; the conversation gets nothing until somebody writes in it."""
    rows.execute("UPDATE conversations SET paused = 1 WHERE id = ?", (delivery.conversation,))
    bury(rows, delivery, why)


def queue_again(rows: Rows, scope: Scope) -> None:
    """What an earlier process had under way may or may not have gone out: it is sent (again)."""
    where, values = scoped(scope, "channel", "conversation")
    rows.execute(f"UPDATE outbox SET state = 'queued' WHERE {where} AND state = 'sending'", values)  # noqa: S608


def listed(rows: Rows, limit: int) -> list[Outgoing]:
    """The rows as an operator sees them, oldest first."""
    found = rows.execute(
        "SELECT id, channel, conversation, operation, state, attempts, made, due, error FROM outbox ORDER BY id LIMIT ?",
        (limit,),
    ).fetchall()
    return [
        Outgoing(number, channel, conversation, _kind(text), state, attempts, made, max(made, due), error)
        for number, channel, conversation, text, state, attempts, made, due, error in found
    ]


def _die(rows: Rows, number: int, attempts: int, why: str) -> None:
    rows.execute(
        "UPDATE outbox SET state = 'dead', error = ? WHERE id = ? AND state = 'sending' AND attempts = ?",
        (storable(why), number, attempts + 1),
    )


def _kind(text: str) -> str:
    try:
        return Operation.model_validate_json(text).kind
    except ValueError:
        return "?"
