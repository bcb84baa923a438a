"""Chromium, driven against ``huiqi serve``. Without Chromium these tests are skipped, except where CI requires it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.person import Person
from tests.browser.server import Server

REQUIRED = "HUIQI_CI_REQUIRES_CHROMIUM"
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="module")  # Playwright keeps an event loop running, which tests elsewhere must not meet
def chromium() -> Iterator[Browser]:
    path = shutil.which("chromium")
    if path is None:
        if os.environ.get(REQUIRED):
            pytest.fail(f"没有 chromium，但设了 {REQUIRED}")
        pytest.skip("没有 chromium（Debian：apt-get install chromium）")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def server(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server(Path(tmp_path_factory.mktemp("served")))
    server.start()
    yield server
    server.kill()


Someone = Callable[..., Person]


@pytest.fixture
def someone(chromium: Browser, server: Server) -> Iterator[Someone]:
    """Opens a new browser (options as of Playwright's contexts); in the end nobody's page may have reported an error."""
    people: list[Person] = []

    def new(*, width: int = 1280, height: int = 900, script: bool = True, **options: Any) -> Person:
        viewport = {"width": width, "height": height}
        context = chromium.new_context(viewport=viewport, java_script_enabled=script, **options)  # type: ignore[arg-type]
        person = Person(context.new_page(), server.address, script=script)
        person.page.set_default_timeout(20_000)
        people.append(person)
        person.open()
        return person

    yield new
    for person in people:
        person.page.context.close()
    assert [error for person in people for error in person.errors] == []
