"""What an award, a cap or an exclusion is computed from is a fact of the right kind: an amount, a count, a choice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from policies.findings import Finding, Path
from policies.law import LoadedPolicy
from policies.model.award import Award, Costs, Stages, Tiers
from policies.model.fact import Fact
from policies.notation import MONEY, SHARE
from policies.places import header_file, measures

_KINDS = {"money": "金额（money）", "count": "个数（count）", "bool": "是非（bool）", "choice": "单选（choice）"}
_Needs = Iterator[tuple[Path, str, str]]


def check_kinds(policy: LoadedPolicy, facts: Mapping[str, Fact]) -> Iterator[Finding]:
    """Awards of all readings, shared caps, exclusions and 从高不重复."""
    for file, path, award in _awards(policy):
        for inner, key, kind in _award_needs(award):
            yield from _kind(file, (*path, *inner), facts[key], kind)
        if award.tiers is not None:
            yield from _tiers(file, (*path, "tiers"), award.tiers, facts)
        if award.stages is not None:
            yield from _stages(file, (*path, "stages"), award.stages, facts)
    for path, key, kind in _header_needs(policy):
        yield from _kind(header_file(policy), path, facts[key], kind)


def _awards(policy: LoadedPolicy) -> Iterator[tuple[str, Path, Award]]:
    for loaded, path in measures(policy):
        yield loaded.file, (*path, "award"), loaded.measure.award
        for index, reading in enumerate(loaded.measure.readings):
            for option, variant in reading.otherwise.items():
                if variant.award is not None:
                    yield loaded.file, (*path, "readings", index, "otherwise", option, "award"), variant.award


def _award_needs(award: Award) -> _Needs:
    for key in award.of or ():
        yield ("of",), key, "money"
    if award.per is not None:
        yield ("per",), award.per, "count"
    if isinstance(award.each, Costs):
        yield ("each",), award.each.cost, "money"
    for index, part in enumerate(award.up_to_parts or ()):
        for key in (*part.of, *((part.less,) if part.less else ())):
            yield ("up_to_parts", index), key, "money"
    for index, limit in enumerate(award.limits):
        for limited in (limit.of, *limit.less, limit.only_if):
            if limited is not None:
                yield ("limits", index), limited, "money"


def _header_needs(policy: LoadedPolicy) -> _Needs:
    for index, cap in enumerate(policy.header.caps):
        for key in (cap.of, cap.less):
            if key is not None:
                yield ("caps", index), key, "money"
    for index, choice in enumerate(policy.header.choose_one):
        if choice.when is not None:
            yield ("choose_one", index, "when"), choice.when, "bool"
    for index, higher in enumerate(policy.header.higher_of):
        yield ("higher_of", index, "fact"), higher.fact, "money"


def _kind(file: str, path: Path, fact: Fact, kind: str) -> Iterator[Finding]:
    if fact.type != kind:
        yield Finding(
            file,
            path,
            f"要素 {fact.key} 是{_KINDS.get(fact.type, fact.type)}",
            f"这里要用{_KINDS[kind]}的要素",
            "换一个要素；没有合适的，在 facts.yaml 增加",
        )


def _tiers(file: str, path: Path, tiers: Tiers, facts: Mapping[str, Fact]) -> Iterator[Finding]:
    if not tiers.steps:
        yield Finding(file, path, "没有写分档", "至少一档", "照原文写上各档")
    fact = facts[tiers.by]
    unit = {"money": MONEY, "share": SHARE}.get(fact.type, fact.unit)
    for index, step in enumerate(tiers.steps):
        if step.at_least.unit != unit:
            mend = "改单位或换要素"
            yield Finding(
                file,
                (*path, "steps", index),
                f"{step.at_least.text} 的单位与要素 {fact.key} 不同",
                f"单位是{unit or '数'}",
                mend,
            )


def _stages(file: str, path: Path, stages: Stages, facts: Mapping[str, Fact]) -> Iterator[Finding]:
    fact = facts[stages.by]
    yield from _kind(file, path, fact, "choice")
    for name in stages.shares:
        if name not in fact.choices:
            yield Finding(file, path, f"要素 {fact.key} 没有选项“{name}”", "、".join(fact.choices), "改成其中之一")
    if stages.whole not in stages.shares:
        yield Finding(
            file,
            path,
            f"whole 写的“{stages.whole}”不在 shares 里",
            "、".join(stages.shares),
            "改成其中之一，比例写 100%",
        )
