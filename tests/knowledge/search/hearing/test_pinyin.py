"""Pinyin without tones, read by what the documents and people write."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.search.grams import grams
from knowledge.search.hearing.pinyin import Pinyin

WRITTEN = ["上云服务券补多少", "标准制定奖励", "实训基地", "海珠", "不重复", "重点", "贷款贴息"]


def reader() -> Pinyin:
    return Pinyin(Counter(gram for phrase in WRITTEN for gram in grams(phrase)), frozenset({"app"}))


READER = reader()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("fuwuquan", "服务券"),
        ("fu wu quan", "服务券"),
        ("shangyunfuwuquanbuduoshao", "上云服务券补多少"),
        ("shixun jidi", "实训基地"),
        ("zhidin", "制定"),  # -n and -ng confused
        ("sixun jidi", "实训基地"),  # s- and sh- confused
        ("buchongfu", "不重复"),  # one character, two sounds
        ("zhongdian", "重点"),
        ("海珠 biaozhun 奖励", "海珠 标准 奖励"),
        ("tieximes", "tieximes"),
        ("mes tiexi", "mes 贴息"),
        ("app daikuan", "app 贷款"),
        ("app", "app"),
        ("5000w", "5000w"),
        ("bu", "bu"),  # too short to be sure
        ("海珠标准", "海珠标准"),
    ],
)
def test_read(typed: str, meant: str) -> None:
    assert " ".join(READER.read(typed).split()) == meant


@given(st.text("abcdehinosuz ", max_size=40))
def test_letters_never_fail_and_what_is_no_letter_stays(letters: str) -> None:
    assert READER.read(f"海{letters}珠").startswith("海")
    assert READER.read(f"海{letters}珠").endswith("珠")
