"""The desk over an SQLite file, with a clock that stands still, and somebody signed in."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from fastapi import FastAPI
from fastapi.testclient import TestClient

from bot.staff import Accounts
from bot.store.database import Database
from bot.store.handover.leases import HandOvers
from bot.store.open import open_database
from bot.store.staff import Staff
from bot.turns import ZONE
from bot.web.app import create_app
from bot.web.desk.routes import desk_router
from bot.web.policies.router import policies_router
from bot.web.policies.view import Documents
from dialogs.advance import Dialog
from policies.engine.engine import Engine
from policies.load import load

NOON = datetime(2026, 11, 21, 12, tzinfo=ZONE).timestamp()
SECRET = b"a secret of this installation"
PASSWORD = "correct horse 8"
DIALOG = Dialog(Engine(load()))
DOCUMENTS = Documents(DIALOG.engine.corpus)


@dataclass
class Served:
    """The desk as one process serves it."""

    database: Database
    dialog: Dialog = DIALOG
    now: list[float] = field(default_factory=lambda: [NOON])

    def __post_init__(self) -> None:
        """Make an account and the application."""
        self.staff = Staff(self.database)
        self.handovers = HandOvers(self.database, 600.0)
        self.accounts = Accounts(self.staff, SECRET, self.clock, PasswordHasher(1, 8, 1))
        self.accounts.add("li", PASSWORD)
        self.app = self._app()

    def clock(self) -> float:
        return self.now[0]

    def _app(self) -> FastAPI:
        @asynccontextmanager
        async def running() -> AsyncIterator[None]:
            yield

        documents = Documents(self.dialog.engine.corpus)
        return create_app(
            [
                policies_router(documents, self.clock),
                desk_router(self.database, self.accounts, self.dialog, documents, SECRET, self.clock, self.handovers),
            ],
            running,
        )

    def browser(self, address: str = "198.51.100.7") -> TestClient:
        """Somebody new at a browser."""
        return TestClient(self.app, base_url="http://desk.example", follow_redirects=False, client=(address, 50_000))

    def signed_in(self, name: str = "li", password: str = PASSWORD) -> TestClient:
        browser = self.browser()
        assert sign_in(browser, name, password) == 303
        return browser


def sign_in(browser: TestClient, name: str, password: str, to: str = "") -> int:
    """The status of trying."""
    answer = browser.post("/desk/login", data={"name": name, "password": password, "next": to})
    return int(answer.status_code)


def token_of(page: str) -> str:
    """The token the forms of a page carry."""
    return str(re.findall(r'name="token" value="([^"]+)"', page)[0])


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    with closing(open_database(tmp_path / "huiqi.db")) as database:
        yield Served(database)


@pytest.fixture
def operator(served: Served) -> TestClient:
    return served.signed_in()
