"""Answers given as data become values, or a Chinese sentence that names the fact and says what would fit."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.answers import AnswerError, read_answer, read_answers, to_given, value_text
from policies.law import Corpus
from policies.model.fact import Fact
from policies.values import Span, Value, exactly, from_data, to_data

WAN = 1_000_000
READ: list[tuple[str, Any, Value | None, str]] = [
    ("revenue", None, None, "不清楚"),
    ("national_pilot", True, True, "是"),
    ("national_pilot", "否", False, "否"),
    ("national_pilot", "没有", False, "否"),
    ("district", "海珠区", "海珠区", "海珠区"),
    ("platform_kinds", [], frozenset(), "都没有"),
    ("platform_kinds", "没有平台", frozenset({"没有平台"}), "没有平台"),
    ("node_roles", ["运营", "牵头建设"], frozenset({"运营", "牵头建设"}), "牵头建设、运营"),
    ("revenue", 12_000_000, exactly(1200 * WAN), "1200万元"),
    ("revenue", 0.01, exactly(1), "0.01元"),
    ("revenue", "1200万元", exactly(1200 * WAN), "1200万元"),
    ("revenue", {"at_least": "8000万元", "less_than": "9000万元"}, Span(8000 * WAN, 9000 * WAN - 1), ""),
    ("revenue", {"at_least": 80_000_000, "at_most": "9000万元"}, Span(8000 * WAN, 9000 * WAN), "8000万元至9000万元"),
    ("revenue", {"more_than": "1亿元"}, Span(10_000 * WAN + 1, None), ""),
    ("revenue", {"at_most": "1亿元"}, Span(0, 10_000 * WAN), "0元至1亿元"),
    ("revenue", {"at_least": "1亿元"}, Span(10_000 * WAN, None), "1亿元以上（含）"),
    ("std_national", 2, exactly(2), "2项"),
    ("std_national", "2项", exactly(2), "2项"),
    ("std_national", {"more_than": 3}, Span(4, None), "4项以上（含）"),
    ("std_national", {"less_than": 3}, Span(0, 2), "0项至2项"),
    ("growth_margin", 0.08, exactly(80_000), "8%"),
    ("growth_margin", "5‰", exactly(5_000), "5‰"),
    ("growth_margin", "-3%", exactly(-30_000), "-3%"),
    ("growth_margin", {"less_than": "0%"}, Span(None, -1), ""),
    ("growth_margin", {"at_most": "0%"}, Span(None, 0), "0%以下（含）"),
]
REFUSED: list[tuple[str, Any, str]] = [
    ("national_pilot", 1, "应答是或否"),
    ("national_pilot", "也许", "应答是或否"),
    ("district", "天河区", "没有选项“天河区”，可选：海珠区、"),
    ("district", ["海珠区"], "没有选项"),
    ("district", True, "没有选项"),
    ("platform_kinds", ["双跨"], "没有选项“双跨”"),
    ("platform_kinds", 3, "应写成一个列表"),
    ("revenue", "30家", "单位应是元"),
    ("revenue", "30%", "单位应是元"),
    ("revenue", "很多", "不是规则文件的写法"),
    ("revenue", True, "应是一个数，例如 1200万元"),
    ("revenue", [1, 2], "应是一个数"),
    ("revenue", "-5万元", "不能是负数"),
    ("revenue", -5, "不能是负数"),
    ("revenue", 0.001, "最小到分"),
    ("revenue", float("nan"), "应是一个数"),
    ("revenue", float("inf"), "应是一个数"),
    ("revenue", {}, "区间写 at_least 或 more_than"),
    ("revenue", {"min": 5}, "区间写 at_least 或 more_than"),
    ("revenue", {"at_least": 1, "more_than": 5}, "区间写 at_least 或 more_than"),
    ("revenue", {"at_most": 5, "less_than": 5}, "at_most 或 less_than"),
    ("revenue", {"at_least": "-1元"}, "不能是负数"),
    ("revenue", {"at_least": "2亿元", "at_most": "1亿元"}, "区间是空的"),
    ("revenue", {"at_least": "1亿元", "less_than": "1亿元"}, "区间是空的"),
    ("revenue", {"at_most": "-1元"}, "不能是负数"),
    ("revenue", {"less_than": 0}, "不能是负数"),
    ("revenue", {"at_least": None}, "应是一个数"),
    ("std_national", "2家", "单位应是项"),
    ("std_national", 2.5, "最小到1项"),
    ("growth_margin", "1元", "单位应是比例"),
    ("growth_margin", 0.0000001, "最小到百万分之一"),
    ("growth_margin", "0.00001%", "最多写到百万分之一"),
]


@pytest.mark.parametrize(("key", "raw", "value", "text"), READ)
def test_reads(key: str, raw: Any, value: Value | None, text: str, corpus: Corpus) -> None:
    fact = corpus.facts[key]
    assert read_answer(fact, raw) == value
    if text:
        assert value_text(fact, value) == text


@pytest.mark.parametrize(("key", "raw", "says"), REFUSED)
def test_refuses(key: str, raw: Any, says: str, corpus: Corpus) -> None:
    with pytest.raises(AnswerError) as caught:
        read_answers({key: raw}, corpus.facts)
    assert caught.value.fact == key
    assert says in str(caught.value)
    assert corpus.facts[key].label in str(caught.value) or "太细" in str(caught.value)


def test_an_unknown_fact_is_named(corpus: Corpus) -> None:
    with pytest.raises(AnswerError, match="没有要素“turnover”") as caught:
        read_answers({"revenue": "1亿元", "turnover": 5}, corpus.facts)
    assert caught.value.fact == "turnover"


@given(st.integers(0, 10**15))
def test_a_json_number_is_in_yuan(corpus: Corpus, yuan: int) -> None:
    assert read_answer(corpus.facts["revenue"], yuan) == exactly(yuan * 100)


@given(fen=st.integers(0, 10**15))
def test_what_is_written_is_read_again(corpus: Corpus, fen: int) -> None:
    fact = corpus.facts["revenue"]
    assert read_answer(fact, value_text(fact, exactly(fen))) == exactly(fen)


VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.text(max_size=5),
    st.frozensets(st.text(max_size=3), max_size=3),
    st.tuples(st.integers(-9, 9), st.integers(0, 9)).map(lambda pair: Span(pair[0], pair[0] + pair[1])),
    st.integers(0, 9).map(lambda low: Span(low, None)),
)


@given(VALUES)
def test_values_survive_storing(value: Value | None) -> None:
    assert from_data(to_data(value)) == value


@pytest.mark.parametrize(
    "data", [3, 1.5, ["a", 1], {"low": 1}, {"low": 1, "high": 2, "unit": "元"}, {"low": 3, "high": 1}]
)
def test_other_data_is_no_value(data: object) -> None:
    with pytest.raises(ValueError, match=r"not a stored value|empty span"):
        from_data(data)


def test_an_empty_span_is_refused() -> None:
    with pytest.raises(ValueError, match="empty span"):
        Span(2, 1)


@pytest.mark.parametrize(
    ("inner", "outer", "inside"),
    [
        (Span(1, 2), Span(1, 2), True),
        (Span(1, 2), Span(None, None), True),
        (Span(1, None), Span(1, 9), False),
        (Span(None, 2), Span(0, 2), False),
        (Span(0, 2), Span(1, 2), False),
        (exactly(3), Span(3, None), True),
    ],
)
def test_within(inner: Span, outer: Span, inside: bool) -> None:
    assert inner.within(outer) is inside


@given(st.data())
def test_a_value_written_for_others_reads_back_the_same(corpus: Corpus, data: st.DataObject) -> None:
    fact = corpus.facts[data.draw(st.sampled_from(sorted(corpus.facts)))]
    value = data.draw(values_of(fact))
    written = json.loads(json.dumps(to_given(fact, value), ensure_ascii=False))
    assert read_answer(fact, written) == value


def values_of(fact: Fact) -> st.SearchStrategy[Value | None]:
    if fact.type == "bool":
        return st.none() | st.booleans()
    if fact.type == "choice":
        return st.none() | st.sampled_from(fact.choices)
    if fact.type == "set":
        return st.none() | st.frozensets(st.sampled_from(fact.choices))
    least = -(10**9) if fact.negative_allowed else 0
    numbers = st.integers(least, 10**16)
    pairs = st.tuples(numbers, numbers).map(lambda pair: Span(min(pair), max(pair)))
    open_above = numbers.map(lambda low: Span(low, None))
    return st.none() | numbers.map(exactly) | pairs | open_above
