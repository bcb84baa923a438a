"""What was understood of a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from knowledge.amounts import Quantity
from policies.values import Value

Why = Literal["planned", "supposed", "others", "asked", "hint", "spelling", "unclear"]


@dataclass(frozen=True, slots=True)
class Uncertain:
    """A fact that was heard but not surely said of the enterprise: ``question`` asks it back, ``why`` tells the kind of doubt.

    ``value`` is what it would be, ``None`` when that is open too. ``start`` and ``end`` point into the sentence.
    """

    key: str
    value: Value | None
    why: Why
    question: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Understood:
    """The facts of one sentence.

    ``district``: what the talk is about (a choice of the fact ``district``), said of the enterprise or only asked about; in
    ``facts`` it stands only when said of the enterprise. ``elsewhere``: the name heard of a place that has no document.
    ``facts``: certain ones; ``None`` where the speaker says that it is not known. ``evidence``: where each of them stands in
    the sentence. ``numbers``: every quantity, fact or not. ``correction``: the speaker mends what was said before.
    """

    district: str | None
    elsewhere: str | None
    facts: Mapping[str, Value | None]
    uncertain: tuple[Uncertain, ...]
    numbers: tuple[Quantity, ...]
    evidence: Mapping[str, tuple[int, int]]
    correction: bool = False
