from __future__ import annotations

import pytest

from policies.lint.numbers import find, numbers, parts
from policies.notation import quantity


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("给予最高 200 万元的费用", ["200 万元"]),
        ("每年安排不超过2000万（含）元", ["2000万（含）元"]),
        ("按1:1配套，5‰，30%", ["1:1", "5‰", "30%"]),
        ("入选后两年内，每月千万次", ["两年", "千万次"]),
        ("百分之三十以内，半年", ["百分之三十", "半年"]),
        ("国发〔2021〕29号", ["2021", "29号"]),
        ("自2020年7月17日起", ["2020年", "7月", "17日"]),
        ("一次性、一事一议、同一、一批、一项、一定、二级、上一年度、一体", []),
        ("申报本办法第三条、第十条和第 12 条的", []),
        ("（一）某事。\n一、标题\n1.技术创新", []),
        ("新一代信息技术，同一年度，每一家", []),
        ("产业集群“6+6”", ["6", "6"]),
        ("“十四五”规划，党的十九大", ["十四五", "十九"]),
    ],
)
def test_numbers_of_a_text(text: str, found: list[str]) -> None:
    assert [number.text for number in numbers(text)] == found


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("5亿元", "达到50000万元以上"),
        ("1000万元", "奖励总金额不超过1000万，"),
        ("2000万元", "不超过2000万（含）元"),
        ("100%", "按1:1配套"),
        ("24月", "两年内"),
        ("24月", "2年内"),
        ("30%", "百分之三十"),
        ("3天", "会期3日"),
        ("20万个", "达到20万个以上"),
        ("50亿条", "注册量50亿以上"),
    ],
)
def test_a_quantity_stands_however_it_is_written(written: str, text: str) -> None:
    assert find(quantity(written), text)


@pytest.mark.parametrize(
    ("written", "text"),
    [("5家", "建设5G网络"), ("1万元", "达到1万个"), ("30%", "30家"), ("3%", "3‰"), ("5家", "15家"), ("2月", "两年内")],
)
def test_another_quantity_does_not_stand(written: str, text: str) -> None:
    assert not find(quantity(written), text)


def test_a_sum_must_show_each_of_its_terms() -> None:
    assert [term.text for term in parts(quantity("6家+3家"))] == ["6家", "3家"]
