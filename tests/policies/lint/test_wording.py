from __future__ import annotations

import pytest

from policies.lint.numbers import find
from policies.lint.wording import comparators, has_ceiling
from policies.notation import quantity


@pytest.mark.parametrize(
    ("text", "number", "means"),
    [
        ("主营业务收入1亿元以上", "1亿元", {"at_least"}),
        ("获得投资1000万元及以上", "1000万元", {"at_least"}),
        ("累计服务15家（含）以上", "15家", {"at_least"}),
        ("客户数量达到100家且收入", "100家", {"at_least"}),
        ("达到500万元以上", "500万元", {"at_least"}),
        ("年度新增注册量超2000万条", "2000万条", {"more_than"}),
        ("融资超过10亿元的", "10亿元", {"more_than"}),
        ("不超过10亿元的", "10亿元", {"at_most"}),
        ("入选后两年内", "24月", {"at_most"}),
        ("300人以下", "300人", {"at_most", "less_than"}),
        ("不足500万元的", "500万元", {"less_than"}),
        ("产值超过2000万元以上", "2000万元", {"more_than", "at_least"}),
        ("5000万元、2000万元以上的", "5000万元", {"at_least"}),
        ("分别不少于6家、3家，", "3家", {"at_least"}),
        ("奖励50万元", "50万元", set()),
    ],
)
def test_comparators_that_govern_a_number(text: str, number: str, means: set[str]) -> None:
    (spot,) = find(quantity(number), text)
    assert {mean for said in comparators(text, spot) for mean in said.means} == means


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("按不超过平台建设投入总额的30%予以资助", "30%"),
        ("最高按项目建设金额的30%（含）给予补贴", "30%"),
        ("分别给予最高1亿元、5000万元、3000万元的奖励", "3000万元"),
        ("按5%给予奖励，最高奖励1000万元", "1000万元"),
        ("补助在100万元以内", "100万元"),
    ],
)
def test_an_amount_under_a_ceiling(text: str, number: str) -> None:
    (spot,) = find(quantity(number), text)
    assert has_ceiling(text, spot)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("分别给予50万元、30万元奖励，年度累计最高不超过100万元", "30万元"),
        ("按实际费用的50%给予补贴，单个企业每年补助不超过20万元", "50%"),
        ("最高不超过20万元奖励，再奖励1万元", "1万元"),
        ("按费用的30%给予最高5万元的补贴", "30%"),
    ],
)
def test_an_amount_that_is_exact(text: str, number: str) -> None:
    (spot,) = find(quantity(number), text)
    assert not has_ceiling(text, spot)
