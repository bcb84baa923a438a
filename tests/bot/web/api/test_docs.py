"""The description, for programs and for people."""

from __future__ import annotations

import re

from bot.web.headers import POLICY
from tests.bot.web.api.conftest import OPERATIONS


def test_the_description_names_every_address(client) -> None:
    described = client.get("openapi.json").json()
    assert described["servers"] == [{"url": "/api/v1"}]
    assert {(method, path) for path, operations in described["paths"].items() for method in operations} == set(
        OPERATIONS
    )


def test_every_fact_is_described(client, corpus) -> None:
    facts = client.get("openapi.json").json()["components"]["schemas"]["AssessRequest"]["properties"]["facts"]
    assert list(facts["properties"]) == list(corpus.facts)
    assert facts["properties"]["district"]["enum"] == [*corpus.facts["district"].choices, None]


def test_every_operation_tells_its_problems(client) -> None:
    for path, operations in client.get("openapi.json").json()["paths"].items():
        for operation in operations.values():
            told = operation["responses"]
            assert {"429", "500"} <= set(told)
            assert ("409" in told) == ((path, operation["summary"]) == ("/conversations", "开始一次对话"))
            assert ("401" in told) == path.startswith("/conversations")
            assert {status for status in told if status >= "4"} == {
                status for status, answer in told.items() if "application/problem+json" in answer.get("content", {})
            }


def test_the_page_needs_nothing_from_elsewhere_and_no_script(client) -> None:
    answered = client.get("docs")
    assert answered.status_code == 200
    assert answered.headers["content-security-policy"] == POLICY
    page = answered.text
    assert not re.search(r"<script|<style|style=|https?://|//\w", page)
    for address in re.findall(r'(?:href|src)="([^"#]+)"', page):
        assert client.get(address).status_code == 200


def test_the_page_tells_every_operation_and_every_link_leads_somewhere(client) -> None:
    page = client.get("docs").text
    described = client.get("openapi.json").json()
    for path in described["paths"]:
        assert f"<code>/api/v1{path}</code>" in page
    anchors = set(re.findall(r'href="#([^"]+)"', page))
    assert anchors <= set(re.findall(r'id="([^"]+)"', page))
    assert anchors >= set(described["components"]["schemas"]) - {"AssessRequest", "AskRequest", "UnderstandRequest"}
