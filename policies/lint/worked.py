"""The worked examples of the rule files hold."""

from __future__ import annotations

from collections.abc import Iterator

from policies.cases import cases_of, differences
from policies.engine.engine import Engine
from policies.findings import Finding
from policies.law import LoadedPolicy


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
