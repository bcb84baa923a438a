"""A typed figure as the value of a fact: units, signs, tax, rounding."""

from __future__ import annotations

import pytest

from knowledge.figures import read_figure, read_given
from policies.answers import AnswerError
from policies.law import Corpus
from policies.values import Span, exactly

WAN = 10**4 * 100  # 1万元 in 分


@pytest.mark.parametrize(
    ("key", "text", "span"),
    [
        ("revenue", "1200万", exactly(1200 * WAN)),
        ("revenue", "12000", exactly(12000 * 100)),
        ("revenue", "1200元", exactly(1200 * 100)),
        ("revenue", "0", exactly(0)),
        ("revenue", "8000多万", Span(8000 * WAN, 9000 * WAN - 1)),
        ("revenue", "超过500万", Span(500 * WAN + 1, None)),
        ("revenue", "不到500万", Span(0, 500 * WAN - 1)),
        ("revenue", "500万以内", Span(0, 500 * WAN)),
        ("chain_project_net", "113万含13%税", exactly(100 * WAN)),
        ("chain_project_net", "113万（含13%的税）", exactly(100 * WAN)),
        ("chain_project_net", "含税13% 113万", exactly(100 * WAN)),
        ("chain_project_net", "100万不含税", exactly(100 * WAN)),
        ("chain_project_net", "100万（税前）", exactly(100 * WAN)),
        ("growth_margin", "30%", exactly(300_000)),
        ("growth_margin", "三成", exactly(300_000)),
        ("growth_margin", "-5%", exactly(-50_000)),
        ("growth_margin", "－5%", exactly(-50_000)),
        ("customers", "3000家", exactly(3000)),
        ("customers", "3000", exactly(3000)),
        ("customers", "三千多家", Span(3000, 3999)),
        ("customers", "超过30家", Span(31, None)),
        ("customers", "不到30家", Span(0, 29)),
    ],
)
def test_read(corpus: Corpus, key: str, text: str, span: Span) -> None:
    assert read_figure(corpus.facts[key], text) == span


@pytest.mark.parametrize(
    ("key", "text", "hint"),
    [
        ("revenue", "1200", "1200元还是1200万元"),
        ("revenue", "三千", "三千元还是三千万元"),
        ("revenue", "30%", "单位应是元"),
        ("revenue", "113万含13%税", "不区分含税不含税"),
        ("revenue", "-5万", "不能是负数"),
        ("revenue", "一大笔", "没看懂"),
        ("chain_project_net", "113万含税", "不含税金额"),
        ("chain_project_net", "113", "万元"),
        ("growth_margin", "8", "带上 %"),
        ("growth_margin", "8家", "单位应是比例"),
        ("customers", "300元", "单位应是家"),
        ("customers", "3.5家", "最小到1家"),
        ("revenue", "0.001元", "最小到分"),
        ("growth_margin", "0.00001%", "最小到百万分之一"),
    ],
)
def test_refused(corpus: Corpus, key: str, text: str, hint: str) -> None:
    with pytest.raises(AnswerError, match=hint) as caught:
        read_figure(corpus.facts[key], text)
    assert caught.value.fact == key


def test_data_is_read_strictly_first(corpus: Corpus) -> None:
    revenue = corpus.facts["revenue"]
    assert read_given(revenue, "1200万元") == exactly(1200 * WAN)
    assert read_given(revenue, 1200) == exactly(1200 * 100)
    assert read_given(revenue, "八千多万") == Span(8000 * WAN, 9000 * WAN - 1)
    assert read_given(revenue, {"at_least": "500万元"}) == Span(500 * WAN, None)
    assert read_given(revenue, None) is None
    with pytest.raises(AnswerError):
        read_given(revenue, "三千")
