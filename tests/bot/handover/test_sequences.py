"""Whatever enterprise, desk, clock and process do in whatever order, the hand-over is what a simple model of it is."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from bot.handover.handing_over import Attendance
from bot.messages import Inbound, Message, Tapped, Typed
from bot.store.durable import DurableStore
from bot.store.handover.leases import HandOvers, LostError
from bot.store.open import open_database
from bot.store.staff import Staff
from bot.store.store import Delivery, Outcome, Pending, Scope, View
from bot.turns import Turns
from dialogs.advance import Dialog
from dialogs.session import Session
from policies.engine.engine import Engine
from policies.load import load
from tests.bot.handover.test_turns import NOON, shown
from tests.bot.inprocess import InProcess, reply_of

DIALOG = Dialog(Engine(load()))
SCOPE = Scope(("inprocess",))
LEASE, WAIT = 600.0, 900.0
OPERATORS = ("李娜", "王")
WORDS = st.sampled_from(("海珠区", "1 3", "都没有", "不清楚", "上一步", "结果", "你好吗"))
BY_HAND = ("人工（李）", "人工（王）")


class Ended(BaseException):
    """The process ends here."""


@dataclass
class Model:
    """What ought to be. ``heard``: the operator's lines; ``told``: those of the enterprise that somebody is to read."""

    state: str = "none"
    operator: str | None = None
    until: float = 0.0
    written: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    answered: list[Message] = field(default_factory=list)

    @property
    def open(self) -> bool:
        return self.state in ("waiting", "held")


