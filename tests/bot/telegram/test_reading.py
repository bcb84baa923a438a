"""Updates as cases: what is read of them, and where the answer goes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.channels.channel import BadMessageError
from bot.channels.telegram.addressed import Me
from bot.channels.telegram.reading import read
from bot.messages import Inbound
from tests.bot.telegram.updates import message, update

ME = Me(4242, "huiqi_bot")
SECRET = b"a secret of the tests"
_CASES = yaml.safe_load((Path(__file__).parent / "reading.yaml").read_text(encoding="utf-8"))


def taken(raw: object) -> Inbound | None:
    return read(raw, 5.0, ME, SECRET)


@pytest.mark.parametrize("case", [pytest.param(case, id=case["about"]) for case in _CASES["cases"]])
def test_update(case: dict[str, Any]) -> None:
    found = taken(update(case.get("kind", "message"), case["content"], case.get("in", "private")))
    says = found and found.message.model_dump(mode="json")
    if says and says["kind"] == "typed":
        assert says.pop("revision") is None  # which question words stood under cannot be told
    assert says == case["says"]


@pytest.mark.parametrize("raw", _CASES["malformed"], ids=str)
def test_malformed(raw: object) -> None:
    with pytest.raises(BadMessageError) as caught:
        taken(raw)
    assert "海" not in str(caught.value)  # errors are logged; what somebody wrote is not


def test_words_too_long_for_telegram() -> None:
    with pytest.raises(BadMessageError):
        taken(update("message", {"text": "海" * 16_385}))
    found = taken(update("message", {"text": "海" * 4096}))  # the turn says that it is too long
    assert found is not None


def test_half_a_character() -> None:
    with pytest.raises(BadMessageError):
        taken(update("message", {"text": "海\ud800"}))


def test_what_else_is_known_of_a_message() -> None:
    found = taken(update("message", {"text": "海珠区"}))
    assert found is not None
    assert (found.channel, found.dedupe_key, found.address, found.ref) == ("telegram", "100", "7", "11")
    assert (found.callback, found.arrived) == (None, 5.0)
    assert found.conversation != "7"
    assert len(found.conversation) == 64


def test_what_else_is_known_of_a_tap() -> None:
    found = taken(update("callback_query", {"data": "m|结果"}))
    assert found is not None
    assert (found.ref, found.callback) == ("11", "77")


def test_a_topic_is_a_conversation_of_its_own() -> None:
    content = {"text": "/new", "entities": [{"type": "bot_command", "offset": 0, "length": 4}]}
    topic = message(content, "group", message_thread_id=3, is_topic_message=True)
    reply = message(content, "group", message_thread_id=3)  # a thread of replies is no topic
    first, second = taken({"update_id": 1, "message": topic}), taken({"update_id": 2, "message": reply})
    assert first is not None
    assert second is not None
    assert (first.address, second.address) == ("-1007:3", "-1007")
    assert first.conversation != second.conversation


def test_the_secret_decides_the_conversation() -> None:
    raw = update("message", {"text": "海珠区"})
    ids = {found.conversation for secret in (b"a", b"b", b"b") if (found := read(raw, 5.0, ME, secret)) is not None}
    assert len(ids) == 2


def test_an_album_is_one_message() -> None:
    keys = set()
    for number in range(3):
        found = taken({"update_id": number, "message": message({"photo": [], "media_group_id": "555"})})
        assert found is not None
        keys.add(found.dedupe_key)
    assert keys == {"album:555"}


def test_other_updates_are_not_for_us() -> None:
    assert taken({"update_id": 1, "my_chat_member": {"chat": {}}}) is None
    assert taken({"update_id": 1, "something_new": 3}) is None
    assert taken({"update_id": 1, "channel_post": message({"text": "x"}, "channel")}) is None
