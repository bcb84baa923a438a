"""Accounts, tries and the record stand in either database alike."""

from __future__ import annotations

from contextlib import closing

from bot.store.open import open_database
from bot.store.staff import Account, Entry, Staff
from tests.bot.store.places import Place


def test_accounts_are_kept_in_either_database(place: Place) -> None:
    with closing(open_database(place.address)) as database:
        staff = Staff(database)
        assert staff.add("li", "hash", 1.0)
        assert not staff.add("li", "other", 2.0)
        assert staff.of("li") == Account("li", "hash", 1000, 1.0)
        assert staff.change("li", "new") and not staff.change("wang", "new")
    with closing(open_database(place.address)) as database:
        staff = Staff(database)
        assert staff.listed() == [Account("li", "new", 1001, 1.0)]
        assert staff.remove("li") and not staff.remove("li")
        assert staff.of("li") is None


def test_tries_are_counted_and_forgotten(place: Place) -> None:
    with closing(open_database(place.address)) as database:
        staff = Staff(database)
        assert [staff.tried("a", 10.0, 2, 60.0) for _ in range(3)] == [None, None, 70.0]
        assert staff.tried("b", 10.0, 2, 60.0) is None
        staff.signed_in("a", "b")
        assert staff.tried("a", 11.0, 2, 60.0) == 70.0
        assert staff.tried("a", 70.0, 2, 60.0) is None


def test_the_record_is_listed_newest_first_and_erased_in_time(place: Place) -> None:
    with closing(open_database(place.address)) as database:
        staff = Staff(database, keep=10.0)
        for number in range(3):
            staff.record(Entry(float(number), "li", "查条款", str(number)))
        assert [entry.about for entry in staff.recorded(2)] == ["2", "1"]
        staff.record(Entry(11.5, "li", "查条款", "later"))
        assert [entry.about for entry in staff.recorded(9)] == ["later", "2"]
