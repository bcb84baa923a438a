"""What-if: the same facts make no difference, differences add up, and worked cases say what they are."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import ryaml
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.what_if import Change, differences, suppose
from knowledge.figures import read_given
from policies.engine.assessment import Assessment
from policies.engine.engine import Engine
from policies.notation import FEN_PER_YUAN
from policies.values import Facts
from policies.vocabulary import PLACE
from tests.strategies import POLICIES, Enterprises

DAY = date(2024, 3, 15)
CASES: list[dict[str, Any]] = ryaml.loads((Path(__file__).parent / "what_if.yaml").read_text(encoding="utf-8"))


def read(engine: Engine, given_: dict[str, Any]) -> Facts:
    return {key: read_given(engine.corpus.facts[key], raw) for key, raw in given_.items()}


def yuan(change: Change) -> list[int | None]:
    return [None if end is None else end // FEN_PER_YUAN for end in (change.low, change.high)]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_worked_cases(engine: Engine, case: dict[str, Any]):
    facts = read(engine, case["facts"])
    ((key, value),) = read(engine, case["if"]).items()
    before = engine.assess(facts, DAY, [case["policy"]])
    found = differences(before, suppose(engine, before, facts, {key: value}))
    if "total" not in case:
        assert found == ()
        return
    (change,) = found
    assert yuan(change.total) == case["total"]
    assert {one.after.rule.short_id: yuan(one.counts) for one in change.measures if one.counts} == case["measures"]
    flips = {one.after.rule.short_id: [one.before.verdict, one.after.verdict] for one in change.measures if one.flips}
    assert flips == case.get("flips", {})
    assert [left.id for left in change.left_out] == case.get("left_out", [])
    assert [left.id for left in change.taken_in] == case.get("taken_in", [])


@settings(max_examples=60)
@given(data=st.data())
def test_the_same_facts_make_no_difference(engine: Engine, enterprises: Enterprises, data: st.DataObject):
    facts = data.draw(enterprises.answers(data.draw(st.sampled_from(POLICIES))))
    before = engine.assess(facts, DAY)
    assert differences(before, engine.assess(facts, DAY)) == ()
    for key in facts.keys() - {PLACE}:
        assert differences(before, suppose(engine, before, facts, {key: facts[key]})) == ()


@settings(max_examples=150)
@given(data=st.data())
def test_differences_add_up(engine: Engine, enterprises: Enterprises, data: st.DataObject):
    policy = data.draw(st.sampled_from(POLICIES))
    facts = data.draw(enterprises.answers(policy))
    key = data.draw(
        st.sampled_from(sorted(enterprises.vocabulary.keys() - {PLACE}))
        | st.sampled_from(sorted(facts.keys() - {PLACE} or {"sme"}))
    )
    before = engine.assess(facts, DAY)
    middle = suppose(engine, before, facts, {key: data.draw(enterprises.values[key])})
    after = suppose(engine, before, facts, {key: data.draw(enterprises.values[key])})
    for change in differences(before, after):
        measures, total, cut = change.measures, change.total, change.cut
        assert sum(one.counts.low for one in measures) - cut.low == total.low
        highs = [one.counts.high for one in measures]
        if None not in highs and cut.high is not None:
            assert sum(high for high in highs if high is not None) - cut.high == total.high
        assert all(end is None or end >= 0 for side in (cut.before, cut.after) for end in side)
    there = by_id(differences(before, after))
    assert by_id(differences(after, before)) == {name: opposite(sums) for name, sums in there.items()}
    first, second = by_id(differences(before, middle)), by_id(differences(middle, after))
    for name in first.keys() | second.keys() | there.keys():
        steps = [part.get(name, (0, 0)) for part in (first, second)]
        assert there.get(name, (0, 0))[0] == steps[0][0] + steps[1][0]
        once, twice = steps[0][1], steps[1][1]
        if once is not None and twice is not None:
            assert there.get(name, (0, 0))[1] in (once + twice, None)


@settings(max_examples=60)
@given(data=st.data())
def test_what_is_not_told_is_not_different(engine: Engine, enterprises: Enterprises, data: st.DataObject):
    facts = data.draw(enterprises.answers(data.draw(st.sampled_from(POLICIES))))
    key = data.draw(st.sampled_from(sorted(enterprises.vocabulary.keys() - {PLACE})))
    before = engine.assess(facts, DAY)
    after = suppose(engine, before, facts, {key: data.draw(enterprises.values[key])})
    told = {one.after.id for change in differences(before, after) for one in change.measures}
    for old, new in pairs(before, after):
        if new.id not in told:
            assert (old.verdict, old.low, old.high) == (new.verdict, new.low, new.high)


def test_the_place_is_not_supposed(engine: Engine):
    before = engine.assess({}, DAY)
    for key in (PLACE, "no_such_fact"):
        with pytest.raises(ValueError, match="supposed"):
            suppose(engine, before, {}, {key: None})
    with pytest.raises(ValueError, match="different documents"):
        differences(before, engine.assess({}, DAY, ["haizhu-2022"]))


def by_id(changes: Any) -> dict[str, tuple[int, int | None]]:
    return {one.policy.id: (one.total.low, one.total.high) for one in changes}


def opposite(sums: tuple[int, int | None]) -> tuple[int, int | None]:
    return -sums[0], None if sums[1] is None else -sums[1]


def pairs(before: Assessment, after: Assessment) -> Any:
    return zip(before.by_id.values(), after.by_id.values(), strict=True)
