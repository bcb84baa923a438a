"""Mistakes in how a fact is said are told with their line."""

from __future__ import annotations

from pathlib import Path

import pytest

from policies.findings import located
from policies.lint.heard import check_heard
from policies.load import OWN_CORPUS, OWN_FACTS, load

TEXT = OWN_FACTS.read_text(encoding="utf-8")
HERE = "  - key: specialised_sme\n"
SAYS = "says: [专精特新, 小巨人]"


def told(folder: Path, old: str, new: str) -> list[str]:
    assert TEXT.count(old) == 1
    facts = folder / "facts.yaml"
    facts.write_text(TEXT.replace(old, new), encoding="utf-8")
    corpus = load(OWN_CORPUS, facts)
    found = located(check_heard(corpus, facts.name), {facts.name: facts.read_text(encoding="utf-8")})
    return [str(problem) for problem in found]


def test_the_vocabulary_is_green() -> None:
    assert list(check_heard(load(), "facts.yaml")) == []


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        ("says: [专精特新, (小巨人]", "括号没有配对"),
        ("says: [专精特新, <巨人>]", "没有写在 words 里"),
        ("says: {专精特新: [小巨人]}", "没有选项“专精特新”"),
        ("says: [专精特新, 规上]", "同时说的是"),
        ("then: [专精特新, 小巨人]", "没有 about"),
        ("less: [专精特新, 小巨人]", "不是数"),
        ("below: [专精特新, 小巨人]", "不会是负数"),
        ("answers: [{is: 3项, says: [小巨人]}]", "应答是或否"),
        ("denied: 3项", "应答是或否"),
        ("alone: true", "不是数"),
    ],
)
def test_a_mistake_is_told(tmp_path: Path, new: str, expected: str) -> None:
    found = told(tmp_path, SAYS, new)
    assert any(expected in problem for problem in found), found
    line = TEXT[: TEXT.index(SAYS)].count("\n") + 1
    assert any(f"第{number}行" in problem for problem in found for number in (line - 1, line)), found


def test_words_nobody_uses_are_told(tmp_path: Path) -> None:
    assert any(
        "词组“闲话”没有用到" in problem for problem in told(tmp_path, "\nwords:\n", "\nwords:\n  闲话: [你好]\n")
    )
