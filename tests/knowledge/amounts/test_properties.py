"""What must hold for every number and every text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from fractions import Fraction

import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.amounts import AmountError, Quantity, find, read
from knowledge.amounts.script import plain
from policies.notation import COUNT_UNITS, NotationError, quantity
from tests.knowledge.amounts.test_cases import SENTENCES, WHOLE
from tests.knowledge.amounts.written import capital, chinese, mixed, spoken, traditional

AS_OF = date(2024, 3, 15)
NUMBERS = st.one_of(
    st.integers(1, 10**12),
    st.builds(lambda digits, zeros: digits * 10**zeros, st.integers(1, 9999), st.integers(0, 8)),
)
STYLES: dict[str, Callable[[int], str]] = {
    "arabic": str,
    "separators": "{:,}".format,
    "full-width separators": lambda number: f"{number:,}".replace(",", "，"),
    "full-width": lambda number: str(number).translate({ord("0") + n: ord("０") + n for n in range(10)}),
    "chinese": chinese,
    "capitals": capital,
    "traditional": traditional,
    "spoken": spoken,
    "mixed": mixed,
}


def value(text: str) -> Fraction:
    read_ = read(text)
    assert read_.low == read_.high
    assert isinstance(read_.low, Fraction)
    return read_.low


@pytest.mark.parametrize("style", STYLES)
@given(number=NUMBERS)
def test_every_number_reads_back(style: str, number: int) -> None:
    text = STYLES[style](number)
    assert value(text) == number
    assert value(text + "元") == number * 100
    assert value(text + "家") == number


@given(st.integers(1, 10**8), st.integers(0, 99), st.sampled_from([("万", 10**4), ("亿", 10**8), ("w", 10**4)]))
def test_decimals_read_back(number: int, hundredths: int, scale: tuple[str, int]) -> None:
    meant = (number + Fraction(hundredths, 100)) * scale[1]
    assert value(f"{number}.{hundredths:02}{scale[0]}") == meant
    digits = f"{hundredths:02}"
    words = chinese(number) + "点" + "".join("零一二三四五六七八九"[int(digit)] for digit in digits)
    if number < 10**4:
        assert value(words + scale[0]) == meant


@given(NUMBERS)
def test_a_vague_number_holds_the_number_it_names(number: int) -> None:
    for before, after in (
        ("约", ""),
        ("", "左右"),
        ("至少", ""),
        ("最多", ""),
        ("", "以内"),
        ("", "以上"),
        ("", "出头"),
    ):
        vague = read(f"{before}{chinese(number)}家{after}")
        assert isinstance(vague.low, Fraction)
        assert vague.low <= number
        assert vague.high is None or (isinstance(vague.high, Fraction) and number <= vague.high)
        assert not (vague.low_open and vague.low == number)


STRICT = st.one_of(
    st.builds(
        "{}{}{}".format,
        st.integers(0, 10**9),
        st.sampled_from(["", "万", "亿", "万亿"]),
        st.sampled_from(["元", *COUNT_UNITS]),
    ),
    st.builds("{}.{:02}{}".format, st.integers(0, 10**6), st.integers(0, 99), st.sampled_from(["万元", "亿元", "元"])),
    st.builds("{}{}".format, st.integers(0, 1000), st.sampled_from("%‰")),
    st.builds("{}.{}{}".format, st.integers(0, 1000), st.integers(0, 99), st.sampled_from("%‰")),
    st.builds("{}:{}".format, st.integers(0, 1000), st.integers(1, 1000)),
    st.builds("{0}家+{1}家".format, st.integers(0, 1000), st.integers(0, 1000)),
    st.builds("{}%×{}%".format, st.integers(0, 100), st.integers(0, 100)),
)


@given(STRICT)
def test_strict_notation_is_read_the_same(text: str) -> None:
    """A four-digit year is the exception: a rule file has no dates among its quantities, a person does."""
    strict = quantity(text)
    if text.endswith("年") and "1900" <= text[:-1] <= "2099" and len(text) == 5:
        return
    same(read(text), strict.value, strict.unit)


def same(read_: Quantity, number: int | Fraction, unit: str) -> None:
    assert read_.low == read_.high == Fraction(number)
    assert (read_.measure if read_.unit == "count" else read_.unit) == unit


LEAD = re.compile(r"[\s一共总合计就是只才也刚好正整有]*")  # what an answer may begin with: 一共, 就是, 有
PIECES = (
    *"零一二两三五九十百千万亿几半多余来个点成元块家年月天第近上快小约到至和-~.,，、 %‰wkKG0123456789２億萬兩廿俩",
    *(
        "不到",
        "左右",
        "以上",
        "百分之",
        "三分之",
        "去年",
        "前年",
        "季度",
        "底",
        "没有",
        "都没有",
        "港币",
        "美元",
        "大几",
        "好几",
    ),
    *("小目标", "年底", "之间", "人民币", "¥"),
)
WORDS = st.lists(st.sampled_from(PIECES), max_size=9).map("".join)
SAID = st.sampled_from([case[0] for case in (*WHOLE, *SENTENCES)])
TEXTS = st.one_of(st.text(max_size=30), WORDS, SAID)


@given(TEXTS)
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        read_ = read(text, AS_OF)
    except AmountError as error:
        assert str(error)
        return
    well_formed(read_, text)
    assert LEAD.fullmatch(plain(text)[: read_.start])
    try:
        strict = quantity(text)
    except NotationError:
        return
    if read_.unit != "date":
        same(read_, strict.value, strict.unit)


@given(TEXTS, TEXTS)
def test_quantities_are_substrings_in_order(one: str, two: str) -> None:
    text = f"{one}，{two}"
    end = 0
    for found in find(text, AS_OF):
        assert found.start >= end
        well_formed(found, text)
        end = found.end


def well_formed(found: Quantity, text: str) -> None:
    assert found.text == text[found.start : found.end]
    assert found.text == found.text.strip()
    assert found.text
    assert (found.unit == "count") == (found.measure is not None)
    assert found.low is not None or found.high is not None
    assert not found.currency or found.unit is None
    if found.low is not None and found.high is not None:
        assert found.low <= found.high  # type: ignore[operator]
        assert found.low < found.high or not (found.low_open or found.high_open) or found.low == 0  # type: ignore[operator]


@given(st.text(max_size=40))
def test_a_sentence_without_numerals_has_no_quantity(text: str) -> None:
    numeral = any(unicodedata.numeric(char, None) is not None or char in "几半幾数數俩仨倆" for char in text)
    if not numeral and not any(char in text for char in "年月天季日周今昨明后"):
        assert find(text, AS_OF) == ()


@given(NUMBERS)
def test_cn2an_agrees(number: int) -> None:
    """An independent reader, where both read: plain, capital and mixed numerals."""
    for text in (chinese(number), capital(number), spoken(number)):
        try:
            other = cn2an.cn2an(text, "smart")
        except ValueError:
            continue
        assert value(text) == other
