"""A mistake in a rule file is one clear problem with its file and line; the document is refused whole, the others load."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from policies.engine.engine import Engine
from policies.load import OWN_CORPUS, OWN_FACTS, load
from policies.problems import CorpusError, Problem

POLICY, ARTICLE = "foshan-2020/policy.yaml", "foshan-2020/article-03.yaml"
PHRASINGS = "foshan-2020/phrasings.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A corpus of two documents that a test may break."""
    for name in ("foshan-2020", "huangpu-2019"):
        shutil.copytree(OWN_CORPUS / name, tmp_path / name)
    return tmp_path


@dataclass(frozen=True)
class Mistake:
    """``old`` becomes ``new`` in a file; the problem stands in the line that holds ``at`` and says ``found``."""

    file: str
    old: str
    new: str
    at: str
    found: str


MISTAKES = {
    "unknown fact in a condition": Mistake(
        ARTICLE, "- node_certified:", "- node_certifed:", "- node_certifed:", "没有要素 node_certifed"
    ),
    "unknown fact as a base": Mistake(
        ARTICLE, "of: node_build_amount", "of: node_amount", "award:", "没有要素 node_amount"
    ),
    "unknown fact in a limit": Mistake(
        ARTICLE, "only_if: node_superior_aid", "only_if: superior_aid", "award:", "没有要素 superior_aid"
    ),
    "unknown fact in a case": Mistake(
        ARTICLE, "node_build_amount: 800万元", "build_amount: 800万元", "- id: foshan-2020/3#c", "没有要素 build_amount"
    ),
    "quote not in the article": Mistake(
        ARTICLE, "quote: 每年安排不超过600万", "quote: 每年安排不超过800万", "quote: 每年", "不在三、里"
    ),
    "words not in the quote": Mistake(
        ARTICLE, "words: 项目牵头单位}", "words: 项目参与单位}", "- node_roles", "“项目参与单位”不在本事项的引文里"
    ),
    "award words not in the quote": Mistake(
        ARTICLE, "words: 最高按项目建设金额的30%", "words: 最高按项目建设金额的40%", "award:", "不在本事项的引文里"
    ),
    "choice that does not exist": Mistake(
        ARTICLE, "has_any: [牵头建设]", "has_any: [带头建设]", "- node_roles", "没有选项“带头建设”"
    ),
    "test that does not fit the fact": Mistake(
        ARTICLE, "{has_any: [牵头建设],", "{is: true,", "- node_roles", "要素 node_roles 的判断写法不对"
    ),
    "unknown article": Mistake(ARTICLE, 'article: "3"', 'article: "33"', 'article: "33"', "没有条款 33"),
    "unknown key": Mistake(ARTICLE, "    beneficiary:", "    benificiary:", "benificiary", "benificiary：没有这一项"),
    "number without a unit": Mistake(ARTICLE, "cap: 200万元", "cap: 200", "cap: 200", "应写成带单位的数"),
    "share where money is due": Mistake(ARTICLE, "cap: 200万元", "cap: 20%", "cap: 20%", "应是金额"),
    "two kinds of award": Mistake(
        ARTICLE, "      up_to: 30%\n", "      up_to: 30%\n      fixed: 10万元\n", "award:", "只写一种"
    ),
    "broken YAML": Mistake(ARTICLE, "    topics: [标识解析]", "    topics: [标识解析", "requires:", "YAML 写法有误"),
    "unknown measure in an exclusion": Mistake(
        POLICY, 'groups: [["2.1"], ["2.2"]]', 'groups: [["2.1"], ["2.3"]]', "- id: benchmark-once", "没有事项 2.3"
    ),
    "unknown measure in a pool": Mistake(
        POLICY,
        'amount: 2000万元\n    measures: ["1.3"]',
        'amount: 2000万元\n    measures: ["1.9"]',
        "- id: voucher-pot",
        "没有事项 1.9",
    ),
    "unknown fact in an exclusion": Mistake(
        POLICY, "when: same_project", "when: one_project", "- id: same-content", "没有要素 one_project"
    ),
    "cited words not in the article": Mistake(
        POLICY,
        "quote: 每年入选佛山市工业互联网产业生态供给资源池企业不超过40家",
        "quote: 每年入选资源池企业不超过40家",
        "cite: {",
        "不在一、里",
    ),
    "district nobody can choose": Mistake(
        POLICY, "districts: [佛山市]", "districts: [佛山]", "districts:", "没有地区“佛山”"
    ),
    "phrasings of an article that does not exist": Mistake(PHRASINGS, '"3":', '"33":', '"33":', "没有条款 33"),
    "phrasing of two articles": Mistake(
        PHRASINGS,
        "    - 建标识解析二级节点补多少",
        "    - 上位文件的文号",
        "- 上位文件的文号",
        "“上位文件的文号”写了两次：preface 和 3",
    ),
    "article that does not begin so": Mistake(
        POLICY, "begins: 三、支持开展", "begins: 三、支持发展", "begins: 三、支持发展", "找不到条款 3 的开头"
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES.values(), ids=MISTAKES.keys())
def test_a_mistake_is_told_with_its_place(mistake: Mistake, folder: Path) -> None:
    path = folder / mistake.file
    text = path.read_text(encoding="utf-8")
    assert mistake.old in text
    broken = text.replace(mistake.old, mistake.new, 1)
    path.write_text(broken, encoding="utf-8")

    corpus = load(folder)

    assert list(corpus.policies) == ["huangpu-2019"]
    assert {problem.file for problem in corpus.refused} == {mistake.file}
    told = [problem for problem in corpus.refused if mistake.found in f"{problem.found}；{problem.expected}"]
    assert told, [str(problem) for problem in corpus.refused]
    assert mistake.at in broken.splitlines()[told[0].line - 1], str(told[0])
    assert told[0].mend


def test_a_date_that_does_not_exist_is_told(folder: Path) -> None:
    path = folder / POLICY
    path.write_text(path.read_text(encoding="utf-8").replace("2023-12-31", "2023-12-32"), encoding="utf-8")
    assert {problem.file for problem in load(folder).refused} == {POLICY}


def test_the_documents_that_load_are_judged(folder: Path) -> None:
    (folder / ARTICLE).write_text("measures: [", encoding="utf-8")
    assessed = Engine(load(folder)).assess({}, date(2020, 1, 1))
    assert [policy.policy.id for policy in assessed.policies] == ["huangpu-2019"]


BROKEN_FILES: dict[str, tuple[Callable[[Path], object], str, str]] = {
    "no source": (lambda path: (path / "source.txt").unlink(), "foshan-2020/source.txt", "读不了原文"),
    "source in another encoding": (
        lambda path: (path / "source.txt").write_bytes("佛山".encode("gbk")),
        "foshan-2020/source.txt",
        "读不了原文",
    ),
    "rules in another encoding": (
        lambda path: (path / "article-03.yaml").write_bytes("article: 三".encode("gbk")),
        ARTICLE,
        "不是 UTF-8 编码",
    ),
    "empty rules": (lambda path: (path / "article-03.yaml").write_text(""), ARTICLE, "应是“名字: 值”的写法"),
    "rules that are a list": (lambda path: (path / "article-03.yaml").write_text("- 3"), ARTICLE, "名字: 值"),
    "empty header": (lambda path: (path / "policy.yaml").write_text(""), POLICY, "名字: 值"),
}


@pytest.mark.parametrize(("spoil", "file", "found"), BROKEN_FILES.values(), ids=BROKEN_FILES.keys())
def test_a_broken_file_is_told(spoil: Callable[[Path], object], file: str, found: str, folder: Path) -> None:
    spoil(folder / "foshan-2020")
    corpus = load(folder)
    assert list(corpus.policies) == ["huangpu-2019"]
    (problem,) = corpus.refused
    assert problem.file == file
    assert found in problem.found


def test_a_measure_written_twice_is_told(folder: Path) -> None:
    path = folder / ARTICLE
    head, measure = path.read_text(encoding="utf-8").split("measures:\n", 1)
    path.write_text(f"{head}measures:\n{measure}{measure}", encoding="utf-8")
    assert any("事项 foshan-2020/3 写了两次" in problem.found for problem in load(folder).refused)


def test_a_document_needs_no_phrasings_and_its_version_does_not_hang_on_them(folder: Path) -> None:
    version = load(folder).version
    (folder / PHRASINGS).unlink()
    corpus = load(folder)
    assert corpus.version == version
    assert corpus.policies["foshan-2020"].phrasings == {}


def test_an_empty_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="没有任何文件"):
        load(tmp_path)


