"""What is kept, shown whole: everything of one conversation, and how much is under way."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from bot.store.database import Rows
from bot.store.handover import rows as handovers
from bot.store.store import Backlog


def export(rows: Rows, conversation: str) -> dict[str, Any] | None:
    """Everything kept of a conversation, oldest first; times in UTC."""
    head = rows.execute(
        "SELECT channel, made, touched, paused, anchor, ticked FROM conversations WHERE id = ?", (conversation,)
    ).fetchone()
    if head is None:
        return None
    channel, made, touched, paused, anchor, ticked = head
    return {
        "conversation": conversation,
        "channel": channel,
        "begun": _time(made),
        "last_written": _time(touched),
        "paused": bool(paused),
        "anchor": anchor,
        "ticked": _data(ticked),
        "logs": _logs(rows, conversation),
        "messages": _messages(rows, conversation),
        "outgoing": _outgoing(rows, conversation),
        "handovers": handovers.export(rows, conversation),
        "tokens": [row[0] for row in rows.execute("SELECT hash FROM tokens WHERE conversation = ?", (conversation,)).fetchall()],
    }  # fmt: skip


def _logs(rows: Rows, conversation: str) -> list[dict[str, Any]]:
    logs = rows.execute(
        "SELECT id, session, corpus_version, as_of, made FROM logs WHERE conversation = ? ORDER BY run", (conversation,)
    ).fetchall()
    return [
        {
            "session": session,
            "corpus_version": corpus_version,
            "as_of": as_of,
            "begun": _time(made),
            "events": [
                {"at": _time(at), "message": ref, "event": _data(event)}
                for at, ref, event in rows.execute(
                    "SELECT made, ref, event FROM events WHERE log = ? ORDER BY position", (number,)
                ).fetchall()
            ],
        }
        for number, session, corpus_version, as_of, made in logs
    ]


def _messages(rows: Rows, conversation: str) -> list[dict[str, Any]]:
    found = rows.execute(
        "SELECT state, error, inbound, arrived FROM inbox"
        " WHERE conversation = ? AND state IN ('waiting', 'failed', 'done') AND inbound IS NOT NULL ORDER BY seq",
        (conversation,),
    ).fetchall()
    return [
        {"arrived": _time(arrived), "state": state, "error": error, "message": _data(text)}
        for state, error, text, arrived in found
    ]


def _outgoing(rows: Rows, conversation: str) -> list[dict[str, Any]]:
    found = rows.execute(
        "SELECT state, error, address, operation, made FROM outbox WHERE conversation = ? ORDER BY id", (conversation,)
    ).fetchall()
    return [
        {"made": _time(made), "state": state, "error": error, "address": address, "operation": _data(text)}
        for state, error, address, text, made in found
    ]


def backlog(rows: Rows) -> Backlog:
    """Counts of what is under way, and when the oldest message waiting came in."""
    waiting, oldest = rows.execute(
        "SELECT count(*), min(arrived) FROM inbox WHERE conversation IS NOT NULL AND state = 'waiting'"
    ).fetchone()
    going, dead = rows.execute(
        "SELECT count(*) FILTER (WHERE state <> 'dead'), count(*) FILTER (WHERE state = 'dead') FROM outbox"
    ).fetchone()
    conversations, paused = rows.execute(
        "SELECT count(*), count(*) FILTER (WHERE paused = 1) FROM conversations"
    ).fetchone()
    people, held = rows.execute("SELECT count(*), count(operator) FROM handovers WHERE ended IS NULL").fetchone()
    return Backlog(waiting, going, dead, paused, conversations, oldest, people - held, held)


def _time(seconds: float | None) -> str | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")


def _data(text: str | None) -> Any:
    """Stored JSON; what cannot be read is shown as it is."""
    try:
        return None if text is None else json.loads(text)
    except ValueError:
        return text
