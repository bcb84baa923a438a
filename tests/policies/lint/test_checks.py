"""Each rule of lint refuses one wrong thing in an otherwise right document (test_authoring shows that one green)."""

from __future__ import annotations

from pathlib import Path

import pytest

from policies.lint import lint
from policies.load import OWN_FACTS

from .edited import NAME, Edit, copy_of, problems_after, the_one

TRAINING = "累计开展培训超过10场"
CASES: dict[str, tuple[list[Edit], str, str, str]] = {
    # name: (edits, file, text on the reported line, what the finding says)
    "a number that is not in the words": (
        [("article-02.yaml", "rate: 20%", "rate: 25%")], "article-02.yaml", "rate: 25%", "25% 不在",
    ),
    "an inclusive comparator for 超过": (
        [("article-06.yaml", "more_than: 10场", "at_least: 10场")],
        "article-06.yaml", "at_least: 10场", "at_least: 10场 与原文的比较词不符，原文是“超过”",
    ),
    "an exclusive comparator for 不少于": (
        [("article-07.yaml", "at_least: 10家", "more_than: 10家")],
        "article-07.yaml", "more_than: 10家", "原文是“不少于”",
    ),
    "words that leave the comparator out": (
        [("article-07.yaml", "words: 累计引入企业不少于10家}", "words: 10家}")],
        "article-07.yaml", "at_least: 10家", "没有摘进 words",
    ),
    "words that cut 不 off 不超过": (
        [
            ("source.txt", "超过10场", "不超过10场"),
            ("article-06.yaml", "对两年内累计开展培训超过10场", "对两年内累计开展培训不超过10场"),
            ("article-06.yaml", f"words: {TRAINING}", "words: 超过10场"),
        ],
        "article-06.yaml", "more_than: 10场", "原文是“不超过”",
    ),
    "a maximum the text does not call so": (
        [("article-06.yaml", "fixed: 5万元", "up_to: 5万元")],
        "article-06.yaml", "up_to: 5万元", "up_to 的 5万元，原文没有写最高或不超过",
    ),
    "an exact share under 不超过": (
        [("article-05.yaml", "      up_to: 25%\n      of", "      rate: 25%\n      of")],
        "article-05.yaml", "rate: 25%", "rate 的 25%，原文写的是最高或不超过",
    ),
    "a cap the text does not call so": (
        [("article-06.yaml", "fixed: 5万元,", "fixed: 5万元, cap: 5万元,")],
        "article-06.yaml", "fixed: 5万元", "cap 的 5万元，原文没有写最高或不超过",
    ),
    "an amount of zero": (
        [("article-02.yaml", "cap: 15万元", "cap: 0元")], "article-02.yaml", "cap: 0元", "0元 是 0",
    ),
    "a list entry without a number": (
        [("article-08.yaml", "why: 施行日期，见 policy.yaml 的 effective}",
          "why: 施行日期，见 policy.yaml 的 effective}\n  - {text: 同一事项, why: 无}")],
        "article-08.yaml", "text: 同一事项", "“同一事项”里没有数",
    ),
    "a list entry for a number in use": (
        [("article-07.yaml", "text: 分三年拨付", "text: 20%的比例分三年拨付")],
        "article-07.yaml", "text: 20%的比例", "20% 已经用在规则里",
    ),
    "a list entry that is not in the article": (
        [("article-08.yaml", "text: 同一企业一年内", "text: 同一企业1年内")],
        "article-08.yaml", "text: 同一企业1年内", "不在本条里",
    ),
    "tiers that do not ascend": (
        [("article-04.yaml", "{at_least: 5000万元, up_to: 80万元}", "{at_least: 5000万元, up_to: 30万元}")],
        "article-04.yaml", "{at_least: 5000万元", "up_to 30万元 之后是 30万元",
    ),
    "tiers that begin above the condition": (
        [("article-04.yaml", "          - {at_least: 1000万元, up_to: 30万元}\n", "")],
        "article-04.yaml", "{at_least: 5000万元", "条件从 1000万元 起，第一档从 5000万元 起",
    ),
    "caps that share some measures": (
        [("policy.yaml", "  - id: standards\n", "  - {id: odd, title: 上云和标准, amount: 50万元, over: [\"2\", 3.a], "
          "cite: {article: \"3\", quote: 年度累计最高不超过50万元}}\n  - id: standards\n")],
        "policy.yaml", "over: [3.a, 3.b]", "封顶 odd 和 standards 只有一部分事项相同（3.a）",
    ),
    "one reading id for two questions": (
        [("article-04.yaml", "    award: {unspecified: 一事一议}",
          "    award: {unspecified: 一事一议}\n    readings: [{id: Q-5-1, issue: 别的问题, options: {A: 一}, says: 无}]")],
        "article-05.yaml", "issue: 上级补助", "读法 Q-5-1 在别处的问题是",
    ),
    "a reading that computes the same": (
        [("article-05.yaml", "          B:\n            award:\n              up_to: 25%\n"
          "              of: benchmark_total_investment\n              cap: 120万元\n"
          "              words: 按照不超过项目总投资的25%给予补贴，最高不超过120万元\n",
          "          B:\n            requires:\n"
          "              - district_benchmark_rated: {is: true, verified_by: 评审, words: 经评定的标杆项目}\n")],
        "article-05.yaml", "          B:", "读法 Q-5-1 的 B 与默认读法算出来总是一样",
    ),
    "a date other than the quoted one": (
        [("policy.yaml", "    latest: 2026-04-30", "    latest: 2026-05-30")],
        "policy.yaml", "  ends:", "写的是 2026-04-30 至 2026-05-30",
    ),
    "a worked example that does not hold": (
        [("article-02.yaml", "range: [12万元, 12万元]", "range: [13万元, 13万元]")],
        "article-02.yaml", "- id: cloud-under-cap", "例子 cloud-under-cap 不成立",
    ),
    "a share of something that is no amount": (
        [("article-02.yaml", "of: cloud_contract_paid", "of: uses_cloud")],
        "article-02.yaml", "of: uses_cloud", "要素 uses_cloud 是是非",
    ),
    "an amount for each of something that is no count": (
        [("article-03.yaml", "per: std_national", "per: std_in_effect")],
        "article-03.yaml", "per: std_in_effect", "要素 std_in_effect 是是非",
    ),
    "tiers in another unit": (
        [("article-04.yaml", "by: paid_in_capital", "by: park_firms")],
        "article-04.yaml", "- {at_least: 1000万元", "1000万元 的单位与要素 park_firms 不同",
    ),
    "a stage nobody can choose": (
        [("article-07.yaml", "第三年: 20%", "第四年: 20%")],
        "article-07.yaml", "stages:", "没有选项“第四年”",
    ),
    "a cap on a share of something that is no amount": (
        [("policy.yaml", "    fact: other_support_same_matter", "    fact: same_project")],
        "policy.yaml", "fact: same_project", "要素 same_project 是是非",
    ),
    "a condition that always holds": (
        [("article-03.yaml", "std_national: {more_than: 0项", "std_national: {at_least: 0项")],
        "article-03.yaml", "std_national: {at_least", "at_least: 0项 总是成立",
    ),
    "an unknown key": (
        [("article-02.yaml", "beneficiary:", "benificiary:")], "article-02.yaml", "benificiary:", "没有这一项",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_wrong_thing_is_refused_with_its_line(name: str, tmp_path: Path) -> None:
    edits, file, line, says = CASES[name]
    found = [problem for problem in problems_after(tmp_path, *edits) if says in problem.found]
    problem = the_one(found)
    assert problem.file == f"{NAME}/{file}"
    edited = (tmp_path / "corpus" / NAME / file).read_text(encoding="utf-8").split("\n")
    assert line in edited[problem.line - 1]
    assert problem.expected and problem.mend


def test_a_number_without_a_rule_is_named_with_its_article(tmp_path: Path) -> None:
    edit = ("article-06.yaml", "not_rules:\n  - {text: 两年内累计开展培训, why: 数场次的期间，已写进要素的含义}\n", "")
    problem = the_one(problems_after(tmp_path, edit))
    assert problem.file == f"{NAME}/article-06.yaml"
    assert problem.found.startswith("第六条") and "两年 没有着落" in problem.found


def test_a_number_in_an_article_without_a_file_names_the_file_to_make(tmp_path: Path) -> None:
    edit = ("source.txt", "具有独立法人资格的企业。", "具有独立法人资格、成立满3年的企业。")
    problem = the_one(problems_after(tmp_path, edit))
    assert problem.file == f"{NAME}/article-01.yaml"
    assert "3年 没有着落" in problem.found


def test_a_computed_amount_of_zero_stops_before_computing(tmp_path: Path) -> None:
    (problem,) = problems_after(tmp_path, ("article-05.yaml", "up_to: 25%", "up_to: 0%"))[:1]
    assert "0% 是 0" in problem.found


def test_two_files_for_one_article_are_refused(tmp_path: Path) -> None:
    corpus = copy_of(tmp_path)
    (corpus / NAME / "article-08b.yaml").write_text('article: "8"\n', encoding="utf-8")
    found = [problem for problem in lint(corpus, OWN_FACTS) if "已经有文件" in problem.found]
    assert [problem.file for problem in found] == [f"{NAME}/article-08b.yaml"]


def test_an_award_without_an_example_is_named(tmp_path: Path) -> None:
    example = '      "6.1": {verdict: ineligible, range: [0元, 0元]}\n'
    problem = the_one(problems_after(tmp_path, ("policy.yaml", example, '      "5": {verdict: depends}\n')))
    assert problem.found == "事项 6.1 没有例子"
    assert problem.file == f"{NAME}/article-06.yaml"
