"""Calls over HTTP: what is done, what each failure means, and that a repeated call shows nothing twice."""

from __future__ import annotations

import asyncio
import socket

import pytest

from bot.channels.channel import (
    AmbiguousError,
    BlockedError,
    LaterError,
    RefusedError,
    SendError,
    UnreachableError,
    file_body,
)
from bot.channels.telegram import sending
from bot.channels.telegram.client import Limits, make_bot
from bot.channels.telegram.commands import NAMES, offer_commands
from bot.channels.telegram.rendering import ANSWER, BARE, EDIT, FILE, SEND
from bot.messages import Operation
from dialogs.replies import Document
from tests.bot.telegram.conftest import Clock
from tests.bot.telegram.person import Person
from tests.bot.telegram.standin.faults import Fault, Kind
from tests.bot.telegram.standin.server import Standin

TEXT = "海珠区的秘密"
MESSAGE = Operation(kind=SEND, body={"text": TEXT, "keyboard": [[["是", "p0|0|where"]]], "reply": None}, anchor=True)


def call(standin: Standin, *operations: Operation, anchor: str | None = None, to: str = "7") -> list[str | None]:
    """Make calls with a client that waits no longer than a third of a second."""

    async def made() -> list[str | None]:
        async with make_bot(standin.world.token, Limits(read=0.3), standin.url) as bot:
            return [await sending.send(bot, to, operation, anchor) for operation in operations]

    return asyncio.run(made())


@pytest.fixture
def person(standin: Standin) -> Person:
    return Person(standin.world, 7)


def edit(message: str, text: str = "下一题") -> Operation:
    return Operation(
        kind=EDIT, body={"message": message, "text": text, "keyboard": [[["否", "p1|0|where"]]]}, anchor=True
    )


def test_a_message_stands_in_the_chat(standin: Standin, person: Person) -> None:
    (ref,) = call(standin, MESSAGE)
    assert person.from_bot == [int(ref or 0)]
    assert person.shown(int(ref or 0)) == f"{TEXT}\n是"


def test_a_file_can_be_opened(standin: Standin, person: Person) -> None:
    (ref,) = call(standin, Operation(kind=FILE, body={"name": "惠企政策核对.txt", "text": "第三条", "reply": None}))
    document = person.chat.messages[int(ref or 0)]["document"]
    assert document["file_name"] == "惠企政策核对.txt"
    assert standin.world.files[document["file_id"]].decode("utf-8-sig") == "第三条"


def test_a_file_that_is_no_text_goes_as_it_is(standin: Standin, person: Person) -> None:
    body = {**file_body(Document("a.docx", content=b"PK\x00\xff")), "reply": None}
    (ref,) = call(standin, Operation(kind=FILE, body=body))
    assert standin.world.files[person.chat.messages[int(ref or 0)]["document"]["file_id"]] == b"PK\x00\xff"


def test_the_current_question_is_edited(standin: Standin, person: Person) -> None:
    (ref,) = call(standin, MESSAGE)
    assert call(standin, edit(ref or ""), anchor=ref) == [ref]
    assert person.shown(1) == "下一题\n否"
    assert call(standin, edit(ref or ""), anchor=ref) == [ref]  # not modified is success


def test_a_question_that_stands_elsewhere_is_asked_below(standin: Standin, person: Person) -> None:
    old, anchor = call(standin, MESSAGE, MESSAGE)
    (new,) = call(standin, edit(old or ""), anchor=anchor)
    assert [person.shown(number) for number in person.from_bot] == [TEXT, TEXT, "下一题\n否"]
    assert new == "3"


@pytest.mark.parametrize("why", ["message to edit not found", "message can't be edited", "MESSAGE_ID_INVALID"])
def test_a_message_that_is_gone_is_sent_anew(standin: Standin, person: Person, why: str) -> None:
    (ref,) = call(standin, MESSAGE)
    standin.faults.order(Fault("refused", "editMessageText", description=f"Bad Request: {why}"))
    assert call(standin, edit(ref or ""), anchor=ref) == ["2"]


def test_a_keyboard_is_taken_away_once(standin: Standin, person: Person) -> None:
    (ref,) = call(standin, MESSAGE)
    gone = Operation(kind=BARE, body={"message": None})
    assert call(standin, gone, gone, anchor=ref) == [None, None]
    assert person.buttons(1) == []
    assert call(standin, gone) == [None]  # there was no question
    assert call(standin, Operation(kind=BARE, body={"message": "99"})) == [None]  # deleted by now


def test_a_question_leaves_neither_the_pressed_message_nor_the_anchor_with_buttons(
    standin: Standin, person: Person
) -> None:
    old, anchor = call(standin, MESSAGE, MESSAGE)
    call(standin, Operation(kind=BARE, body={"message": old}), anchor=anchor)
    assert [person.buttons(number) for number in person.from_bot] == [[], []]
    call(standin, Operation(kind=BARE, body={"message": anchor}), anchor=anchor)
    assert [method for method, _ in standin.world.calls].count(
        "editMessageReplyMarkup"
    ) == 3  # not twice for one message


def test_a_button_stops_waiting(standin: Standin, person: Person, clock: Clock) -> None:
    call(standin, MESSAGE)
    person.tap("是")
    answer = Operation(kind=ANSWER, body={"id": next(iter(standin.world.pressed))})
    assert call(standin, answer) == [None]
    assert standin.world.answered == list(standin.world.pressed)
    clock.now += 151
    assert call(standin, answer) == [None]  # too late for Telegram: nothing is left to do
    assert len(standin.world.answered) == 1


