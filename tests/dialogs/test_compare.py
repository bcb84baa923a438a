"""The districts side by side: each row is what that district's own conversation would show."""

from __future__ import annotations

from datetime import date

import pytest

from dialogs.advance import Dialog
from dialogs.compare import SHOWN, compared, everywhere
from dialogs.incoming import Said
from dialogs.session import Session, State
from policies.engine.assessment import Assessment

SAID = ("牵头制定标准", "国家两项", "是")


def told(dialog: Dialog, *words: str) -> Session:
    session = dialog.start("s", date(2024, 3, 15))
    for text in words:
        session, _ = dialog.advance(session, Said(text))
    return session


def across(dialog: Dialog, state: State) -> Assessment:
    return everywhere(dialog.engine, state.facts, state.as_of)


@pytest.mark.parametrize("district", ["海珠区", "黄埔区", "佛山市", "宝安区", "白云区"])
def test_it_does_not_matter_where_one_said_one_is(dialog: Dialog, district: str):
    state = State(told(dialog, "海珠区", *SAID))
    moved = State(told(dialog, "海珠区", *SAID, "换地区", district))
    assert state.facts != moved.facts or district == "海珠区"
    assert compared(across(dialog, state)) == compared(across(dialog, moved))


def test_a_row_says_what_the_district_itself_says(dialog: Dialog):
    standing = dialog.standing(told(dialog, "海珠区", *SAID))
    rows, others = compared(across(dialog, standing.state))
    row = next(row for row in rows if row.policy == "haizhu-2022")
    (own,) = standing.assessment.policies
    assert (row.low, row.high) == own.nominal
    assert row.status.startswith("海珠办法")
    assert "海珠办法" not in others


def test_every_document_is_a_row_or_named(dialog: Dialog):
    rows, others = compared(across(dialog, State(told(dialog, "海珠区", *SAID))))
    shorts = {policy.policy.header.short for policy in dialog.engine.policies.values()}
    assert {row.short for row in rows} | set(others) == shorts
    assert len(rows) <= SHOWN


def test_the_highest_stands_first_and_no_bound_before_all(dialog: Dialog):
    rows, _ = compared(across(dialog, State(told(dialog, "海珠区", *SAID))))
    highs = [row.high for row in rows]
    bounded = [high for high in highs if high is not None]
    assert highs[len(highs) - len(bounded) :] == sorted(bounded, reverse=True)


def test_nothing_said_compares_nothing(dialog: Dialog):
    rows, others = compared(across(dialog, State(told(dialog, "海珠区"))))
    assert rows == ()
    assert len(others) == len(dialog.engine.policies)
