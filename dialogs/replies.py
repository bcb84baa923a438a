"""What a conversation says, before any channel shapes it: text, a question with choices, a document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class LookedUp:
    """A question that was looked up, for those who count them; ``outcome`` as the search tells it."""

    question: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Text:
    """A message. Lines are short; ``**…**`` marks what a channel may show in bold.

    ``looked_up``: the question it answers or has no answer for; not shown. ``sender``: who says it when it is not the
    assistant; then nothing in it is marked.
    """

    text: str
    looked_up: LookedUp | None = None
    sender: str | None = None

    @property
    def shown(self) -> str:
        """The message with its sender above it."""
        if self.sender is None:
            return self.text
        return f"**{self.sender}**\n{self.text.replace('**', '＊＊')}"


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to press: ``key`` comes back as picked, ``label`` is shown."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Ask:
    """A question. ``question`` and ``revision`` come back with the pick, so that a stale one is noticed.

    ``multiple``: several choices at once; ``ticked``: the keys of those ticked so far, where a channel ticks one by one.
    ``about``: how many questions may be left, this one included, when it can be told. ``figures``: names of the figures
    asked for together, in the order in which they may be given.
    """

    question: str
    revision: int
    text: str
    choices: tuple[Choice, ...] = ()
    commands: tuple[Choice, ...] = ()
    multiple: bool = False
    help: str | None = None
    about: int | None = None
    ticked: frozenset[str] = frozenset()
    figures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Menu:
    """Things to do next; picking one is the same as typing its label."""

    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A file to take away: its ``text``, or its ``content`` where it is no text."""

    name: str
    text: str = ""
    content: bytes | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """A report to take away, by what it is made from; whoever shows it has it laid out.

    ``facts``: as stored data, by key. ``policies``: the documents judged. ``answers``: what was said, a line each.
    """

    as_of: date
    facts: Mapping[str, Any]
    policies: tuple[str, ...]
    answers: tuple[str, ...]


Reply = Text | Ask | Menu | Document | Report
Replies = tuple[Reply, ...]
