"""Lines of values in YAML texts, by the path of keys and indexes to them."""

from __future__ import annotations

from pathlib import Path

import pytest

from policies.lines import line_of
from policies.model.measure import ArticleFile
from policies.yaml_files import RuleFileError, as_model, read_text

TEXT = """\
# 注释
article: "3"
measures:
  - id: a
    quote: 一

  - id: b
    requires:
      - revenue: {at_least: 1亿元}
    award:
      fixed: 10万元
"""


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("article",), 2),
        (("measures",), 3),
        (("measures", 0), 4),
        (("measures", 0, "quote"), 5),
        (("measures", 1, "id"), 7),
        (("measures", 1, "requires", 0), 9),
        (("measures", 1, "award", "fixed"), 11),
        (("measures", 1, "award", "cap"), 10),
        (("measures", 7), 3),
        (("nothing",), 1),
        ((), 1),
    ],
    ids=str,
)
def test_line_of(path: tuple[str | int, ...], line: int) -> None:
    assert line_of(TEXT, path) == line


def test_line_of_an_empty_text() -> None:
    assert line_of("", ("article",)) == 1


def test_every_mistake_of_a_file_is_told() -> None:
    with pytest.raises(RuleFileError) as caught:
        as_model(TEXT, ArticleFile, "海珠/article-03.yaml")
    problems = caught.value.problems
    assert {problem.file for problem in problems} == {"海珠/article-03.yaml"}
    assert all(problem.line for problem in problems)
    assert next(problem for problem in problems if problem.found.startswith("measures.0.title")).line == 4


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(RuleFileError, match="读不了这个文件"):
        read_text(tmp_path / "nothing.yaml", "nothing.yaml")


@pytest.mark.parametrize(
    ("text", "line", "found"),
    [
        ("article: 一\nmeasures: [\nx: 1\n", 4, "YAML 写法有误"),
        ("article: 一\n  measures: []\n", 2, "YAML 写法有误"),
        ("article: 一\nmeasures: '\n", 3, "YAML 写法有误"),
        ("measures:\n  - id: a\n    id: b\n", 2, "id 写了两次"),
        ("article: 一\narticle: 二\n", 2, "article 写了两次"),
        ("? [a, b]\n: 一\n", 0, "YAML 写法有误"),
        ("article: &a [*a]\n", 1, "YAML 写法有误"),
        ("article: " + "[" * 3000, 1, "YAML 写法有误"),
    ],
    ids=["open list", "indented", "open quote", "key twice", "top key twice", "list as key", "itself", "deep"],
)
def test_what_is_no_yaml_is_told_with_its_line(text: str, line: int, found: str) -> None:
    with pytest.raises(RuleFileError) as caught:
        as_model(text, ArticleFile, "海珠/article-03.yaml")
    assert [(problem.line, problem.found) for problem in caught.value.problems] == [(line, found)]
