"""A person asked for through the API: what a program sees of it."""

from __future__ import annotations

from contextlib import closing

from fastapi.testclient import TestClient

from bot.store.handover.leases import HandOvers
from bot.store.open import open_database
from bot.store.staff import Staff
from tests.bot.web.api.conftest import NOON, Service
from tests.bot.web.api.test_conversations import begin, kept, type_


def test_asked_for_held_and_given_back(service: Service, client: TestClient, holder: dict[str, str]) -> None:
    begun = begin(client, holder)
    name = begun["conversation"]
    assert begun["handover"] is None
    with closing(open_database(service.path)) as database:
        Staff(database).add("李娜", "hash", NOON)
        desk = HandOvers(database, 600.0)
        asked = type_(client, holder, name, "转人工")
        assert "已经叫了人工" in asked["replies"][0]["text"]
        assert asked["replies"][0]["sender"] is None
        assert (asked["handover"]["state"], asked["handover"]["ahead"]) == ("waiting", 0)
        which = desk.board().waiting[0].id
        desk.take(which, "李娜", NOON)
        desk.write(which, "李娜", "您好", "k", NOON)
        said = type_(client, holder, name, "几点上班")
        assert [(reply["text"], reply["sender"]) for reply in said["replies"]][1:] == [("您好", "人工（李）")]
        assert said["handover"]["state"] == "held"
        desk.write(which, "李娜", "九点", "k2", NOON)
        seen = kept(client, holder, name)["handover"]
        assert [(line["by"], line["who"], line["text"]) for line in seen["lines"]][-2:] == [
            ("enterprise", "您", "几点上班"), ("operator", "人工（李）", "九点"),
        ]  # fmt: skip
        found = desk.one(which)
        assert found is not None
        assert found.lines[-1].arrival == "sent"  # the program has read it: the operator sees that it arrived
        desk.give_back(which, "李娜", NOON)
        back = type_(client, holder, name, "海珠区")
        assert "交还给助手" in back["replies"][0]["text"]
        assert back["handover"]["state"] == "ended"
        assert back["revision"] == 1
