"""A word that is both a command and a plain answer answers the question asked; pressed as a button it stays a command."""

from __future__ import annotations

from datetime import date

from dialogs.advance import Dialog
from dialogs.incoming import Picked, Said
from dialogs.replies import Ask
from dialogs.session import State

TO_A_YES_NO = ("海珠区", "1 3", "1")


def test_typed_it_answers_and_pressed_it_shows(dialog: Dialog) -> None:
    session = dialog.start("words", date(2024, 3, 15))
    for text in TO_A_YES_NO:
        session, replies = dialog.advance(session, Said(text))
    ask = replies[-1]
    assert isinstance(ask, Ask)
    assert ask.question == "fact:national_pilot"
    typed, _ = dialog.advance(session, Said("不符合"))
    assert State(typed).facts["national_pilot"] is False
    pressed, _ = dialog.advance(session, Picked(ask.question, ask.revision, ("不符合",)))
    assert pressed == session
