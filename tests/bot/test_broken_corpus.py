"""A mistake in the policy files: one clear message with place and mend; documents without a mistake are still served."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from policies.load import OWN_FACTS

HAIZHU = "haizhu-2022"
MESSAGE = re.compile(r"(这份文件有错，整份停用：)?[^：]+：.+。应为：.+。改法：.+")


def change(path: Path, old: str, new: str) -> int:
    """Replace the first ``old``; returns its line."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def broken_yaml(folder: Path) -> str:
    line = change(folder / "article-03.yaml", "    title: ", "    title: [")
    return rf"{HAIZHU}/article-03\.yaml 第({line}|{line + 1})行：YAML 写法有误"


def wrong_key(folder: Path) -> str:
    line = change(folder / "article-03.yaml", "    beneficiary:", "    benificiary:")
    return rf"{HAIZHU}/article-03\.yaml 第{line}行：.*benificiary：没有这一项"


def no_source(folder: Path) -> str:
    (folder / "source.txt").unlink()
    return rf"{HAIZHU}/source\.txt：读不了原文"


def source_of_other_bytes(folder: Path) -> str:
    (folder / "source.txt").write_bytes("海珠区".encode("gbk"))
    return rf"{HAIZHU}/source\.txt：读不了原文。应为：UTF-8"


def rules_of_other_bytes(folder: Path) -> str:
    (folder / "article-03.yaml").write_bytes("title: 海珠区".encode("gbk"))
    return rf"{HAIZHU}/article-03\.yaml"


def wrong_quote(folder: Path) -> str:
    line = change(folder / "article-03.yaml", "      - 对列入国家试点", "      - 对列入各级试点")
    return rf"{HAIZHU}/article-03\.yaml 第{line}行：.*原文"


def unknown_fact(folder: Path) -> str:
    line = change(folder / "article-03.yaml", "national_pilot: {is: true", "nationalpilot: {is: true")
    return rf"{HAIZHU}/article-03\.yaml 第{line}行：.*nationalpilot"


def wrong_amount(folder: Path) -> str:
    line = change(folder / "article-03.yaml", "cap: 500万元", "cap: 五百万")
    return rf"{HAIZHU}/article-03\.yaml 第{line}行"


def impossible_date(folder: Path) -> str:
    line = change(folder / "policy.yaml", "2022-07-04", "2022-02-30")
    return rf"{HAIZHU}/policy\.yaml 第({line - 1}|{line})行"


def unknown_article(folder: Path) -> str:
    line = change(folder / "article-03.yaml", 'article: "3"', 'article: "333"')
    return rf"{HAIZHU}/article-03\.yaml 第{line}行：没有条款 333"


MISTAKES = [
    broken_yaml, wrong_key, no_source, source_of_other_bytes, rules_of_other_bytes, wrong_quote, unknown_fact,
    wrong_amount, impossible_date, unknown_article,
]  # fmt: skip


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_broken_document_is_refused_whole_and_the_other_is_served(run, two_documents, mistake):
    expected = mistake(two_documents / HAIZHU)
    done = run("--corpus", str(two_documents), "assess", "--jsonl", given='{}\n{"policy": "haizhu-2022"}\n')
    assert done.code == 0
    messages = done.err.splitlines()
    assert messages
    assert all(MESSAGE.fullmatch(message) for message in messages), messages
    assert all(message.startswith("这份文件有错，整份停用：") for message in messages)
    assert any(re.search(expected, message) for message in messages), messages
    served, refused = map(json.loads, done.out.splitlines())
    assert [policy["policy"] for policy in served["assessments"]] == ["foshan-2020"]
    assert refused["error"]["message"] == "没有文件“haizhu-2022”；现有：foshan-2020"


@pytest.mark.parametrize("mistake", MISTAKES)
def test_nothing_is_left_to_serve(run, two_documents, mistake):
    shutil.rmtree(two_documents / "foshan-2020")
    expected = mistake(two_documents / HAIZHU)
    done = run("--corpus", str(two_documents), "policies")
    assert (done.code, done.out) == (1, "")
    *messages, last = done.err.splitlines()
    assert all(MESSAGE.fullmatch(message) for message in messages), messages
    assert any(re.search(expected, message) for message in messages), messages
    assert last == "没有可用的政策文件。"


@pytest.mark.parametrize("mistake", MISTAKES)
def test_lint_finds_it_too(run, two_documents, mistake):
    expected = mistake(two_documents / HAIZHU)
    done = run("--corpus", str(two_documents), "lint")
    assert done.code == 1
    assert re.search(expected, done.out), done.out


@pytest.mark.parametrize(
    "arguments",
    [["policies"], ["facts"], ["assess"], ["assess", "--jsonl"], ["show", "haizhu-2022"], ["chat"], ["lint"]],
)
@pytest.mark.parametrize("there", [True, False])
def test_a_folder_without_documents(run, tmp_path, arguments, there):
    folder = tmp_path / "empty"
    if there:
        folder.mkdir()
    done = run("--corpus", str(folder), *arguments, given="{}\n")
    assert done.code == 1
    assert f"{folder}：没有任何文件" in done.out + done.err
    assert "改法" in done.out + done.err


def test_the_folder_may_come_from_the_environment(run, two_documents, monkeypatch):
    monkeypatch.setenv("HUIQI_CORPUS", str(two_documents))
    done = run("policies", "--json")
    assert [row["id"] for row in json.loads(done.out)] == ["foshan-2020", HAIZHU]


@pytest.mark.parametrize(
    ("broken", "words"),
    [
        (None, "读不了这个文件"),
        (b"facts: [", "YAML 写法有误"),
        ("事实: []".encode("gbk"), "facts.yaml"),
        (b"", "facts.yaml"),
        (b"- 1", "facts.yaml"),
    ],
)
def test_a_broken_vocabulary_serves_nothing(run, tmp_path, broken, words):
    facts = tmp_path / "facts.yaml"
    if broken is not None:
        facts.write_bytes(broken)
    done = run("--facts-file", str(facts), "facts")
    assert (done.code, done.out) == (1, "")
    *messages, last = done.err.splitlines()
    assert all(MESSAGE.fullmatch(message) for message in messages), messages
    assert words in done.err
    assert last == "没有可用的政策文件。"


def test_a_vocabulary_without_a_fact_the_rules_use(run, tmp_path, two_documents):
    facts = tmp_path / "facts.yaml"
    shutil.copy(OWN_FACTS, facts)
    change(facts, "  - key: national_pilot\n", "  - key: national_pilots\n")
    done = run("--corpus", str(two_documents), "--facts-file", str(facts), "policies")
    assert "national_pilot" in done.err
    assert all(MESSAGE.fullmatch(message) or message == "没有可用的政策文件。" for message in done.err.splitlines())


@pytest.mark.parametrize("command", [["understand", "我们在海珠"], ["chat"]])
def test_a_phrase_that_cannot_be_read_is_told(run, tmp_path, command):
    facts = tmp_path / "facts.yaml"
    facts.write_text(OWN_FACTS.read_text(encoding="utf-8"), encoding="utf-8")
    change(facts, "says: [专精特新, 小巨人]", "says: [专精特新, (小巨人]")
    ended = run("--facts-file", str(facts), *command)
    assert ended.code == 1
    assert "要素 specialised_sme 的 heard：“(小巨人”的括号没有配对" in ended.err
    assert "huiqi lint" in ended.err
