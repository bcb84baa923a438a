"""What the caller is or has done, as lines to mark: 有, 没有, or 不清楚; what each mark says."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from dialogs.questions import Catalogue, Line
from policies.engine.engine import Engine
from policies.values import Facts, Value


class Mark(StrEnum):
    """What was said to a line; a line without a mark was not spoken of."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Marked:
    """One line with its name, which is the fact it turns on, and its mark."""

    name: str
    line: Line
    mark: Mark | None

    @property
    def follow_ups(self) -> tuple[str, ...]:
        """Facts to ask about once the answer is 有."""
        return tuple(key for key in self.line.unticked if key not in self.line.ticked)


@dataclass(frozen=True, slots=True)
class MarkedList:
    """A list with those of its lines that matter."""

    id: str
    question: str
    lines: tuple[Marked, ...]


def marked_lists(catalogue: Catalogue, documents: Collection[str], marks: Mapping[str, Mark]) -> tuple[MarkedList, ...]:
    """The lists as far as the rules of the documents ask about them; a line with a mark stays in any case."""
    asked = facts_of(catalogue.engine, documents)
    found = []
    for tick_list, lines in catalogue.tick_lists:
        named = [Marked(name, line, marks.get(name)) for line in lines if (name := name_of(line))]
        kept = tuple(one for one in named if one.mark is not None or not asked.isdisjoint(one.line.unticked))
        if kept:
            found.append(MarkedList(tick_list.id, tick_list.question, kept))
    return tuple(found)


def facts_of(engine: Engine, documents: Iterable[str]) -> frozenset[str]:
    """All facts the rules of some documents look at."""
    rules = (rule for name in documents for rule in engine.policies[name].rules)
    return frozenset(key for rule in rules for key in rule.telling.union(rule.facts))


def name_of(line: Line) -> str:
    """What names a line for good: the first fact that not ticking it denies."""
    return next(iter(line.unticked))


def told_by(lists: Iterable[MarkedList], figures: Facts) -> dict[str, Value | None]:
    """What the marks and the figures say together.

    没有 denies whatever figure was given before; 有 says what it says in any case; 不清楚 only what nothing else tells.
    """
    lines = [one for marked in lists for one in marked.lines]
    told: dict[str, Value | None] = {}
    for one in lines:
        if one.mark is Mark.UNSURE:
            told.update(dict.fromkeys((*one.line.ticked, *one.line.unticked)))
    told.update(figures)
    for one in lines:
        if one.mark is Mark.NO:
            told.update(one.line.unticked)
    for one in lines:
        if one.mark is Mark.YES:
            told.update(one.line.ticked)
    return told


def marks_in(catalogue: Catalogue, facts: Facts) -> dict[str, Mark]:
    """The marks that say, or follow from, what was said otherwise; ``facts`` may say more than the marks do."""
    found = {name_of(line): _mark(line, facts) for _, lines in catalogue.tick_lists for line in lines}
    return {name: mark for name, mark in found.items() if mark is not None}


def _mark(line: Line, facts: Facts) -> Mark | None:
    keys = {*line.ticked, *line.unticked}
    if line.ticked and all(facts.get(key) == value for key, value in line.ticked.items()):
        return Mark.YES
    if keys <= facts.keys() and all(facts[key] is None for key in keys):
        return Mark.UNSURE
    spoken = [key for key in line.unticked if facts.get(key) is not None]
    if all(facts[key] == line.unticked[key] for key in spoken):
        return Mark.NO if len(spoken) == len(line.unticked) else None
    return None if line.ticked else Mark.YES
