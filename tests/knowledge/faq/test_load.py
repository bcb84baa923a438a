"""Loading reports every mistake with its place and mend, and keeps what can be used."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from knowledge.faq import Entry, load_faq
from knowledge.faq.references import spoken
from policies.law import Corpus
from policies.yaml_files import RuleFileError


def problems(corpus: Corpus, folder: Path) -> list[str]:
    with pytest.raises(RuleFileError) as caught:
        load_faq(corpus, folder)
    return [str(problem) for problem in caught.value.problems]


def test_a_right_entry_loads(corpus: Corpus, write) -> None:
    (entry,) = load_faq(corpus, write())
    assert entry.id == "standards"
    assert entry.cites[0].policy == "haizhu-2022"
    assert entry.counter_questions == ("是不是牵头",)


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("制定国家标准给多少, 海珠标准奖, 国标奖励]", "国标]", 4, "至少 5 项"),
        ("[是不是牵头]", "[一, 二, 三]", 11, "最多 2 项"),
        ("kind: amount", "kind: money", 3, "其中之一"),
        ("    next_step: 备标准公告。", "    nextstep: 备标准公告。", 16, "没有这一项"),
        ("id: standards", "id: 标准", 2, "本项允许的写法"),
        ("topics: [标准]", "topics: [标准", 6, "YAML 写法有误"),
        ('article: "7"', 'article: "17"', 15, "没有条款 17"),
        ('article: "7"', 'article: "8"', 15, "这句话在条款 7"),
        ("分别给予50万元、30万元奖励，", "分别给予50万元，30万元奖励，", 15, "从原文复制"),
        ("measures: [haizhu-2022/7.a]", "measures: [haizhu-2022/7.z]", 13, "没有 haizhu-2022/7.z"),
        ("{status:haizhu-2022}", "{stand:haizhu-2022}", 7, "占位"),
        ("国标奖励]", "标准奖励？]", 4, "写了两次"),
    ],
)
def test_a_mistake_is_told_with_its_line(corpus: Corpus, write, old: str, new: str, line: int, says: str) -> None:
    told = problems(corpus, write((old, new)))
    assert any(says in problem and f"faq/own.yaml 第{line}行" in problem for problem in told), told


def test_the_mistakes_of_all_files_are_told_at_once(corpus: Corpus, write) -> None:
    write(("kind: amount", "kind: money"), name="a.yaml")
    told = problems(corpus, write(("topics: [标准]", "topics: []"), name="b.yaml"))
    assert [problem.split(" ")[0] for problem in told] == ["faq/a.yaml", "faq/b.yaml"]


def test_one_phrasing_belongs_to_one_entry(corpus: Corpus, write) -> None:
    write(name="a.yaml")
    told = problems(corpus, write(("id: standards", "id: other"), name="b.yaml"))
    assert len(told) == 5
    assert all("已经归 standards" in problem for problem in told)
    assert spoken("国标 奖励？") == spoken("国标奖励")


def test_one_id_belongs_to_one_entry(corpus: Corpus, write) -> None:
    write(name="a.yaml")
    assert any("编号 standards 已经用在 faq/a.yaml" in problem for problem in problems(corpus, write(name="b.yaml")))


def test_an_empty_folder_is_a_mistake(corpus: Corpus, tmp_path: Path) -> None:
    assert "没有任何问答文件" in problems(corpus, tmp_path)[0]


def test_a_file_that_is_no_text_is_told(corpus: Corpus, write, tmp_path: Path) -> None:
    (tmp_path / "z.yaml").write_bytes("问".encode("gbk"))
    assert "不是 UTF-8" in problems(corpus, write())[0]


def test_entries_about_a_document_that_is_not_loaded_are_left_out(corpus: Corpus, entries: tuple[Entry, ...]) -> None:
    without = replace(corpus, policies={k: v for k, v in corpus.policies.items() if k != "baiyun-draft"})
    left = load_faq(without)
    assert left == tuple(entry for entry in entries if "baiyun-draft" not in entry.policies)
    assert 0 < len(left) < len(entries)
