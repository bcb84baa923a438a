"""General words of asking: kinds of question, matters documents leave open, small talk. The words are in language.yaml."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

import ryaml
from pydantic import BaseModel, ConfigDict, ValidationInfo, field_validator

Kind = Literal[
    "comparison",
    "stacking",
    "validity",
    "basis",
    "document",
    "quota",
    "pot",
    "contact",
    "definition",
    "amount",
    "whereabouts",
    "condition",
    "subject",
    "stage",
    "full",
    "procedure",
]


class Unstated(BaseModel):
    """A matter that is left to the yearly call for applications, unless a document has one of the words ``stated``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    asks: tuple[str, ...]
    stated: tuple[str, ...]


class Regulated(BaseModel):
    """A matter that rules of a document's header may regulate; which do is told in :mod:`knowledge.search.regulated`.

    ``also``: one of these words must be said too. ``alone``: it is meant only when nothing else is asked about.
    ``sure``: words that are enough.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    asks: tuple[str, ...]
    sure: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    alone: bool = False


class Language(BaseModel):
    """``language.yaml``. In a word ``{何时}`` stands for each of the words that ``same`` gives for it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    same: dict[str, tuple[str, ...]]
    rewrites: dict[str, str]
    kinds: dict[Kind, tuple[str, ...]]
    each: tuple[str, ...]
    own_of_part: tuple[str, ...]
    own_of_whole: tuple[str, ...]
    benefit: tuple[str, ...]
    rules: dict[str, Regulated]
    unstated: tuple[Unstated, ...]
    elsewhere: tuple[str, ...]
    chat: dict[str, tuple[str, ...]]
    instruction: tuple[str, ...]
    filler: tuple[str, ...]

    @field_validator("*", mode="before")
    @classmethod
    def _each(cls, raw: object, given: ValidationInfo) -> object:
        return _expanded(raw, given.data.get("same", {}))


def _expanded(raw: object, same: Mapping[str, tuple[str, ...]]) -> object:
    if isinstance(raw, dict):
        return {key: _expanded(value, same) for key, value in raw.items()}
    if isinstance(raw, list):
        return [
            each
            for value in raw
            for each in (_each(value, same) if isinstance(value, str) else [_expanded(value, same)])
        ]
    return raw


def _each(form: str, same: Mapping[str, tuple[str, ...]]) -> list[str]:
    for name, words in same.items():
        if f"{{{name}}}" in form:
            return [form.replace(f"{{{name}}}", word) for word in words]
    return [form]


@cache
def language() -> Language:
    """The words, read once."""
    text = (Path(__file__).parent / "language.yaml").read_text(encoding="utf-8")
    return Language.model_validate(ryaml.loads(text))


class Match(NamedTuple):
    """A word at ``start:end`` of a text, and what it is a sign of: ``group`` (kind, topic, filler …) and ``name`` in it."""

    start: int
    end: int
    group: str
    name: str


def outermost(matches: Iterable[Match]) -> list[Match]:
    """Matches without those inside a longer word (行业平台 in 跨行业平台)."""
    found = sorted(matches, key=lambda match: (match.start, -match.end))
    kept: list[Match] = []
    for match in found:
        if not kept or match.end > kept[-1].end or match[:2] == kept[-1][:2]:
            kept.append(match)
    return kept


class _Sign(NamedTuple):
    also: tuple[str, ...]
    group: str
    name: str


class Lexicon:
    """Finds many words of many groups in one walk over a text. ``甲+乙`` counts where 甲 stands, if 乙 stands anywhere."""

    def __init__(self, groups: Mapping[str, Mapping[str, Iterable[str]]]) -> None:
        """Take the words by group and name."""
        signs: dict[str, list[_Sign]] = {}
        for group, names in groups.items():
            for name, forms in names.items():
                for form in forms:
                    word, *also = form.split("+")
                    signs.setdefault(word, []).append(_Sign(tuple(also), group, name))
        # By the first two characters, or the only one; the longest first.
        self._by_start: dict[str, list[tuple[str, list[_Sign]]]] = {}
        for word in sorted(signs, key=len, reverse=True):
            self._by_start.setdefault(word[:2], []).append((word, signs[word]))

    def find(self, text: str) -> Iterator[Match]:
        """All matches by position, at each the longest first; they may overlap."""
        by_start = self._by_start
        for position, char in enumerate(text):
            pair = text[position : position + 2]
            for words in (by_start.get(pair), by_start.get(char) if pair != char else None):
                if words is None:
                    continue
                for word, signs in words:
                    if text.startswith(word, position):
                        for also, group, name in signs:
                            if not also or all(other in text for other in also):
                                yield Match(position, position + len(word), group, name)
