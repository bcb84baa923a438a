"""General words of asking: kinds of question, matters documents leave open, small talk. The words are in language.yaml."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Generic, Literal, NamedTuple, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict

Kind = Literal[
    "comparison", "stacking", "validity", "contact", "definition", "amount", "condition", "procedure", "other"
]


class Unstated(BaseModel):
    """A matter that is left to the yearly call for applications, unless a document has one of the words ``stated``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    asks: tuple[str, ...]
    stated: tuple[str, ...]


class Language(BaseModel):
    """``language.yaml``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    rewrites: dict[str, str]
    kinds: dict[Kind, tuple[str, ...]]
    benefit: tuple[str, ...]
    unstated: tuple[Unstated, ...]
    elsewhere: tuple[str, ...]
    chat: dict[str, tuple[str, ...]]
    instruction: tuple[str, ...]
    filler: tuple[str, ...]


@cache
def language() -> Language:
    """The words, read once."""
    text = (Path(__file__).parent / "language.yaml").read_text(encoding="utf-8")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return Language.model_validate(yaml.load(text, Loader=loader))  # noqa: S506 - the C form of SafeLoader


Sign = TypeVar("Sign", bound=str)


class Match(NamedTuple, Generic[Sign]):
    """A word of a lexicon at ``start:end`` of a text, and what it is a sign of."""

    start: int
    end: int
    sign: Sign


@dataclass(frozen=True, slots=True)
class _Entry(Generic[Sign]):
    word: str
    also: tuple[str, ...]
    sign: Sign


class Lexicon(Generic[Sign]):
    """Finds many words in one walk over a text. ``甲+乙`` counts where 甲 stands, if 乙 stands anywhere."""

    def __init__(self, words: Mapping[Sign, Iterable[str]]) -> None:
        """Take the words of each sign."""
        self._by_first: dict[str, list[_Entry[Sign]]] = {}
        for sign, forms in words.items():
            for form in forms:
                word, *also = form.split("+")
                self._by_first.setdefault(word[0], []).append(_Entry(word, tuple(also), sign))
        for entries in self._by_first.values():
            entries.sort(key=lambda entry: -len(entry.word))

    def find(self, text: str) -> Iterator[Match[Sign]]:
        """All matches, by position and the longest first; words of one sign or of several may overlap."""
        by_first = self._by_first
        for position, char in enumerate(text):
            for entry in by_first.get(char, ()):
                if text.startswith(entry.word, position) and all(other in text for other in entry.also):
                    yield Match(position, position + len(entry.word), entry.sign)

    def signs(self, text: str) -> tuple[Sign, ...]:
        """The signs found, each once, in the order of the lexicon's first match."""
        return tuple(dict.fromkeys(match.sign for match in self.find(text)))
