"""The API in process, over a store in a temporary folder, with a clock that a test moves."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from bot.store.api_keys import ApiKeys
from bot.store.durable import DurableStore
from bot.store.figures import Figures
from bot.store.open import open_database
from bot.web.api.app import PATH, Api, create_api
from bot.web.app import create_app
from bot.web.health import health_router
from dialogs.advance import Dialog

SECRET = b"s" * 32
NOON = datetime(2024, 3, 15, 4, tzinfo=UTC).timestamp()  # where the policies are it is 12:00


OPERATIONS = [
    ("post", "/assess"),
    ("post", "/ask"),
    ("post", "/understand"),
    ("get", "/policies"),
    ("get", "/policies/{policy}"),
    ("get", "/policies/{policy}/articles/{article}"),
    ("get", "/facts"),
    ("get", "/facts/{key}"),
    ("post", "/conversations"),
    ("get", "/conversations/{conversation}"),
    ("get", "/conversations/{conversation}/report.docx"),
    ("get", "/conversations/{conversation}/report.html"),
    ("delete", "/conversations/{conversation}"),
    ("post", "/conversations/{conversation}/messages"),
]
"""Every address of the API with its method."""


@dataclass
class Clock:
    """Seconds, moved by hand."""

    now: float = NOON

    def __call__(self) -> float:
        return self.now


@dataclass
class Service:
    """One process of the API over a file that outlives it."""

    path: Path
    dialog: Dialog
    a_minute: int = 100_000
    clock: Clock = field(default_factory=Clock)

    def open(self) -> Generator[TestClient]:
        """A client of a fresh process."""
        with closing(open_database(self.path)) as database:
            store = DurableStore(database)
            self.keys = ApiKeys(database)
            self.store = store
            api = Api(
                store,
                self.keys,
                self.dialog,
                SECRET,
                self.a_minute,
                Figures(database),
                clock=self.clock,
                ticks=self.clock,
            )
            self.app = create_api(api)

            whole = create_app([health_router(store, lambda: True)], _nothing, {PATH: self.app})
            with TestClient(whole, base_url="http://localhost" + PATH) as client:
                yield client


class _Nothing:
    async def __aenter__(self) -> None:
        """Nothing runs beside the requests."""

    async def __aexit__(self, *error: object) -> None:
        """Nothing to stop."""


def _nothing() -> _Nothing:
    return _Nothing()


@pytest.fixture(scope="session")
def dialog(engine) -> Dialog:
    return Dialog(engine)


@pytest.fixture
def service(tmp_path: Path, dialog: Dialog) -> Service:
    return Service(tmp_path / "huiqi.db", dialog)


@pytest.fixture
def client(service: Service) -> Iterator[TestClient]:
    yield from service.open()


@pytest.fixture
def holder(service: Service, client: TestClient) -> dict[str, str]:
    """The header of a program with a key."""
    return bearer(service, "crm")


def bearer(service: Service, name: str) -> dict[str, str]:
    """The header of another program with a key."""
    key = service.keys.add(name, service.clock())
    return {"Authorization": f"Bearer {key}"}
