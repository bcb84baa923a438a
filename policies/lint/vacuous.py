"""A condition every enterprise meets, or none, is a slip of the pen: at least none, fewer than none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from policies.findings import Finding, Path
from policies.law import LoadedPolicy
from policies.model.condition import AllOf, AnyOf, Leaf, Not, leaves
from policies.model.fact import Fact
from policies.places import header_file, measures

_Conditions = tuple[Leaf | AllOf | AnyOf | Not, ...]


def check_vacuous(policy: LoadedPolicy, facts: Mapping[str, Fact]) -> Iterator[Finding]:
    """``at_least: 0家`` holds even while nothing is known; ``less_than: 0家`` never does."""
    for file, path, conditions in _everywhere(policy):
        for index, condition in enumerate(conditions):
            for leaf in leaves(condition):
                yield from _leaf(file, (*path, index), leaf, facts)


def _leaf(file: str, path: Path, leaf: Leaf, facts: Mapping[str, Fact]) -> Iterator[Finding]:
    comparison = leaf.test.comparison
    if comparison is None or any(facts[key].negative_allowed for key in leaf.facts):
        return
    name, bound = comparison
    if not bound.value and name in ("at_least", "less_than"):
        always = "总是成立" if name == "at_least" else "不可能成立"
        yield Finding(
            file, path, f"{name}: {bound.text} {always}", "“有这回事”写 more_than: 0，“没有”写 at_most: 0", "换判断词"
        )


def _everywhere(policy: LoadedPolicy) -> Iterator[tuple[str, Path, _Conditions]]:
    yield header_file(policy), ("scope",), policy.header.scope
    for loaded, path in measures(policy):
        yield loaded.file, (*path, "requires"), loaded.measure.requires
        for index, reading in enumerate(loaded.measure.readings):
            for option, variant in reading.otherwise.items():
                at: Path = (*path, "readings", index, "otherwise", option, "requires")
                yield loaded.file, at, variant.requires or ()
