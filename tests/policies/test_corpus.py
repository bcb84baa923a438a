"""The corpus holds all that the analysis of the five documents found (tests/cases/inventory.yaml)."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from policies.law import Corpus, LoadedMeasure
from policies.model.measure import Reading
from tests.strategies import POLICIES

INVENTORY: dict[str, dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parents[1] / "cases" / "inventory.yaml").read_text(encoding="utf-8")
)["policies"]


def kind(loaded: LoadedMeasure) -> str:
    award = loaded.measure.award
    return "monetary" if award.is_money else award.kind


def readings_of(corpus: Corpus, name: str) -> list[Reading]:
    policy = corpus.policies[name]
    own = [reading for loaded in policy.measures for reading in loaded.measure.readings]
    return [*policy.header.readings, *own]


def test_all_documents_load(corpus: Corpus) -> None:
    assert set(corpus.policies) == set(POLICIES) == set(INVENTORY)
    assert corpus.refused == ()


@pytest.mark.parametrize("name", POLICIES)
def test_every_measure_is_there_with_its_kind(name: str, corpus: Corpus) -> None:
    assert {loaded.measure.id: kind(loaded) for loaded in corpus.policies[name].measures} == INVENTORY[name]["measures"]


def test_how_many_measures_there_are(corpus: Corpus) -> None:
    counted = Counter(kind(loaded) for loaded in corpus.measures.values())
    assert counted == {"monetary": 77, "unspecified": 3, "in_kind": 33}
    assert sum(loaded.monetary for loaded in corpus.measures.values()) == 77


@pytest.mark.parametrize("name", POLICIES)
def test_every_ambiguity_is_there_with_a_careful_sentence(name: str, corpus: Corpus) -> None:
    found = readings_of(corpus, name)
    assert set(INVENTORY[name]["readings"]) <= {reading.id for reading in found}
    for reading in found:
        assert reading.issue.strip(), reading.id
        assert reading.says.strip().endswith("。"), reading.id
        assert len(reading.options) > 0, reading.id
        assert all(option.strip() for option in reading.options.values()), reading.id


def test_the_inventory_is_whole() -> None:
    ids = [reading for found in INVENTORY.values() for reading in found["readings"]]
    assert len(ids) == len(set(ids)) == 111


# First and last day as the text tells them: (earliest, latest) of each, and how sure that is.
DATES = {
    "haizhu-2022": ((date(2022, 7, 4),) * 2, "known", (date(2025, 7, 3), date(2025, 7, 4)), "inferred"),
    "huangpu-2019": (
        (date(2019, 1, 1), date(2019, 12, 31)),
        "inferred",
        (date(2021, 12, 31), date(2022, 12, 31)),
        "inferred",
    ),
    "foshan-2020": ((date(2020, 7, 17),) * 2, "known", (date(2023, 12, 31),) * 2, "known"),
    "baoan-2022-draft": ((None, None), "unknown", (None, None), "unknown"),
    "baiyun-draft": ((None, None), "unknown", (date(2025, 12, 31),) * 2, "known"),
}


@pytest.mark.parametrize("name", POLICIES)
def test_header_dates(name: str, corpus: Corpus) -> None:
    window = corpus.policies[name].header.effective
    starts, ends = window.starts, window.ends
    assert DATES[name] == (
        (starts.earliest, starts.latest),
        starts.certainty,
        (ends.earliest, ends.latest),
        ends.certainty,
    )


@pytest.mark.parametrize(
    ("name", "stage", "number", "districts"),
    [
        ("haizhu-2022", "issued", "海科工商信规字〔2022〕4号", ("海珠区",)),
        ("huangpu-2019", "issued", None, ("黄埔区",)),
        ("foshan-2020", "issued", None, ("佛山市",)),
        ("baoan-2022-draft", "explanatory_note", None, ("宝安区",)),
        ("baiyun-draft", "draft", None, ("白云区",)),
    ],
)
def test_headers(name: str, stage: str, number: str | None, districts: tuple[str, ...], corpus: Corpus) -> None:
    header = corpus.policies[name].header
    assert (header.stage, header.districts) == (stage, districts)
    if number is not None:
        assert header.number.value == number


def test_only_baiyun_says_that_all_its_figures_are_maxima(corpus: Corpus) -> None:
    assert [name for name, policy in corpus.policies.items() if policy.header.maxima is not None] == ["baiyun-draft"]


def test_support_without_an_amount_has_no_number(corpus: Corpus) -> None:
    for loaded in corpus.measures.values():
        award = loaded.measure.award
        if not award.is_money:
            assert award.cap is None, loaded.id
            assert award.limits == (), loaded.id


def test_every_choice_and_fact_has_words_for_people(corpus: Corpus) -> None:
    for fact in corpus.facts.values():
        assert fact.label.strip(), fact.key
        assert fact.question.strip().endswith(("？", "）")), fact.key
