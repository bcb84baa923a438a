"""Pinyin without tones read as characters, with or without spaces: the most likely ones by what the documents write."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from knowledge.sounds import sounds

_RUN = re.compile(r"[a-z]+(?: [a-z]+)*")
_WORD = re.compile("[a-z]+")
_SHORTEST = 4  # letters that are read; fewer are a unit or an abbreviation
_SYLLABLE = 6  # letters of the longest syllable
_PAIR = 0.9  # how far the character before decides, against how frequent a character is
_CONFUSED = 4.5  # what a syllable costs that is written as it is often mispronounced
_STRANGE = 5.0  # what a letter of a word costs that is left as it is
_USUAL = 16  # characters of one sound that are tried after any other character
_KEPT = 12  # readings of the letters so far that are carried on
_SOUNDS_ALIKE = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ing", "in"), ("eng", "en"), ("ang", "an"))

Ways = list[tuple[float, str]]  # characters with what each costs


class _Step(NamedTuple):
    """The cheapest reading of the letters up to somewhere that ends in ``char``."""

    cost: float
    char: str
    before: _Step | None


class Pinyin:
    """Reads pinyin. Made when a question first has letters."""

    def __init__(self, counts: Mapping[str, int], words: frozenset[str]) -> None:
        """Take how often each character and each pair of neighbours is written, and words that are written in letters."""
        self._words = words
        self._alone: dict[str, Ways] = defaultdict(list)  # by sound
        self._after: dict[tuple[str, str], Ways] = defaultdict(list)  # by the character before and the sound
        singles = [gram for gram in counts if len(gram) == 1 and not gram.isascii()]
        total = sum(counts[char] for char in singles) or 1
        share = {char: (1 - _PAIR) * counts[char] / total for char in singles}
        spoken = {char: list(_spoken(char)) for char in singles}
        for char in singles:
            for sound, extra in spoken[char]:
                self._alone[sound].append((extra - math.log(share[char]), char))
        for ways in self._alone.values():
            ways.sort()
            del ways[_USUAL:]
        for pair, count in counts.items():
            if len(pair) == 2 and pair[0] in share and pair[1] in share:
                cost = -math.log(_PAIR * min(count / counts[pair[0]], 1.0) + share[pair[1]])
                for sound, extra in spoken[pair[1]]:
                    self._after[pair[0], sound].append((extra + cost, pair[1]))

    def read(self, text: str) -> str:
        """The text with pinyin as characters; other letters stay."""
        return _RUN.sub(self._run, text)

    def _run(self, match: re.Match[str]) -> str:
        run = match[0]
        if len(run.replace(" ", "")) < _SHORTEST or run in self._words:
            return run
        return self._characters(run)

    def _characters(self, run: str) -> str:
        """The most likely characters for letters; a word between spaces that is no pinyin stays."""
        words = {match.start(): match[0] for match in _WORD.finditer(run)}
        reached: list[dict[str, _Step]] = [{} for _ in range(len(run) + 1)]
        reached[0][""] = _Step(0.0, "", None)
        for start in range(len(run)):
            steps = sorted(reached[start].values())[:_KEPT]
            if steps and run[start] == " ":
                reached[start + 1] |= {step.char: step for step in steps}
            elif steps:
                for end in range(start + 1, min(start + _SYLLABLE, len(run)) + 1):
                    self._extend(reached[end], steps, run[start:end])
                word = words.get(start)
                if word is not None:
                    extra = 0.0 if word in self._words else _STRANGE * len(word)
                    _keep(reached[start + len(word)], steps[0].cost + extra, f" {word} ", steps[0])
        last: _Step | None = min(reached[-1].values())
        written: list[str] = []
        while last is not None:
            written.append(last.char)
            last = last.before
        return "".join(reversed(written))

    def _extend(self, found: dict[str, _Step], steps: list[_Step], letters: str) -> None:
        """Add the readings that go on with a character that sounds like some letters."""
        for sound in (letters, _blurred(letters)):
            usual = self._alone.get(sound)
            if usual is None:
                continue
            first = steps[0]
            for cost, char in usual:
                _keep(found, first.cost + cost, char, first)
            for step in steps:
                for cost, char in self._after.get((step.char, sound), ()):
                    _keep(found, step.cost + cost, char, step)


def _keep(found: dict[str, _Step], cost: float, char: str, before: _Step) -> None:
    known = found.get(char)
    if known is None or cost < known.cost:
        found[char] = _Step(cost, char, before)


def _spoken(char: str) -> Iterator[tuple[str, float]]:
    """How a character may be pronounced, and what it costs to take it so."""
    for sound in sounds(char):
        yield sound, 0.0
        yield _blurred(sound), _CONFUSED


@lru_cache(maxsize=4096)
def _blurred(sound: str) -> str:
    """One form for all sounds that are often confused, which no sound is written as itself."""
    for clear, blurred in _SOUNDS_ALIKE:
        sound = sound.replace(clear, blurred)
    return f"~{sound}"