class Machine(RuleBasedStateMachine):
    """One enterprise, two operators. Every message is turned at once, so that the model knows who answers it."""

    @initialize()
    def begin(self) -> None:
        self.stack = ExitStack()
        self.path = Path(self.stack.enter_context(tempfile.TemporaryDirectory())) / "huiqi.db"
        self.now, self.count = NOON, 0
        self.model = Model()
        self.silent_from = False
        self.received: list[str] = []
        self._open()
        Staff(self.database).add("李娜", "hash", NOON)

    def _open(self) -> None:
        self.database = open_database(self.path)
        self.store = DurableStore(self.database)
        self.desk = HandOvers(self.database, LEASE)
        self.channel = InProcess()
        self.turns = Turns(DIALOG, {"inprocess": self.channel}, lambda: self.now, attendance=Attendance(wait=WAIT))

    def _receive(self, message: Message, *, twice: bool) -> None:
        self.count += 1
        inbound = self._inbound(message)
        self.store.receive([inbound])
        if twice:
            self.store.receive([inbound])
        self._turn()

    def _inbound(self, message: Message) -> Inbound:
        return Inbound(
            channel="inprocess", dedupe_key=str(self.count), conversation="c", address="a", message=message,
            arrived=self.now, ref=str(self.count),
        )  # fmt: skip

    def _turn(self) -> None:
        while self.store.turn(self.turns.work, SCOPE, self.now) is not None:
            pass

    @rule(text=WORDS, twice=st.booleans())
    def say(self, text: str, *, twice: bool) -> None:
        self._receive(Typed(text=text), twice=twice)
        self._said(text)

    def _said(self, text: str) -> None:
        if self.model.state == "held":
            self.model.told.append(text)
        else:
            self.model.answered.append(Typed(text=text))
            if self.model.state == "waiting":
                self.model.told.append(text)

    @rule(twice=st.booleans())
    def tap(self, *, twice: bool) -> None:
        message = Tapped(question="where", revision=0, keys=("1",))
        self._receive(message, twice=twice)
        if self.model.state != "held":
            self.model.answered.append(message)

    @rule(twice=st.booleans())
    def ask(self, *, twice: bool) -> None:
        self._receive(Typed(text="转人工"), twice=twice)
        if self.model.state == "held":
            self.model.told.append("转人工")
        elif not self.model.open:
            self.model = Model("waiting", until=self.now + WAIT, answered=self.model.answered)

    @rule()
    def withdraw(self) -> None:
        self._receive(Typed(text="取消人工"), twice=False)
        if self.model.open:
            self.model.state = "ended"

    @rule()
    def forget(self) -> None:
        self._receive(Typed(text="删除我的数据"), twice=False)
        self.model = Model()
        assert self.store.handover("c") is None

    @rule(who=st.sampled_from(OPERATORS))
    def take(self, who: str) -> None:
        number = self._number()
        if number is None:
            return
        may = self.model.state == "waiting" or (self.model.state == "held" and self.model.operator == who)
        assert self._done(lambda: self.desk.take(number, who, self.now)) == may
        if self.model.state == "waiting":
            self.model.state, self.model.operator, self.model.until = "held", who, self.now + LEASE
        self._turn()

    @rule(who=st.sampled_from(OPERATORS), text=st.sampled_from(("您好", "**粗**", "<b>")))
    def write(self, who: str, text: str) -> None:
        number = self._number()
        if number is None:
            return
        self.count += 1
        may = self.model.state == "held" and self.model.operator == who
        assert self._done(lambda: self.desk.write(number, who, text, str(self.count), self.now)) == may
        if may:
            self.desk.write(number, who, text, str(self.count), self.now)  # posted twice
            self.model.written.append(text)
            self.model.until = self.now + LEASE
        self._turn()

    @rule(who=st.sampled_from(OPERATORS))
    def give_back(self, who: str) -> None:
        number = self._number()
        exchange = self.store.handover("c")
        if number is None or exchange is None or exchange.handover.how == "back":
            return
        may = self.model.state == "held" and self.model.operator == who
        assert self._done(lambda: self.desk.give_back(number, who, self.now)) == may
        if may:
            self.model.state = "ended"
        self._turn()

    @rule(seconds=st.sampled_from((1.0, 599.0, 600.0, 900.0)))
    def time_passes(self, seconds: float) -> None:
        self.now += seconds
        over = self.model.open and self.now >= self.model.until
        assert bool(self.desk.sweep(self.now)) == over
        if over:
            self.model.state = "ended"
        self._turn()

    @rule(text=WORDS)
    def restart(self, text: str) -> None:
        """In the middle of a turn, and with a call under way."""

        def work(pending: Pending, view: View) -> Outcome:
            raise Ended

        self.count += 1
        self.store.receive([self._inbound(Typed(text=text))])
        with suppress(Ended):
            self.store.turn(work, SCOPE, self.now)
        self.store.claim(SCOPE, 1, self.now)
        self.database.close()
        self._open()
        with self.store.sending(SCOPE) as ours:
            assert ours
        self._turn()
        self._said(text)

    @rule()
    def send(self) -> None:
        """Whatever is claimed while somebody holds the conversation is theirs, or part of the hand-over."""
        while claimed := self.store.claim(SCOPE, 1, self.now):
            for delivery in claimed:
                if self.model.state == "held":
                    assert self._of_a_person(delivery), shown(reply_of(delivery.operation))
                self.store.sent(delivery, None)

    def _of_a_person(self, delivery: Delivery) -> bool:
        text = shown(reply_of(delivery.operation))
        return text.startswith(tuple(f"**{name}**" for name in (*BY_HAND, "人工"))) or "已经接入" in text

    def _number(self) -> int | None:
        exchange = self.store.handover("c")
        return None if exchange is None else exchange.handover.id

    def _done(self, act: Callable[[], object]) -> bool:
        try:
            act()
        except LostError:
            return False
        return True

    @invariant()
    def is_the_model(self) -> None:
        if not hasattr(self, "model"):
            return
        exchange = self.store.handover("c")
        model = self.model
        assert (exchange is not None) == (model.state != "none")
        if exchange is None:
            return
        handover = exchange.handover
        assert (handover.waiting, handover.held) == (model.state == "waiting", model.state == "held")
        if model.open:
            assert (handover.until, handover.operator) == (model.until, model.operator)
        said = {by: [line.text for line in exchange.lines if line.by == by] for by in ("operator", "enterprise")}
        assert said["operator"] == model.written
        assert [text for text in said["enterprise"] if not text.startswith("（按了")] == model.told

    def teardown(self) -> None:
        """In the end the session is that of what the assistant answered."""
        if hasattr(self, "stack"):
            if self.model.answered:
                assert events(self.store.session("c")) == events(undisturbed(self.model.answered))
            self.database.close()
            self.stack.close()


def events(session: Session | None) -> tuple[object, ...]:
    return () if session is None else session.events


def undisturbed(messages: list[Message]) -> Session | None:
    """The session that the messages lead to by themselves."""
    turns, session = Turns(DIALOG, {"inprocess": InProcess()}, lambda: NOON), None
    for number, message in enumerate(messages):
        inbound = Inbound(
            channel="inprocess", dedupe_key=str(number), conversation="c", address="a", message=message, arrived=NOON,
            ref=str(number),
        )  # fmt: skip
        session = turns.work(Pending(inbound, session, runs=1 if session else 0), _NOBODY).session
    return session


class _Nobody:
    def resumable(self, token: str) -> Session | None:
        return None

    def export(self) -> dict[str, object]:
        return {}

    def staffing(self) -> object:
        raise AssertionError("nobody is asked for here")


_NOBODY: View = _Nobody()  # type: ignore[assignment]


def test_whatever_happens_in_whatever_order() -> None:
    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=40, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
