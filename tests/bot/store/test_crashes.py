"""A process that is killed loses nothing it acknowledged, and does nothing twice but what was just being sent."""

from __future__ import annotations

import random
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from bot.store import conversations, inbox, outbox
from bot.store.store import Store
from tests.bot.store.places import SCOPE, Place, deliver, drain, kept, message
from tests.bot.store.worker import CHATS, chat

ROOT = Path(__file__).parents[3]
KILLS = 6
STEPS = [
    (conversations, "load"),
    (conversations, "save"),
    (inbox, "done"),
    (outbox, "queue"),
    (inbox, "receive"),
    (outbox, "claim"),
    (outbox, "sent"),
]


class Died(BaseException):
    """Not an error the store could count: the process is gone."""


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize(("module", "step"), STEPS, ids=[step for _, step in STEPS])
def test_dying_at_any_step_leaves_nothing_half_done(place, monkeypatch, module, step, when):
    def run(store: Store) -> None:
        store.receive([message("一"), message("二")])
        drain(store)
        deliver(store, heard)

    heard: list[str] = []
    whole = getattr(module, step)

    def die(*arguments):
        if when == "after":
            whole(*arguments)
        raise Died

    with monkeypatch.context() as patch, pytest.raises(Died):
        patch.setattr(module, step, die)
        run(place.open())
    place.close()
    store = place.open()
    with store.sending(SCOPE):  # as the next process does
        run(store)
    assert kept(store) == ["一", "二"]
    again = ["记下：一"] if step == "sent" else []  # whether it went out is not known: it goes out again
    assert heard == [*again, "记下：一", "记下：二"]
    assert store.backlog().outbox == 0


def test_killed_again_and_again(place):
    dice = random.Random(7)
    acknowledged: list[int] = []
    about_to_send: list[str] = []
    for _ in range(KILLS):
        for line in killed(place, max(acknowledged, default=-1) + 1, lines=dice.randint(5, 60)):
            mark, _, text = line.strip().partition(" ")
            if mark == "+":
                acknowledged.append(int(text))
            elif text:
                about_to_send.append(text)
    store = place.open()
    drain(store)
    with store.sending(SCOPE):
        deliver(store, about_to_send)
    assert len(set(acknowledged)) > KILLS
    for rest in range(CHATS):
        name = chat(rest)
        told = kept(store, name)
        assert told == [str(number) for number in range(rest, max(acknowledged) + CHATS + 1, CHATS)][: len(told)]
        assert {str(number) for number in acknowledged if chat(number) == name} <= set(told)
        heard = [text for text in about_to_send if chat(int(text.removeprefix("记下："))) == name]
        assert list(dict.fromkeys(heard)) == [f"记下：{text}" for text in told]
        twice = [later for earlier, later in pairwise(heard) if earlier == later]
        assert len(heard) - len(told) == len(twice) <= KILLS  # only what was just being sent


def killed(place: Place, number: int, lines: int) -> list[str]:
    """What a worker said before it was killed, some lines on: by what it did rather than by time."""
    command = [sys.executable, "-m", "tests.bot.store.worker", str(place.address), str(number)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        said = [process.stdout.readline() for _ in range(lines)]
        process.kill()
        return said + process.stdout.readlines()
