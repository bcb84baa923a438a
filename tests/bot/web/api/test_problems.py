"""Whatever is wrong is told in Chinese, with the field named, as problem details; nothing of the inside comes out."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.store.errors import StoreError
from bot.web.api.problems import MEDIA_TYPE, Problem

CASES = yaml.safe_load(Path(__file__).with_name("bad_requests.yaml").read_text(encoding="utf-8"))
JSON = {"Content-Type": "application/json"}
LONG = {
    "question": {"question": "补" * 1001},
    "text": {"text": "补" * 2001},
}


def told(answered: Any, status: int) -> dict[str, Any]:
    assert answered.status_code == status, answered.text
    assert answered.headers["content-type"] == MEDIA_TYPE
    problem = answered.json()
    Problem.model_validate(problem)
    assert problem["status"] == status
    for words in (problem["title"], problem["detail"], *(error["detail"] for error in problem["errors"])):
        assert re.search(r"[\u4e00-\u9fff]", words), words
    return problem  # type: ignore[no-any-return]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['to']} {case.get('told') or case['body']}")
def test_a_bad_request(client, holder, case: dict[str, Any]) -> None:
    problem = told(
        client.post(case["to"], json=case["body"], headers=holder if case.get("key") else {}), case["status"]
    )
    assert case["told"] in problem["detail"]
    if "field" in case:
        assert problem["errors"][0]["field"] == case["field"]


@pytest.mark.parametrize(("to", "field"), [("ask", "question"), ("understand", "text")])
def test_a_text_that_is_too_long(client, to: str, field: str) -> None:
    problem = told(client.post(to, json=LONG[field]), 422)
    assert problem["errors"][0]["field"] == field
    assert "太长" in problem["detail"]


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"\xff\xfe", b'{"facts": ' + b"[" * 30_000, b'{"facts": {"a": ' + b"9" * 5_000 + b"}}", b"NaN,"],
)
def test_what_is_no_json(client, content: bytes) -> None:
    answered = client.post("assess", content=content, headers=JSON)
    told(answered, 422 if content == b"" else 400)


def test_half_a_character_is_told(client) -> None:
    problem = told(client.post("ask", content=rb'{"question": "\ud800"}', headers=JSON), 422)
    assert problem["errors"][0]["field"] == "question"


def test_half_a_character_in_a_key_is_answered_as_the_escape_it_came_as(client) -> None:
    answered = client.post("assess", content=rb'{"facts": {"\ud800": 1}}', headers=JSON)
    assert answered.status_code == 422
    assert rb"\ud800" in answered.content


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "", "application/json5"])
def test_what_does_not_call_itself_json(client, kind: str) -> None:
    told(client.post("assess", content=b"{}", headers={"Content-Type": kind}), 415)


def test_json_with_a_charset_is_json(client) -> None:
    headers = {"Content-Type": "Application/JSON; charset=utf-8"}
    assert client.post("assess", content=b"{}", headers=headers).status_code == 200


@pytest.mark.parametrize("chunked", [False, True])
def test_what_is_too_large(client, chunked: bool) -> None:
    body = b'{"facts": {"a": "' + b"x" * 70_000 + b'"}}'
    content = iter([body[:40_000], body[40_000:]]) if chunked else body
    told(client.post("assess", content=content, headers=JSON), 413)


@pytest.mark.parametrize("path", ["nothing", "", "policies/", "conversations/a/b/c"])
def test_an_address_that_is_not_there(client, path: str) -> None:
    told(client.get(path), 404)


def test_a_method_that_is_not_there(client) -> None:
    answered = client.put("assess", json={})
    told(answered, 405)
    assert answered.headers["allow"] == "POST"


def test_a_day_in_an_address(client) -> None:
    problem = told(client.get("policies", params={"as_of": "2024-02-30"}), 422)
    assert problem["errors"] == [
        {"place": "query", "field": "as_of", "detail": "as_of 应是存在的日期，写成 2024-03-15"}
    ]


def test_an_idempotency_key_without_end(client, holder) -> None:
    problem = told(client.post("conversations", json={}, headers={**holder, "Idempotency-Key": "k" * 201}), 422)
    assert problem["errors"][0]["field"].lower() == "idempotency-key"


def test_a_fault_of_ours_says_nothing_of_the_inside(client, monkeypatch, caplog) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("13800138000 geheim")

    monkeypatch.setattr("bot.web.api.lookups.run", broken)
    answered = client.post("assess", json={})
    problem = told(answered, 500)
    assert "geheim" not in answered.text
    assert "Traceback" not in answered.text
    assert "ZeroDivision" not in answered.text
    assert "再试" in problem["detail"]
    assert "geheim" not in caplog.text


def test_a_store_that_fails(service, client, holder, monkeypatch) -> None:
    def broken(*_: object) -> None:
        raise StoreError("磁盘满了：/secret/place")

    monkeypatch.setattr(service.store, "receive", broken)
    answered = client.post("conversations", json={}, headers=holder)
    problem = told(answered, 503)
    assert int(answered.headers["retry-after"]) > 0
    assert "没有记下" in problem["detail"]
    assert "/secret" not in answered.text
