"""Lines of values in YAML texts, by the path of keys and indexes to them."""

from __future__ import annotations

from pathlib import Path

import pytest

from policies.model.measure import ArticleFile
from policies.yaml_files import RuleFileError, line_of, read_model

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


def test_every_mistake_of_a_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / "article-03.yaml"
    path.write_text(TEXT, encoding="utf-8")
    with pytest.raises(RuleFileError) as caught:
        read_model(path, ArticleFile, "海珠/article-03.yaml")
    problems = caught.value.problems
    assert {problem.file for problem in problems} == {"海珠/article-03.yaml"}
    assert all(problem.line for problem in problems)
    assert next(problem for problem in problems if problem.found.startswith("measures.0.title")).line == 4


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(RuleFileError, match="读不了这个文件"):
        read_model(tmp_path / "nothing.yaml", ArticleFile, "nothing.yaml")
