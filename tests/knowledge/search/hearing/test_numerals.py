"""Numbers in characters written in figures, as the documents write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.search.hearing.numerals import in_figures

TENS = "零一二三四五六七八九"


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("最高三百万", "最高300万"),
        ("五千万元", "5000万元"),
        ("两千三百万", "2300万"),
        ("一百零五家", "105家"),
        ("满二十家", "满20家"),
        ("承诺十年不搬", "承诺10年不搬"),
        ("第十二条", "第12条"),
        ("报三成", "报30%"),
        ("百分之十五", "15%"),
        ("十几家", "十几家"),  # vague
        ("一千多万", "一千多万"),
        ("一家企业", "一家企业"),  # a mere word
        ("三成功", "三成功"),
        ("二选一", "二选一"),
        ("300万", "300万"),
    ],
)
def test_written(said: str, written: str) -> None:
    assert in_figures(said) == written


@given(st.integers(10, 99))
def test_every_number_of_two_digits(number: int) -> None:
    tens, ones = divmod(number, 10)
    said = ("" if tens == 1 else TENS[tens]) + "十" + (TENS[ones] if ones else "")
    assert in_figures(f"{said}家") == f"{number}家"
