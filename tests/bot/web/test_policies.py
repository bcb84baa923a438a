"""Every article and measure has an address that anybody can open."""

from __future__ import annotations

import html
import re

import pytest
from fastapi.testclient import TestClient

from bot.web.app import create_app
from bot.web.policies.router import policies_router
from bot.web.policies.view import Documents
from policies.load import load
from tests.bot.web.conftest import NOON

CORPUS = load()


@pytest.fixture(scope="module")
def reader() -> TestClient:
    return TestClient(create_app([policies_router(Documents(CORPUS), lambda: NOON)], _nothing))


class _Nothing:
    async def __aenter__(self) -> None:
        """Nothing runs beside the requests."""

    async def __aexit__(self, *error: object) -> None:
        """Nothing to stop."""


def _nothing() -> _Nothing:
    return _Nothing()


def test_all_documents_are_listed_with_their_status(reader: TestClient) -> None:
    page = reader.get("/policies").text
    for policy in CORPUS.policies.values():
        assert f'href="/policies/{policy.id}"' in page
    assert "历史口径" in page and "假如原样生效" in page


@pytest.mark.parametrize("policy", CORPUS.policies)
def test_a_page_holds_every_article_and_measure_at_its_anchor(reader: TestClient, policy: str) -> None:
    page = reader.get(f"/policies/{policy}").text
    anchors = re.findall(r' id="([^"]+)"', page)
    loaded = CORPUS.policies[policy]
    wanted = {*loaded.articles, *(each.measure.id for each in loaded.measures)}
    assert wanted <= set(anchors)
    assert len(anchors) == len(set(anchors))


@pytest.mark.parametrize("policy", ["x", "..%2f..%2fetc%2fpasswd", "haizhu-2022%00", "%3Cscript%3E"])
def test_a_document_that_is_not_there_is_told(reader: TestClient, policy: str) -> None:
    page = reader.get(f"/policies/{policy}")
    assert page.status_code == 404
    assert "没有这" in page.text
    assert "<script>" not in page.text


def test_the_page_quotes_every_article_word_for_word(reader: TestClient) -> None:
    for policy in CORPUS.policies.values():
        page = html.unescape(reader.get(f"/policies/{policy.id}").text)
        for article in policy.articles.values():
            for line in article.text.split("\n"):
                assert line.strip() in page


def test_a_document_says_its_status_and_readings(reader: TestClient) -> None:
    page = html.unescape(reader.get("/policies/haizhu-2022").text)
    assert "海珠办法按推算已届满" in page
    for loaded in CORPUS.policies["haizhu-2022"].measures:
        for reading in loaded.measure.readings:
            assert reading.says in page


def test_an_item_stands_within_its_article_and_is_printed_once(reader: TestClient) -> None:
    page = reader.get("/policies/haizhu-2022").text
    assert page.count("（一）对列入国家试点示范项目的工业互联网平台，采取事后资助方式") == 1
    places = [page.index(f'id="{anchor}"') for anchor in ("3", "3.1", "3.1.a", "3.1.b", "3.2", "4")]
    assert places == sorted(places)
