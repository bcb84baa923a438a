"""Phrases found in one sentence, and which of them count."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from knowledge.understand.figures_in_text import Masked
from knowledge.understand.lexicon import Entry, Role
from knowledge.understand.moods import Mood, Moods

_NEGATIVE = re.compile("[没不未无非]")


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase at its place in the plain text."""

    entry: Entry
    start: int
    end: int

    @property
    def key(self) -> str:
        """The fact's key."""
        return self.entry.fact.key

    @property
    def is_solid(self) -> bool:
        """Whether it is words in a row that stand for something."""
        return not self.entry.phrase.has_gap and self.entry.role != "unlike"

    def mood(self, moods: Moods) -> Mood:
        """How it is meant; a negation or a plan in a gap of the phrase counts, unless the phrase has such a word itself."""
        mood = moods.of(self.start, self.end)
        if mood != "said" or not self.entry.phrase.has_gap:
            return mood
        if not _NEGATIVE.search(self.entry.phrase.written) and moods.denied_within(self.start, self.end):
            return "denied"
        return "planned" if moods.planned_within(self.start, self.end, self.entry.phrase.written) else "said"

    def contains(self, other: Hit) -> bool:
        """Whether the other stands within this one and is shorter."""
        return self.start <= other.start and other.end <= self.end and self.end - self.start > other.end - other.start

    def overlaps(self, other: Hit) -> bool:
        """Whether they share a character."""
        return self.start < other.end and other.start < self.end


def find(entries: Iterable[Entry], text: str, masked: Masked) -> list[Hit]:
    """Every place where the words of an entry stand; a figure counts as one character of a gap."""
    found: list[Hit] = []
    ended = text + "。"  # a phrase may want a break after it
    for entry in entries:
        spans = [match.span() for match in entry.words.finditer(ended)]
        if masked.figures and entry.phrase.has_gap:
            spans += [masked.span(*match.span()) for match in entry.words.finditer(masked.text)]
        found += [Hit(entry, start, min(end, len(text))) for start, end in dict.fromkeys(spans)]
    return found


def those(hits: Sequence[Hit], *roles: Role) -> list[Hit]:
    """The hits that play one of these parts."""
    return [hit for hit in hits if hit.entry.role in roles]


def counting(hits: Sequence[Hit], taken: Sequence[Hit]) -> list[Hit]:
    """Drop what only sounds like its fact, and what is part of a longer word heard for another one.

    ``taken``: phrases that got a figure; words within them are spoken for as well.
    """
    unlike = those(hits, "unlike")
    topics = {hit.key for hit in those(hits, "about")}
    solid = [hit for hit in (*hits, *taken) if hit.is_solid and (hit in taken or _has_topic(hit, topics))]
    return [
        hit
        for hit in hits
        if hit.entry.role != "unlike"
        and not any(other.key == hit.key and other.overlaps(hit) for other in unlike)
        and (hit.entry.role == "about" or not any(longer.key != hit.key and longer.contains(hit) for longer in solid))
    ]


def _has_topic(hit: Hit, topics: set[str]) -> bool:
    """Whether a phrase that counts only where the talk is about its fact may count here."""
    return not (hit.entry.role == "then" or hit.entry.in_context) or hit.key in topics
