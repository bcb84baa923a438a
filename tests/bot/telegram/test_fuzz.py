"""A hundred thousand random and malformed updates: each is read, left, or refused as malformed; memory stays flat."""

from __future__ import annotations

import copy
import gc
import random
import sys
from typing import Any

from bot.channels.channel import BadMessageError
from bot.channels.telegram.addressed import Me
from bot.channels.telegram.inline import read_inline
from bot.channels.telegram.reading import UNREADABLE, read
from bot.messages import Inbound
from tests.bot.telegram.updates import CHATS, update

UPDATES = 100_000
ROUNDS = 10
GROWTH = (
    5_000  # blocks of memory that all rounds but the first may leave behind; what is kept of each update leaves more
)

ME = Me(4242, "huiqi_bot")
_JUNK: list[Any] = [
    None, True, False, 0, -1, 2**31, 2**63, 2**64, -(10**40), 0.5, float("nan"), float("inf"), "", " ", "\x00", "\ud800",
    "海珠区", "😀" * 50, "/start", "/start@huiqi_bot x", "@huiqi_bot", "p0|0|where", "m|结果", "a" * 5000, [], {}, [[]],
    [None], {"id": None}, {"": ""}, [{"type": "mention"}], b"bytes", object(),
]  # fmt: skip
_LETTERS = "ptsm019az|:_ \n海是<>&😀\ud800\x00"


def test_no_update_is_too_strange() -> None:
    chance = random.Random(20240315)
    outcomes = {"read": 0, "left": 0, "refused": 0}
    left_behind = []
    for _ in range(ROUNDS):
        for _ in range(UPDATES // ROUNDS):
            outcomes[taken(strange(chance))] += 1
        gc.collect()
        left_behind.append(sys.getallocatedblocks())
    assert min(outcomes.values()) > UPDATES // 100, outcomes  # the three ways are all really tried
    assert left_behind[-1] - left_behind[0] < GROWTH, left_behind


def taken(raw: Any) -> str:
    try:
        read_inline(raw)
        found = read(raw, 0.0, ME, b"secret")
    except BadMessageError:
        return "refused"
    if found is None:
        return "left"
    Inbound.model_validate_json(found.model_dump_json())
    return "read"


def strange(chance: random.Random) -> Any:
    """A whole update with some of its parts missing, replaced or moved; sometimes no update at all."""
    raw = proper(chance)
    for _ in range(chance.choice((0, 0, 1, 1, 2, 5))):
        damage(raw, chance)
    return chance.choice(_JUNK) if chance.random() < 0.02 else raw


def proper(chance: random.Random) -> dict[str, Any]:
    kind = chance.choice(("message", "edited_message", "callback_query", "inline_query"))
    if kind == "callback_query":
        return copy.deepcopy(update(kind, {"data": letters(chance, 70)}, chance.choice(list(CHATS))))
    if kind == "inline_query":
        sender = {"id": 7, "is_bot": False, "first_name": "王"}
        return {"update_id": 1, kind: {"id": "5", "from": sender, "query": letters(chance, 30), "offset": ""}}
    content: dict[str, Any] = {"text": letters(chance, 40)}
    if chance.random() < 0.3:
        content = {chance.choice(list(UNREADABLE)): {}, "caption": letters(chance, 10)}
    marked = [
        {"type": name, "offset": chance.randrange(50), "length": chance.randrange(50)}
        for name in ("mention", "bot_command")
    ]
    content["entities"] = marked[: chance.randrange(3)]
    return copy.deepcopy(update(kind, content, chance.choice(list(CHATS))))


def letters(chance: random.Random, most: int) -> str:
    return "".join(chance.choices(_LETTERS, k=chance.randrange(most)))


def damage(raw: Any, chance: random.Random) -> None:
    """Change one part, however deep."""
    place: Any = raw
    while isinstance(place, dict) and place:
        key = chance.choice(list(place))
        if isinstance(place[key], dict) and place[key] and chance.random() < 0.8:
            place = place[key]
        elif chance.random() < 0.3:
            del place[key]
            return
        else:
            place[key] = chance.choice(_JUNK)
            return
