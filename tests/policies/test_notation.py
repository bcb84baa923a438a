"""The strict notation: what it reads, what it refuses, and that reading and writing agree."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.notation import COUNT_UNITS, NotationError, count_text, plain, quantity, share_text, terms, yuan_text

READ = [
    ("1元", 100, "元"),
    ("0.01元", 1, "元"),
    ("1200万元", 1_200_000_000, "元"),
    ("9999.99万元", 9_999_990_000, "元"),
    ("1亿元", 10_000_000_000, "元"),
    ("1万亿元", 100_000_000_000_000, "元"),
    ("30%", Fraction(3, 10), "比例"),
    ("5‰", Fraction(1, 200), "比例"),
    ("0.5%", Fraction(1, 200), "比例"),
    ("1:1", Fraction(1), "比例"),
    ("1:2", Fraction(1, 2), "比例"),
    ("30家", 30, "家"),
    ("2000万条", 20_000_000, "条"),
    ("0项", 0, "项"),
    ("6家+3家", 9, "家"),
    ("500万元+20万元", 520_000_000, "元"),
    ("40%×70%", Fraction(28, 100), "比例"),
]
REFUSED: list[Any] = [
    "",
    "30",
    "万元",
    "元",
    "-5万元",
    "+5万元",
    "1.2.3万元",
    ".5万元",
    "5.万元",
    "1,200万元",
    "１２００万元",
    "30％",
    "一百万元",
    "1200 万元",
    " 1200万元",
    "1200万元\n",
    "1200万",
    "1200万元以上",
    "0.001元",
    "0.5家",
    "1.23456万条",
    "5%家",
    "1:0",
    "1：1",
    "6家+3",
    "6家+3项",
    "6家+",
    "40%×3家",
    "40%×",
    "1万亿亿元",
    "30只",
]


@pytest.mark.parametrize(("text", "value", "unit"), READ)
def test_reads(text: str, value: int | Fraction, unit: str) -> None:
    read = quantity(text)
    assert (read.value, read.unit, read.text) == (value, unit, text)
    assert read.is_money == (unit == "元")
    assert read.is_share == (unit == "比例")


@pytest.mark.parametrize("text", REFUSED)
def test_refuses(text: str) -> None:
    with pytest.raises(NotationError):
        quantity(text)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("30", "应写成 1200万元"),
        ("6家+3项", "单位不同"),
        ("40%×3家", "只有比例可以相乘"),
        ("0.001元", "小于分"),
        ("0.5家", "小于1家"),
    ],
)
def test_a_refusal_says_what_would_fit(text: str, says: str) -> None:
    with pytest.raises(NotationError, match=says):
        quantity(text)


@given(st.text(max_size=12))
def test_nothing_is_guessed(text: str) -> None:
    """Any text is read exactly, or refused with a NotationError and nothing else."""
    try:
        read = quantity(text)
    except NotationError:
        return
    assert all(char.isascii() or char in "元万亿‰×" or char in COUNT_UNITS for char in text)
    assert read.value >= 0


@given(st.integers(0, 10**17))
def test_money_round_trip(fen: int) -> None:
    assert quantity(yuan_text(fen)).value == fen


@given(st.integers(0, 10**13), st.sampled_from(COUNT_UNITS))
def test_count_round_trip(number: int, unit: str) -> None:
    read = quantity(count_text(number, unit))
    assert (read.value, read.unit) == (number, unit)


@given(st.integers(0, 10**7))
def test_share_round_trip(ppm: int) -> None:
    assert quantity(share_text(Fraction(ppm, 10**6))).value == Fraction(ppm, 10**6)


@given(st.lists(st.integers(0, 10**9), min_size=2, max_size=4), st.sampled_from(COUNT_UNITS))
def test_sums_add_up(numbers: list[int], unit: str) -> None:
    text = "+".join(f"{number}{unit}" for number in numbers)
    assert quantity(text).value == sum(numbers)
    assert terms(text) == [f"{number}{unit}" for number in numbers]


@given(st.integers(0, 1000), st.integers(0, 1000))
def test_products_of_shares_multiply(one: int, two: int) -> None:
    assert quantity(f"{one}%×{two}‰").value == Fraction(one, 100) * Fraction(two, 1000)


@pytest.mark.parametrize(
    ("fen", "text"),
    [
        (0, "0元"),
        (1, "0.01元"),
        (499_950, "4999.5元"),
        (360_000_000, "360万元"),
        (10_000_000_000, "1亿元"),
        (12_345_600, "12.3456万元"),
        (12_345_678, "123456.78元"),
        (-360_000_000, "-360万元"),
    ],
)
def test_money_is_written_for_people(fen: int, text: str) -> None:
    assert yuan_text(fen) == text


@pytest.mark.parametrize(
    ("number", "text"), [(0, "0条"), (15, "15条"), (10_000, "1万条"), (20_000_000, "2000万条"), (12_345, "12345条")]
)
def test_counts_are_written_for_people(number: int, text: str) -> None:
    assert count_text(number, "条") == text


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (Fraction(3, 10), "30%"),
        (Fraction(1, 200), "5‰"),
        (Fraction(0), "0%"),
        (Fraction(-8, 100), "-8%"),
        (Fraction(1, 3), "33.333333%"),
    ],
)
def test_shares_are_written_for_people(share: Fraction, text: str) -> None:
    assert share_text(share) == text


def test_a_decimal_without_end_is_cut() -> None:
    assert plain(Fraction(-2, 3)) == "-0.666666"
    assert plain(Fraction(5, 2)) == "2.5"
