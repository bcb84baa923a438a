"""Accounts of staff, tries to sign in, and the record of who read or wrote what, in either database."""

from __future__ import annotations

import math
from dataclasses import dataclass

from bot.store.database import Database


@dataclass(frozen=True, slots=True)
class Account:
    """An account. ``hash``: of its password. ``version``: grows with every new password, so that old sessions end."""

    name: str
    hash: str
    version: int
    made: float


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the record: when (epoch seconds), who, did what, about what (an article, a conversation's hash)."""

    at: float
    who: str
    what: str
    about: str


class Staff:
    """What is kept of staff. Every method raises :class:`bot.store.errors.StoreError` when the database fails."""

    def __init__(self, database: Database, keep: float = math.inf) -> None:
        """Use a database whose tables are there. ``keep``: seconds a line of the record is kept."""
        self._database, self._keep = database, keep

    def add(self, name: str, hashed: str, now: float) -> bool:
        """A new account; false when there is one of that name."""
        with self._database.writing() as rows:
            added = rows.execute(
                "INSERT INTO staff (name, hash, version, made) VALUES (?, ?, ?, ?) ON CONFLICT (name) DO NOTHING",
                (
                    name,
                    hashed,
                    int(now * 1000),
                    now,
                ),  # the version: sessions of an older account of that name stay ended
            )
            return added.rowcount == 1

    def change(self, name: str, hashed: str) -> bool:
        """Another password; false when there is no such account. All its sessions end."""
        with self._database.writing() as rows:
            changed = rows.execute("UPDATE staff SET hash = ?, version = version + 1 WHERE name = ?", (hashed, name))
            return changed.rowcount == 1

    def remove(self, name: str) -> bool:
        """No account of that name any more; false when there was none."""
        with self._database.writing() as rows:
            return rows.execute("DELETE FROM staff WHERE name = ?", (name,)).rowcount == 1

    def of(self, name: str) -> Account | None:
        """The account of a name."""
        with self._database.reading() as rows:
            found = rows.execute("SELECT name, hash, version, made FROM staff WHERE name = ?", (name,)).fetchone()
            return Account(*found) if found else None

    def listed(self) -> list[Account]:
        """All accounts, by name."""
        with self._database.reading() as rows:
            found = rows.execute("SELECT name, hash, version, made FROM staff ORDER BY name").fetchall()
            return [Account(*row) for row in found]

    def tried(self, key: str, now: float, limit: int, window: float) -> float | None:
        """Count a try to sign in; ``None`` when it may go on, else when (epoch seconds) the next one may.

        Counted before the password is looked at, so that many tries at once count as many.
        """
        with self._database.writing() as rows:
            rows.execute("DELETE FROM sign_in_tries WHERE since <= ?", (now - window,))
            tries, since = rows.execute(
                "INSERT INTO sign_in_tries (key, tries, since) VALUES (?, 1, ?)"
                " ON CONFLICT (key) DO UPDATE SET tries = sign_in_tries.tries + 1 RETURNING tries, since",
                (key, now),
            ).fetchone()
            return since + window if tries > limit else None

    def signed_in(self, *keys: str) -> None:
        """The last try of these succeeded: it does not count."""
        with self._database.writing() as rows:
            for key in sorted(keys):
                rows.execute("UPDATE sign_in_tries SET tries = tries - 1 WHERE key = ? AND tries > 0", (key,))

    def record(self, entry: Entry) -> None:
        """Keep a line of the record; those past their time are erased with it."""
        with self._database.writing() as rows:
            if math.isfinite(self._keep):
                rows.execute("DELETE FROM audit WHERE at < ?", (entry.at - self._keep,))
            rows.execute(
                "INSERT INTO audit (at, who, what, about) VALUES (?, ?, ?, ?)",
                (entry.at, entry.who, entry.what, entry.about),
            )

    def recorded(self, limit: int) -> list[Entry]:
        """The latest lines of the record, newest first."""
        with self._database.reading() as rows:
            found = rows.execute("SELECT at, who, what, about FROM audit ORDER BY id DESC LIMIT ?", (limit,)).fetchall()
            return [Entry(*row) for row in found]
