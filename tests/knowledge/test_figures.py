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
        ("revenue", "五千到八千万", Span(5000 * WAN, 8000 * WAN)),
        ("revenue", "一亿二", exactly(12000 * WAN)),
        ("revenue", "两个小目标", exactly(20000 * WAN)),
        ("revenue", "三五百万", Span(300 * WAN, 500 * WAN)),
        ("revenue", "将近一千万", Span(900 * WAN, 1000 * WAN - 1)),
        ("revenue", "一分钱没有", exactly(0)),
        ("revenue", "没有", exactly(0)),
        ("growth_margin", "15个点", exactly(150_000)),
        ("growth_margin", "负百分之五", exactly(-50_000)),
        ("growth_margin", "三到五成", Span(300_000, 500_000)),
        ("cluster_months", "两年", exactly(24)),
        ("cluster_months", "一年半", exactly(18)),
        ("cluster_months", "6月", exactly(6)),
        ("devices_on_platform", "60套", exactly(60)),
        ("customers", "30来家", Span(27, 33)),
        ("customers", "十几家", Span(11, 19)),
        ("customers", "三五个", Span(3, 5)),
        ("customers", "一家都没有", exactly(0)),
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
        ("revenue", "500万美元", "外币"),
        ("revenue", "2022年底", "是日期"),
        ("customers", "3项", "单位应是家"),
        ("customers", "2022年", "是日期"),
        ("cluster_months", "2022年5月", "是日期"),
        ("cluster_months", "三天", "单位应是月"),
        ("revenue", "3kW", "没看懂"),
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
