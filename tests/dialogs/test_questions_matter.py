"""No question is asked, and no line offered, that cannot change anything: for each a proof is searched for."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

import pytest

from dialogs.advance import Dialog
from dialogs.questions import Question
from dialogs.session import Answered, Session
from policies.values import Facts, Value, to_data
from tests.dialogs.relevance import Search
from tests.dialogs.talk import DAY, Talk
from tests.strategies import POLICIES

ENTERPRISES = 20


@pytest.mark.parametrize("policy", POLICIES)
def test_every_question_can_change_something(dialog: Dialog, policy: str) -> None:
    search, random = Search(dialog.engine, policy), Random(policy)
    asked = 0
    for _ in range(ENTERPRISES):
        talk = Talk(dialog, DAY, begun(dialog, search, random))
        while (question := talk.question) is not None:
            known = dialog.engine.complete(talk.state.facts)
            assert not idle(search, question, known), (question.id, known)
            talk.session = talk.session.append(answered(search, question, random))
            asked += 1
    assert asked > ENTERPRISES


def test_the_search_finds_nothing_where_nothing_depends(dialog: Dialog) -> None:
    search = Search(dialog.engine, "haizhu-2022", tries=200)
    no_platform: Facts = {"platform_kinds": frozenset({"没有平台"})}
    assert search.fact_matters("cross_platform_investment", {})
    assert not search.fact_matters("cross_platform_investment", no_platform)
    assert not search.fact_matters("std_local", {})
    assert not search.fact_matters("industry", {"sme": True, "above_scale": True})


def idle(search: Search, question: Question, known: Facts) -> list[str]:
    """The lines or facts of a question that cannot change anything.

    Left aside is a fact that only a disputed second reading looks at: whether it matters hangs on what yet another
    reading says, and the engine judges each reading by itself.
    """
    if question.lines:
        return [line.label for line in question.lines if not search.line_matters(line, known)]
    return [key for key in question.facts if not search.is_told_beside(key) and not search.fact_matters(key, known)]


def begun(dialog: Dialog, search: Search, random: Random) -> Session:
    """A session of which some facts of a few measures are known, and some answered with 不清楚."""
    compiled = dialog.engine.policies[search.policy]
    rules = random.sample(list(compiled.rules), random.randint(0, 3))
    share = random.choice((0.3, 0.7))
    keys = sorted({key for rule in rules for key in rule.facts if key != "district" and random.random() < share})
    told = {key: search.some_value(key, random) for key in keys}
    session = dialog.start("partial", DAY)
    for question, facts in (("where", {"district": compiled.policy.header.districts[0]}), ("told", told)):
        session = session.append(Answered(question=question, facts=stored(facts), said=""))
    return session


def answered(search: Search, question: Question, random: Random) -> Answered:
    """A random answer to a question, sometimes 不清楚."""
    facts: dict[str, Value | None] = {}
    for line in question.lines:
        facts.update(random.choice((line.ticked, line.unticked, line.unticked, dict.fromkeys(line.unticked))))
    if not question.lines:
        facts = {key: search.some_value(key, random) for key in question.facts}
    shown = tuple(line.label for line in question.lines)
    return Answered(question=question.id, facts=stored(facts), said="", shown=shown)


def stored(facts: Mapping[str, Value | None]) -> dict[str, object]:
    return {key: to_data(value) for key, value in facts.items()}
