"""Mending towards known words, and leaving alone what is understood."""

from __future__ import annotations

import pytest

from knowledge.search.grams import pairs
from knowledge.search.hearing.spelling import Speller

WORDS = ["服务券", "担保", "贴息", "地方标准", "二级节点", "黄埔区"]
KNOWN = {pair for word in [*WORDS, "补贴", "多少"] for pair in pairs(word)}
KNOWN |= set("".join(WORDS))


def speller() -> Speller:
    return Speller(WORDS, KNOWN.__contains__)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("服物券补贴", "服务券补贴"),
        ("担宝多少", "担保多少"),
        ("贴熄", "贴息"),
        ("二级节点", "二级节点"),
        ("完全不同的话", "完全不同的话"),
        ("abcdef", "abcdef"),
    ],
)
def test_mended(typed: str, meant: str) -> None:
    assert speller().mended(typed, bytes(len(typed))) == meant


def test_words_that_are_understood_stay() -> None:
    assert speller().mended("担宝多少", b"\1\1\0\0") == "担宝多少"


def test_traditional_characters() -> None:
    assert speller().simplified("補貼幾多") == "补贴几多"
    assert speller().simplified("补贴 abc 12") == "补贴 abc 12"
