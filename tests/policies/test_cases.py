"""The worked examples written beside the rules hold."""

from __future__ import annotations

from functools import cache

import pytest

from policies.cases import Located, cases_of, differences
from policies.engine.engine import Engine
from policies.load import load
from policies.model.measure import Case, Expectation
from policies.notation import quantity

AT_LEAST = 210


@cache
def located() -> list[tuple[str, Located]]:
    return [(policy.id, found) for policy in load().policies.values() for found in cases_of(policy)]


def name_of(item: tuple[str, Located]) -> str:
    path = "/".join(map(str, item[1].path))
    return item[1].case.id or f"{item[1].file}:{path}"


@pytest.mark.parametrize("item", located(), ids=name_of)
def test_worked_example(item: tuple[str, Located], engine: Engine) -> None:
    policy, found = item
    assert differences(engine, engine.corpus.policies[policy], found.case) == []


def test_no_example_was_lost() -> None:
    assert len(located()) >= AT_LEAST


def case(**changes: object) -> Case:
    base = {"given": {"std_national": "1项", "std_in_effect": True}, "expect": {}}
    return Case.model_validate({**base, **changes})


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        (case(expect={"7.b": {"verdict": "depends"}}), "haizhu-2022/7.b 应为 depends，算出 eligible"),
        (
            case(expect={"7.b": {"verdict": "eligible", "range": ["0元", "30万元"]}}),
            "haizhu-2022/7.b 区间应为 0元–30万元，算出 30万元–30万元",
        ),
        (case(total=["30万元", "60万元"]), "合计应为 30万元–60万元，算出 30万元–30万元"),
        (case(given={"std_national": "1家"}), "“牵头（主导）制定的国家标准”的单位应是项，写的是“1家”"),
    ],
    ids=["verdict", "range", "total", "answer"],
)
def test_a_wrong_example_is_told(changed: Case, says: str, engine: Engine) -> None:
    assert differences(engine, engine.corpus.policies["haizhu-2022"], changed) == [says]


def test_a_right_example_is_silent(engine: Engine) -> None:
    amount = quantity("30万元")
    right = case(total=["30万元", "30万元"])
    right = right.model_copy(update={"expect": {"7.b": Expectation(verdict="eligible", range=(amount, amount))}})
    assert differences(engine, engine.corpus.policies["haizhu-2022"], right) == []
