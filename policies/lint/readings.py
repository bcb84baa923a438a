"""Readings: one id, one meaning; and a computed reading must be able to give another result."""

from __future__ import annotations

from collections.abc import Iterator

from policies.engine.rules import Rule
from policies.findings import Finding, Path
from policies.law import LoadedPolicy
from policies.lint.boundaries.trial import Outcome
from policies.model.measure import Reading
from policies.places import header_file, measures


def check_reading_ids(policy: LoadedPolicy) -> Iterator[Finding]:
    """The same id on two measures is the same question."""
    first: dict[str, str] = {}
    for file, path, reading in _readings(policy):
        issue = first.setdefault(reading.id, reading.issue)
        if issue != reading.issue:
            yield Finding(
                file,
                (*path, "issue"),
                f"读法 {reading.id} 在别处的问题是“{issue}”，这里是“{reading.issue}”",
                "同一个编号只指同一个问题",
                "换一个编号，或把问题写成一样的话",
            )


def check_reading_differs(rule: Rule, path: Path, outcomes: list[Outcome]) -> Iterator[Finding]:
    """At least one generated case comes out differently under a computed reading than under the default."""
    for index, variant in enumerate(rule.variants):
        if variant.reading is None or any(_result(o, index) != _result(o, 0) for o in outcomes):
            continue
        position = rule.loaded.measure.readings.index(variant.reading)
        yield Finding(
            rule.loaded.file,
            (*path, "readings", position, "otherwise", variant.option),
            f"读法 {variant.reading.id} 的 {variant.option} 与默认读法算出来总是一样",
            "otherwise 里的读法至少在一种情况下结果不同",
            "检查条件和金额是不是照抄了默认读法；确实没有差别的，删掉 otherwise",
        )


def _result(outcome: Outcome, index: int) -> tuple[str, int | None, int | None]:
    judged = outcome.judged[index]
    return judged.verdict, judged.low, judged.high


def _readings(policy: LoadedPolicy) -> Iterator[tuple[str, Path, Reading]]:
    for index, reading in enumerate(policy.header.readings):
        yield header_file(policy), ("readings", index), reading
    for loaded, path in measures(policy):
        for index, reading in enumerate(loaded.measure.readings):
            yield loaded.file, (*path, "readings", index), reading
