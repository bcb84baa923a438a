"""Messages taken lately, kept for a while in the order they were sent, so that one that comes late can go before them.

Beside each stands what its conversation was before it: how long the log, which boxes were ticked. A message sent before
some of them is put where it belongs: the log is cut there, the late one is taken, then the later ones again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.messages import Inbound
from bot.store import conversations, logs
from bot.store.conversations import Kept
from bot.store.database import Rows
from bot.store.inbox import Waiting
from bot.store.logs import Memory
from bot.store.store import Place

KEPT = 20  # messages of a conversation
KEPT_FOR = 86400.0  # seconds; Telegram holds an update for a day, so nothing comes later than that
_TOGETHER = 200  # conversations released in one transaction


@dataclass(frozen=True, slots=True)
class Position:
    """Where a message belongs. ``later``: what was taken and is to be taken again after it.

    ``kept``: the conversation as it was there, its log cut in memory only. ``sent``: the place the message gets.
    """

    place: Place
    kept: Kept
    sent: int
    later: tuple[Waiting, ...] = ()


def position(rows: Rows, waiting: Waiting, kept: Kept, memory: Memory, now: float, *, held: bool) -> Position:
    """Where a message belongs among those taken lately; what a person is to answer (``held``) is put before nothing."""
    if not waiting.late:
        return Position("next", kept, waiting.sent)
    found = rows.execute(
        "SELECT seq, inbound, sent, state, length, ticked FROM inbox WHERE conversation = ?"
        " AND state IN ('done', 'erased') AND sent > ? AND done > ? ORDER BY sent, seq",
        (waiting.inbound.conversation, waiting.sent, now - KEPT_FOR),
    ).fetchall()
    if not found:  # long ago: the numbers of a channel may begin anew
        return Position("next", kept, waiting.sent)
    if any(row[3] == "erased" for row in found):
        return Position("erased", kept, waiting.sent)
    later = tuple(
        Waiting(number, read, 0, sent) for number, text, sent, *_ in found if (read := _read(text)) is not None
    )
    if held or len(found) >= KEPT or len(later) < len(found) or kept.broken:
        return Position("too late", kept, found[-1][2])
    length, ticked = found[0][4], found[0][5]
    return Position("between", _as_before(rows, kept, length, ticked, memory), waiting.sent, later)


def _as_before(rows: Rows, kept: Kept, length: int | None, ticked: str | None, memory: Memory) -> Kept:
    if length is None or kept.number is None:
        return replace(kept, runs=0, number=None, length=0, log=None, ticked=None)
    log = logs.read(rows, kept.number, length, memory)
    return replace(kept, length=length, log=log, ticked=conversations.read_ticked(ticked))


def keep(rows: Rows, waiting: Waiting, before: Kept, sent: int, now: float) -> None:
    """A message was taken; of those before it only the last ones are kept."""
    length, ticked = before.length if before.number is not None else None, conversations.as_json(before.ticked)
    words = waiting.inbound.model_copy(update={"address": "", "callback": None}).model_dump_json()  # nobody's number
    rows.execute(
        "UPDATE inbox SET state = 'done', done = ?, error = NULL, inbound = ?, sent = ?, length = ?, ticked = ?"
        " WHERE seq = ? AND conversation IS NOT NULL",  # one taken again may just have been let go
        (now, words, sent, length, ticked, waiting.number),
    )
    conversation = waiting.inbound.conversation
    beyond = "SELECT seq FROM inbox WHERE conversation = ? AND state = 'done' ORDER BY sent DESC, seq DESC LIMIT 1000 OFFSET ?"
    _blank(rows, f"seq IN ({beyond})", (conversation, KEPT))


def settle(rows: Rows, waiting: Waiting, sent: int) -> None:
    """What was taken before a message, and the message itself, stays in the order it was taken in."""
    rows.execute(
        "UPDATE inbox SET inbound = NULL, ticked = NULL WHERE conversation = ? AND state = 'done' AND (sent, seq) <= (?, ?)",
        (waiting.inbound.conversation, sent, waiting.number),
    )


def release(rows: Rows, after: str, now: float) -> str | None:
    """Let go of what was taken long ago in some conversations; returns the last of them, to go on after it."""
    found = rows.execute(
        "SELECT DISTINCT conversation FROM inbox WHERE state IN ('done', 'erased') AND conversation > ?"
        " ORDER BY conversation LIMIT ?",
        (after, _TOGETHER),
    ).fetchall()
    if not found:
        return None
    last: str = found[-1][0]
    _blank(
        rows,
        "state IN ('done', 'erased') AND conversation > ? AND conversation <= ? AND done < ?",
        (after, last, now - KEPT_FOR),
    )
    return last


def _blank(rows: Rows, which: str, values: Sequence[object]) -> None:
    blank = "UPDATE inbox SET state = 'done', conversation = NULL, inbound = NULL, length = NULL, ticked = NULL"
    rows.execute(f"{blank} WHERE {which}", values)


def _read(text: str | None) -> Inbound | None:
    try:
        return None if text is None else Inbound.model_validate_json(text)
    except ValueError:
        return None
