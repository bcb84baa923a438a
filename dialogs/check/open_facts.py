"""What is still missing, the weightiest first, and what each answer to it would change."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass

from dialogs.groups import DISPUTED, MET, NEAR, OPEN, Item, in_group, items
from dialogs.needs import Role, needs
from policies.engine.assessment import Assessment
from policies.engine.effects import Effect, effects
from policies.engine.engine import Engine
from policies.model.fact import Fact


@dataclass(frozen=True, slots=True)
class Bearing:
    """One measure that waits for a fact, and what the answers would make of it; fewer than two effects tell nothing."""

    item: Item
    effects: tuple[Effect, ...]


@dataclass(frozen=True, slots=True)
class OpenFact:
    """A fact still open among the measures spoken of. ``combines``: it bears on the total only. ``asked``: in vain."""

    fact: Fact
    bearings: tuple[Bearing, ...]
    combines: bool
    asked: bool


def open_facts(engine: Engine, assessment: Assessment, asked: Set[str]) -> tuple[OpenFact, ...]:
    """What the measures spoken of, and the total, still wait for; what is only presumed is left out.

    Args:
        engine: the one that made the assessment.
        assessment: of what was said.
        asked: facts the caller was asked about, known or not.
    """
    spoken = tuple(in_group(items(assessment), MET, DISPUTED, NEAR, OPEN))
    waiting: dict[str, list[Item]] = {}
    for item in spoken:
        for key in dict.fromkeys((*item.result.open.deciding, *item.result.open.figures)):
            waiting.setdefault(key, []).append(item)
    weighed = sorted(needs(assessment).values(), key=lambda need: (need.role, -need.stake))
    found = []
    for need in weighed:
        if need.key in waiting or need.role is Role.COMBINES:
            bearings = (Bearing(item, effects(engine, item.result, need.key)) for item in waiting.get(need.key, ()))
            fact = engine.corpus.facts[need.key]
            found.append(OpenFact(fact, tuple(bearings), need.role is Role.COMBINES, need.key in asked))
    return tuple(sorted(found, key=lambda one: one.asked))
