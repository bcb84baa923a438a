"""Mending what was typed: traditional characters, characters that only sound right.

The libraries for it load slowly, so they are loaded when a question first holds something unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property
from itertools import pairwise

from knowledge.sounds import sound

_LONGEST = 8  # characters of a word that is looked for by its sound


class Speller:
    """Mends questions towards the words the corpus and the language know. Only unknown stretches are touched."""

    def __init__(self, words: Iterable[str], known: Callable[[str], bool]) -> None:
        """Take the words to mend towards, and what tells whether a character or a pair is known."""
        self._words = sorted({word for word in words if len(word) > 1 and not word.isascii()})
        self._known = known

    def simplified(self, text: str) -> str:
        """The text in simplified characters."""
        if all(char.isascii() or self._known(char) for char in text):
            return text
        return self._converter(text)

    def mended(self, text: str, understood: bytes) -> str:
        """The text with wrong characters replaced by the words that sound so.

        Args:
            text: a plain text without gaps.
            understood: 1 for each character that is part of a known word (left alone).
        """
        place, sounds = 0, None
        while place < len(text) - 1:
            if (understood[place] and understood[place + 1]) or self._known(text[place : place + 2]):
                place += 1
                continue
            sounds = sounds or [sound(char) for char in text]
            found = self._at(text, sounds, place)
            if found is None:
                place += 1
                continue
            start, word = found
            text = text[:start] + word + text[start + len(word) :]
            place = start + len(word)
        return text

    def _at(self, text: str, sounds: list[str], place: int) -> tuple[int, str] | None:
        """The longest word that sounds like a stretch of the text over ``place`` and the next character."""
        by_sound = self._by_sound
        if f"{sounds[place]} {sounds[place + 1]}" not in self._pairs_of_sounds:
            return None
        for length in range(min(_LONGEST, len(text)), 1, -1):
            for start in range(max(0, place + 2 - length), min(place, len(text) - length) + 1):
                stretch = text[start : start + length]
                word = by_sound.get(" ".join(sounds[start : start + length]), stretch)
                if word != stretch and any(map(str.__eq__, word, stretch)) and not self._goes_on(text, start, word):
                    return start, word
        return None

    def _goes_on(self, text: str, start: int, word: str) -> bool:
        """Whether the last character, though the word has another, is one word with the next (按 in 网按台)."""
        end = start + len(word)
        return text[end - 1] != word[-1] and end < len(text) and self._known(text[end - 1 : end + 1])

    @cached_property
    def _by_sound(self) -> dict[str, str]:
        return {" ".join(map(sound, word)): word for word in self._words}

    @cached_property
    def _pairs_of_sounds(self) -> frozenset[str]:
        return frozenset(f"{one} {two}" for sounds in self._by_sound for one, two in pairwise(sounds.split()))

    @cached_property
    def _converter(self) -> Callable[[str], str]:
        from opencc import OpenCC  # noqa: PLC0415 - slow to load

        convert: Callable[[str], str] = OpenCC("t2s").convert
        return convert
