"""The tables in SQLite, and the way to them from older files."""

from __future__ import annotations

import time

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

migrations = Migrations("huiqi")

# Times are epoch seconds, JSON is text. AUTOINCREMENT: a number is never given twice. Every message pays for every
# index, so what is only looked up when somebody starts or cleans up (last, touched) has none.
_TABLES = (
    """CREATE TABLE conversations (
        id TEXT PRIMARY KEY, channel TEXT NOT NULL, version INTEGER NOT NULL DEFAULT 0,
        runs INTEGER NOT NULL DEFAULT 0, log INTEGER, length INTEGER NOT NULL DEFAULT 0,
        anchor TEXT, ticked TEXT, paused INTEGER NOT NULL DEFAULT 0,
        touched REAL NOT NULL, last INTEGER NOT NULL, made REAL NOT NULL
    ) WITHOUT ROWID""",
    """CREATE TABLE logs (
        id INTEGER PRIMARY KEY AUTOINCREMENT, conversation TEXT NOT NULL, run INTEGER NOT NULL, session TEXT NOT NULL,
        corpus_version TEXT NOT NULL, as_of TEXT NOT NULL, made REAL, UNIQUE (conversation, run)
    )""",
    """CREATE TABLE events (
        log INTEGER NOT NULL, position INTEGER NOT NULL, event TEXT NOT NULL, ref TEXT, made REAL,
        PRIMARY KEY (log, position)
    ) WITHOUT ROWID""",
    """CREATE TABLE inbox (
        seq INTEGER PRIMARY KEY AUTOINCREMENT, channel TEXT NOT NULL, dedupe_key TEXT NOT NULL, conversation TEXT,
        inbound TEXT, arrived REAL NOT NULL, state TEXT NOT NULL DEFAULT 'waiting',
        attempts INTEGER NOT NULL DEFAULT 0, error TEXT, done REAL, UNIQUE (channel, dedupe_key)
    )""",
    "CREATE INDEX inbox_open ON inbox (conversation, seq) WHERE conversation IS NOT NULL",
    "CREATE INDEX inbox_failed ON inbox (seq) WHERE state = 'failed'",
    "CREATE TABLE ready (seq INTEGER PRIMARY KEY, conversation TEXT NOT NULL UNIQUE)",
    """CREATE TABLE outbox (
        id INTEGER PRIMARY KEY AUTOINCREMENT, conversation TEXT NOT NULL, channel TEXT NOT NULL, address TEXT NOT NULL,
        operation TEXT NOT NULL, state TEXT NOT NULL DEFAULT 'queued', attempts INTEGER NOT NULL DEFAULT 0,
        made REAL NOT NULL, due REAL NOT NULL, error TEXT
    )""",
    "CREATE INDEX outbox_order ON outbox (conversation, id, state, channel)",
    "CREATE TABLE tokens (hash TEXT PRIMARY KEY, conversation TEXT NOT NULL) WITHOUT ROWID",
    "CREATE INDEX tokens_conversation ON tokens (conversation)",
)


@migrations(name="0001_conversations")
def conversations(db: Database) -> None:
    """All tables; the conversations of the terminal, so far in ``sessions`` and ``events``, are taken over."""
    old = {"sessions", "events"} <= set(db.table_names())
    if old:
        db.execute("ALTER TABLE events RENAME TO old_events")
    for statement in _TABLES:
        db.execute(statement)
    if old:
        _take_over(db)
        db.execute("DROP TABLE old_events")
        db.execute("DROP TABLE sessions")


@migrations(name="0002_api_keys")
def api_keys(db: Database) -> None:
    """Keys of programs that hold conversations over HTTP."""
    db.execute(
        "CREATE TABLE api_keys (name TEXT PRIMARY KEY, hash TEXT NOT NULL UNIQUE, made REAL NOT NULL) WITHOUT ROWID"
    )


@migrations(name="0003_figures")
def figures(db: Database) -> None:
    """Figures for staff: what happened by day, questions without an answer, the question each conversation stands at."""
    db.execute("ALTER TABLE conversations ADD COLUMN question TEXT")
    db.execute(
        "CREATE TABLE tallies (id INTEGER PRIMARY KEY, day TEXT NOT NULL, what TEXT NOT NULL, key TEXT NOT NULL)"
    )
    db.execute(
        "CREATE TABLE counts (day TEXT NOT NULL, what TEXT NOT NULL, key TEXT NOT NULL, times INTEGER NOT NULL,"
        " PRIMARY KEY (day, what, key)) WITHOUT ROWID"
    )
    db.execute(
        "CREATE TABLE gaps (question TEXT PRIMARY KEY, outcome TEXT NOT NULL, times INTEGER NOT NULL,"
        " first TEXT NOT NULL, last TEXT NOT NULL, settled TEXT) WITHOUT ROWID"
    )


