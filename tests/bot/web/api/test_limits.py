"""How often may be asked: a token bucket a caller."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request

from bot.web.common.limits import Buckets, address_of
from tests.bot.web.api.conftest import Clock, Service, bearer


def test_so_many_in_one_go_then_one_by_one() -> None:
    clock = Clock(0.0)
    buckets = Buckets(3, clock)  # three a minute: one every 20 seconds
    assert [buckets.take("a") for _ in range(5)] == [0, 0, 0, 20, 20]
    clock.now = 12.5
    assert buckets.take("a") == 8
    clock.now = 20.0
    assert [buckets.take("a"), buckets.take("a")] == [0, 20]
    assert buckets.take("b") == 0


@given(st.lists(st.floats(0, 30), min_size=1, max_size=60), st.integers(1, 20))
def test_never_more_than_a_bucket_and_what_flows_in(waits: list[float], a_minute: int) -> None:
    clock = Clock(0.0)
    buckets = Buckets(a_minute, clock)
    taken = 0
    for wait in waits:
        clock.now += wait
        before = clock.now
        told = buckets.take("a")
        taken += told == 0
        if told:  # what it says is enough
            clock.now += told
            assert buckets.take("a") == 0
            taken += 1
            assert clock.now - before >= 1
        assert taken <= a_minute * (1 + clock.now / 60) + 1e-6


def test_the_callers_remembered_are_few(monkeypatch) -> None:
    monkeypatch.setattr("bot.web.common.limits._CALLERS", 2)
    clock = Clock(0.0)
    buckets = Buckets(1, clock)
    assert [buckets.take(caller) for caller in "abc"] == [0, 0, 0]
    assert buckets.take("c") > 0
    assert buckets.take("a") == 0  # forgotten, as its bucket would be the fullest


@pytest.mark.parametrize(
    ("host", "caller"),
    [
        ("203.0.113.7", "address:203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "address:2001:db8:1:2::/64"),
        ("2001:db8:1:2::1", "address:2001:db8:1:2::/64"),
        ("testclient", "address:testclient"),
    ],
)
def test_who_calls(host: str, caller: str) -> None:
    assert address_of(Request({"type": "http", "client": (host, 1), "headers": []})) == caller


@pytest.mark.parametrize("path", ["policies", "facts", "docs", "policies/haizhu-2022"])
def test_too_often_is_told_with_when_to_come_back(tmp_path, dialog, path: str) -> None:
    service = Service(tmp_path / "huiqi.db", dialog, a_minute=2)
    for client in service.open():
        answers = [client.get(path) for _ in range(3)]
        assert [answered.status_code for answered in answers] == [200, 200, 429]
        assert answers[2].headers["content-type"] == "application/problem+json"
        assert answers[2].headers["retry-after"] == "30"
        assert "30 秒" in answers[2].json()["detail"]
        assert client.post("assess", json={}).status_code == 429
        service.clock.now += 30
        assert client.get(path).status_code == 200


def test_each_key_has_its_own_rate_and_wrong_keys_have_the_address_s(tmp_path, dialog) -> None:
    service = Service(tmp_path / "huiqi.db", dialog, a_minute=2)
    for client in service.open():
        one, two = bearer(service, "one"), bearer(service, "two")
        wrong = [{"Authorization": f"Bearer hq_{number:043d}"} for number in range(3)]
        tried = [client.post("conversations", json={}, headers=header).status_code for header in wrong]
        assert tried == [401, 401, 429]
        for holder in (one, two):
            tried = [client.post("conversations", json={}, headers=holder).status_code for _ in range(3)]
            assert tried == [201, 201, 429]
