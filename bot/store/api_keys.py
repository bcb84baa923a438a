"""Keys of programs that hold conversations over HTTP: of a key itself only a hash is kept.

They stand beside the conversations, so that all processes know them and a backup holds them.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass

from bot.store.database import Database

_PREFIX = "hq_"
_LENGTH = 46  # characters of a key: the prefix and 32 random bytes


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key as it is listed: whose it is, and when it was made (epoch seconds)."""

    name: str
    made: float


class ApiKeys:
    """The keys in a database. Every method raises :class:`bot.store.errors.StoreError` when the database fails."""

    def __init__(self, database: Database) -> None:
        """Use a database whose tables are there."""
        self._database = database

    def add(self, name: str, now: float) -> str | None:
        """Make a key for a name; returns it, for the only time. ``None``: the name has one already."""
        key = _PREFIX + secrets.token_urlsafe(32)
        with self._database.writing() as rows:
            added = rows.execute(
                "INSERT INTO api_keys (name, hash, made) VALUES (?, ?, ?) ON CONFLICT (name) DO NOTHING",
                (name, _hash(key), now),
            )
            return key if added.rowcount == 1 else None

    def listed(self) -> list[ApiKey]:
        """All keys, by name."""
        with self._database.reading() as rows:
            return [ApiKey(*row) for row in rows.execute("SELECT name, made FROM api_keys ORDER BY name").fetchall()]

    def revoke(self, name: str) -> bool:
        """Let a name's key count no longer; false when it has none."""
        with self._database.writing() as rows:
            return rows.execute("DELETE FROM api_keys WHERE name = ?", (name,)).rowcount == 1

    def name_of(self, key: str) -> str | None:
        """Whose key this is, or ``None``."""
        if not key.startswith(_PREFIX) or len(key) != _LENGTH:
            return None
        with self._database.reading() as rows:
            found = rows.execute("SELECT name FROM api_keys WHERE hash = ?", (_hash(key),)).fetchone()
            return found[0] if found else None


def _hash(key: str) -> str:
    """Enough to know a key again, not to use it; 256 random bits need no slow hash."""
    return hashlib.sha256(key.encode()).hexdigest()
