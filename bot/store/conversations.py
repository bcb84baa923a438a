"""Conversations: what is kept of each, its log included, and how it is erased."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.store import logs
from bot.store.database import Rows
from bot.store.handover import rows as handovers
from bot.store.logs import BrokenLogError, Log, Memory
from bot.store.store import Outcome, StoreError, Ticked
from dialogs.session import Session


@dataclass(frozen=True, slots=True)
class Kept:
    """A conversation as it was before the turn.

    ``number``, ``length``: of its current log. ``question``: the one that was open then. ``log``: ``None`` before
    the first turn, and when it cannot be read.
    """

    id: str
    version: int
    runs: int
    number: int | None
    length: int
    log: Log | None
    ticked: Ticked | None
    broken: bool
    question: str | None

    @property
    def session(self) -> Session | None:
        """The session so far."""
        return self.log.session if self.log else None

    @property
    def refs(self) -> Mapping[str, str]:
        """Message id → question of the answer it gave."""
        return self.log.refs if self.log else {}


def written_in(rows: Rows, conversation: str, channel: str, arrived: float, number: int) -> None:
    """Somebody wrote: the conversation exists from now on, was used last, and wants messages again."""
    rows.execute(
        "INSERT INTO conversations (id, channel, touched, last, made) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (id) DO UPDATE SET touched = excluded.touched, last = excluded.last, paused = 0",
        (conversation, channel, arrived, number, arrived),
    )


def load(rows: Rows, conversation: str, memory: Memory) -> Kept:
    """A conversation that exists."""
    version, runs, number, length, ticked, question = rows.execute(
        "SELECT version, runs, log, length, ticked, question FROM conversations WHERE id = ?", (conversation,)
    ).fetchone()
    try:
        log = logs.read(rows, number, length, memory) if number is not None else None
        ticks = read_ticked(ticked)
        return Kept(conversation, version, runs, number, length, log, ticks, broken=False, question=question)
    except (BrokenLogError, ValueError, TypeError):
        return Kept(conversation, version, runs, number, length, log=None, ticked=None, broken=True, question=None)


def current(rows: Rows, conversation: str, memory: Memory) -> Session | None:
    """The session of a conversation; ``None`` before its first turn, and when it cannot be read."""
    found = rows.execute("SELECT 1 FROM conversations WHERE id = ?", (conversation,)).fetchone()
    return load(rows, conversation, memory).session if found else None


def by_token(rows: Rows, token: str, memory: Memory) -> Session | None:
    """The session a token goes on with; ``None`` when there is none or it cannot be read."""
    found = rows.execute(
        "SELECT log, length FROM conversations JOIN tokens ON tokens.conversation = conversations.id"
        " WHERE hash = ? AND log IS NOT NULL",
        (token,),
    ).fetchone()
    try:
        return logs.read(rows, found[0], found[1], memory).session if found else None
    except BrokenLogError:
        return None


def save(rows: Rows, kept: Kept, outcome: Outcome, ref: str | None, arrived: float) -> Kept:
    """Keep what a message leaves; returns the conversation as it is then.

    Raises:
        ValueError: when the session is not the one kept with something added.
        StoreError: when the conversation was changed elsewhere in the meantime.
    """
    log, runs = kept.log, kept.runs
    session = outcome.session
    if session is not None:
        if log is None or session.id != log.session.id:
            runs += 1
            log = _taken_over(rows, kept, session, runs, arrived)
        log = logs.extend(rows, log, session, ref, arrived)
    number, length = (log.number, log.session.revision) if log else (kept.number, kept.length)
    question = outcome.noted.question if outcome.noted else kept.question
    changed = rows.execute(
        "UPDATE conversations SET version = version + 1, runs = ?, log = ?, length = ?, ticked = ?, question = ?"
        " WHERE id = ? AND version = ?",
        (runs, number, length, as_json(outcome.ticked), question, kept.id, kept.version),
    )
    if changed.rowcount != 1:
        raise StoreError("这次对话在别处同时有了新的内容，这一步没有保存，会自动再来一次。")
    if outcome.token is not None:
        rows.execute("DELETE FROM tokens WHERE conversation = ?", (kept.id,))
        rows.execute("INSERT INTO tokens (hash, conversation) VALUES (?, ?)", (outcome.token, kept.id))
    return Kept(
        kept.id, kept.version + 1, runs, number, length, log, outcome.ticked, kept.broken and log is None, question
    )  # fmt: skip


def cut(rows: Rows, kept: Kept, number: int | None) -> Kept:
    """A conversation set back to what it was: its log ``number`` loses what follows, and gets another number."""
    if number is None:
        return kept
    if kept.log is None:
        logs.drop(rows, number)
        return kept
    log = logs.cut(rows, kept.log)
    return replace(kept, number=log.number, log=log)


def vanish(rows: Rows, kept: Kept) -> None:
    """Somebody wrote, but nothing may be kept of it: a conversation without a log and without messages waiting ends."""
    rows.execute(
        "DELETE FROM conversations WHERE id = ? AND runs = 0 AND NOT EXISTS"
        " (SELECT 1 FROM inbox WHERE inbox.conversation = conversations.id AND state = 'waiting')",
        (kept.id,),
    )


def _taken_over(rows: Rows, kept: Kept, session: Session, run: int, arrived: float) -> Log:
    """A new log with the answers it takes over from the last one: those were not given by this message."""
    taken_over = session.events[: carried(kept.session, session)]
    log = logs.begin(rows, kept.id, run, session, arrived)
    return logs.extend(rows, log, session.model_copy(update={"events": taken_over}), None, arrived)


def carried(before: Session | None, session: Session) -> int:
    """How many of the first events of a new session stood in the one before."""
    events = before.events if before is not None else ()
    count = 0
    while count < session.revision and session.events[count] in events:
        count += 1
    return count


def erase(rows: Rows, conversation: str, now: float) -> bool:
    """Erase a conversation with its logs, hand-overs, tokens and what it would still send; whether there was one."""
    there = rows.execute("DELETE FROM conversations WHERE id = ?", (conversation,)).rowcount > 0
    rows.execute("DELETE FROM events WHERE log IN (SELECT id FROM logs WHERE conversation = ?)", (conversation,))
    rows.execute("DELETE FROM logs WHERE conversation = ?", (conversation,))
    rows.execute("DELETE FROM tokens WHERE conversation = ?", (conversation,))
    rows.execute("DELETE FROM outbox WHERE conversation = ?", (conversation,))
    handovers.erase(rows, conversation, now)
    return there


def unused(rows: Rows, before: float, limit: int) -> list[str]:
    """Some conversations nobody wrote in since."""
    found = rows.execute("SELECT id FROM conversations WHERE touched < ? LIMIT ?", (before, limit)).fetchall()
    return [row[0] for row in found]


def still_unused(rows: Rows, conversation: str, before: float) -> bool:
    """Whether, now that it is locked, nobody has written in it."""
    return rows.execute(
        "SELECT 1 FROM conversations WHERE id = ? AND touched < ?", (conversation, before)
    ).fetchone() is not None  # fmt: skip


def latest(rows: Rows, channel: str) -> str | None:
    """The conversation of a channel that was written in last, of those in which something was answered."""
    found = rows.execute(
        "SELECT id FROM conversations WHERE channel = ? AND length > 0 ORDER BY last DESC LIMIT 1", (channel,)
    ).fetchone()
    return found[0] if found else None


def as_json(ticked: Ticked | None) -> str | None:
    """Ticked boxes as they are stored."""
    if ticked is None:
        return None
    return json.dumps([ticked.question, ticked.revision, sorted(ticked.keys)], ensure_ascii=False)


def read_ticked(text: str | None) -> Ticked | None:
    """Ticked boxes as they were stored."""
    if text is None:
        return None
    question, revision, keys = json.loads(text)
    return Ticked(question, revision, frozenset(keys))