def test_a_folder_that_does_not_exist_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="没有任何文件") as caught:
        load(tmp_path / "nowhere")
    assert len(caught.value.problems) == 1


def test_a_folder_without_a_header_is_no_document(folder: Path) -> None:
    (folder / "foshan-2020" / "policy.yaml").unlink()
    assert list(load(folder).policies) == ["huangpu-2019"]


def test_nothing_usable_is_an_error(folder: Path) -> None:
    for path in folder.glob("*/policy.yaml"):
        path.write_text("title: [", encoding="utf-8")
    with pytest.raises(CorpusError) as caught:
        load(folder)
    assert [problem.file for problem in caught.value.problems] == [POLICY, "huangpu-2019/policy.yaml"]


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("    type: choice\n", "    type: number\n", "写法不对"),
        ("  - key: is_manufacturer\n", "  - key: district\n", "要素 district 写了两次"),
        ("facts:\n", "facts: [\n", "YAML 写法有误"),
        ("key: is_manufacturer\n", f"key: {'x' * 37}\n", "有 37 个字符"),
        ("with: standards", "with: 标准", "名字 标准 写法不对"),
        ("  - id: who\n", "  - id: who:am:i\n", "名字 who:am:i 写法不对"),
        ("- {fact: core_ip}", "- {fact: core_iq}", "清单里的 core_iq 不是是否要素"),
        ("- {fact: core_ip}", "- {fact: std_national}", "清单里的 std_national 不是是否要素"),
        ("- {fact: headquarters_recognised}", "- {fact: core_ip}", "清单里有两行以 core_ip 开头"),
        ("ask_first: industry", "ask_first: trade", "提到的 trade 不存在"),
        ("不低于行业增速: {at_least: 0%}", "不低于行业增速: {at_least: 0家}", "现成答案“不低于行业增速”"),
        ("unticked: {devices_on_platform: 0台}", "unticked: {devices_on_platform: 0家}", "单位应是台"),
    ],
    ids=[
        "unknown type",
        "key twice",
        "broken YAML",
        "key too long for a button",
        "form in Chinese",
        "list with a colon",
        "unknown line",
        "line that is no yes/no",
        "two lines of one name",
        "unknown prerequisite",
        "preset in another unit",
        "line in another unit",
    ],
)
def test_a_broken_vocabulary_is_an_error(old: str, new: str, found: str, tmp_path: Path) -> None:
    path = tmp_path / "facts.yaml"
    path.write_text(OWN_FACTS.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CorpusError) as caught:
        load(OWN_CORPUS, path)
    assert any(found in f"{problem.found}；{problem.expected}" for problem in caught.value.problems)
    assert {problem.file for problem in caught.value.problems} == {"facts.yaml"}


def test_the_version_names_the_contents(folder: Path) -> None:
    before = load(folder).version
    assert load(folder).version == before
    path = folder / ARTICLE
    path.write_text(path.read_text(encoding="utf-8") + "\n# 改过\n", encoding="utf-8")
    assert load(folder).version != before


def test_measures_stand_in_the_order_of_the_text(folder: Path) -> None:
    policy = load(folder).policies["huangpu-2019"]
    starts = [loaded.article.start for loaded in policy.measures]
    assert starts == sorted(starts)


def test_a_problem_is_one_line_of_chinese() -> None:
    problem = Problem("海珠/policy.yaml", 12, "没有条款 33", "其中之一：1、2", "改成正文里有的条款")
    assert str(problem) == "海珠/policy.yaml 第12行：没有条款 33。应为：其中之一：1、2。改法：改成正文里有的条款"
    assert str(Problem("a", 0, "b", "c", "d")).startswith("a：b。")
