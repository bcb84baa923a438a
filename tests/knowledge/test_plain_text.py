"""Plain text: what is said stays, where it stood is known."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.plain_text import plain


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("寶安區應用標桿落選了，但係攞到國家智能製造示範工廠", "宝安区应用标杆落选了，但是拿到国家智能制造示范工厂"),
        ("我哋冇做過國標", "我们没做过国标"),
        ("投咗1300萬（唔連稅）", "投了1300万（不含税）"),
        ("佛山有冇論壇補貼", "佛山有没有论坛补贴"),
        ("關係好", "关系好"),
        ("Foshan,做ＥＲＰ", "foshan，做erp"),
        ("嗯我们的那个平台", "我们的平台"),
    ],
)
def test_plain(source: str, expected: str) -> None:
    assert plain(source).text == expected


@given(st.text(st.sampled_from("我哋唔係冇有嗯呃的那个雙跨，,. aＡ1㈠𠮷\n係關"), max_size=30) | st.text(max_size=30))
def test_every_character_knows_where_it_stood(source: str) -> None:
    sentence = plain(source)
    assert len(sentence.offsets) == len(sentence.text) + 1
    assert list(sentence.offsets) == sorted(sentence.offsets)
    assert sentence.offsets[-1] == len(source)
    for start in range(len(sentence.text)):
        first, last = sentence.span(start, start + 1)
        assert 0 <= first < last <= len(source)


def test_a_span_of_the_source_is_found_again() -> None:
    sentence = plain("嗯我哋攞咗國標")
    start, end = sentence.place(5, 7)
    assert sentence.text[start:end] == "国标"
    assert sentence.source[slice(*sentence.span(start, end))] == "國標"
