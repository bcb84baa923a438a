"""Figures for staff stand in either database alike, and are counted once with the turn they belong to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, suppress

import pytest

from bot.store.database import Database
from bot.store.figures import Count, Figures
from bot.store.gaps import Gaps, KeptGap
from bot.store.open import open_database
from bot.store.store import Gap, Noted, Outcome, Pending, Store, View, Work
from tests.bot.store.places import NOW, SCOPE, Place, message

FRIDAY, SATURDAY = "2024-03-15", "2024-03-16"


@pytest.fixture
def database(place: Place) -> Iterator[Database]:
    with closing(open_database(place.address)) as database:
        yield database


def counting(noted: Noted) -> Work:
    def work(pending: Pending, view: View) -> Outcome:
        return Outcome(pending.session, (), noted=noted)

    return work


def test_what_turns_count_adds_up_by_day(database: Database) -> None:
    figures = Figures(database)
    figures.add(Noted(FRIDAY, (("asked", "where"), ("asked", "where"), ("met", "x/1"))))
    assert figures.counts(FRIDAY, FRIDAY) == [Count(FRIDAY, "asked", "where", 2), Count(FRIDAY, "met", "x/1", 1)]
    figures.add(Noted(FRIDAY, (("asked", "where"),)))
    figures.add(Noted(SATURDAY, (("asked", "where"),)))
    assert [count.times for count in figures.counts(FRIDAY, SATURDAY)] == [3, 1, 1]
    assert [count.day for count in figures.counts(SATURDAY, SATURDAY)] == [SATURDAY]


def test_a_turn_that_is_rolled_back_counts_nothing(store: Store, database: Database) -> None:
    store.receive([message("海珠区")])

    def fails(pending: Pending, view: View) -> Outcome:
        raise RuntimeError("broken")

    with suppress(RuntimeError):
        store.turn(fails, SCOPE, NOW)
    assert Figures(database).counts(FRIDAY, SATURDAY) == []
    store.turn(counting(Noted(FRIDAY, (("begun", "test"),), "where", (Gap("截止？", "not_covered"),))), SCOPE, NOW)
    assert Figures(database).counts(FRIDAY, SATURDAY) == [Count(FRIDAY, "begun", "test", 1)]
    assert Gaps(database).listed() == [KeptGap("截止？", "not_covered", 1, FRIDAY, FRIDAY, None)]


def test_where_people_stop_is_known_until_they_go_on(store: Store, database: Database) -> None:
    seen: list[str | None] = []

    def work(pending: Pending, view: View) -> Outcome:
        seen.append(pending.question)
        return Outcome(pending.session, (), noted=Noted(FRIDAY, question="fact:revenue" if len(seen) < 3 else ""))

    for number in range(3):
        store.receive([message(str(number), at=NOW + number)])
        store.turn(work, SCOPE, NOW)
        left = Figures(database).left_at(NOW + 10)
        assert left == ({"fact:revenue": 1} if number < 2 else {})
    assert seen == [None, "fact:revenue", "fact:revenue"]
    assert Figures(database).left_at(NOW) == {}


def test_a_question_dealt_with_comes_back_when_it_is_asked_again(database: Database) -> None:
    gaps, figures = Gaps(database), Figures(database)
    asked = Noted(FRIDAY, gaps=(Gap("截止？", "not_covered"),))
    figures.add(asked)
    assert gaps.settle("截止？", SATURDAY)
    assert not gaps.settle("别的？", SATURDAY)
    assert gaps.listed(settled=False) == []
    assert gaps.listed()[0].settled == SATURDAY
    figures.add(asked)
    assert [(gap.times, gap.settled) for gap in gaps.listed(settled=False)] == [(2, None)]


def test_what_is_counted_while_rows_are_folded_is_not_lost(database: Database, place: Place) -> None:
    figures = Figures(database)
    with closing(open_database(place.address)) as elsewhere:
        for _ in range(5):
            Figures(elsewhere).add(Noted(FRIDAY, (("asked", "where"),)))
            figures.fold()
    assert figures.counts(FRIDAY, FRIDAY) == [Count(FRIDAY, "asked", "where", 5)]


def test_rows_are_folded_with_what_expires(store: Store, database: Database, place: Place) -> None:
    Figures(database).add(Noted(FRIDAY, (("asked", "where"), ("asked", "where"))))
    store.expire(0.0)
    assert place.run("SELECT count(*) FROM tallies") == [(0,)]
    assert place.run("SELECT times FROM counts") == [(2,)]
