"""Pinyin without tones read as characters, with or without spaces: the most likely ones by what the documents write."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

_RUN = re.compile(r"[a-z]+(?: [a-z]+)*")
_SHORTEST = 4  # letters that are read; fewer are a unit or an abbreviation
_SYLLABLE = 6  # letters of the longest syllable
_PAIR = 0.9  # how far the character before decides, against how frequent a character is
_CONFUSED = 3.0  # what a syllable costs that is written as it is often mispronounced
_STRANGE = 5.0  # what a letter of a word costs that is left as it is
_SOUNDS_ALIKE = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ing", "in"), ("eng", "en"), ("ang", "an"))


class _Step(NamedTuple):
    """The cheapest reading of the letters up to somewhere that ends in ``char``."""

    cost: float
    char: str
    before: _Step | None


class Pinyin:
    """Reads pinyin. Made when a question first has letters."""

    def __init__(self, counts: Mapping[str, int], words: frozenset[str]) -> None:
        """Take how often each character and each pair of neighbours is written, and words that are written in letters."""
        from pypinyin import Style, pinyin  # noqa: PLC0415 - slow to load

        self._counts = counts
        self._words = words
        singles = [gram for gram in counts if len(gram) == 1 and not gram.isascii()]
        self._total = sum(counts[char] for char in singles) or 1
        self._exact: dict[str, set[str]] = defaultdict(set)
        self._alike: dict[str, set[str]] = defaultdict(set)
        for char in singles:
            for sound in pinyin(char, style=Style.NORMAL, heteronym=True)[0]:
                self._exact[sound].add(char)
                self._alike[_blurred(sound)].add(char)

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
        words = {(match.start(), match.end()): match[0] for match in re.finditer("[a-z]+", run)}
        reached: list[dict[str, _Step]] = [{} for _ in range(len(run) + 1)]
        reached[0][""] = _Step(0.0, "", None)
        for start, steps in enumerate(reached[:-1]):
            if steps and run[start] == " ":
                reached[start + 1] |= steps
            elif steps:
                for end in range(start + 1, min(start + _SYLLABLE, len(run)) + 1):
                    self._extend(reached[end], steps, self._ways(run[start:end]))
                for (first, end), word in words.items():
                    if first == start:
                        self._extend(
                            reached[end], steps, {f" {word} ": 0.0 if word in self._words else _STRANGE * len(word)}
                        )
        last = min(reached[-1].values(), default=None)
        written: list[str] = []
        while last is not None:
            written.append(last.char)
            last = last.before
        return "".join(reversed(written))

    def _ways(self, letters: str) -> dict[str, float]:
        """The characters that sound like some letters, and what each costs for not being pronounced so."""
        ways = dict.fromkeys(self._alike.get(_blurred(letters), ()), _CONFUSED)
        return ways | dict.fromkeys(self._exact.get(letters, ()), 0.0)

    def _extend(self, found: dict[str, _Step], steps: Mapping[str, _Step], ways: Mapping[str, float]) -> None:
        """Add to ``found`` the readings that go on in some ways."""
        for char, extra in ways.items():
            best = min((step.cost + self._cost(step.char, char), step) for step in steps.values())
            step = _Step(best[0] + extra, char, best[1])
            if char not in found or step.cost < found[char].cost:
                found[char] = step

    def _cost(self, before: str, char: str) -> float:
        alone = (self._counts.get(char, 0) + 1) / self._total
        together = self._counts.get(before + char, 0) / max(self._counts.get(before, 0), 1) if before else 0.0
        return -math.log(_PAIR * together + (1 - _PAIR) * alone)


def _blurred(sound: str) -> str:
    for clear, blurred in _SOUNDS_ALIKE:
        sound = sound.replace(clear, blurred)
    return sound
