"""Every test with a ``place`` runs once on SQLite and once on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.store.store import Store
from tests.bot.store.places import Place
from tests.postgres import Server, postgres

__all__ = ["place", "postgres", "store"]


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """An empty place."""
    server: Server | None = None
    if request.param == "sqlite":
        place = Place(tmp_path / "new" / "huiqi.db")
    else:
        server = request.getfixturevalue("postgres")
        place = Place(server.database())
    yield place
    place.close()
    if server is not None:
        server.drop(str(place.address))


@pytest.fixture
def store(place: Place) -> Store:
    return place.open()
