"""What is said on the phone after a check: the conclusion first, every clause with its sentence, nothing promised."""

from __future__ import annotations

import pytest

from dialogs.advance import Dialog
from dialogs.groups import DISPUTED, MET, OPEN, in_group, items
from dialogs.wording import change_text
from policies.answers import read_answers
from tests.policies.test_scenarios import ALL, Scenario

WAN = 10_000_00


@pytest.mark.parametrize("scenario", ALL, ids=[scenario.id for scenario in ALL])
def test_the_script_of_every_scenario(dialog: Dialog, scenario: Scenario) -> None:
    facts = read_answers(scenario.facts, dialog.engine.corpus.facts)
    names = None if scenario.policy is None else [scenario.policy]
    assessment = dialog.engine.assess(facts, scenario.as_of, names)
    said = dialog.presenter.script(assessment, ["从业人员"])
    for item in in_group(items(assessment), MET, DISPUTED, OPEN):
        assert item.result.rule.loaded.measure.title in said
        assert item.policy.policy.header.short in said
        if item.result.monetary and item.result.rule.variants[0].award.words:
            assert f"“{item.result.rule.variants[0].award.words}”" in said or item.result.verdict == "contested"
    assert "还要补充：从业人员" in said
    assert said.endswith("由主管部门决定。")
    for wrong in ("可申报", "保证", "！", "!", "**", "输入“", "\n\n\n"):
        assert wrong not in said


@pytest.mark.parametrize(
    ("low", "high", "told"),
    [
        (0, 0, "不变"),
        (30 * WAN, 30 * WAN, "+30万元"),
        (-30 * WAN, -30 * WAN, "−30万元"),
        (0, -100 * WAN, "下限不变，上限 −100万元"),
        (60 * WAN, 0, "下限 +60万元，上限不变"),
        (0, None, "下限不变，没有写上限，不能相减"),
        (50, -50, "下限 +0.5元，上限 −0.5元"),
    ],
)
def test_a_difference_in_words(low: int, high: int | None, told: str) -> None:
    assert change_text(low, high) == told
