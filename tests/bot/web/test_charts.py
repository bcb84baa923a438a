"""Bars: in proportion, never beyond the scale, and never nothing for something."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.web.common.charts import WIDTH, bar, top_of

amounts = st.integers(min_value=0, max_value=10**13)


@given(amounts, st.none() | amounts, amounts)
def test_a_bar_lies_within_its_scale(low: int, more: int | None, beyond: int):
    high = None if more is None else low + more
    top = top_of([(low, high)]) + beyond
    drawn = bar(low, high, top)
    assert 0 <= drawn.sure <= drawn.most <= WIDTH
    assert (drawn.sure > 0) == (low > 0)
    assert drawn.open == (high is None)
    assert (drawn.most > 0) == (high != 0)


def test_bars_are_in_proportion():
    assert bar(25, 100, 100) == bar(250, 1000, 1000)
    assert bar(25, 50, 100).sure == WIDTH // 4
    assert bar(25, 50, 100).most == WIDTH // 2


def test_what_has_no_bound_reaches_the_end_and_leaves_room_for_it():
    assert top_of([(300, None), (0, 500)]) == 600
    assert bar(300, None, 600).most == WIDTH
    assert top_of([]) == 0
