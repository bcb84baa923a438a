"""What holds of every sentence: nothing is taken silently, nothing is made up, what is quoted was said."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any

import opencc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.understand import Reader, Understood
from policies.answers import fits
from policies.load import load
from policies.values import Span, exactly

from .test_sentences import SENTENCES

AS_OF = date(2023, 5, 1)
Read = Callable[[str], Understood]
PIECES = st.sampled_from(
    ["我们", "在", "海珠", "双跨平台", "投了", "2000万", "没有", "不是", "打算", "如果", "国标", "两项", "牵头"]
) | st.sampled_from(["吗", "？", "，", "。", "客户", "不清楚", "嗯", "係", " ", "省里给了", "3家", "30%"])


@cache
def reader() -> Reader:
    return Reader(load())


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=14).map("".join) | st.text(max_size=60))
def test_any_text_is_read_and_every_fact_can_be_quoted(text: str) -> None:
    known = load_facts()
    understood = reader().read(text, AS_OF)
    for key, value in understood.facts.items():
        assert fits(known[key], value)
        start, end = understood.evidence[key]
        assert 0 <= start < end <= len(text)
    for doubt in understood.uncertain:
        assert doubt.key not in understood.facts
        assert 0 <= doubt.start < doubt.end <= len(text)
        assert doubt.question.strip().endswith(("？", "。"))
    assert reader().read(text, AS_OF) == understood


@cache
def load_facts() -> Any:
    return load().facts


@pytest.mark.parametrize("sentence", SENTENCES[:120], ids=lambda sentence: sentence.text[:24])
def test_traditional_characters_say_the_same(sentence: Any, read: Read) -> None:
    traditional = opencc.OpenCC("s2t").convert(sentence.text)
    if len(traditional) == len(sentence.text):
        assert read(traditional).facts == read(sentence.text).facts


@pytest.mark.parametrize(
    "topic", ["上云", "双跨平台", "二级节点", "国家标准", "标杆项目", "5G工厂", "专精特新", "论坛"]
)
@pytest.mark.parametrize(
    "form", ["海珠有没有{}补贴", "佛山{}补多少", "{}能拿多少钱？", "想问一下{}的政策", "{}怎么申请"]
)
def test_a_question_states_nothing(topic: str, form: str, read: Read) -> None:
    assert dict(read(form.format(topic)).facts) == {}


@pytest.mark.parametrize("plan", ["打算", "准备", "计划", "如果", "假如", "争取"])
@pytest.mark.parametrize(
    "said", ["列入国家试点", "评上专精特新", "办一场产业互联网论坛", "通过安全评估的安全产品上市", "实缴2000万"]
)
def test_plans_and_suppositions_are_never_taken(plan: str, said: str, read: Read) -> None:
    assert dict(read(f"我们{plan}{said}").facts) == {}


def test_what_is_not_mentioned_is_not_in_the_facts(read: Read) -> None:
    understood = read("我们在海珠")
    assert dict(understood.facts) == {"district": "海珠区"}
    assert understood.uncertain == ()


def test_not_knowing_is_neither_no_nor_nothing(read: Read) -> None:
    assert read("营收不清楚").facts == {"revenue": None}


def test_the_district_of_the_talk_decides_between_facts_of_the_same_words(reader: Reader) -> None:
    text = "市级标杆示范项目"
    assert set(reader.read(text, AS_OF, "佛山市").facts) == {"city_benchmark"}
    assert set(reader.read(text, AS_OF, "白云区").facts) == {"had_city_benchmark"}


def test_a_correction_is_flagged_and_takes_the_place_of_what_was_said(read: Read) -> None:
    assert read("不对，是1200万").correction
    assert not read("我们在海珠").correction
    understood = read("实缴1000万，不对，是1200万")
    assert understood.facts["paid_in_capital"] == exactly(1200_0000_00)
    assert understood.correction


def test_contradictions_are_asked(read: Read) -> None:
    understood = read("实缴500万，实缴800万")
    assert "paid_in_capital" not in understood.facts
    assert [doubt.key for doubt in understood.uncertain] == ["paid_in_capital"]


def test_tax_must_be_settled_before_a_net_amount_is_taken(read: Read) -> None:
    assert read("白云，5G全连接工厂不含税投了300万").facts["project_5g_net"] == exactly(300_0000_00)
    assert read("白云，5G全连接工厂投了339万（含13%的税）").facts["project_5g_net"] == exactly(300_0000_00)
    unsure = read("白云，5G全连接工厂投了300万")
    assert "project_5g_net" not in unsure.facts
    assert "project_5g_net" in {doubt.key for doubt in unsure.uncertain}


def test_a_bare_small_number_is_asked_back(read: Read) -> None:
    understood = read("实缴500")
    assert "paid_in_capital" not in understood.facts
    assert "500元还是500万元" in understood.uncertain[0].question


def test_a_vague_figure_stays_vague(read: Read) -> None:
    assert read("营收八千多万").facts["revenue"] == Span(8000_0000_00, 9000_0000_00 - 1)
