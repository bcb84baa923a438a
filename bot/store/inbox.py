"""Messages that came in: known ones left out, one queue a conversation, the conversations taken in turn.

A queue is in the order in which the messages were sent, where the channel tells it (``sent`` is 0 where it does not).

A conversation with messages waiting stands in ``ready``. Its row there is also the conversation's lock: whoever adds a
message, takes one or erases the conversation writes or locks that row first. Without that, a message could be kept just
while the row is taken away because nothing seemed to wait, and would lie there until the next one came.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.messages import Inbound, storable
from bot.store import conversations
from bot.store.database import Rows, scoped
from bot.store.store import Scope, SetAside

_KNOWN_FOR = 14 * 86400.0  # seconds a processed message's dedupe key is kept; nobody delivers again so late
_NEWEST = 2**62  # above every number
_STATES = "('waiting', 'done', 'failed', 'erased')"  # all of them: the index begins with the state
_BLANK = (
    "UPDATE inbox SET state = 'done', done = ?, conversation = NULL, inbound = NULL, error = NULL, length = NULL,"
    " ticked = NULL"
)
# No join: SQLite would look through all conversations of a channel for the few that stand in the queue.
_CHANNEL = "(SELECT channel FROM conversations WHERE conversations.id = ready.conversation)"
_BATCH = 1000  # rows erased in one go
_OLDEST = """
SELECT seq, inbound, attempts, sent, sent > 0 AND EXISTS (
    SELECT 1 FROM inbox AS taken WHERE taken.conversation = inbox.conversation AND taken.state IN ('done', 'erased')
    AND taken.sent > inbox.sent
) FROM inbox WHERE conversation = ? AND state = 'waiting' ORDER BY sent, seq LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Waiting:
    """The oldest message of a conversation.

    ``sent``: its place in the order of sending; 0 where the channel has none. ``late``: something that was sent after it
    was taken already.
    """

    number: int
    inbound: Inbound
    attempts: int
    sent: int
    late: bool = False


def receive(rows: Rows, messages: Sequence[Inbound]) -> int:
    """Keep the messages not known yet, in order; returns how many."""
    concerned = {message.conversation for message in messages}
    for conversation in sorted(concerned):  # one order for all: no deadlock
        lock(rows, conversation)
    new = [message.conversation for message in messages if _keep(rows, message)]
    for conversation in concerned.difference(new):
        leave(rows, conversation)
    return len(new)


def _keep(rows: Rows, message: Inbound) -> bool:
    kept = rows.execute(
        "INSERT INTO inbox (channel, dedupe_key, conversation, inbound, arrived, sent) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (channel, dedupe_key) DO NOTHING RETURNING seq",
        (message.channel, message.dedupe_key, message.conversation, message.model_dump_json(), message.arrived,
         message.order or 0),
    ).fetchone()  # fmt: skip
    if kept:
        conversations.written_in(rows, message.conversation, message.channel, message.arrived, kept[0])
    return kept is not None


def lock(rows: Rows, conversation: str) -> None:
    """Stand in the queue, or stay where it stands; nobody else can take the conversation until the transaction ends."""
    rows.execute(
        "INSERT INTO ready (conversation) VALUES (?)"
        " ON CONFLICT (conversation) DO UPDATE SET conversation = excluded.conversation",
        (conversation,),
    )


def leave(rows: Rows, conversation: str) -> None:
    """Out of the queue when nothing waits."""
    rows.execute(
        "DELETE FROM ready WHERE conversation = ? AND NOT EXISTS"
        " (SELECT 1 FROM inbox WHERE inbox.conversation = ready.conversation AND state = 'waiting')",
        (conversation,),
    )


