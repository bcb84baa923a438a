"""The conversations of tests/dialogs/stories, played by a person in Telegram over HTTP, with buttons really shown."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from dialogs.advance import Dialog
from tests.bot.story import Checks
from tests.bot.telegram.conftest import Clock
from tests.bot.telegram.desk import Desk
from tests.bot.telegram.person import Person
from tests.bot.telegram.standin.server import Standin
from tests.dialogs.test_stories import Story, Turn, stories


@pytest.mark.parametrize("raw", stories())
def test_story(desk: Desk, standin: Standin, clock: Clock, dialog: Dialog, raw: dict[str, Any]) -> None:
    story = Story.model_validate(raw)
    clock.now = datetime.combine(story.as_of, datetime.min.time(), UTC).timestamp() + 4 * 3600
    person = Person(standin.world, 7, desk.settle)
    person.start()
    checks = Checks(story, dialog, lambda: desk.session("7"))
    for turn in story.turns:
        checks.after(turn, play(person, turn, clock))
        assert one_question_at_most(person), turn
    checks.at_the_end()
    assert len(standin.world.answered) == len(standin.world.pressed)


def play(person: Person, turn: Turn, clock: Clock) -> str:
    if turn.reopen:
        clock.now += timedelta(days=1).total_seconds()
        return person.start()
    if turn.tap is not None:
        return person.forge(turn.tap.question, turn.tap.revision, turn.tap.keys)
    if turn.pick is not None:
        return person.pick(*turn.pick)
    return person.say(turn.say or "")


def one_question_at_most(person: Person) -> bool:
    """Only the current question has buttons; menus keep theirs, they stay true."""
    rows = [
        person.chat.messages[number].get("reply_markup", {}).get("inline_keyboard", []) for number in person.from_bot
    ]
    asked = [
        keyboard
        for keyboard in rows
        if any(not one["callback_data"].startswith("m") for row in keyboard for one in row)
    ]
    return len(asked) <= 1
