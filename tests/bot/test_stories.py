"""The conversations of tests/dialogs/stories, unchanged, over the store: in process, and at a terminal.

(tests/bot/telegram plays them in Telegram over HTTP.)
"""

from __future__ import annotations

import asyncio
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, time
from pathlib import Path
from typing import Any

import pytest

from bot.channels.terminal import NAME
from bot.messages import Message, Started, Tapped, Typed
from bot.store.open import open_store
from bot.store.store import Scope, Store
from bot.terminal import Terminal
from bot.turns import ZONE, Turns
from dialogs.advance import Dialog
from dialogs.replies import Ask, Document, Reply
from dialogs.session import Session
from policies.engine.engine import Engine
from tests.bot.inprocess import InProcess
from tests.bot.story import Checks
from tests.bot.word import words_of
from tests.dialogs.talk import words
from tests.dialogs.test_stories import Story, Turn, key_of, stories

CONVERSATION = "c"


@pytest.fixture(scope="module")
def dialog(engine: Engine) -> Dialog:
    return Dialog(engine)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = open_store(tmp_path / "huiqi.db")
    yield store
    store.close()


def kept(store: Store) -> Session:
    session = store.session(CONVERSATION)
    assert session is not None
    return session


@dataclass
class InProcessPlayer:
    """Somebody on the channel without an outside."""

    dialog: Dialog
    store: Store
    now: float
    channel: InProcess = field(default_factory=InProcess)

    def take(self, message: Message) -> list[Reply]:
        inbound = self.channel.read(message, self.now)
        assert inbound is not None
        scope = Scope((self.channel.name,))
        self.store.receive([inbound])
        turns = Turns(self.dialog, {self.channel.name: self.channel}, lambda: self.now)
        assert self.store.turn(turns.work, scope, self.now) is not None
        shown = len(self.channel.sent)
        while claimed := self.store.claim(scope, 9, self.now):
            for delivery in claimed:
                asyncio.run(self.channel.send(delivery.address, delivery.operation, delivery.anchor))
                self.store.sent(delivery, None)
        return self.channel.sent[shown:]

    def read(self, message: Message) -> list[str]:
        """What is read after a message, the text of files included."""
        replies = self.take(message)
        files = [reply.content for reply in replies if isinstance(reply, Document) and reply.content is not None]
        return [*words(replies, self.dialog), *map(words_of, files)]

    def play(self, turn: Turn) -> str:
        if turn.reopen:
            return "\n".join(self.read(Started()))
        if turn.tap is not None:
            tap = Tapped(question=turn.tap.question, revision=turn.tap.revision, keys=turn.tap.keys)
            return "\n".join(self.read(tap))
        if turn.pick is None:
            return "\n".join(self.read(Typed(text=turn.say or "")))
        asks = [reply for reply in self.channel.sent if isinstance(reply, Ask)]
        keys = tuple(key_of(asks[-1], label) for label in turn.pick)
        return "\n".join(self.read(Tapped(question=asks[-1].question, revision=asks[-1].revision, keys=keys)))


@pytest.mark.parametrize("raw", stories())
def test_in_process(dialog: Dialog, store: Store, raw: dict[str, Any]) -> None:
    story = Story.model_validate(raw)
    player = InProcessPlayer(dialog, store, datetime.combine(story.as_of, time(12), ZONE).timestamp())
    player.take(Started())
    checks = Checks(story, dialog, lambda: kept(store))
    for turn in story.turns:
        checks.after(turn, player.play(turn))
    checks.at_the_end()


class Typist:
    """Standard input as somebody types it: reads the screen, then writes the next line of the story."""

    def __init__(self, turns: list[Turn], screen: io.StringIO, after: Callable[[Turn, str], None]) -> None:
        self._turns, self._screen, self._after = turns, screen, after
        self._last: Turn | None = None
        self._seen = 0

    def __iter__(self) -> Typist:
        return self

    def __next__(self) -> str:
        self.read()
        if not self._turns or self._turns[0].reopen:
            raise StopIteration
        self._last = self._turns.pop(0)
        if self._last.pick is None:
            return f"{self._last.say}\n"
        return "、".join(self._last.pick) + "\n"

    def read(self) -> None:
        shown = self._screen.getvalue()[self._seen :]
        self._seen += len(shown)
        for file in Path.cwd().glob("惠企*.docx"):
            shown += words_of(file.read_bytes())
            file.unlink()
        if self._last is not None:
            self._after(self._last, shown)
        self._last = None

    def isatty(self) -> bool:
        return False


WITHOUT_FORGERY = [one for one in stories() if not any("tap" in turn for turn in one.values[0]["turns"])]


@pytest.mark.parametrize("raw", WITHOUT_FORGERY)  # a terminal has no buttons to forge
def test_at_a_terminal(
    dialog: Dialog, store: Store, raw: dict[str, Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    story = Story.model_validate(raw)
    monkeypatch.chdir(tmp_path)
    checks, turns = Checks(story, dialog, lambda: kept(store)), list(story.turns)
    while turns:
        screen = io.StringIO()
        typist = Typist(turns, screen, checks.after)
        monkeypatch.setattr("sys.stdout", screen)
        monkeypatch.setattr("sys.stdin", typist)
        reopened = turns.pop(0) if turns[0].reopen else None
        typist._last = reopened
        Terminal(dialog, store, CONVERSATION).run(Started(argument=story.as_of.isoformat()))
    assert store.latest(NAME) == CONVERSATION
    checks.at_the_end()
