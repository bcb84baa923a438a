"""The worked examples of the rule files hold, and every award has one."""

from __future__ import annotations

from collections.abc import Iterator

from policies.cases import cases_of, differences
from policies.engine.engine import Engine
from policies.findings import Finding
from policies.law import LoadedPolicy
from policies.places import measures


def check_cases(engine: Engine, policy: LoadedPolicy) -> Iterator[Finding]:
    """Every case comes out as it says."""
    for located in cases_of(policy):
        for difference in differences(engine, policy, located.case):
            name = located.case.id or "（没有编号）"
            yield Finding(
                located.file,
                located.path,
                f"例子 {name} 不成立：{difference}",
                "例子写的结果就是规则算出的结果",
                "重新手算一遍：例子错了改例子，规则错了改规则",
            )


def check_every_award_has_a_case(policy: LoadedPolicy) -> Iterator[Finding]:
    """Every measure that pays money has an example worked out by hand from the text."""
    shown = {measure for located in cases_of(policy) for measure in located.case.expect}
    for loaded, path in measures(policy):
        if loaded.monetary and loaded.measure.id not in shown:
            yield Finding(
                loaded.file,
                path,
                f"事项 {loaded.measure.id} 没有例子",
                "有金额的事项至少一个例子（cases），按原文手算",
                "在本事项或 policy.yaml 里加一个 cases",
            )
