"""The chat page over an SQLite file, with a clock that stands still; it can be restarted."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing
from datetime import datetime
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from starlette.types import Receive, Send
from starlette.types import Scope as ASGIScope

from bot.store.open import open_store
from bot.store.store import Store
from bot.turns import ZONE
from bot.web.app import create_app
from bot.web.chat.router import chat_router
from dialogs.advance import Dialog
from policies.engine.engine import Engine
from tests.bot.web.browser import Browser

NOON = datetime(2026, 11, 21, 12, tzinfo=ZONE).timestamp()
SECRET = b"a secret of this installation"
ANSWERS: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("海珠区", (), ()),
    ("选好了", ("有自己的平台", "牵头（主导）制定标准"), ()),
    ("选好了", ("跨行业跨领域工业互联网平台",), ()),
    ("是", (), ()),
    ("确定", (), ("", "2项")),
    ("是", (), ()),
    ("发送", (), ("两千三百万",)),
    ("不清楚", (), ()),
    ("都没有", (), ()),
)


@pytest.fixture(scope="session")
def dialog(engine: Engine) -> Dialog:
    return Dialog(engine)


class Site:
    """A process serving the chat page; ``restart`` ends it and starts another on the same file."""

    def __init__(self, path: Path, dialog: Dialog) -> None:
        self.path, self._dialog = path, dialog
        self.now = [NOON]
        self.store: Store = open_store(path)
        self.app = self._app()

    def _app(self) -> FastAPI:
        @asynccontextmanager
        async def running() -> AsyncIterator[None]:
            yield

        return create_app([chat_router(self.store, self._dialog, SECRET, 180, lambda: self.now[0])], running)

    def restart(self) -> None:
        self.store.close()
        self.store = open_store(self.path)
        self.app = self._app()

    def browser(self) -> Browser:
        """Somebody new; goes on through restarts."""

        async def current(scope: ASGIScope, receive: Receive, send: Send) -> None:
            await self.app(scope, receive, send)

        return Browser(TestClient(current, follow_redirects=False))


@pytest.fixture
def site(tmp_path: Path, dialog: Dialog) -> Iterator[Site]:
    site = Site(tmp_path / "huiqi.db", dialog)
    yield site
    with closing(site.store):
        pass


@pytest.fixture
def browser(site: Site) -> Browser:
    browser = site.browser()
    browser.open()
    return browser


def answer_all(browser: Browser, until: int = len(ANSWERS)) -> None:
    """The conversation of the sample, up to an answer."""
    for label, tick, fill in ANSWERS[:until]:
        browser.press(label, tick=tick, fill=fill)
