"""Each check of the FAQ refuses one wrong thing in an otherwise right entry."""

from __future__ import annotations

from dataclasses import replace

import pytest

from knowledge.faq import Entry
from knowledge.faq.lint import lint_faq
from knowledge.faq.model import Kind
from policies.law import Corpus
from policies.problems import Problem


def test_the_own_faq_is_green(corpus: Corpus) -> None:
    assert lint_faq(corpus) == []


def test_there_are_enough_entries_of_every_kind_about_every_document(
    corpus: Corpus, entries: tuple[Entry, ...]
) -> None:
    assert len(entries) >= 80
    assert {entry.kind for entry in entries} == set(Kind.__args__)  # type: ignore[attr-defined]
    assert {policy for entry in entries for policy in entry.policies} == corpus.policies.keys()


def test_the_right_entry_is_green(corpus: Corpus, write) -> None:
    assert lint_faq(corpus, write()) == []


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("50万元、30万元。", "50万元、40万元。", "“40万元”不在 haizhu-2022 的引文里"),
        ("50万元、30万元。", "50、30万元。", "“50”没有单位"),
        ("年度累计最高不超过100万元。", "年度累计达到100万元。", "原文是最高或不超过"),
        ("分别给予50万元", "分别最高给予50万元", "原文是确定的数"),
        ("50万元、30万元。", "“50万元、35万元”。", "“35万元”不在"),
        ("海珠办法{status:haizhu-2022}。", "海珠办法已届满。", "写死了时效“已届满”"),
        ("海珠办法{status:haizhu-2022}。", "海珠办法目前有效。", "写死了时效“目前有效”"),
        ("海珠：牵头", "海珠和白云：牵头", "提到白云，policies 里没有 baiyun-draft"),
        ("备标准公告。", "可申报，备标准公告。", "写了“可申报”"),
        ("备标准公告。", "备标准公告！", "感叹号"),
        ("海珠：牵头", "海珠：" + "很" * 90 + "牵头", "每行不超过"),
        ("policies: [haizhu-2022]", "policies: [haizhu-2023]", "没有文件 haizhu-2023"),
        ("policies: [haizhu-2022]", "policies: [haizhu-2022, foshan-2020]", "foshan-2020 没有引文"),
        ("    next_step", "    silent: [{policy: haizhu-2022, about: 标准, words: [标准]}]\n    next_step", "haizhu-2022 写有“标准”"),
        ("    next_step", "    facts: [nothing]\n    next_step", "没有 nothing"),
    ],
)  # fmt: skip
def test_one_wrong_thing_is_refused(corpus: Corpus, write, old: str, new: str, says: str) -> None:
    told = lint_faq(corpus, write((old, new)))
    assert any(says in str(problem) for problem in told), told


def test_a_sentence_the_answer_does_not_speak_of_is_refused(corpus: Corpus, write) -> None:
    stranger = ("    next_step", '      - {policy: haizhu-2022, article: "13", quote: 无不良信用记录}\n    next_step')
    told = lint_faq(corpus, write(("海珠办法{status:haizhu-2022}。", "要有公告。"), stranger))
    assert _only(told, "引文“无不良信用记录”和答案里讲这份文件的话没有共同的字句")


def test_a_figure_of_a_quote_is_told(corpus: Corpus, write) -> None:
    told = lint_faq(corpus, write(("50万元、30万元。", "定额。"), ("50万元×国际标准项数＋30万元×国家标准项数，", "")))
    assert len(told) == 2
    assert _only(told, "答案没有说到")


def test_a_figure_of_one_document_does_not_count_for_another(corpus: Corpus, write) -> None:
    both = [
        ("policies: [haizhu-2022]", "policies: [haizhu-2022, huangpu-2019]"),
        ("年度累计最高不超过100万元。", "黄埔分别给予国家标准50万元。海珠年度累计最高不超过100万元。"),
        ("    next_step", '      - {policy: huangpu-2019, article: "7", quote: 50万元}\n    next_step'),
    ]
    assert lint_faq(corpus, write(*both)) == []
    both[1] = (both[1][0], both[1][1].replace("国家标准50万元", "国家标准30万元"))
    assert any("“30万元”不在 huangpu-2019" in str(problem) for problem in lint_faq(corpus, write(*both)))


def test_a_draft_is_called_a_draft(corpus: Corpus, write) -> None:
    draft = [
        ("policies: [haizhu-2022]", "policies: [haizhu-2022, baiyun-draft]"),
        ("年度累计最高不超过100万元。", "白云：没有。海珠年度累计最高不超过100万元。"),
        ("    next_step", "    silent: [{policy: baiyun-draft, about: 标准奖励, words: [国家标准]}]\n    next_step"),
    ]
    assert any("没有说明白云征求意见稿是草案" in str(problem) for problem in lint_faq(corpus, write(*draft)))
    draft[1] = (draft[1][0], draft[1][1].replace("白云：", "白云（征求意见稿）："))
    assert lint_faq(corpus, write(*draft)) == []


def test_entries_about_a_refused_document_wait(corpus: Corpus) -> None:
    broken = Problem("baiyun-draft/policy.yaml", 1, "坏了", "好的", "修")
    policies = {name: policy for name, policy in corpus.policies.items() if name != "baiyun-draft"}
    assert lint_faq(replace(corpus, policies=policies, refused=(broken,))) == []
    unknown = lint_faq(replace(corpus, policies=policies))
    assert unknown
    assert all("没有文件 baiyun-draft" in str(problem) for problem in unknown)


def _only(problems: list[Problem], says: str) -> bool:
    return bool(problems) and all(says in str(problem) for problem in problems)
