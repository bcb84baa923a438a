"""Which store a setting means."""

from __future__ import annotations

from pathlib import Path

from bot.store.durable import DurableStore
from bot.store.store import Store


def open_store(place: str | Path) -> Store:
    """The store at a place: a PostgreSQL address (``postgresql://…``), or the path of an SQLite file.

    Raises:
        StoreError: when it cannot be opened, or is not one of ours.
    """
    if isinstance(place, str) and place.startswith(("postgresql://", "postgres://")):
        from bot.store.postgres import PostgresDatabase  # noqa: PLC0415 - its client loads slowly

        return DurableStore(PostgresDatabase(place))
    from bot.store.sqlite import SqliteDatabase  # noqa: PLC0415

    return DurableStore(SqliteDatabase(Path(place)))
