"""Whole conversations as data (stories/*.yaml): what is typed or pressed, what the replies say, what is known at the end.

A turn says (``say``), presses labels of the last question, or pieces of them (``pick``), presses raw keys of some question at some revision
(``tap``), or opens the conversation again from its stored log (``reopen``). ``has`` and ``lacks`` are pieces of the
replies, ``asks`` is the id of the question that stands afterwards (``null``: none).
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import Field

from dialogs.advance import Dialog
from dialogs.incoming import Picked
from dialogs.replies import Ask
from dialogs.session import Session
from policies.answers import value_text
from policies.model.base import Model
from tests.dialogs.talk import Talk

_STORIES = sorted((Path(__file__).parent / "stories").glob("*.yaml"))
NOT_TOLD = "not told"


class Tap(Model):
    """Raw keys, as a channel hands them in."""

    question: str
    revision: int
    keys: tuple[str, ...]


class Turn(Model):
    """One message and what must come of it."""

    say: str | None = None
    pick: tuple[str, ...] | None = None
    tap: Tap | None = None
    reopen: bool = False
    has: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    asks: str | None = NOT_TOLD


class Story(Model):
    """One conversation. ``facts``: what is known in the end, as people write it."""

    id: str
    about: str
    as_of: date
    turns: tuple[Turn, ...]
    facts: dict[str, str] = Field(default={})


def stories() -> list[Any]:
    read = [yaml.safe_load(path.read_text(encoding="utf-8"))["stories"] for path in _STORIES]
    return [pytest.param(story, id=story["id"]) for group in read for story in group]


@pytest.mark.parametrize("raw", stories())
def test_story(dialog: Dialog, raw: dict[str, Any]) -> None:
    story = Story.model_validate(raw)
    talk = Talk(dialog, story.as_of)
    talk.open()
    for number, turn in enumerate(story.turns, start=1):
        play(talk, turn)
        where = f"turn {number}: {turn.say or turn.pick or turn.tap}\n{talk.words}"
        for piece in turn.has:
            assert piece in talk.words, where
        for piece in turn.lacks:
            assert piece not in talk.words, where
        if turn.asks != NOT_TOLD:
            assert (talk.question and talk.question.id) == turn.asks, where
    vocabulary = dialog.engine.corpus.facts
    known = {key: value_text(vocabulary[key], talk.state.facts.get(key)) for key in story.facts}
    assert known == story.facts


def key_of(ask: Ask, label: str) -> str:
    """The key of the one choice that is labelled so, or whose label contains it."""
    offered = {choice.label: choice.key for choice in (*ask.choices, *ask.commands)}
    fitting = [label] if label in offered else [other for other in offered if label in other]
    assert len(fitting) == 1, (label, list(offered))
    return offered[fitting[0]]


def play(talk: Talk, turn: Turn) -> None:
    if turn.reopen:
        stored = Session.model_validate_json(talk.session.model_dump_json())
        talk.session = stored
        talk.open()
    elif turn.tap is not None:
        talk.take(Picked(turn.tap.question, turn.tap.revision, turn.tap.keys))
    elif turn.pick is not None:
        ask = talk.ask
        assert ask is not None, talk.words
        talk.take(Picked(ask.question, ask.revision, tuple(key_of(ask, label) for label in turn.pick)))
    else:
        talk.say(turn.say or "")
