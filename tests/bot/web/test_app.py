"""What the application says where no page does."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from bot.web.headers import HEADERS
from tests.bot.web.browser import Browser
from tests.bot.web.conftest import Site


@pytest.mark.parametrize(
    ("method", "address", "status"), [("GET", "/nowhere", 404), ("GET", "/chat", 405), ("PUT", "/", 405)]
)
def test_an_address_that_is_none_is_told_in_chinese(browser: Browser, method: str, address: str, status: int):
    answer = browser.client.request(method, address)
    assert answer.status_code == status
    assert answer.text == "没有这一页。请从首页进入。\n"


def test_a_fault_of_ours_shows_no_trace_and_keeps_the_headers(site: Site, monkeypatch: pytest.MonkeyPatch):
    def fail(*_: object) -> None:
        raise RuntimeError("details nobody should read")

    client = TestClient(site.app, raise_server_exceptions=False)
    client.get("/")
    monkeypatch.setattr(site.store, "session", fail)
    answer = client.get("/result")
    assert answer.status_code == 500
    assert "已经记下来" in answer.text and "details" not in answer.text
    for name, value in HEADERS.items():
        assert answer.headers[name] == value
