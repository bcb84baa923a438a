"""Words that contain a numeral and are no number: 三心二意, 万一, 两化, 十四五 (``no_numbers.txt``)."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from knowledge.amounts.numerals import RUN

_FILE = Path(__file__).with_name("no_numbers.txt")
_NUMERALS = frozenset("零一二两三四五六七八九十百千万亿几半廿卅数")


@cache
def _index() -> dict[str, tuple[tuple[int, str], ...]]:
    """The words by two characters: the first numeral with the one before it, or with the next where it comes first.

    With each word goes the numeral's place in it; the longest words come first.
    """
    lines = _FILE.read_text("utf-8").splitlines()
    index: dict[str, list[tuple[int, str]]] = {}
    for word in " ".join(line for line in lines if not line.startswith("#")).split():
        at = next(place for place, char in enumerate(word) if char in _NUMERALS)
        first = max(0, at - 1)
        index.setdefault(word[first : first + 2], []).append((at, word))
    return {pair: tuple(sorted(words, key=lambda item: -len(item[1]))) for pair, words in index.items()}


def word_end(text: str, at: int) -> int | None:
    """Where the word around the numeral at this place ends, when it is a word and no number."""
    index = _index()
    for pair in (text[at - 1 : at + 1] if at else "", text[at : at + 2]):
        for offset, word in index.get(pair, ()):
            if text[at - offset : at - offset + len(word)] == word and at >= offset:
                end = at - offset + len(word)
                return None if not offset and _counts_on(text, at, end) else end
    return None


def _counts_on(text: str, at: int, end: int) -> bool:
    """Whether the numeral goes on past the word: 一点二亿, 十分之一, 一块五, 一块钱."""
    run = RUN.match(text, at)
    if run and run.end() > end:
        return True
    following = text[end : end + 1]
    return bool(following) and (following in "钱之" or (text[end - 1] == "块" and following in _NUMERALS))
