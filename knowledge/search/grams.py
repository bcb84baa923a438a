"""Text as characters and pairs of characters: the units search compares."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from itertools import pairwise

_DROPPED = re.compile(r"[^0-9a-z%‰+\u3400-\u9fff]+")
_STOPS = frozenset(",.;:?!、。…\n")  # as NFKC writes them
STOP = "，"
_SINGLE = 0.5  # a single character says less than a pair


def plain(text: str) -> str:
    """Half-width, lower case, without punctuation and spaces."""
    return _DROPPED.sub("", unicodedata.normalize("NFKC", text).lower())


def spaced(text: str) -> str:
    """As :func:`plain`, with one space where something was left out inside, and ``，`` where a clause ended."""
    return _DROPPED.sub(_left_out, unicodedata.normalize("NFKC", text).lower()).strip(f" {STOP}")


def _left_out(match: re.Match[str]) -> str:
    return " " if _STOPS.isdisjoint(match[0]) else STOP


def grams(text: str) -> list[str]:
    """The characters and the pairs of neighbours of a plain text, each as often as it stands there."""
    return [*text, *pairs(text)]


def pairs(text: str) -> list[str]:
    """The pairs of neighbours of a plain text."""
    return [*map("".join, pairwise(text))]


def query_weights(text: str) -> Mapping[str, float]:
    """The grams of a plain question, each once, with its weight."""
    return {gram: 1.0 if len(gram) > 1 else _SINGLE for gram in grams(text)}
