"""A check as its address holds it: nothing is kept anywhere else, so that it can be reloaded and passed on."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any
from urllib.parse import urlencode

from pydantic import BaseModel, ConfigDict, Field

from bot.web.common.forms import BadFormError
from dialogs.check.lines import Mark
from dialogs.commands import excerpt

WHERE, DAY, ASK, IF, SUPPOSED, REST = "where", "day", "ask", "if", "if.value", "rest"
COMPARE, YES = "compare", "yes"
MARK, FIGURE = "mark.", "f."  # before the name of a line, the key of a fact
LONGEST, LONGEST_DAY = 200, 40  # characters of one field, of the date
_MOST = 700  # items of an address; the whole vocabulary has some two hundred facts
_CHOICES = 40  # of one fact
_CUT = "（太长，没有读）"  # behind the beginning of what was too long; no field can be read with it
_TOO_MANY = "这个地址里的内容太多，没有读。请从“速算”重新开始。"

Words = Annotated[tuple[Annotated[str, Field(max_length=LONGEST)], ...], Field(max_length=_CHOICES)]


class Query(BaseModel):
    """What was filled in.

    ``where``: districts. ``day``: as typed. ``marks``: by the name of the line. ``figures``: words as typed, by fact.
    ``asks``: facts to be asked first, half heard or of a clause looked up. ``supposed_fact`` and ``supposed``: what if.
    ``rest``: the list whose rest is denied. ``compare``: whether other districts are wanted beside.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    where: tuple[str, ...] = ()
    day: Annotated[str, Field(max_length=LONGEST_DAY)] = ""
    marks: Mapping[str, Mark] = {}
    figures: Mapping[str, Words] = {}
    asks: tuple[str, ...] = ()
    supposed_fact: str = ""
    supposed: Words = ()
    rest: str = ""
    compare: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """What an address may name: districts, lines, lists and facts."""

    places: Collection[str]
    lines: Collection[str]
    lists: Collection[str]
    facts: Collection[str]


def read_query(items: Sequence[tuple[str, str]], known: Known) -> tuple[Query, tuple[str, ...]]:
    """What an address says, and the beginnings of what in it nobody here knows, which is left out.

    Raises:
        BadFormError: when there is too much of it.
    """
    if len(items) > _MOST:
        raise BadFormError(_TOO_MANY)
    fields: dict[str, Any] = {}
    strange = [excerpt(f"{name}={value}") for name, value in items if not _taken(name, value.strip(), known, fields)]
    return Query.model_validate(fields), tuple(strange)


def _taken(name: str, value: str, known: Known, fields: dict[str, Any]) -> bool:
    """Put one item in its place; whether it has one. What is empty says nothing."""
    if not value:
        return True
    if name in (DAY, SUPPOSED) or name.startswith(FIGURE):
        return _words(name, _of_length(value, LONGEST_DAY if name == DAY else LONGEST), known, fields)
    if name.startswith(MARK):
        line = name.removeprefix(MARK)
        if line not in known.lines or value not in set(Mark):
            return False
        fields.setdefault("marks", {})[line] = value
        return True
    places = {WHERE: known.places, ASK: known.facts, IF: known.facts, REST: known.lists, COMPARE: (YES,)}
    if value not in places.get(name, ()):
        return False
    if name in (WHERE, ASK):
        field = {WHERE: "where", ASK: "asks"}[name]
        fields[field] = [*dict.fromkeys((*fields.get(field, ()), value))]
    else:
        fields[{IF: "supposed_fact", REST: "rest", COMPARE: "compare"}[name]] = value
    return True


def _words(name: str, value: str, known: Known, fields: dict[str, Any]) -> bool:
    """Keep words as typed."""
    if name == DAY:
        fields["day"] = value
        return True
    key = name.removeprefix(FIGURE)
    if name != SUPPOSED and key not in known.facts:
        return False
    words = (
        fields.setdefault("supposed", []) if name == SUPPOSED else fields.setdefault("figures", {}).setdefault(key, [])
    )
    if len(words) == _CHOICES:
        return False
    words.append(value)
    return True


def _of_length(value: str, longest: int) -> str:
    return value if len(value) <= longest else excerpt(value) + _CUT


def address_of(query: Query) -> str:
    """The query part of the address that says the same, without anything empty, always in the same order."""
    return urlencode(list(_items(query)))


def _items(query: Query) -> Iterator[tuple[str, str]]:
    yield from ((WHERE, place) for place in query.where)
    if query.day:
        yield DAY, query.day
    yield from ((MARK + name, mark.value) for name, mark in query.marks.items())
    for key, words in query.figures.items():
        yield from ((FIGURE + key, word) for word in words)
    yield from ((ASK, key) for key in query.asks)
    if query.supposed_fact:
        yield IF, query.supposed_fact
        yield from ((SUPPOSED, word) for word in query.supposed)
    if query.compare:
        yield COMPARE, YES
