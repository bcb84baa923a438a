"""Messages of one chat in any order, delivered twice, with restarts between: the session is that of the order of sending."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.messages import Edited, Inbound, Message, Tapped, Typed
from bot.store.store import Scope, Store
from bot.turns import Turns
from dialogs.advance import Dialog
from dialogs.session import Session
from policies.engine.engine import Engine
from policies.load import load
from tests.bot.inprocess import InProcess
from tests.bot.store.places import Place

DIALOG = Dialog(Engine(load()))
SCOPE = Scope(("inprocess",))
NOON = 1710475200.0
WORDS = (
    "海珠区", "佛山", "1 3", "都没有", "不清楚", "国家两项", "1200万", "上一步", "修改 1", "结果", "重新开始", "换日期 2024-03-15",
    "我们在海珠做工业互联网平台，投了两千万", "换设备", "删除我的数据",
)  # fmt: skip
TAPS = (
    Tapped(question="where", revision=0, keys=("0",)),
    Tapped(question="list:done:0", revision=1, keys=("0",), toggle=True),
    Tapped(question="list:done:0", revision=1, keys=("2",), toggle=True),
    Tapped(question="list:done:0", revision=1, submit=True),
    Tapped(question="where", revision=0, keys=("back",)),
)


@dataclass(frozen=True)
class Sent:
    """A message, and the message of the chat it is about (an edit: an earlier one)."""

    message: Message
    ref: int


@st.composite
def conversations(draw: st.DrawFn) -> list[Sent]:
    """What somebody sends, in order."""
    sent: list[Sent] = []
    for number in range(draw(st.integers(2, 7))):
        kind = draw(st.sampled_from(("typed", "typed", "tapped", "edited")))
        if kind == "typed":
            sent.append(Sent(Typed(text=draw(st.sampled_from(WORDS))), number))
        elif kind == "tapped":
            sent.append(Sent(draw(st.sampled_from(TAPS)), number))
        else:
            text = draw(st.sampled_from(WORDS[:7]))
            sent.append(Sent(Edited(text=text), draw(st.integers(0, number))))
    return sent


@st.composite
def deliveries(draw: st.DrawFn) -> tuple[list[Sent], list[int], frozenset[int], list[int]]:
    """What is sent; in which order it arrives, some twice; before which the process starts anew; turns after each."""
    sent = draw(conversations())
    order = draw(st.permutations(range(len(sent))))
    for again in draw(st.lists(st.sampled_from(order), max_size=2)):
        order.insert(draw(st.integers(order.index(again) + 1, len(order))), again)
    restarts = frozenset(draw(st.lists(st.integers(0, len(order)), max_size=2)))
    return sent, order, restarts, draw(st.lists(st.integers(0, 3), min_size=len(order), max_size=len(order)))


def inbound(one: Sent, number: int, at: float = NOON, conversation: str = "a") -> Inbound:
    return Inbound(
        channel="inprocess", dedupe_key=f"{conversation}/{number}", conversation=conversation, address="chat",
        message=one.message, arrived=at, order=1000 + number, ref=str(one.ref),
    )  # fmt: skip


def turned(store: Store, now: float = NOON) -> bool:
    channel = InProcess()
    return store.turn(Turns(DIALOG, {channel.name: channel}, lambda: now).work, SCOPE, now) is not None


def run(place: Place, sent: list[Sent], order: list[int], restarts: frozenset[int], turns: list[int]) -> Session | None:
    """Deliver and turn; the session this ends in."""
    place.close()
    store = place.open()
    place.empty()
    for step, number in enumerate(order):
        if step in restarts:
            place.close()
            store = place.open()
        store.receive([inbound(sent[number], number)])
        for _ in range(turns[step]):
            turned(store)
    while turned(store):
        pass
    return store.session("a")


def check(place: Place, sent: list[Sent], order: list[int], restarts: frozenset[int], turns: list[int]) -> None:
    clean = run(place, sent, list(range(len(sent))), frozenset(), [1] * len(sent))
    before = boxes(place)
    assert run(place, sent, order, restarts, turns) == clean
    assert boxes(place) == before


def boxes(place: Place) -> list[tuple[object, ...]]:
    """The boxes ticked, and how many logs there were."""
    return place.run("SELECT ticked, runs FROM conversations WHERE length > 0 OR ticked IS NOT NULL")


def test_any_order_ends_in_the_session_of_the_order_of_sending(place: Place) -> None:
    @settings(max_examples=150 if place.is_sqlite else 40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(deliveries())
    @example((CROSSED, [1, 0, 2], frozenset(), [1, 1, 1]))
    def any_order(delivered: tuple[list[Sent], list[int], frozenset[int], list[int]]) -> None:
        check(place, *delivered)

    any_order()


CROSSED = [
    Sent(Tapped(question="where", revision=0, keys=("0",)), 0),
    Sent(Typed(text="都没有"), 1),
    Sent(Typed(text="结果"), 2),
]
"""A tap on the first question, then words meant for the second."""
