"""A conversation taken up under other documents keeps the answers that still fit, and asks the others again."""

from __future__ import annotations

from datetime import date

import pytest

from dialogs.session import Answered, Dated, Session, State, Undone, taken_over
from policies.engine.engine import Engine

DAY = date(2024, 3, 15)


def _session(*events: Answered | Undone | Dated) -> Session:
    return Session(id="old", corpus_version="before", as_of=date(2023, 1, 1), events=events)


def _answer(key: str, data: object) -> Answered:
    return Answered(question=f"fact:{key}", facts={key: data}, said="")


@pytest.mark.parametrize(
    ("key", "data"),
    [
        ("core_ip", "是"),
        ("district", "天河区"),
        ("platform_kinds", ["没有这一种"]),
        ("std_national", True),
        ("std_national", {"low": 1}),
        ("no_such_fact", True),
    ],
)
def test_an_answer_that_no_longer_fits_is_left_out(key: str, data: object, engine: Engine) -> None:
    kept = _answer("national_pilot", True)
    session = taken_over(_session(kept, _answer(key, data)), "new", engine.corpus.facts, "now")
    assert session.events == (kept,)
    assert (session.id, session.corpus_version) == ("new", "now")


def test_the_answers_in_force_and_the_date_are_kept(engine: Engine) -> None:
    first, second = _answer("core_ip", False), _answer("std_national", {"low": 2, "high": 2})
    again = _answer("core_ip", True)
    old = _session(first, second, again, Dated(as_of=DAY), _answer("on_market", True), Undone())
    session = taken_over(old, "new", engine.corpus.facts, "now")
    assert State(session).facts == State(old).facts
    assert session.as_of == DAY
