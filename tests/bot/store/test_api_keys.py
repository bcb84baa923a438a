"""Keys of programs stand in either database alike."""

from __future__ import annotations

from contextlib import closing

from bot.store.api_keys import ApiKey, ApiKeys
from bot.store.open import open_database
from tests.bot.store.places import Place


def test_keys_are_kept_in_either_database(place: Place) -> None:
    with closing(open_database(place.address)) as database:
        keys = ApiKeys(database)
        one, two = keys.add("b", 2.0), keys.add("a", 1.0)
        assert one and two and one != two
        assert keys.add("b", 3.0) is None
        assert keys.listed() == [ApiKey("a", 1.0), ApiKey("b", 2.0)]
    with closing(open_database(place.address)) as database:  # another process
        keys = ApiKeys(database)
        assert (keys.name_of(one), keys.name_of(two)) == ("b", "a")
        assert keys.revoke("b")
        assert not keys.revoke("b")
        assert keys.name_of(one) is None
        assert keys.name_of("") is None
