"""What a story of tests/dialogs/stories tells, held against what came of each turn, whatever it was played on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dialogs.advance import Dialog
from dialogs.session import Session, State
from policies.answers import value_text
from tests.dialogs.talk import standing_question
from tests.dialogs.test_stories import NOT_TOLD, Story, Turn


@dataclass
class Checks:
    """One story being played; ``session`` gives what is stored of it."""

    story: Story
    dialog: Dialog
    session: Callable[[], Session]

    def after(self, turn: Turn, said: str) -> None:
        """What was said since, and the question that stands."""
        where = f"{turn.say or turn.pick or turn.tap}\n{said}"
        said = said.replace("**", "")
        for piece in turn.has:
            assert piece in said, where
        for piece in turn.lacks:
            assert piece not in said, where
        if turn.asks != NOT_TOLD:
            question = standing_question(self.dialog, self.session())
            assert (question and question.id) == turn.asks, where

    def at_the_end(self) -> None:
        """What is known then."""
        facts, vocabulary = State(self.session()).facts, self.dialog.engine.corpus.facts
        assert {key: value_text(vocabulary[key], facts.get(key)) for key in self.story.facts} == self.story.facts