def oldest(rows: Rows, scope: Scope, skip_locked: str) -> Waiting | None:
    """The oldest message of the conversation that has waited longest; what cannot be read is set aside."""
    where, values = scoped(scope, _CHANNEL, "ready.conversation")
    first_ready = f"SELECT conversation FROM ready WHERE {where} ORDER BY seq LIMIT 1 {skip_locked}"  # noqa: S608
    while found := rows.execute(first_ready, values).fetchone():
        conversation: str = found[0]
        message = rows.execute(_OLDEST, (conversation,)).fetchone()
        if message is None:
            rows.execute("DELETE FROM ready WHERE conversation = ?", (conversation,))
            continue
        number, text, attempts, sent, late = message
        try:
            return Waiting(number, Inbound.model_validate_json(text), attempts, sent, bool(late))
        except ValueError:
            fail(rows, number, "存下的消息读不出来")
    return None


def tried(rows: Rows, waiting: Waiting) -> None:
    """Count an attempt; the conversation goes to the end of the queue."""
    lock(rows, waiting.inbound.conversation)
    rows.execute("UPDATE inbox SET attempts = attempts + 1 WHERE seq = ?", (waiting.number,))
    go_on(rows, waiting.inbound.conversation)


def done(rows: Rows, waiting: Waiting, now: float) -> None:
    """A message is processed and nothing is kept of it but its key."""
    rows.execute(f"{_BLANK} WHERE seq = ?", (now, waiting.number))


def put_aside(rows: Rows, waiting: Waiting, why: str) -> None:
    """A message could not be processed: it is kept."""
    fail(rows, waiting.number, why)


def fail(rows: Rows, number: int, why: str) -> None:
    """Mark a message as one that could not be processed."""
    rows.execute("UPDATE inbox SET state = 'failed', error = ? WHERE seq = ?", (storable(why), number))


def erase(rows: Rows, conversation: str, now: float, until: Waiting | None = None) -> None:
    """Blank the messages of a conversation, up to one.

    The last of them keeps the conversation's hash for a while: what was sent before it and comes only now must not
    begin the conversation anew.
    """
    which = f"conversation = ? AND state IN {_STATES} AND (sent, seq) <= (?, ?)"
    values = (conversation, until.sent if until else _NEWEST, until.number if until else _NEWEST)
    last = rows.execute(
        f"SELECT seq FROM inbox WHERE {which} AND sent > 0 ORDER BY sent DESC, seq DESC LIMIT 1",  # noqa: S608
        values,
    ).fetchone()
    rows.execute(f"{_BLANK} WHERE {which}", (now, *values))
    if last is not None:
        rows.execute("UPDATE inbox SET state = 'erased', conversation = ? WHERE seq = ?", (conversation, last[0]))


def go_on(rows: Rows, conversation: str) -> None:
    """To the end of the queue of conversations, or out of it when nothing waits."""
    rows.execute("DELETE FROM ready WHERE conversation = ?", (conversation,))
    rows.execute(
        "INSERT INTO ready (conversation) SELECT conversation FROM inbox"
        " WHERE conversation = ? AND state = 'waiting' LIMIT 1",
        (conversation,),
    )


def next_of(rows: Rows, conversation: str) -> Iterator[tuple[int, str, float]]:
    """Number, channel and time of the messages that wait, or are to be taken again."""
    yield from rows.execute(
        "SELECT seq, channel, arrived FROM inbox WHERE conversation = ? AND state IN ('waiting', 'done') ORDER BY seq",
        (conversation,),
    ).fetchall()


def prune(rows: Rows, now: float) -> int:
    """Drop some of the keys of messages processed long ago; returns how many."""
    return rows.execute(
        "DELETE FROM inbox WHERE seq IN (SELECT seq FROM inbox WHERE state = 'done' ORDER BY seq LIMIT ?) AND done < ?",
        (_BATCH, now - _KNOWN_FOR),
    ).rowcount


def set_aside(rows: Rows, limit: int) -> list[SetAside]:
    """Messages that could not be processed, oldest first."""
    found = rows.execute(
        "SELECT channel, dedupe_key, conversation, arrived, error FROM inbox WHERE state = 'failed' ORDER BY seq LIMIT ?",
        (limit,),
    ).fetchall()
    return [SetAside(*row) for row in found]
