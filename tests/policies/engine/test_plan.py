"""The best lawful combination: hand-written cases, and a slow enumeration of everything that is allowed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain, combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policies.answers import read_answers
from policies.engine.engine import Engine
from policies.engine.plan import Entry, best_plan, strict_bounds
from policies.engine.together import together
from policies.law import LoadedPolicy
from policies.model.policy import Cap, Policy
from policies.values import Facts, Span, exactly
from tests.strategies import POLICIES

UNBOUNDED = 10**30
WAN = 1_000_000  # 分 in 1万元


def wan(low: int, high: int | None) -> tuple[int, int | None]:
    """A range in 分 from 万元."""
    return low * WAN, None if high is None else high * WAN


@dataclass(frozen=True)
class Example:
    """Measures with ranges in 万元, answers, and the plan they give."""

    policy: str
    measures: dict[str, tuple[int, int | None]]
    total: tuple[int, int | None]
    facts: dict[str, object]
    left_out: frozenset[str] = frozenset()
    binding: frozenset[str] = frozenset()
    unasked: frozenset[str] = frozenset()


HAIZHU, BAIYUN, FOSHAN = "haizhu-2022", "baiyun-draft", "foshan-2020"
RICH: dict[str, object] = {
    "district_benefit": "10亿元",
    "other_district_funds": "0元",
    "other_support_same_matter": "0元",
}
APART = RICH | {"same_project": False}
EXAMPLES = {
    "第三条与第四条：取高的": Example(
        HAIZHU, {"3.1.a": (0, 500), "4": (0, 100)}, (0, 500), RICH, left_out=frozenset({"4"})
    ),
    "第三条较低时取第四条": Example(
        HAIZHU, {"3.2": (0, 50), "4": (0, 100)}, (0, 100), RICH, left_out=frozenset({"3.2"})
    ),
    "第三条两项之和与第四条比": Example(
        HAIZHU, {"3.1.b": (0, 60), "3.2": (0, 60), "4": (0, 100)}, (0, 120), APART, left_out=frozenset({"4"})
    ),
    "同一项目只取一项": Example(
        HAIZHU,
        {"3.1.a": (0, 500), "3.1.b": (0, 300)},
        (0, 500),
        RICH | {"same_project": True},
        left_out=frozenset({"3.1.b"}),
    ),
    "没说是不是同一项目": Example(
        HAIZHU,
        {"3.1.a": (0, 100), "3.1.b": (0, 300)},
        (0, 400),
        RICH,
        unasked=frozenset({"same_project"}),
    ),
    "年度600万元": Example(
        HAIZHU, {"3.1.a": (0, 500), "8": (0, 100), "9": (0, 100)}, (0, 600), RICH, binding=frozenset({"G1"})
    ),
    "恰好600万元不算超过": Example(HAIZHU, {"3.1.a": (0, 500), "8": (0, 100)}, (0, 600), RICH),
    "三年累计不受年度600万元限制": Example(HAIZHU, {"5.1": (0, 1000)}, (0, 1000), RICH),
    "70%": Example(
        HAIZHU,
        {"7.b": (90, 90), "8": (0, 100)},
        (70, 70),
        RICH | {"district_benefit": "100万元"},
        binding=frozenset({"G2"}),
    ),
    "70%要扣除已获的其他扶持": Example(
        HAIZHU,
        {"7.b": (90, 90)},
        (60, 60),
        RICH | {"district_benefit": "100万元", "other_district_funds": "10万元"},
        binding=frozenset({"G2"}),
    ),
    "综合效益只知区间": Example(
        HAIZHU,
        {"7.b": (90, 90)},
        (35, 90),
        RICH | {"district_benefit": {"at_least": "50万元", "at_most": "200万元"}},
    ),
    "没问综合效益": Example(
        HAIZHU,
        {"7.b": (90, 90)},
        (90, 90),
        {"other_support_same_matter": "0元"},
        unasked=frozenset({"district_benefit"}),
    ),
    "含第十条的不受70%限制，仍受600万元限制": Example(
        HAIZHU,
        {"3.1.a": (0, 500), "10": (200, 200)},
        (200, 600),
        RICH | {"district_benefit": "300万元"},
        binding=frozenset({"G1", "G2 lifted"}),
    ),
    "标准一年合计100万元": Example(
        HAIZHU, {"7.a": (100, 100), "7.b": (90, 90)}, (100, 100), RICH, binding=frozenset({"G-7"})
    ),
    "其他政策更高，本办法不付": Example(
        HAIZHU, {"7.b": (30, 30)}, (0, 0), RICH | {"other_support_same_matter": "40万元"}, binding=frozenset({"G8"})
    ),
    "其他政策较低，不影响": Example(
        HAIZHU, {"7.b": (30, 30)}, (30, 30), RICH | {"other_support_same_matter": "20万元"}
    ),
    "其他政策相同，不影响": Example(
        HAIZHU, {"7.b": (30, 30)}, (30, 30), RICH | {"other_support_same_matter": "30万元"}
    ),
    "不知其他政策同哪一项重复": Example(
        HAIZHU, {"7.b": (30, 30), "10": (200, 200)}, (200, 230), RICH | {"other_support_same_matter": "40万元"}
    ),
    "白云（八）两项合计100万元": Example(
        BAIYUN,
        {"8.1": (0, 20), "8.2": (0, 90)},
        (0, 100),
        {"district_contribution": "1亿元"},
        binding=frozenset({"8.total"}),
    ),
    "白云经济贡献额": Example(
        BAIYUN,
        {"8.1": (0, 20), "8.2": (0, 90), "11": (0, 50)},
        (0, 80),
        {"district_contribution": "80万元"},
        binding=frozenset({"8.total", "G4"}),
    ),
    "白云同一笔贷款": Example(
        BAIYUN,
        {"13.1": (0, 50), "13.2": (0, 60)},
        (0, 60),
        {"district_contribution": "1亿元", "same_loan": True},
        left_out=frozenset({"13.1"}),
    ),
    "佛山标杆只奖一次": Example(FOSHAN, {"2.1": (0, 100), "2.2": (0, 90)}, (0, 100), {}, left_out=frozenset({"2.2"})),
    "佛山没有总封顶，金额没有上限时合计也没有": Example(
        FOSHAN, {"5.1": (100, 100), "7": (0, None)}, (100, None), {"same_project": False}
    ),
    "黄埔标准年度累计100万元": Example(
        "huangpu-2019",
        {"7.2.b": (50, 50), "7.2.c": (30, 30), "7.2.d": (40, 40), "3": (0, 50)},
        (100, 150),
        {"other_support_same_matter": "0元"},
        binding=frozenset({"standards_yearly"}),
    ),
    "宝安3第三、四项只取一项": Example(
        "baoan-2022-draft", {"3.3": (0, 100), "3.4": (0, 300)}, (0, 300), {}, left_out=frozenset({"3.3"})
    ),
}


@pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES.keys())
def test_example(example: Example, engine: Engine) -> None:
    header = engine.policies[example.policy].policy.header
    entries = [
        Entry(name, *wan(*bounds), sure=True, several_years=name == "5.1") for name, bounds in example.measures.items()
    ]
    plan = best_plan(together(header), entries, read_answers(example.facts, engine.corpus.facts))
    assert plan.total == wan(*example.total)
    assert {left.id for left in plan.left_out} == example.left_out
    assert set(plan.chosen) == example.measures.keys() - example.left_out
    binding = {applied.rule.id + " lifted" * applied.lifted for applied in plan.applied}
    assert binding == example.binding
    assert set(plan.unasked) == example.unasked


def test_what_is_left_out_names_the_article(engine: Engine) -> None:
    header = engine.policies[HAIZHU].policy.header
    plan = best_plan(together(header), [Entry("3.2", 0, WAN, True), Entry("4", 0, 2 * WAN, True)], {})
    (left,) = plan.left_out
    assert (left.id, left.by.id) == ("3.2", "G6")
    assert left.by.cite is not None
    assert left.by.cite.article == "14"


def test_an_unsure_measure_adds_nothing_to_the_low_end(engine: Engine) -> None:
    header = engine.policies[FOSHAN].policy.header
    plan = best_plan(together(header), [Entry("5.1", WAN, WAN, False), Entry("1.1", WAN, WAN, True)], {})
    assert plan.total == (WAN, 2 * WAN)


def test_the_cap_that_an_unsure_measure_would_lift_still_limits_the_low_end(engine: Engine) -> None:
    header = engine.policies[HAIZHU].policy.header
    entries = [Entry("7.a", 100 * WAN, 100 * WAN, True), Entry("10", 0, 200 * WAN, False)]
    plan = best_plan(together(header), entries, {"district_benefit": exactly(100 * WAN)})
    assert plan.total == (70 * WAN, 300 * WAN)


def test_an_exclusion_that_may_apply_limits_what_is_assured(engine: Engine) -> None:
    header = engine.policies[FOSHAN].policy.header
    entries = [Entry("5.1", 100 * WAN, 100 * WAN, True), Entry("7", 50 * WAN, 50 * WAN, True)]
    assert strict_bounds(together(header), entries, {}) == (100 * WAN, 150 * WAN)
    assert strict_bounds(together(header), entries, {"same_project": True}) == (100 * WAN, 100 * WAN)
    assert strict_bounds(together(header), entries, {"same_project": False}) == (150 * WAN, 150 * WAN)


def test_nothing_is_assured_while_a_cap_is_unknown(engine: Engine) -> None:
    header = engine.policies[HAIZHU].policy.header
    entries = [Entry("7.a", 100 * WAN, 100 * WAN, True)]
    assert strict_bounds(together(header), entries, {}) == (0, 100 * WAN)


# ── brute force ──────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", POLICIES)
@settings(max_examples=150)
@given(data=st.data())
def test_equals_brute_force(data: st.DataObject, name: str, engine: Engine) -> None:
    policy = engine.policies[name].policy
    entries = data.draw(entries_of(policy))
    facts = data.draw(shared_facts(policy.header))
    plan = best_plan(together(policy.header), entries, facts)
    assert plan.total == brute_force(policy.header, entries, facts)
    chosen = [entry for entry in entries if entry.id in plan.chosen]
    assert lawful(policy.header, chosen, facts)
    assert total(policy.header, chosen, facts) == plan.total
    assert sorted((*plan.chosen, *(left.id for left in plan.left_out))) == sorted(entry.id for entry in entries)


def grouped(header: Policy) -> list[str]:
    """Measures named by some rule over several measures: drawn more often."""
    names = [*(name for rule in header.choose_one for group in rule.groups for name in group)]
    return sorted({*names, *(name for cap in header.caps for name in (*cap.over, *cap.lifted_by))})


def entries_of(policy: LoadedPolicy) -> st.SearchStrategy[list[Entry]]:
    every, often = sorted(loaded.measure.id for loaded in policy.measures), grouped(policy.header)
    staged = {loaded.measure.id for loaded in policy.measures if loaded.measure.award.stages is not None}
    names = st.one_of(st.sampled_from(every), st.sampled_from(often)) if often else st.sampled_from(every)
    amounts = st.one_of(st.integers(0, 12).map(lambda n: n * 50 * WAN), st.integers(0, 700 * WAN))

    def entry(name: str, one: int, two: int, sure: bool, shape: int) -> Entry:
        low, high = min(one, two), max(one, two)
        exact = shape in (0, 1)
        bounds = (high, high) if exact else (low, None if shape == 2 else high)
        return Entry(name, bounds[0] if sure else 0, bounds[1], sure, several_years=name in staged and shape < 5)

    drawn = st.builds(entry, names, amounts, amounts, st.booleans(), st.integers(0, 7))
    return st.lists(drawn, min_size=1, max_size=6, unique_by=lambda entry: entry.id)


def shared_facts(header: Policy) -> st.SearchStrategy[Facts]:
    point = st.integers(0, 20).map(lambda n: n * 50 * WAN)
    span = st.one_of(
        point.map(exactly),
        st.tuples(point, point).map(lambda ends: Span(min(ends), max(ends))),
        point.map(lambda low: Span(low, None)),
        st.none(),
    )
    numbers = [key for cap in header.caps for key in (cap.of, cap.less) if key is not None]
    numbers += [rule.fact for rule in header.higher_of]
    yes_no = [rule.when for rule in header.choose_one if rule.when is not None]
    return st.fixed_dictionaries(
        {**dict.fromkeys(numbers, span), **dict.fromkeys(yes_no, st.sampled_from((True, False, None)))}
    )


def brute_force(header: Policy, entries: Sequence[Entry], facts: Facts) -> tuple[int, int | None]:
    """The highest reachable total of all lawful subsets; among those, the highest assured one."""
    lawful_ones = [subset for subset in subsets(entries) if lawful(header, subset, facts)]
    totals = [total(header, subset, facts) for subset in lawful_ones]
    return max(totals, key=lambda bounds: (UNBOUNDED if bounds[1] is None else bounds[1], bounds[0]))


def subsets(entries: Sequence[Entry]) -> Iterator[list[Entry]]:
    sizes = range(len(entries) + 1)
    return (list(subset) for subset in chain.from_iterable(combinations(entries, size) for size in sizes))


def lawful(header: Policy, chosen: Sequence[Entry], facts: Facts) -> bool:
    ids = {entry.id for entry in chosen}
    for rule in header.choose_one:
        if (rule.when is None or facts.get(rule.when) is True) and sum(bool(ids & {*g}) for g in rule.groups) > 1:
            return False
    return True


def total(header: Policy, chosen: Sequence[Entry], facts: Facts) -> tuple[int, int | None]:
    """Low and high of a subset: the other support may concern any one of its measures, so all are tried."""
    results = [capped(header, chosen, facts)]
    for rule in header.higher_of:
        other = facts.get(rule.fact)
        if isinstance(other, Span) and other.high != 0 and chosen:
            results = [
                capped(header, [instead(e, other) if e is affected else e for e in chosen], facts)
                for affected in chosen
            ]
    high = max(result[1] for result in results)
    return min(result[0] for result in results), None if high >= UNBOUNDED else high


def instead(entry: Entry, other: Span) -> Entry:
    """What is left of one measure beside other support for the same matter: itself, perhaps nothing, or nothing."""
    if other.high is not None and other.high <= entry.low:
        return entry
    surely_higher = entry.high is not None and (other.low or 0) > entry.high
    return Entry(entry.id, 0, 0 if surely_higher else entry.high, False, entry.several_years)


def capped(header: Policy, paid: Sequence[Entry], facts: Facts) -> tuple[int, int]:
    """Totals under all caps: the least, over every choice of caps, of their ceilings plus what they do not cover.

    A cap is lifted by a measure that is paid; for the low end only by one that is sure to be.
    """
    lifting = [entry for entry in paid if entry.high != 0]
    sure = {entry.id for entry in lifting if entry.sure}
    low = least(header, [(e, e.low if e.sure else 0) for e in paid], facts, sure, 0)
    highs = [(e, UNBOUNDED if e.high is None else e.high) for e in paid]
    high = least(header, highs, facts, {entry.id for entry in lifting}, 1)
    return min(low, high), high


def least(header: Policy, amounts: Sequence[tuple[Entry, int]], facts: Facts, lifting: set[str], side: int) -> int:
    ceilings = []
    for cap in header.caps:
        edge = ceiling(cap, facts)[side]
        members = {e.id for e, _ in amounts if (not cap.over or e.id in cap.over)}
        members -= {e.id for e, _ in amounts if cap.yearly and e.several_years}
        if edge is not None and not lifting & {*cap.lifted_by}:
            ceilings.append((members, edge))
    choices = chain.from_iterable(combinations(ceilings, size) for size in range(len(ceilings) + 1))
    totals = []
    for choice in choices:
        covered = set().union(*(members for members, _ in choice))
        totals.append(sum(edge for _, edge in choice) + sum(n for e, n in amounts if e.id not in covered))
    return min(totals)


def ceiling(cap: Cap, facts: Facts) -> tuple[int | None, int | None]:
    """The lowest and the highest a ceiling may be; not known is no ceiling, other funds not known are none."""
    if cap.amount is not None:
        return int(cap.amount.value), int(cap.amount.value)
    base = facts.get(cap.of or "")
    if not isinstance(base, Span):
        return None, None
    share = Fraction(cap.share.value) if cap.share is not None else Fraction(1)
    less = facts.get(cap.less) if cap.less else None
    less_low, less_high = (less.low or 0, less.high) if isinstance(less, Span) else (0, 0)
    low = 0 if less_high is None else max(0, int(share * (base.low or 0)) - less_high)
    return low, None if base.high is None else max(0, int(share * base.high) - less_low)


def test_brute_force_knows_the_caps(engine: Engine) -> None:
    """The enumeration itself, on figures worked by hand: 600万元 a year, and 100万元 for standards within it."""
    header = engine.policies[HAIZHU].policy.header
    standards = [Entry(name, 90 * WAN, 90 * WAN, True) for name in ("7.a", "7.b")]
    assert brute_force(header, standards, {}) == (100 * WAN, 100 * WAN)
    assert brute_force(header, [*standards, Entry("3.1.a", 0, 550 * WAN, True)], {}) == (100 * WAN, 600 * WAN)
