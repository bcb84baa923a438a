"""Places in a sentence: the districts that have documents, and those that have none.

Names and aliases of the former come from the documents (``districts`` and ``aliases`` of ``policy.yaml``), of the latter
from ``divisions.yaml``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Literal

import ryaml
from pydantic import BaseModel, ConfigDict

from policies.law import Corpus

Kind = Literal["district", "elsewhere", "wider"]
_SUFFIXES = ("新区", "市", "区", "县", "镇", "省")
# What may stand before a name taken with care.
_NEAR = "讲说问知听来到在进入去是的从往找找了过于为，。；、（(,. 州我咱们司厂家里户"


@dataclass(frozen=True, slots=True)
class Place:
    """A place named in a text: its full name, where it stands, and what is known of it.

    ``district``: the documents of this choice of the fact ``district`` apply. ``elsewhere``: no document. ``wider``: a city
    or province some of whose districts have documents (``广州``), which alone says nothing.
    """

    name: str
    kind: Kind
    start: int
    end: int


class _Divisions(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    within: dict[str, tuple[str, ...]]
    only_full: frozenset[str] = frozenset()
    with_care: frozenset[str] = frozenset()
    not_places: tuple[str, ...] = ()
    lookalikes: dict[str, str] = {}


@cache
def _divisions() -> _Divisions:
    text = (Path(__file__).parent / "divisions.yaml").read_text(encoding="utf-8")
    return _Divisions.model_validate(ryaml.loads(text))


class Places:
    """Finds places in text that is plain already (simplified characters, lower case, half-width)."""

    def __init__(self, corpus: Corpus) -> None:
        """Collect the names once."""
        divisions = _divisions()
        self._with_care = divisions.with_care
        self._above = {name: whole for whole, parts in divisions.within.items() for name in parts}
        districts = list(dict.fromkeys(name for policy in corpus.policies.values() for name in policy.header.districts))
        self._within: dict[str, list[str]] = {}
        for district in districts:
            for name in self._containing(district):
                self._within.setdefault(name, []).append(district)
        self._names: dict[str, tuple[str, Kind] | None] = {}
        for name in {*divisions.within, *self._above}:
            kind: Kind = "wider" if name in self._within else "elsewhere"
            self._add(name, kind, _forms(name, full_only=name in divisions.only_full))
        for inner, name in self._inside(districts):
            self._add(name, "district", _forms(inner, full_only=inner in divisions.only_full))
        for policy in corpus.policies.values():
            for name in policy.header.districts:
                self._add(name, "district", _forms(name))
            for name, aliases in policy.header.aliases.items():
                self._add(name, "district", aliases)
        own = [form for name in districts for form in _forms(name)]
        slips = {slip: self._names[form] for form in own for slip in _slips(form, divisions.lookalikes)}
        self._slips = slips.keys() - self._names.keys()
        self._names = slips | self._names
        self._names |= dict.fromkeys(divisions.not_places)
        self._by_start: dict[str, list[str]] = {}  # by the first two characters
        for form in sorted(self._names, key=len, reverse=True):
            self._by_start.setdefault(form[:2], []).append(form)

    def find(self, text: str) -> tuple[Place, ...]:
        """All places, left to right, the longest name at each position; ``广州市海珠区`` is one place."""
        return tuple(self._joined(self._each(text)))

    @property
    def forms(self) -> Mapping[str, str]:
        """Every form of a district with documents that is long enough to be known when misspelt, with the district's name.

        Short names of its parts (江高) sound like too much else (奖高); its own short name (海珠) counts.
        """
        return {
            form: meant[0]
            for form, meant in self._names.items()
            if meant is not None and meant[1] == "district" and form not in self._slips
            if len(form) > 2 or meant[0].startswith(form)
        }

    @property
    def not_places(self) -> tuple[str, ...]:
        """Words that hold or sound like the name of a place, and are none."""
        return tuple(form for form, meant in self._names.items() if meant is None)

    def within(self, name: str) -> tuple[str, ...]:
        """The districts with documents that are inside a city or province."""
        return tuple(self._within.get(name, ()))

    def _add(self, name: str, kind: Kind, forms: Iterable[str]) -> None:
        for form in forms:
            self._names[form.lower()] = (name, kind)

    def _inside(self, districts: list[str]) -> Iterator[tuple[str, str]]:
        """Divisions within a district that has documents (顺德区 in 佛山市), each with that district."""
        for district in districts:
            for part, whole in self._above.items():
                if whole == district and part not in districts:
                    yield part, district

    def _containing(self, name: str) -> Iterator[str]:
        while name in self._above:
            name = self._above[name]
            yield name

    def _each(self, text: str) -> Iterator[Place]:
        position = 0
        while position < len(text):
            forms = self._by_start.get(text[position : position + 2])
            form = forms and next((form for form in forms if self._at(text, position, form)), None)
            if not form:
                position += 1
                continue
            meant = self._names[form]
            if meant is not None:
                yield Place(meant[0], meant[1], position, position + len(form))
            position += len(form)

    def _at(self, text: str, position: int, form: str) -> bool:
        if not text.startswith(form, position):
            return False
        before, after = text[position - 1 : position], text[position + len(form) : position + len(form) + 1]
        if form in self._with_care:
            return before == "" or before in _NEAR
        return not form.isascii() or not (_is_latin(before) or _is_latin(after))

    def _joined(self, places: Iterable[Place]) -> Iterator[Place]:
        """Put a place together with the one that contains it; 贵阳白云区 is not the 白云区 of the documents."""
        held: Place | None = None
        for place in places:
            if held is None or held.end != place.start:
                if held is not None:
                    yield held
                held = place
                continue
            inside = held.name in {place.name, *self._containing(place.name)}
            held = replace(place if inside or held.kind == "wider" else replace(held, end=place.end), start=held.start)
        if held is not None:
            yield held


def _forms(name: str, *, full_only: bool = False) -> list[str]:
    short = next((name.removesuffix(suffix) for suffix in _SUFFIXES if name.endswith(suffix)), name)
    return [name] if full_only or len(short) < 2 else [name, short]


def _slips(form: str, lookalikes: Mapping[str, str]) -> Iterator[str]:
    """A name with one character written as one that looks like it."""
    for place, char in enumerate(form):
        for wrong in lookalikes.get(char, ""):
            yield form[:place] + wrong + form[place + 1 :]


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalpha()


def part_of(district: str, written: str) -> str | None:
    """The division inside a district that a text names alone (顺德 for 顺德区 in 佛山市), or ``None``."""
    for part in _divisions().within.get(district, ()):
        if written in _forms(part):
            return part
    return None
