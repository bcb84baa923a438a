"""Whatever happens in whatever order, the store is what a simple model of it is."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from bot.store.store import Delivery, Outcome, Pending, View
from tests.bot.store.places import NOW, SCOPE, Place, answer, answered, kept, message, said, say

CHATS = ("a", "b", "c")
FORGET, RENEW, FAIL = "忘了我", "重来", "坏"
TEXTS = st.sampled_from(("一", "二", "三", FORGET, RENEW, FAIL))


class ClumsyError(Exception):
    """What work raises at times."""


@dataclass
class Chat:
    """A conversation as the model knows it: its current log, and its calls in order."""

    log: list[str] = field(default_factory=list)
    runs: int = 0
    paused: bool = False


@dataclass
class Call:
    """A row of the outbox."""

    chat: str
    text: str
    state: str = "queued"
    attempts: int = 0
    due: float = 0.0


def work(pending: Pending, view: View) -> Outcome:
    """Answers, but for three words: one forgets, one begins a new log, one cannot be processed."""
    text = said(pending)
    usual = answer(pending, view)
    assert usual.session is not None
    if text == FORGET:
        return Outcome(None, (say("已删除"),), forget=True)
    if text == RENEW:
        name = f"{pending.inbound.conversation}:{pending.runs + 1}"
        return replace(usual, session=usual.session.model_copy(update={"id": name, "events": (answered(text),)}))
    if text == FAIL:
        return Outcome(pending.session, (say("没有读懂"),), failed="坏")
    return replace(usual, operations=(*usual.operations, say(f"问：{text}")))


class Machine(RuleBasedStateMachine):
    """The store beside its model."""

    place: Place

    @initialize()
    def begin(self) -> None:
        self.place.close()
        self.store = self.place.open()
        self.place.empty()
        self.chats: dict[str, Chat] = {}
        self.known: dict[str, tuple[str, str]] = {}
        self.waiting: list[tuple[str, str]] = []  # chat, text
        self.ready: list[str] = []
        self.calls: list[Call] = []
        self.under_way: list[tuple[Delivery, Call]] = []
        self.aside: list[str] = []

    @rule(chat=st.sampled_from(CHATS), key=st.integers(0, 30), text=TEXTS, chat2=st.sampled_from(CHATS), text2=TEXTS)
    def receive(self, chat: str, key: int, text: str, chat2: str, text2: str) -> None:
        """Two messages at once, each perhaps one delivered before."""
        new = 0
        batch = [(chat, f"{key}", text), (chat2, f"{key + 1}", text2)]
        for one, name, words in batch:
            if name not in self.known:
                new += 1
                self.known[name] = (one, words)
                self.waiting.append((one, words))
                self.chats.setdefault(one, Chat()).paused = False
        for one in sorted({one for one, _, _ in batch}):
            if one not in self.ready and any(one == other for other, _ in self.waiting):
                self.ready.append(one)
        assert self.store.receive([message(words, one, name) for one, name, words in batch]) == new

    @rule()
    def turn(self) -> None:
        turned = self.store.turn(work, SCOPE, NOW)
        if not self.ready:
            assert turned is None
            return
        name, text = self.taken()
        assert turned is not None
        assert (turned.conversation, said(Pending(turned, None))) == (name, text)
        self.waiting.remove((name, text))
        chat = self.chats[name]
        if text == FORGET:
            del self.chats[name]
            self.calls = [call for call in self.calls if call.chat != name]
            self.aside = [one for one in self.aside if one != name]
            if any(one == name for one, _ in self.waiting):
                self.chats[name] = Chat()
            said_then = ["已删除"]
        elif text == RENEW:
            chat.log, chat.runs, said_then = [text], chat.runs + 1, [f"记下：{text}"]
        elif text == FAIL:
            self.aside.append(name)
            said_then = ["没有读懂"]
        else:
            chat.log.append(text)
            chat.runs, said_then = max(chat.runs, 1), [f"记下：{text}", f"问：{text}"]
        self.calls += [Call(name, words) for words in said_then]
        self.to_the_end(name)

    @rule()
    def turn_that_raises(self) -> None:
        def clumsy(pending: Pending, view: View) -> Outcome:
            work(pending, view)
            raise ClumsyError

        try:
            assert self.store.turn(clumsy, SCOPE, NOW) is None
            assert not self.ready
        except ClumsyError:
            self.to_the_end(self.taken()[0])

    def taken(self) -> tuple[str, str]:
        """Whose turn it is, and which message."""
        name = self.ready[0]
        return next(waiting for waiting in self.waiting if waiting[0] == name)

    def to_the_end(self, name: str) -> None:
        self.ready.remove(name)
        if any(one == name for one, _ in self.waiting):
            self.ready.append(name)

    @rule(limit=st.integers(1, 3), later=st.sampled_from((0, 100)))
    def claim(self, limit: int, later: float) -> None:
        heads: dict[str, Call] = {}
        for call in self.calls:
            if call.state != "dead":
                heads.setdefault(call.chat, call)
        due = [
            call
            for name, call in heads.items()
            if call.state == "queued" and call.due <= NOW + later and not self.chats.get(name, Chat()).paused
        ]
        claimed = self.store.claim(SCOPE, limit, NOW + later)
        due.sort(key=lambda wanted: next(index for index, call in enumerate(self.calls) if call is wanted))
        assert [(one.conversation, one.operation.body["text"], one.attempts) for one in claimed] == [
            (call.chat, call.text, call.attempts) for call in due[:limit]
        ]
        for delivery, call in zip(claimed, due, strict=False):
            call.state, call.attempts = "sending", call.attempts + 1
            self.under_way.append((delivery, call))

    @precondition(lambda self: self.under_way)
    @rule(end=st.sampled_from(("sent", "retry", "bury", "pause")), which=st.integers(0, 5))
    def end(self, end: str, which: int) -> None:
        delivery, call = self.under_way.pop(which % len(self.under_way))
        there = any(call is one for one in self.calls)
        ours = there and call.state == "sending" and call.attempts == delivery.attempts + 1
        if end == "sent":
            self.store.sent(delivery, None)
            self.calls = [one for one in self.calls if one is not call]
        elif end == "retry":
            self.store.retry(delivery, NOW + 50, "429")
            if ours:
                call.state, call.due = "queued", NOW + 50
        else:
            getattr(self.store, end)(delivery, "403")
            if end == "pause" and call.chat in self.chats:
                self.chats[call.chat].paused = True
            if ours and call.chat in self.chats:
                call.state = "dead"
            elif ours:
                self.calls = [one for one in self.calls if one is not call]

    @rule()
    def another_sender(self) -> None:
        """What was under way before may be reported on by the sender before, late."""
        with self.store.sending(SCOPE) as ours:
            assert ours
        for call in self.calls:
            if call.state == "sending":
                call.state = "queued"

    @rule(chat=st.sampled_from(CHATS))
    def forget(self, chat: str) -> None:
        assert self.store.forget(chat) == (chat in self.chats)
        self.chats.pop(chat, None)
        self.calls = [call for call in self.calls if call.chat != chat]
        self.waiting = [waiting for waiting in self.waiting if waiting[0] != chat]
        self.ready = [name for name in self.ready if name != chat]
        self.aside = [one for one in self.aside if one != chat]

    @rule()
    def reopen(self) -> None:
        self.store.close()
        self.store = self.place.open()

    @invariant()
    def is_the_model(self) -> None:
        if not hasattr(self, "chats"):
            return
        rows = self.store.outbox(1000)
        assert [(row.conversation, row.state, row.attempts) for row in rows] == [
            (call.chat, call.state, call.attempts) for call in self.calls
        ]
        assert sorted(one.conversation for one in self.store.set_aside(1000)) == sorted(self.aside)
        backlog = self.store.backlog()
        assert backlog.inbox == len(self.waiting)
        assert backlog.conversations == len(self.chats)
        assert backlog.paused == sum(chat.paused for chat in self.chats.values())

    def teardown(self) -> None:
        if not hasattr(self, "chats"):
            return
        while self.ready:
            self.turn()
        self.is_the_model()
        for name, chat in list(self.chats.items()):
            assert kept(self.store, name) == chat.log
            data: Any = self.store.export(name)
            assert len(data["logs"]) == chat.runs


def test_any_sequence(place):
    Machine.place = place
    examples = 20 if place.is_sqlite else 10  # a server takes longer to open and empty
    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=examples, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
