"""Figures as people write them: what is read, how wide, and what is refused."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.amounts import Amount, AmountError, read_amount
from policies.notation import COUNT_UNITS, NotationError, quantity

WAN, YI = 10**4, 10**8
DIGITS = "零一二三四五六七八九"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1200万", 1200 * WAN),
        ("1200w", 1200 * WAN),
        ("1200", 1200),
        ("1,200万", 1200 * WAN),
        ("１２００万", 1200 * WAN),
        ("1.2亿", 12 * YI // 10),
        ("一千二百万", 1200 * WAN),
        ("一千二", 1200),
        ("一千零二", 1002),
        ("两千三百万", 2300 * WAN),
        ("一亿二", 12 * YI // 10),
        ("一亿二千万", 12 * YI // 10),
        ("一点二亿", 12 * YI // 10),
        ("十五", 15),
        ("二十", 20),
        ("一百零五", 105),
        ("一万二", 12000),
        ("三百五十万", 350 * WAN),
        ("五千万", 5000 * WAN),
        ("2千万", 2000 * WAN),
        ("3百万", 300 * WAN),
        ("一个亿", YI),
        ("1200万吧", 1200 * WAN),
        ("没有", 0),
        ("零", 0),
    ],
)
def test_plain_numbers(text: str, number: int) -> None:
    assert read_amount(text) == Amount(Fraction(number), Fraction(number), None)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("1200万元", 1200 * WAN * 100, "元"),
        ("十二块钱", 1200, "元"),
        ("30%", Fraction(3, 10), "比例"),
        ("5‰", Fraction(5, 1000), "比例"),
        ("百分之十五", Fraction(15, 100), "比例"),
        ("三成", Fraction(3, 10), "比例"),
        ("三成半", Fraction(35, 100), "比例"),
        ("15家", 15, "家"),
        ("三十台套", 30, "台"),
        ("两千万条", 2000 * WAN, "条"),
        ("二十四个月", 24, "月"),
    ],
)
def test_units(text: str, value: int | Fraction, unit: str) -> None:
    assert read_amount(text) == Amount(Fraction(value), Fraction(value), unit)


@pytest.mark.parametrize(
    ("text", "low", "high", "low_open", "high_open"),
    [
        ("8000多万", 8000 * WAN, 9000 * WAN, False, True),
        ("八千多万", 8000 * WAN, 9000 * WAN, False, True),
        ("一百二十多万", 120 * WAN, 130 * WAN, False, True),
        ("一千二百余万", 1200 * WAN, 1300 * WAN, False, True),
        ("不到九千万", 0, 9000 * WAN, False, True),
        ("不超过500万", 0, 500 * WAN, False, False),
        ("500万以内", 0, 500 * WAN, False, False),
        ("超过500万", 500 * WAN, None, True, False),
        ("500万以上", 500 * WAN, None, False, False),
        ("至少500万", 500 * WAN, None, False, False),
        ("大约500万", 450 * WAN, 550 * WAN, False, False),
        ("500万左右", 450 * WAN, 550 * WAN, False, False),
        ("500万出头", 500 * WAN, 550 * WAN, False, True),
    ],
)
def test_vague_numbers(text: str, low: int, high: int | None, low_open: bool, high_open: bool) -> None:
    most = None if high is None else Fraction(high)
    assert read_amount(text) == Amount(Fraction(low), most, None, low_open, high_open)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "很多",
        "几百万",
        "约500多万",
        "一二三",
        "500美元",
        "$500",
        "万",
        "亿",
        "百",
        "1200万和300万",
        "1.2.3",
        "12,00万",
        "五千到八千万",
        "1e6",
        "0x10",
        "一千二百万左右吗",
        "营收1200万",
        "∞",
        "½",
        "千",
        "9" * 9000,
    ],
)
def test_what_cannot_be_read_whole_is_refused(text: str) -> None:
    with pytest.raises(AmountError):
        read_amount(text)


def chinese(number: int) -> str:
    """A whole number below 10^13 in Chinese numerals, as schools teach it."""
    if number == 0:
        return "零"
    sections = []
    for size, mark in ((10**12, "万亿"), (10**8, "亿"), (10**4, "万"), (1, "")):
        section, number = divmod(number, size)
        sections.append((section, mark))
    words, gap = "", False
    for section, mark in sections:
        if section == 0:
            gap = bool(words)
            continue
        if words and (gap or section < 1000):
            words += "零"
        words += below_ten_thousand(section) + mark
        gap = False
    return words


def below_ten_thousand(number: int) -> str:
    words, gap = "", False
    for size, mark in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, size)
        if digit == 0:
            gap = bool(words)
            continue
        words += ("零" if gap else "") + DIGITS[digit] + mark
        gap = False
    return words


@given(st.integers(1, 10**12))
def test_arabic_round_trip(number: int) -> None:
    for text in (str(number), f"{number:,}"):
        assert read_amount(text) == Amount(Fraction(number), Fraction(number), None)


@given(st.integers(1, 10**8), st.sampled_from([("万", WAN), ("亿", YI), ("w", WAN)]), st.integers(0, 99))
def test_arabic_with_a_scale(number: int, scale: tuple[str, int], hundredths: int) -> None:
    value = (number + Fraction(hundredths, 100)) * scale[1]
    assert read_amount(f"{number}.{hundredths:02}{scale[0]}") == Amount(value, value, None)


@given(st.integers(1, 10**12 - 1))
def test_chinese_round_trip(number: int) -> None:
    assert read_amount(chinese(number)) == Amount(Fraction(number), Fraction(number), None)


STRICT = st.one_of(
    st.builds(
        "{}{}{}".format, st.integers(0, 10**9), st.sampled_from(["", "万", "亿"]), st.sampled_from(["元", *COUNT_UNITS])
    ),
    st.builds("{}.{:02}{}".format, st.integers(0, 10**6), st.integers(0, 99), st.sampled_from(["万元", "亿元", "元"])),
    st.builds("{}{}".format, st.integers(0, 1000), st.sampled_from("%‰")),
)


@given(STRICT)
def test_strict_notation_is_read_the_same(text: str) -> None:
    strict = quantity(text)
    assert read_amount(text) == Amount(Fraction(strict.value), Fraction(strict.value), strict.unit)


@given(st.text(max_size=12))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        amount = read_amount(text)
    except AmountError as error:
        assert str(error)
        return
    assert amount.high is None or amount.low <= amount.high
    try:
        strict = quantity(text)
    except NotationError:
        return
    assert amount.low == amount.high == Fraction(strict.value)
