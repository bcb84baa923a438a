"""``huiqi understand``: a sentence or lines of JSON in, facts out in the form ``huiqi assess`` takes."""

from __future__ import annotations

import io
import json
from datetime import date
from typing import Any

import pytest

from bot.cli.understanding import stream
from bot.contract import read_facts
from knowledge.understand import Reader
from policies.engine.engine import Engine
from policies.load import load

from ..knowledge.understand.test_sentences import SENTENCES

TODAY = date(2023, 5, 1)
ENGINE = Engine(load())


def answers(*requests: Any) -> list[dict[str, Any]]:
    lines = b"\n".join(request if isinstance(request, bytes) else json.dumps(request).encode() for request in requests)
    out = io.StringIO()
    stream(ENGINE.corpus, io.BytesIO(lines), out, TODAY)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_the_contract() -> None:
    [answer] = answers({"text": "黄埔，实缴1000万，营收八千多万，去年增长三成，30家客户", "as_of": "2021-03-15"})
    assert answer["district"] == "黄埔区"
    assert answer["facts"]["paid_in_capital"] == 10_000_000
    assert answer["facts"]["revenue"] == {"at_least": 80_000_000, "less_than": 90_000_000}
    numbers = {number["text"]: number for number in answer["numbers"]}
    assert numbers["1000万"] | {"low": 10_000_000, "high": 10_000_000, "unit": "元"} == numbers["1000万"]
    assert numbers["八千多万"] | {"low": 80_000_000, "high": 90_000_000, "high_open": True} == numbers["八千多万"]
    assert numbers["三成"] | {"low": 0.3, "high": 0.3, "unit": "比例"} == numbers["三成"]
    assert numbers["30家"] | {"low": 30, "high": 30, "unit": "count", "measure": "家"} == numbers["30家"]
    assert numbers["去年"] | {"low": "2020-01-01", "high": "2021-01-01", "unit": "date"} == numbers["去年"]


def test_foreign_money_has_a_currency_and_is_no_fact() -> None:
    [answer] = answers({"text": "实缴100万美元"})
    assert answer["facts"] == {}
    assert [number["currency"] for number in answer["numbers"]] == ["USD"]


def test_what_is_heard_can_be_assessed_and_means_the_same() -> None:
    reader = Reader(ENGINE.corpus)
    for sentence, answer in zip(SENTENCES, answers(*({"text": sentence.text} for sentence in SENTENCES)), strict=True):
        assert read_facts(ENGINE, answer["facts"]) == reader.read(sentence.text, TODAY).facts


@pytest.mark.parametrize(
    ("request_", "field", "told"),
    [
        ({}, "text", "text 应是一句话"),
        ({"text": 3}, "text", "text 应是一句话"),
        ({"text": "x" * 3000}, "text", "太长"),
        ({"text": "x", "as_of": "2023-02-30"}, "as_of", "存在的日期"),
        ({"text": "x", "as_of": 3}, "as_of", "存在的日期"),
        ({"text": "x", "district": "天河区"}, "district", "没有地区“天河区”"),
        ({"text": "x", "more": 1}, "more", "没有“more”这一项"),
        ([], "", "一行应是一个 JSON 对象"),
    ],
)
def test_a_bad_line_is_told_and_the_rest_goes_on(request_: Any, field: str, told: str) -> None:
    error, after = answers(request_, {"text": "我们在海珠"})
    assert error["error"]["field"] == field
    assert told in error["error"]["message"]
    assert after["facts"] == {"district": "海珠区"}


def test_a_line_that_is_no_json() -> None:
    error, after = answers(b"{", {"text": ""})
    assert error["error"]["code"] == "bad_json"
    assert after["facts"] == {}
