"""The compiled judging and the slow oracle agree on every enterprise, to the 分."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policies.engine import oracle
from policies.engine.compiled import NO_SCOPE, Judge, compile_variant
from policies.engine.engine import Engine
from tests.strategies import POLICIES, Enterprises


@pytest.mark.parametrize("name", POLICIES)
@settings(max_examples=400)
@given(data=st.data())
def test_compiled_equals_oracle(data: st.DataObject, name: str, engine: Engine, enterprises: Enterprises) -> None:
    facts = engine.complete(data.draw(enterprises.answers(name)))
    slots = engine.slots.fill(facts)
    policy = engine.policies[name]
    results = policy.results(facts, slots)
    for index, outcome in policy.verdicts(facts, slots).items():
        assert outcome == (results[index].verdict, results[index].low, results[index].high), results[index].id
    for index in policy.touched(facts):
        rule = policy.rules[index]
        for variant, judged in zip(rule.variants, policy.judged(index, slots), strict=True):
            assert judged == oracle.judge(rule, variant, facts, engine.corpus.facts), (rule.id, variant.option)


def test_compiled_equals_oracle_when_nothing_is_known(engine: Engine) -> None:
    slots = engine.slots.fill({})
    for policy in engine.policies.values():
        for index, rule in enumerate(policy.rules):
            for variant, judged in zip(rule.variants, policy.judged(index, slots), strict=True):
                assert judged == oracle.judge(rule, variant, {}, engine.corpus.facts), rule.id


@pytest.mark.parametrize("name", POLICIES)
@settings(max_examples=50)
@given(data=st.data())
def test_judging_the_scope_once_or_with_each_measure_is_the_same(
    data: st.DataObject, name: str, engine: Engine, enterprises: Enterprises
) -> None:
    """A measure that bounds a number of the scope has to judge the scope by itself; no document has one today."""
    slots = engine.slots.fill(engine.complete(data.draw(enterprises.answers(name))))
    policy = engine.policies[name]
    for index, judges in apart(engine, name).items():
        assert tuple(judge(slots, NO_SCOPE) for judge in judges) == policy.judged(index, slots)


@cache
def apart(engine: Engine, name: str) -> dict[int, list[Judge]]:
    return {
        index: [compile_variant(rule, variant, engine.slots, shared=False) for variant in rule.variants]
        for index, rule in enumerate(engine.policies[name].rules)
    }


@settings(max_examples=300)
@given(data=st.data())
def test_derived_facts_equal_the_oracle(data: st.DataObject, engine: Engine, enterprises: Enterprises) -> None:
    facts = data.draw(enterprises.answers("huangpu-2019"))
    for key in ("industry", "employees", "revenue"):
        facts[key] = data.draw(enterprises.values[key])
    slow = oracle.derived(facts, engine.corpus.facts)
    assert engine.complete(facts) == {key: value for key, value in slow.items() if value is not None}


@pytest.mark.parametrize("name", POLICIES)
@settings(max_examples=50)
@given(data=st.data())
def test_untouched_measures_keep_their_result(
    data: st.DataObject, name: str, engine: Engine, enterprises: Enterprises
) -> None:
    """Results shared by all enterprises are those a full judging would give."""
    facts = engine.complete(data.draw(enterprises.answers(name)))
    slots = engine.slots.fill(facts)
    for policy in engine.policies.values():
        touched = policy.touched(facts)
        for index, result in enumerate(policy.results(facts, slots)):
            if index not in touched:
                assert result.judged == policy.judged(index, slots), result.id
                assert not result.counted
                assert not any(facts.get(key) is not None for key in result.rule.telling), result.id
