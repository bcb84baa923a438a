"""Messages of several chats, mixed, delivered twice, with restarts between: every session ends as it does undisturbed."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.messages import Inbound, Message, Tapped, Typed
from bot.store.open import open_store
from bot.store.store import Outcome, Pending, Scope, Store, View
from bot.turns import Turns
from dialogs.advance import Dialog
from dialogs.session import Session
from policies.engine.engine import Engine
from policies.load import load
from tests.bot.inprocess import InProcess

DIALOG = Dialog(Engine(load()))
SCOPE = Scope(("inprocess",))
NOW = 1710475200.0
TAPS = (
    Tapped(question="where", revision=0, keys=("1",)),
    Tapped(question="list:done:0", revision=1, keys=("2",), toggle=True),
)
SAID = st.sampled_from(
    ["海珠区", "佛山", "1 3", "都没有", "不清楚", "国家两项", "1200万", "上一步", "修改 1", "结果", "是"]
)
MESSAGES: st.SearchStrategy[Message] = st.one_of(SAID.map(lambda text: Typed(text=text)), st.sampled_from(TAPS))


@settings(max_examples=25)
@given(data=st.data(), says=st.lists(st.lists(MESSAGES, min_size=1, max_size=6), min_size=1, max_size=3))
def test_disturbed_and_undisturbed_end_alike(data: st.DataObject, says: list[list[Message]]) -> None:
    undisturbed = run(in_order(says), restarts=frozenset(), turns_between=99)
    rows = data.draw(mixed(says))
    restarts = frozenset(data.draw(st.lists(st.integers(0, len(rows)), max_size=3)))
    assert run(rows, restarts, data.draw(st.integers(0, 3))) == undisturbed


@st.composite
def mixed(draw: st.DrawFn, says: list[list[Message]]) -> list[Inbound]:
    """Each chat's messages in their order, the chats in any, and earlier messages again at any later point."""
    left = {chat: [inbound(chat, n, one) for n, one in enumerate(messages)] for chat, messages in enumerate(says)}
    rows: list[Inbound] = []
    while any(left.values()):
        chat = draw(st.sampled_from([chat for chat, messages in left.items() if messages]))
        rows.append(left[chat].pop(0))
        if draw(st.booleans()):
            rows.append(draw(st.sampled_from(rows)))
    return rows


def in_order(says: list[list[Message]]) -> list[Inbound]:
    return [inbound(chat, number, one) for chat, messages in enumerate(says) for number, one in enumerate(messages)]


def inbound(chat: int, number: int, message: Message) -> Inbound:
    return Inbound(
        channel="inprocess", dedupe_key=f"{chat}/{number}", conversation=str(chat), address=str(chat),
        message=message, arrived=NOW, ref=str(number),
    )  # fmt: skip


def run(rows: list[Inbound], restarts: frozenset[int], turns_between: int) -> list[Session | None]:
    """Deliver the rows; the process starts anew before some of them, sometimes in the middle of a turn."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "huiqi.db"
        store = open_store(path)
        for number, row in enumerate(rows):
            if number in restarts:
                interrupted(store)
                store.close()
                store = open_store(path)
            store.receive([row])
            for _ in range(turns_between):
                if not turned(store):
                    break
        while turned(store):
            pass
        sessions = [store.session(chat) for chat in sorted({row.conversation for row in rows})]
        store.close()
        return sessions


def turned(store: Store) -> bool:
    channel = InProcess()
    turns = Turns(DIALOG, {channel.name: channel}, lambda: NOW)
    return store.turn(turns.work, SCOPE, NOW) is not None


class Ended(BaseException):
    """The process ends here."""


def interrupted(store: Store) -> None:
    """Begin a turn that does not come to its end."""

    def work(pending: Pending, view: View) -> Outcome:
        raise Ended

    try:
        store.turn(work, SCOPE, NOW)
    except Ended:
        return
