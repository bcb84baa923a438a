"""Which store a setting means."""

from __future__ import annotations

from pathlib import Path

from bot.store.database import Database
from bot.store.durable import DurableStore
from bot.store.store import Store


def open_database(place: str | Path) -> Database:
    """The database at a place: a PostgreSQL address (``postgresql://…``), or the path of an SQLite file.

    Raises:
        StoreError: when it cannot be opened, or is not one of ours.
    """
    if isinstance(place, str) and place.startswith(("postgresql://", "postgres://")):
        from bot.store.postgres import PostgresDatabase  # noqa: PLC0415 - its client loads slowly

        return PostgresDatabase(place)
    from bot.store.sqlite import SqliteDatabase  # noqa: PLC0415

    return SqliteDatabase(Path(place))


def open_store(place: str | Path) -> Store:
    """The store at a place.

    Raises:
        StoreError: when it cannot be opened, or is not one of ours.
    """
    return DurableStore(open_database(place))
