"""Judging one enterprise under all documents, beside zen-engine with an equal rule set.

Budgets (per 60 measures): full explanation 60 µs, verdicts and amounts only 10 µs. Times are printed, not asserted.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from statistics import median
from typing import Any

import pytest
import zen

from policies.answers import read_answers
from policies.cases import cases_of
from policies.engine.assessment import Assessment
from policies.engine.engine import Engine
from policies.engine.rules import Rule
from policies.law import Corpus
from policies.values import Facts
from tests.benchmarks.strangers import strangers
from tests.benchmarks.table import medians, show, timed
from tests.benchmarks.zen_rules import context, decision, expressible

DAY = date(2024, 1, 1)
MEASURES = 60
STRANGERS = 4000
# Worked examples with many answers, each touching 7 to 39 measures.
ENTERPRISES = ("combo/H03", "combo/H22", "combo/H23", "combo/P10", "combo/F05", "combo/Y01", "combo/Y04", "combo/B02")


@pytest.fixture(scope="module")
def enterprises(corpus: Corpus) -> dict[str, Facts]:
    cases = [found.case for policy in corpus.policies.values() for found in cases_of(policy)]
    given = {case.id: case.given for case in cases if case.id in ENTERPRISES}
    return {name: read_answers(given[name], corpus.facts) for name in ENTERPRISES}


def explained(assessment: Assessment) -> None:
    """Look at everything a channel may show."""
    for policy in assessment.policies:
        _ = policy.total, policy.plan
        for result in policy.measures:
            _ = result.verdict, result.low, result.high, result.reasons, result.missing


def in_full(engine: Engine, facts: Facts) -> Callable[[], None]:
    return lambda: explained(engine.assess(facts, DAY))


def verdicts(engine: Engine, facts: Facts) -> Callable[[], list[Any]]:
    """Verdicts and amounts of the touched measures, from raw answers on."""
    policies = list(engine.policies.values())

    def judge() -> list[Any]:
        complete = engine.complete(facts)
        slots = engine.slots.fill(complete)
        return [policy.verdicts(complete, slots) for policy in policies]

    return judge


def touched(engine: Engine, facts: Facts) -> int:
    complete = engine.complete(facts)
    return sum(len(policy.touched(complete)) for policy in engine.policies.values())


def test_all_documents(engine: Engine, enterprises: dict[str, Facts]) -> None:
    share = MEASURES / len(engine.corpus.measures)
    rows: list[tuple[str, int, int]] = []
    times: list[tuple[float, ...]] = []
    for name, facts in enterprises.items():
        taken = medians({"full": in_full(engine, facts), "verdicts": verdicts(engine, facts)})
        full, only = taken["full"], taken["verdicts"]
        rows.append((name, len(facts), touched(engine, facts)))
        times.append((full, full * share, only, only * share))
    head = ("enterprise", "facts", "touched", "full µs", "per 60", "verdicts µs", "per 60")
    lines = [(*row, *taken) for row, taken in zip(rows, times, strict=True)]
    middle = ("median", "", "", *columns(times))
    show(f"assess under all documents ({len(engine.corpus.measures)} measures)", head, [*lines, middle])


def test_enterprises_never_seen_before(engine: Engine, enterprises: dict[str, Facts]) -> None:
    """Nothing rests on judging one enterprise again and again: each of thousands is judged once, then once more."""
    fresh = Engine(engine.corpus)
    many = strangers(fresh, STRANGERS)
    for facts in many[: STRANGERS // 2]:  # touches every measure, so that all code is generated
        explained(fresh.assess(facts, DAY))
    rest = many[STRANGERS // 2 :]
    groups = {
        "the eight, in turn": list(enterprises.values()) * 50,
        "others, the first time": rest,
        "the same, once more": rest,
    }
    share = MEASURES / len(engine.corpus.measures)
    rows = []
    for name, group in groups.items():
        full = [timed(in_full(fresh, facts)) for facts in group]
        only = [timed(verdicts(fresh, facts)) for facts in group]
        middle = median(touched(fresh, facts) for facts in group)
        rows.append((name, len(group), middle, median(full), median(full) * share, median(only), median(only) * share))
    head = ("enterprises", "how many", "touched", "full µs", "per 60", "verdicts µs", "per 60")
    show("each call timed alone, one enterprise after another", head, rows)


def columns(times: list[tuple[float, ...]]) -> list[float]:
    """The median of each column."""
    return [median(column) for column in zip(*times, strict=True)]


@pytest.fixture(scope="module")
def sixty(engine: Engine) -> Engine:
    """The same engine over 60 measures that zen-engine can express."""
    rules = [rule for policy in engine.policies.values() for rule in policy.rules if expressible(rule)][:MEASURES]
    assert len(rules) == MEASURES
    kept = {rule.id for rule in rules}
    policies = {
        name: replace(policy, measures=tuple(loaded for loaded in policy.measures if loaded.id in kept))
        for name, policy in engine.corpus.policies.items()
    }
    return Engine(replace(engine.corpus, policies=policies))


def test_beside_zen_engine(sixty: Engine, enterprises: dict[str, Facts]) -> None:
    rules = [rule for policy in sixty.policies.values() for rule in policy.rules]
    vocabulary = sixty.corpus.facts
    peer = zen.ZenEngine().create_decision(decision(rules, vocabulary))
    times: list[tuple[float, ...]] = []
    agreed = 0
    for facts in enterprises.values():
        given = context(rules, facts, vocabulary)
        agreed += compare(sixty, rules, facts, peer.evaluate(given)["result"])
        taken = medians(
            {
                "full": in_full(sixty, facts),
                "trace": lambda given=given: peer.evaluate(given, {"trace": True}),  # type: ignore[misc]
                "verdicts": verdicts(sixty, facts),
                "plain": lambda given=given: peer.evaluate(given),  # type: ignore[misc]
            },
            repeat=5,
        )
        ratios = (taken["trace"] / taken["full"], taken["plain"] / taken["verdicts"])
        times.append((taken["full"], taken["trace"], ratios[0], taken["verdicts"], taken["plain"], ratios[1]))
    middle = columns(times)
    head = ("enterprise", "full µs", "zen traced", "ratio", "verdicts µs", "zen plain", "ratio")
    lines = [(name, *taken) for name, taken in zip((*enterprises, "median"), (*times, middle), strict=True)]
    show(f"the same {MEASURES} measures beside zen-engine", head, lines)
    assert agreed >= 10
    assert middle[2] > 1
    assert middle[5] > 1


def compare(engine: Engine, rules: list[Rule], facts: Facts, found: dict[str, Any]) -> int:
    """Both say the same: which measures hold for sure, and the most each pays where all its figures are known.

    Returns on how many amounts they agree.
    """
    agreed = 0
    results = engine.assess(facts, DAY).by_id
    for number, rule in enumerate(rules):
        result = results[rule.id]
        paid = found[f"ok_{number}"] and round(found[f"pay_{number}"] * 100) > 0
        figures_open = bool(result.open.figures)
        if not (found[f"ok_{number}"] and figures_open):
            assert bool(paid) == (result.verdict == "eligible"), rule.id
        if result.verdict == "eligible" and not figures_open:
            assert int(round(found[f"pay_{number}"] * 100, 4)) == result.high, rule.id
            agreed += 1
    return agreed