def test_in_a_topic_the_answer_stays_there(standin: Standin) -> None:
    Person(standin.world, 7, group=-1007)
    call(standin, MESSAGE, to="-1007:3")
    assert standin.world.calls[-1][1]["message_thread_id"] == "3"


def test_the_message_answered_is_named_while_it_is_there(standin: Standin, person: Person) -> None:
    person.say("你好")
    for number, named in ((1, True), (99, False)):
        (ref,) = call(standin, Operation(kind=SEND, body={"text": TEXT, "keyboard": [], "reply": str(number)}))
        assert ("reply_to_message" in person.chat.messages[int(ref or 0)]) is named


def test_a_group_that_moved_is_answered_where_it_went(standin: Standin) -> None:
    old, new = Person(standin.world, 7, group=-107), Person(standin.world, 7, group=-1007)
    standin.faults.order(Fault("moved", "sendMessage", to=-1007))
    assert call(standin, MESSAGE, to="-107") == ["1"]
    assert (old.from_bot, new.from_bot) == ([], [1])


def test_somebody_is_shown_that_an_answer_is_made(standin: Standin, person: Person) -> None:
    async def shown() -> None:
        async with make_bot(standin.world.token, api=standin.url) as bot:
            await sending.busy(bot, "7")

    asyncio.run(shown())
    assert standin.world.typing == [7]


def test_the_commands_are_offered_in_chinese(standin: Standin) -> None:
    async def offered() -> None:
        async with make_bot(standin.world.token, api=standin.url) as bot:
            await offer_commands(bot)

    asyncio.run(offered())
    assert set(standin.world.commands) == {"all_private_chats", "all_group_chats"}
    assert {one["command"] for one in standin.world.commands["all_private_chats"]} == {"start", *NAMES}
    assert all(
        any("一" <= sign <= "鿿" for sign in one["description"]) for one in standin.world.commands["all_group_chats"]
    )


# -- failures


@pytest.mark.parametrize(
    ("kind", "error", "arrives"),
    [
        ("flood", LaterError, 0),
        ("bad_gateway", AmbiguousError, 0),
        ("lost_answer", AmbiguousError, 1),
        ("reset", AmbiguousError, 0),
        ("blocked", BlockedError, 0),
        ("refused", RefusedError, 0),
    ],
)
def test_what_a_failure_means(
    standin: Standin, person: Person, kind: Kind, error: type[SendError], arrives: int
) -> None:
    standin.faults.order(Fault(kind, "sendMessage", chat=7, seconds=9))
    with pytest.raises(error) as caught:
        call(standin, MESSAGE)
    assert len(person.from_bot) == arrives
    if isinstance(caught.value, LaterError):
        assert caught.value.seconds == 9
    told = f"{caught.value!r} {caught.value.__cause__!r}"
    assert standin.world.token not in told
    assert "秘密" not in told


def test_a_flood_in_one_chat_is_not_one_in_another(standin: Standin, person: Person) -> None:
    other = Person(standin.world, 8)
    standin.faults.order(Fault("flood", "sendMessage", chat=7))
    call(standin, MESSAGE, to="8")
    assert other.from_bot == [1]


def test_nobody_listens() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(UnreachableError):
            asyncio.run(sending.send(make_bot("42:x", api=url), "7", MESSAGE, None))


def test_a_token_nobody_knows(standin: Standin) -> None:
    with pytest.raises(UnreachableError, match="HUIQI_TELEGRAM_TOKEN"):  # it waits until the token is mended
        asyncio.run(sending.send(make_bot("42:wrong", api=standin.url), "7", MESSAGE, None))
    with pytest.raises(ValueError, match="HUIQI_TELEGRAM_TOKEN"):
        make_bot("")


def test_a_pool_without_room_has_no_effect(standin: Standin, person: Person) -> None:
    """The second of two calls finds the only connection taken: it was surely not made."""
    standin.faults.order(Fault("lost_answer", "sendMessage"))

    async def both() -> list[str | BaseException | None]:
        limits = Limits(pool=1, read=1.0, wait_for_pool=0.1)
        async with make_bot(standin.world.token, limits, standin.url) as bot:
            calls = [sending.send(bot, "7", MESSAGE, None) for _ in range(2)]
            return list(await asyncio.gather(*calls, return_exceptions=True))

    assert sorted(type(one).__name__ for one in asyncio.run(both())) == ["AmbiguousError", "UnreachableError"]
    assert len(person.from_bot) == 1


def test_blocked_by_the_person(standin: Standin, person: Person) -> None:
    person.chat.blocked = True
    with pytest.raises(BlockedError):
        call(standin, MESSAGE)
    with pytest.raises(RefusedError, match="Chat not found"):
        call(standin, MESSAGE, to="99")


def test_a_group_that_lets_nobody_write_is_as_one_that_blocks(standin: Standin) -> None:
    Person(standin.world, 7, group=-1007)
    why = "Bad Request: not enough rights to send text messages to the chat"
    standin.faults.order(Fault("refused", "sendMessage", description=why))
    with pytest.raises(BlockedError):
        call(standin, MESSAGE, to="-1007")


def test_what_telegram_cannot_read_is_refused(standin: Standin, person: Person) -> None:
    broken = Operation(kind=SEND, body={"text": "<秘密>", "keyboard": [], "reply": None})
    with pytest.raises(RefusedError) as caught:
        call(standin, broken)
    assert "秘密" not in str(caught.value)
