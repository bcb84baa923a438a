"""What must resolve before a document is used: facts that fit the place they are written in."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from policies.law import Corpus
from policies.load import OWN_CORPUS, load
from policies.references import award_facts, check_references

ARTICLE = "article-03.yaml"


def test_the_corpus_has_no_dangling_reference(corpus: Corpus) -> None:
    for policy in corpus.policies.values():
        assert check_references(policy, corpus.facts) == []


@pytest.mark.parametrize(
    ("measure", "facts"),
    [
        ("foshan-2020/3", ("node_build_amount", "node_total_investment", "node_superior_aid")),
        ("haizhu-2022/7.b", ("std_national",)),
        ("haizhu-2022/5.1", ("park_period",)),
        ("huangpu-2019/4.1", ("devices_on_platform", "device_cost")),
        ("huangpu-2019/3", ("paid_in_capital",)),
        ("haizhu-2022/11.3.a", ()),
    ],
)
def test_the_facts_an_award_is_computed_from(measure: str, facts: tuple[str, ...], corpus: Corpus) -> None:
    assert award_facts(corpus.measures[measure].measure.award) == facts


CONDITION = "      - node_roles: {has_any: [牵头建设], words: 项目牵头单位}"
UNFIT = {
    "a base that is a yes/no": ("of: node_build_amount", "of: node_certified"),
    "a trigger that is a yes/no": ("only_if: node_superior_aid", "only_if: node_certified"),
    "a sum with a choice": (
        CONDITION,
        "      - {sum_of: [node_build_amount, node_roles], at_least: 1元, words: 项目牵头单位}",
    ),
    "a sum of yuan and items": (
        CONDITION,
        "      - {sum_of: [node_build_amount, std_local], at_least: 1元, words: 项目牵头单位}",
    ),
    "a telling fact that does not exist": (
        "    discretion: [最高]",
        "    discretion: [最高]\n    mentioned_by: [nothing]",
    ),
}


@pytest.mark.parametrize(("old", "new"), UNFIT.values(), ids=UNFIT.keys())
def test_a_fact_that_does_not_fit_its_place_is_told(old: str, new: str, tmp_path: Path) -> None:
    for name in ("foshan-2020", "huangpu-2019"):
        shutil.copytree(OWN_CORPUS / name, tmp_path / name)
    path = tmp_path / "foshan-2020" / ARTICLE
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert list(load(tmp_path).policies) == ["huangpu-2019"]
