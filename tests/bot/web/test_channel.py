"""The page as a channel: forms in, one piece out."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from bot.channels.channel import BadMessageError, Channel, RefusedError
from bot.channels.web import Posted, Spoken, WebChannel
from bot.messages import Inbound, Operation, Tapped, Typed
from dialogs.replies import Ask, Choice, Document, Menu, Text

CHANNEL: Channel = WebChannel()
PRESSED = Posted(conversation="c", nonce="n", revision=3, question="where", keys=("0",))
WRITTEN = Posted(conversation="c", nonce="n", revision=3, text="海珠")


def read(posted: Posted) -> Inbound:
    inbound = CHANNEL.read(posted, 1.0)
    assert inbound is not None
    return inbound


def test_a_form_becomes_a_message_known_by_its_nonce():
    assert read(PRESSED).message == Tapped(question="where", revision=3, keys=("0",))
    assert read(WRITTEN).message == Typed(text="海珠", revision=3)
    assert (read(WRITTEN).channel, read(WRITTEN).dedupe_key, read(WRITTEN).conversation) == ("web", "n", "c")


def test_what_is_no_form_is_refused():
    for raw in ("海珠", None, {"text": "海珠"}, Posted(conversation="c", nonce="n", revision=0)):
        with pytest.raises(BadMessageError):
            CHANNEL.read(raw, 1.0)
    with pytest.raises(ValidationError):
        Posted(conversation="c", nonce="n", revision=-1)


def test_texts_and_files_go_out_as_one_piece_that_can_be_stored():
    replies = (Text("一"), Document("报告.txt", "二"), Menu((Choice("a", "b"),)), Ask("where", 0, "哪里？"))
    (operation,) = CHANNEL.render(replies, read(WRITTEN), late=False)
    stored = Operation.model_validate_json(operation.model_dump_json())
    spoken = Spoken.model_validate(stored.body)
    assert [part.text for part in spoken.parts] == ["一", "二"]
    assert (spoken.typed, spoken.revision) == ("海珠", 3)


def test_a_question_alone_needs_no_piece():
    assert CHANNEL.render((Ask("where", 0, "哪里？"),), read(PRESSED), late=True) == ()


async def test_nothing_is_pushed():
    with pytest.raises(RefusedError):
        await CHANNEL.send("", Operation(kind="said", body={}), None)
    await CHANNEL.busy("")
