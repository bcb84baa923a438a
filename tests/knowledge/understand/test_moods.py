"""Said, denied, asked, planned, supposed, of others, not known."""

from __future__ import annotations

import pytest

from knowledge.understand.moods import Moods


@pytest.mark.parametrize(
    ("text", "word", "mood"),
    [
        ("我们进了国家试点", "国家试点", "said"),
        ("没进国家试点，只有省级", "国家试点", "denied"),
        ("没进国家试点，只有省级", "省级", "said"),
        ("国家试点没评上", "国家试点", "denied"),
        ("国家试点落选了", "国家试点", "denied"),
        ("也报了示范园区但没进前5", "示范园区", "denied"),
        ("不是海珠是黄埔", "黄埔", "said"),
        ("没有国标、行标", "行标", "denied"),
        ("制造业没有平台", "制造业", "said"),
        ("不仅是专精特新", "专精特新", "said"),
        ("准备申报国家试点", "国家试点", "planned"),
        ("国家试点还在公示", "国家试点", "planned"),
        ("引进计划提前告知了", "告知", "said"),
        ("建了模拟产线", "产线", "said"),
        ("如果拿到国家试点", "国家试点", "supposed"),
        ("有国家试点的话", "国家试点", "supposed"),
        ("我客户是制造业", "制造业", "others"),
        ("帮客户问一下，他们是制造业", "制造业", "said"),
        ("客户3000家，我们是制造业", "制造业", "said"),
        ("海珠有没有国家试点补贴", "国家试点", "asked"),
        ("国家试点补多少", "国家试点", "topic"),
        ("我们是国家试点补多少", "国家试点", "said"),
        ("佛山 二级节点 补多少", "二级节点", "topic"),
        ("想问国家试点", "国家试点", "asked"),
        ("是不是规上说不清楚", "规上", "unknown"),
        ("不清楚国家试点的政策", "国家试点", "said"),
        ("没问题，国家试点有的", "国家试点", "said"),
        ("听说实缴1000万能拿50万", "实缴", "others"),
        ("去年差点评上专精特新", "专精特新", "denied"),
        ("没有不良记录", "有不良记录", "denied"),
        ("想申请服务券", "申请服务券", "planned"),
        ("我们同行牵头了国标", "牵头", "others"),
        ("别人牵头，我们投了钱", "投了钱", "said"),
        ("实缴的话目前是六百万", "实缴", "said"),
        ("国家试点我们没申请过", "国家试点", "denied"),
        ("没核心专利", "专利", "denied"),
        ("国家试点奖励上限", "国家试点", "topic"),
        ("我们拿了国家试点奖励", "国家试点", "said"),
        ("每年评几个国家试点", "国家试点", "asked"),
    ],
)
def test_mood(text: str, word: str, mood: str) -> None:
    start = text.index(word)
    assert Moods(text).of(start, start + len(word)) == mood


def test_empty_text_has_one_empty_clause() -> None:
    assert Moods("").of(0, 0) == "said"
