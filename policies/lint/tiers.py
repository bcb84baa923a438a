"""Tiers ascend, begin where the condition begins, and have no gap or overlap."""

from __future__ import annotations

from collections.abc import Iterator

from policies.engine.rules import base_units
from policies.findings import Finding, Path
from policies.law import LoadedPolicy
from policies.model.award import Tiers
from policies.model.condition import AllOf, AnyOf, Leaf, Not
from policies.places import measures


def check_tiers(policy: LoadedPolicy) -> Iterator[Finding]:
    """Every tier counts up to the next one, so ascending edges leave no gap and no overlap."""
    for loaded, path in measures(policy):
        rule = loaded.measure
        variants: list[tuple[Path, tuple[Leaf | AllOf | AnyOf | Not, ...], Tiers | None]] = [
            ((*path, "award"), rule.requires, rule.award.tiers)
        ]
        for index, reading in enumerate(rule.readings):
            for option, other in reading.otherwise.items():
                at = (*path, "readings", index, "otherwise", option, "award")
                tiers = other.award.tiers if other.award else None
                variants.append((at, other.requires or rule.requires, tiers))
        for at, requires, tiers in variants:
            if tiers is not None:
                yield from _ascending(loaded.file, (*at, "tiers", "steps"), tiers)
                yield from _begins(loaded.file, (*at, "tiers", "steps"), tiers, requires)


def _ascending(file: str, path: Path, tiers: Tiers) -> Iterator[Finding]:
    for index in range(1, len(tiers.steps)):
        lower, upper = tiers.steps[index - 1], tiers.steps[index]
        for name, before, after in (
            ("at_least", lower.at_least, upper.at_least),
            ("up_to", lower.up_to, upper.up_to),
        ):
            if after.value <= before.value:
                yield Finding(
                    file,
                    (*path, index),
                    f"分档没有递增：{name} {before.text} 之后是 {after.text}",
                    "每一档的起点和金额都比前一档高",
                    "按从低到高排列，检查两档有没有写反",
                )


def _begins(file: str, path: Path, tiers: Tiers, requires: tuple[Leaf | AllOf | AnyOf | Not, ...]) -> Iterator[Finding]:
    """A condition on the same fact and the first tier must agree, or an enterprise would qualify for nothing."""
    first = tiers.steps[0].at_least
    for condition in requires:
        if not isinstance(condition, Leaf) or condition.facts != (tiers.by,) or condition.test.comparison is None:
            continue
        name, bound = condition.test.comparison
        edge = base_units(bound) + (1 if name == "more_than" else 0)
        if name in ("at_least", "more_than") and edge != base_units(first):
            yield Finding(
                file,
                (*path, 0),
                f"条件从 {bound.text} 起，第一档从 {first.text} 起",
                "条件的下限就是第一档的起点",
                "改条件或改第一档",
            )
