"""Districts with documents, districts without, and names that only look like places."""

from __future__ import annotations

from functools import cache

import pytest

from knowledge.places import Places
from policies.load import load


@cache
def places() -> Places:
    return Places(load())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("我们在广州市海珠区", [("海珠区", "district", "广州市海珠区")]),
        ("琶洲", [("海珠区", "district", "琶洲")]),
        ("从天河搬到广州开发区", [("天河区", "elsewhere", "天河"), ("黄埔区", "district", "广州开发区")]),
        ("迁来开发区", [("黄埔区", "district", "开发区")]),
        ("南沙开发区", [("南沙区", "elsewhere", "南沙")]),
        ("顺德北滘", [("佛山市", "district", "顺德北滘")]),
        ("禅城", [("佛山市", "district", "禅城")]),
        ("深圳宝安", [("宝安区", "district", "深圳宝安")]),
        ("深圳南山", [("南山区", "elsewhere", "深圳南山")]),
        ("foshan的企业", [("佛山市", "district", "foshan")]),
        ("foshank", []),
        ("贵阳白云区的厂", [("贵阳市", "elsewhere", "贵阳白云区")]),
        ("上海珠宝公司", [("上海市", "elsewhere", "上海")]),
        ("广州", [("广州市", "wider", "广州")]),
        ("黄埔大道", []),
        ("白云山", []),
        ("光明磊落", []),
        ("拂山的厂", [("佛山市", "district", "拂山")]),
        ("白去区", [("白云区", "district", "白去区")]),
        ("白去一趟", []),
        ("说明白云服务", []),
        ("我们在新安", [("宝安区", "district", "新安")]),
        ("重新安装", []),
        ("哈尔滨南岗区", [("哈尔滨市", "elsewhere", "哈尔滨")]),
    ],
)
def test_places(text: str, expected: list[tuple[str, str, str]]) -> None:
    found = [(place.name, place.kind, text[place.start : place.end]) for place in places().find(text)]
    assert found == expected


def test_every_district_of_a_document_is_found_by_its_name_and_its_aliases() -> None:
    for policy in load().policies.values():
        for district in policy.header.districts:
            for form in (district, district[:-1], *policy.header.aliases.get(district, ())):
                assert [place.name for place in places().find(form)] == [district], form


def test_the_districts_inside_a_wider_place() -> None:
    assert sorted(places().within("广州市")) == ["海珠区", "白云区", "黄埔区"]
    assert places().within("海珠区") == ()


def test_no_misspelt_form_is_a_word_to_mend_towards() -> None:
    assert "佛山市" in places().forms
    assert not {"拂山", "拂山市", "白去区"} & set(places().forms)
