"""Tests on facts as lines of code: where each fact sits, and what is written to judge a condition.

A yes/no sits in its slot as the truth it gives its own test (:mod:`policies.engine.judged`), a number as ``(low, high)``
with ``INFINITE`` for no bound, so that a test is a look-up or two integer comparisons.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from policies.engine.judged import FALSE, INFINITE, TRUE, UNKNOWN, Judged
from policies.engine.rules import LeafRule, Node
from policies.model.fact import Fact
from policies.values import Facts, Span

_NEGATED = (TRUE, UNKNOWN, None, FALSE)  # by truth


class Slots:
    """Where each fact of the vocabulary sits, and what an unanswered one looks like."""

    def __init__(self, vocabulary: Mapping[str, Fact]) -> None:
        """Number the facts."""
        self.vocabulary = vocabulary
        self.of = {key: index for index, key in enumerate(vocabulary)}
        self.blank: list[Any] = [_blank(fact) for fact in vocabulary.values()]

    def fill(self, facts: Facts) -> list[Any]:
        """Slots for one enterprise; facts given as ``None`` stay blank."""
        slots, of = self.blank.copy(), self.of
        for key, value in facts.items():
            if value is True:
                slots[of[key]] = TRUE
            elif value is False:
                slots[of[key]] = FALSE
            elif isinstance(value, Span):
                low, high = slots[of[key]]
                slots[of[key]] = (
                    low if value.low is None else value.low,
                    high if value.high is None else value.high,
                )
            elif value is not None:
                slots[of[key]] = value
        return slots


def _blank(fact: Fact) -> object:
    if fact.type == "bool":
        return UNKNOWN
    if fact.type in ("choice", "set"):
        return None
    return (-INFINITE if fact.negative_allowed else 0), INFINITE


class Writer:
    """Writes the body of one function over slots ``F``.

    Locals: ``n12l`` / ``n12h`` a number's bounds, ``v7`` an answer, ``t3`` a test's truth.
    """

    def __init__(self, name: str, parameters: str, slots: Slots) -> None:
        """Begin an empty function; ``name`` shows in tracebacks."""
        self._name, self._parameters, self._slots = name, parameters, slots
        self._lines: list[str] = []
        self._constants: dict[str, Any] = {"Judged": Judged, "new": tuple.__new__}
        self._loaded: set[str] = set()

    def function(self) -> Callable[..., Any]:
        """The function written so far."""
        source = f"def judge({self._parameters}):\n" + "\n".join("    " + line for line in self._lines)
        namespace = dict(self._constants)
        exec(compile(source, f"<{self._name}>", "exec"), namespace)  # noqa: S102 - our own generated code
        made: Callable[..., Any] = namespace["judge"]
        return made

    def say(self, line: str) -> None:
        """Add one line."""
        self._lines.append(line)

    def constant(self, name: str, value: object) -> str:
        """Give a value to the function under a name."""
        self._constants[name] = value
        return name

    def number(self, key: str) -> tuple[str, str]:
        """The names of a number's bounds."""
        slot = self._slots.of[key]
        if key not in self._loaded:
            self._loaded.add(key)
            self.say(f"n{slot}l, n{slot}h = F[{slot}]")
        return f"n{slot}l", f"n{slot}h"

    def answer(self, key: str) -> str:
        """The name of an answer that is no number."""
        slot = self._slots.of[key]
        if key not in self._loaded:
            self._loaded.add(key)
            self.say(f"v{slot} = F[{slot}]")
        return f"v{slot}"

    def truth(self, leaf: LeafRule) -> str:
        """The name of a test's truth."""
        if leaf.kind == "bool" and True in leaf.allowed:
            return self.answer(leaf.facts[0])
        name = f"t{leaf.index}"
        if leaf.kind == "number":
            self.say(f"{name} = {self._compared(leaf)}")
        elif leaf.kind == "bool":
            self.say(f"{name} = {_NEGATED}[{self.answer(leaf.facts[0])}]")
        else:
            value, allowed = self.answer(leaf.facts[0]), self.constant(f"C{leaf.index}", leaf.allowed)
            passes = f"{value} in {allowed}" if leaf.kind == "choice" else f"not {allowed}.isdisjoint({value})"
            self.say(f"{name} = {UNKNOWN} if {value} is None else {TRUE} if {passes} else {FALSE}")
        return name

    def _compared(self, leaf: LeafRule) -> str:
        bounds = [self.number(key) for key in leaf.facts]
        low = " + ".join(pair[0] for pair in bounds)
        high = " + ".join(pair[1] for pair in bounds)
        if leaf.low is not None:
            return f"{TRUE} if {low} >= {leaf.low} else {FALSE} if {high} < {leaf.low} else {UNKNOWN}"
        return f"{TRUE} if {high} <= {leaf.high} else {FALSE} if {low} > {leaf.high} else {UNKNOWN}"

    def holds(self, node: Node, leaves: Sequence[LeafRule], truths: Sequence[str]) -> str:
        """An expression for the truth of a condition, with what is presumed taken as said."""
        if node.kind == "leaf":
            presumed, name = leaves[node.leaf].presumed, truths[node.leaf]
            if presumed is None:
                return name
            return f"({TRUE} if {name} else {FALSE})" if presumed else f"({TRUE} if {name} == {TRUE} else {FALSE})"
        parts = [self.holds(child, leaves, truths) for child in node.children]
        if node.kind == "not":
            return f"{_NEGATED}[{parts[0]}]"
        joiner, empty = (" & ", TRUE) if node.kind == "all" else (" | ", FALSE)
        return "(" + (joiner.join(parts) or str(empty)) + ")"


def listed(names: Sequence[str]) -> str:
    """An expression for the tuple of some names."""
    return "(" + "".join(f"{name}, " for name in names) + ")"