@migrations(name="0004_staff")
def staff(db: Database) -> None:
    """Accounts of staff, tries to sign in, and the record of who read or wrote what."""
    db.execute(
        "CREATE TABLE staff (name TEXT PRIMARY KEY, hash TEXT NOT NULL, version INTEGER NOT NULL, made REAL NOT NULL)"
        " WITHOUT ROWID"
    )
    db.execute(
        "CREATE TABLE sign_in_tries (key TEXT PRIMARY KEY, tries INTEGER NOT NULL, since REAL NOT NULL) WITHOUT ROWID"
    )
    db.execute(
        "CREATE TABLE audit (id INTEGER PRIMARY KEY AUTOINCREMENT, at REAL NOT NULL, who TEXT NOT NULL,"
        " what TEXT NOT NULL, about TEXT NOT NULL)"
    )
    db.execute("CREATE INDEX audit_at ON audit (at)")


@migrations(name="0005_order")
def order(db: Database) -> None:
    """The order in which messages were sent, and what was before each of those taken lately."""
    db.execute("ALTER TABLE inbox ADD COLUMN sent INTEGER NOT NULL DEFAULT 0")
    db.execute("ALTER TABLE inbox ADD COLUMN length INTEGER")
    db.execute("ALTER TABLE inbox ADD COLUMN ticked TEXT")
    db.execute("DROP INDEX inbox_open")
    db.execute("CREATE INDEX inbox_open ON inbox (state, conversation, sent, seq) WHERE conversation IS NOT NULL")


@migrations(name="0006_handovers")
def handovers(db: Database) -> None:
    """Conversations in which a person was asked for, and what was said to and fro."""
    db.execute(
        "CREATE TABLE handovers (id INTEGER PRIMARY KEY AUTOINCREMENT, conversation TEXT NOT NULL, channel TEXT NOT NULL,"
        " address TEXT NOT NULL, asked REAL NOT NULL, until REAL NOT NULL, operator TEXT, ended REAL, how TEXT)"
    )
    db.execute("CREATE UNIQUE INDEX handovers_open ON handovers (conversation) WHERE ended IS NULL")
    db.execute("CREATE INDEX handovers_conversation ON handovers (conversation, id)")
    db.execute("CREATE INDEX handovers_ended ON handovers (ended, id) WHERE ended IS NOT NULL")
    db.execute(
        "CREATE TABLE handover_lines (id INTEGER PRIMARY KEY AUTOINCREMENT, handover INTEGER NOT NULL,"
        " speaker TEXT NOT NULL, text TEXT NOT NULL, made REAL NOT NULL, key TEXT UNIQUE, posted INTEGER)"
    )
    db.execute("CREATE INDEX handover_lines_handover ON handover_lines (handover, id)")
    db.execute("CREATE INDEX handover_lines_posted ON handover_lines (posted) WHERE posted IS NOT NULL")
    db.execute("ALTER TABLE outbox ADD COLUMN line INTEGER")
    db.execute("CREATE INDEX outbox_line ON outbox (line) WHERE line IS NOT NULL")


def _take_over(db: Database) -> None:
    """``touched`` was a counter there: the order of saving, which ``last`` is here."""
    now = time.time()
    db.execute(
        "INSERT INTO logs (conversation, run, session, corpus_version, as_of)"
        " SELECT id, 1, id, corpus_version, as_of FROM sessions ORDER BY touched"
    )
    db.execute(
        "INSERT INTO events (log, position, event)"
        " SELECT logs.id, position, event FROM old_events JOIN logs ON logs.conversation = old_events.session"
    )
    db.execute(
        "INSERT INTO conversations (id, channel, runs, log, length, touched, last, made)"
        " SELECT sessions.id, 'terminal', 1, logs.id, (SELECT count(*) FROM events WHERE log = logs.id), ?, touched, ?"
        " FROM sessions JOIN logs ON logs.conversation = sessions.id",
        [now, now],
    )
    db.execute("INSERT INTO sqlite_sequence (name, seq) SELECT 'inbox', coalesce(max(touched), 0) FROM sessions")
