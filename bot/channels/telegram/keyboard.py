"""Questions and menus as rows of buttons under a message."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from bot.channels.telegram.buttons import of_menu, of_question
from dialogs.replies import Ask, Choice, Menu

Button = tuple[str, str]
"""What it says, and what comes back."""
_WIDE, _NARROW = 20, 10  # columns that leave room for two and for three in a row on a phone
_MOST = 100  # buttons Telegram takes under one message
_READABLE = 40  # columns of a whole row; a phone shows no more of a button


@dataclass(slots=True)
class Keyboard:
    """Rows of buttons, and what did not fit on a button and is told in words instead."""

    rows: list[list[Button]] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    def add(self, offered: Sequence[tuple[str, str | None]]) -> None:
        """Put buttons below those there are, as many in a row as their labels leave room for."""
        fitting = [(label, data) for label, data in offered if data is not None]
        widest = max((_columns(label) for label, _ in fitting), default=0)
        most = 3 if widest <= _NARROW else 2 if widest <= _WIDE else 1
        if most == 3 and len(fitting) == 4:
            most = 2
        self.rows += [fitting[start : start + most] for start in range(0, len(fitting), most)]


def of_ask(ask: Ask) -> Keyboard:
    """Choices first, then what is no choice (不清楚, 都没有), then the commands."""
    keyboard = Keyboard()
    lines = [choice for choice in ask.choices if choice.key.isdigit()]
    others = [choice for choice in ask.choices if not choice.key.isdigit()]
    keyboard.told = [f"· {choice.label}" for choice in lines if _columns(choice.label) > _READABLE]
    if ask.multiple:
        keyboard.add([_box(ask, choice) for choice in lines])
        if ask.ticked:
            keyboard.add([(f"选好了（{len(ask.ticked)} 项）", of_question("submit", ask.question, ask.revision, ""))])
        keyboard.add([(one.label, of_question("submit", ask.question, ask.revision, one.key)) for one in others])
    else:
        few = len(ask.choices) <= 3
        for group in ((*lines, *others),) if few else (lines, others):
            keyboard.add([(one.label, of_question("pick", ask.question, ask.revision, one.key)) for one in group])
    keyboard.add([(one.label, of_question("pick", ask.question, ask.revision, one.key)) for one in ask.commands])
    return keyboard


def of_menu_choices(menu: Menu) -> Keyboard:
    """The choices of a menu; those no button holds are told, to be typed."""
    keyboard = Keyboard()
    offered = [(choice, of_menu(choice.key) if n < _MOST else None) for n, choice in enumerate(menu.choices)]
    keyboard.add([(choice.label, data) for choice, data in offered])
    keyboard.told = [f"也可以输入：{choice.key}" for choice, data in offered if data is None]
    return keyboard


def _box(ask: Ask, choice: Choice) -> tuple[str, str | None]:
    mark = "✓ " if choice.key in ask.ticked else ""
    return mark + choice.label, of_question("toggle", ask.question, ask.revision, choice.key)


@lru_cache(maxsize=2048)  # labels come from the vocabulary: the same ones every time
def _columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
