"""Facts that make a condition tree hold: one satisfied branch at a time, numbers at their bounds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from policies.engine.rules import LeafRule, Node
from policies.lint.boundaries.trial import Assignment
from policies.model.fact import Fact
from policies.values import Span, exactly

Wanted = tuple[tuple[int, bool], ...]
NUMERIC = ("money", "count", "share")


@dataclass(frozen=True, slots=True)
class Way:
    """One way a tree comes out as wanted: tests that must be so, and tests of other branches better kept the opposite."""

    must: Wanted = ()
    rather: Wanted = ()

    def __add__(self, other: Way) -> Way:
        """Both ways at once."""
        return Way(self.must + other.must, self.rather + other.rather)


def ways(node: Node, *, want: bool = True) -> list[Way]:
    """The first way, then one way for each other branch of each choice."""
    if node.kind == "leaf":
        return [Way(((node.leaf, want),))]
    if node.kind == "not":
        return ways(node.children[0], want=not want)
    if (node.kind == "all") == want:
        return _together([ways(child, want=want) for child in node.children])
    found = []
    for index, child in enumerate(node.children):
        others = [other for place, other in enumerate(node.children) if place != index]
        avoid = tuple(chain.from_iterable(ways(other, want=not want)[0].must[:1] for other in others))
        found += [way + Way((), avoid) for way in ways(child, want=want)]
    return found


def _together(options: Sequence[list[Way]]) -> list[Way]:
    def joined(picked: Sequence[Way]) -> Way:
        return sum(picked, Way())

    firsts = [ways_of_child[0] for ways_of_child in options if ways_of_child]
    found = [joined(firsts)]
    for index, ways_of_child in enumerate(options):
        found += [joined([*firsts[:index], other, *firsts[index + 1 :]]) for other in ways_of_child[1:]]
    return found


def solve(
    way: Way, leaves: Sequence[LeafRule], vocabulary: Mapping[str, Fact], needed: Collection[str] = ()
) -> Assignment | None:
    """Facts under which the tests come out that way; ``None`` when two tests contradict each other.

    ``needed``: facts the award is computed from, which a branch that is not taken must not spoil.
    """
    solver = _Solver(vocabulary)
    if not all(solver.narrow(leaves[index], truth) for index, truth in way.must):
        return None
    settled = {*needed, *(key for index, _ in way.must for key in leaves[index].facts)}
    for index, truth in way.rather:
        if not settled & set(leaves[index].facts):
            solver.narrow(leaves[index], truth)
    return solver.facts()


@dataclass
class _Solver:
    vocabulary: Mapping[str, Fact]
    choices: dict[str, list[object]] = field(default_factory=dict)
    members: dict[str, set[str]] = field(default_factory=dict)
    refused: dict[str, set[str]] = field(default_factory=dict)
    spans: dict[str, tuple[int | None, int | None]] = field(default_factory=dict)
    sums: list[tuple[LeafRule, bool]] = field(default_factory=list)

    def narrow(self, leaf: LeafRule, truth: bool) -> bool:
        if leaf.kind == "number":
            if len(leaf.facts) > 1:
                self.sums.append((leaf, truth))
                return True
            return self._narrow_number(leaf.facts[0], *wanted_span(leaf, truth))
        if leaf.kind == "set":
            return self._narrow_set(leaf, truth)
        key = leaf.facts[0]
        every: Sequence[object] = self.vocabulary[key].choices if leaf.kind == "choice" else (True, False)
        left = [choice for choice in self.choices.get(key, every) if (choice in leaf.allowed) == truth]
        if left:
            self.choices[key] = left
        return bool(left)

    def _narrow_set(self, leaf: LeafRule, truth: bool) -> bool:
        key = leaf.facts[0]
        members, refused = self.members.setdefault(key, set()), self.refused.setdefault(key, set())
        if not truth:
            refused |= {str(choice) for choice in leaf.allowed}
            return not members & refused
        if not members & leaf.allowed:
            fitting = [c for c in self.vocabulary[key].choices if c in leaf.allowed and c not in refused]
            members |= set(fitting[:1])
        return bool(members & leaf.allowed)

    def _narrow_number(self, key: str, low: int | None, high: int | None) -> bool:
        known_low, known_high = self.spans.get(key, (None, None))
        low = known_low if low is None else low if known_low is None else max(low, known_low)
        high = known_high if high is None else high if known_high is None else min(high, known_high)
        self.spans[key] = (low, high)
        return (low is None or high is None or low <= high) and (high is None or high >= self._floor(key))

    def _floor(self, key: str) -> int:
        return -(10**9) if self.vocabulary[key].negative_allowed else 0

    def facts(self) -> Assignment:
        found: Assignment = {key: left[0] for key, left in self.choices.items()}  # type: ignore[misc]
        for key, members in self.members.items():
            found[key] = frozenset(members or self.vocabulary[key].choices[-1:])
            if not members and self.vocabulary[key].choices[-1] in self.refused[key]:
                found[key] = frozenset()
        for key, (low, high) in self.spans.items():
            at = low if low is not None else high
            found[key] = exactly(at if at is not None else 0)
        for leaf, truth in self.sums:
            self._add_up(leaf, truth, found)
        return found

    def _add_up(self, leaf: LeafRule, truth: bool, found: Assignment) -> None:
        """Raise the last fact of a sum until the sum is at its bound."""
        times = Counter(leaf.facts)
        for key in times:
            found.setdefault(key, exactly(0))
        low, high = wanted_span(leaf, truth)
        total = sum(number_of(found, key) * count for key, count in times.items())
        last = leaf.facts[-1]
        if low is not None and total < low:
            found[last] = exactly(number_of(found, last) + -(-(low - total) // times[last]))
        elif high is not None and total > high:
            found[last] = exactly(max(0, number_of(found, last) - -(-(total - high) // times[last])))


def wanted_span(leaf: LeafRule, truth: bool) -> tuple[int | None, int | None]:
    """The numbers under which a test holds, or fails."""
    if truth:
        return leaf.low, leaf.high
    return (None, leaf.low - 1) if leaf.low is not None else (None if leaf.high is None else leaf.high + 1, None)


def number_of(facts: Mapping[str, object], key: str) -> int:
    """The exact number of a fact; 0 when it is not said."""
    value = facts.get(key)
    return value.low or 0 if isinstance(value, Span) else 0


def edges(leaf: LeafRule) -> Iterator[int]:
    """Each bound of a test and one step to each side."""
    for bound in (leaf.low, leaf.high):
        if bound is not None:
            yield from (bound - 1, bound, bound + 1)
