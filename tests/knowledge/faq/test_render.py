"""An entry is rendered for any date in the good operator's order, and says what each document is on that day."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge.faq import Entry, render
from policies.law import Corpus

DAYS = [
    date(2018, 6, 1), date(2019, 6, 1), date(2021, 6, 1), date(2022, 3, 15), date(2023, 6, 1),
    date(2025, 7, 4), date(2025, 12, 31), date(2026, 11, 25),
]  # fmt: skip
PARTS = ["\n\n时效：\n", "\n\n依据：\n", "\n\n先确认：\n", "\n\n算法：", "\n\n下一步："]


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_every_entry_renders(corpus: Corpus, entries: tuple[Entry, ...], day: date) -> None:
    for entry in entries:
        text = render(entry, corpus, day)
        assert text.startswith(entry.answer.split("\n")[0].split("{")[0])
        assert "{" not in text
        assert "None" not in text
        assert not any(word in text for word in ("可申报", "保证", "！"))
        assert all(cite.quote in text for cite in entry.cites)
        order = [text.index(part) for part in PARTS if part in text]
        assert order == sorted(order)
        assert "\n\n依据：\n" in text
        assert "\n\n下一步：" in text


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_every_document_concerned_has_its_status(corpus: Corpus, entries: tuple[Entry, ...], day: date) -> None:
    words = {"baoan-2022-draft": "没有生效", "baiyun-draft": "没有生效"}
    for entry in entries:
        text = render(entry, corpus, day)
        for policy in entry.policies:
            short = corpus.policies[policy].header.short
            assert words.get(policy, "最后一日") in text or "施行" in text or "是否有效" in text
            assert short in text


@pytest.mark.parametrize(
    ("id_", "day", "says"),
    [
        ("valid-haizhu", date(2022, 7, 3), "在2022年7月3日还没有施行（施行日：2022年7月4日）"),
        ("valid-haizhu", date(2024, 3, 15), "在2024年3月15日按推算有效（最后一日：2025年7月3日或4日）"),
        ("valid-haizhu", date(2025, 7, 4), "最后一日是2025年7月3日或4日，两种算法差一天"),
        ("valid-haizhu", date(2025, 7, 5), "在2025年7月5日按推算已届满"),
        ("valid-huangpu", date(2019, 6, 1), "在2019年6月1日是否有效不能判断"),
        ("valid-huangpu", date(2021, 1, 1), "在2021年1月1日按推算有效"),
        ("valid-huangpu", date(2023, 1, 1), "在2023年1月1日按推算已届满"),
        ("valid-foshan", date(2020, 7, 16), "还没有施行（施行日：2020年7月17日）"),
        ("valid-foshan", date(2023, 12, 31), "在2023年12月31日有效"),
        ("valid-foshan", date(2024, 1, 1), "在2024年1月1日已届满（最后一日：2023年12月31日）"),
        ("valid-baoan", date(2021, 12, 1), "没有生效，不能据此申领"),
        ("valid-baoan", date(2021, 12, 1), "原措施在那天按推算有效"),
        ("valid-baoan", date(2023, 1, 1), "原措施在那天按推算已届满"),
        ("valid-baiyun", date(2025, 12, 31), "没有生效，不能据此申领；金额都是“假如原样生效”的测算"),
        ("valid-baiyun", date(2026, 1, 1), "即使原样发布，也只到2025年12月31日"),
    ],
)
def test_the_status_is_the_one_of_the_day(
    corpus: Corpus, entries: tuple[Entry, ...], id_: str, day: date, says: str
) -> None:
    (entry,) = [entry for entry in entries if entry.id == id_]
    assert says in render(entry, corpus, day).split("\n\n")[0]


def test_a_formula_is_no_promise(corpus: Corpus, entries: tuple[Entry, ...]) -> None:
    with_formula = [entry for entry in entries if entry.formula]
    assert with_formula
    for entry in with_formula:
        assert "这是按条款的估算，能不能得、得多少，由主管部门决定。" in render(entry, corpus, DAYS[-1])
