"""``assess``, ``ask``, ``understand``: the objects of ``--jsonl``, and exactly as the description says."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from bot.web.api.shapes.assess import Assessed
from bot.web.api.shapes.words import Asked, Understood
from policies.answers import to_given
from tests.strategies import POLICIES

CASES: dict[str, list[dict[str, Any]]] = {
    "assess": [
        {"facts": {"std_national": "2项", "std_in_effect": True}, "as_of": "2024-03-15"},
        {"policy": "haizhu-2022", "facts": {"national_pilot": True, "cross_platform_investment": "2300万元"}},
        {"facts": {}},
        {"facts": {"main_revenue": None}, "policy": None, "as_of": None},
        {"as_of": "2024-3-5"},
    ],
    "ask": [
        {"question": "佛山 二级节点 上限"},
        {"question": "佛山办行业论坛有没有场地补贴", "as_of": "2023-01-01"},
        {"question": "今天天气怎么样"},
        {"question": "上云补多少", "district": "海珠区"},
    ],
    "understand": [
        {"text": "我们在海珠，做跨行业跨领域的工业互联网平台，平台前后投了两千三百万"},
        {"text": "去年营收一亿二，增长三成，2021年成立，欠了100万美元", "as_of": "2024-03-15"},
        {"text": ""},
    ],
}  # fmt: skip
SHAPES: dict[str, type[BaseModel]] = {"assess": Assessed, "ask": Asked, "understand": Understood}


@pytest.mark.parametrize(("what", "sent"), [(what, sent) for what, sents in CASES.items() for sent in sents])
def test_the_api_and_the_command_line_answer_alike(client, run, what: str, sent: dict[str, object]) -> None:
    dated = {**sent, "as_of": sent.get("as_of") or "2024-03-15"}
    answered = client.post(what, json=sent)
    line = run(what, "--jsonl", given=json.dumps(dated)).out
    assert answered.status_code == 200
    assert answered.text == line.rstrip("\n")
    assert answered.headers["content-type"] == "application/json"


@pytest.mark.parametrize(("what", "sent"), [(what, sent) for what, sents in CASES.items() for sent in sents])
def test_an_answer_is_as_described(client, what: str, sent: dict[str, object]) -> None:
    answer = client.post(what, json=sent).json()
    shown = SHAPES[what].model_validate(answer).model_dump(mode="json", by_alias=True, exclude_unset=True)
    assert shown == answer


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_assessment_is_as_described(client, corpus, enterprises, data: st.DataObject) -> None:
    policy = data.draw(st.sampled_from(POLICIES))
    answers = data.draw(enterprises.answers(policy))
    facts = {key: to_given(corpus.facts[key], value) for key, value in answers.items()}
    answered = client.post("assess", json={"facts": facts, "as_of": "2022-06-01"})
    assert answered.status_code == 200
    Assessed.model_validate_json(answered.text)


def test_today_is_the_day_where_the_policies_are(service, client) -> None:
    service.clock.now += 12 * 3600 - 1
    assert client.post("assess", json={}).json()["as_of"] == "2024-03-15"
    service.clock.now += 1
    assert client.post("assess", json={}).json()["as_of"] == "2024-03-16"


def test_what_was_heard_can_be_assessed_as_it_is(client) -> None:
    heard = client.post("understand", json={"text": "我们在海珠，去年营收一亿二左右，牵头制定国家标准两项"}).json()
    assert heard["facts"]
    assert client.post("assess", json={"facts": heard["facts"]}).status_code == 200
