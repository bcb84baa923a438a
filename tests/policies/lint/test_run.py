"""The whole run: own corpus green, stale cases and unused facts told, broken documents told with the others."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from policies.lint import lint, write_boundaries
from policies.load import OWN_CORPUS, OWN_FACTS, load
from policies.problems import CorpusError

from .edited import NAME, copy_of

BOUNDARY = f"{NAME}/boundary.yaml"


def stale(corpus: Path) -> list[str]:
    return [str(problem) for problem in lint(corpus, OWN_FACTS) if problem.file == BOUNDARY]


def test_the_corpus_is_green() -> None:
    assert [str(problem) for problem in lint()] == []


def test_a_changed_line_of_the_cases_is_told_with_both_sides(tmp_path: Path) -> None:
    corpus = copy_of(tmp_path, ("boundary.yaml", "range: [5万元, 5万元]", "range: [6万元, 6万元]"))
    text = (corpus / BOUNDARY).read_text(encoding="utf-8").split("\n")
    first = next(number for number, line in enumerate(text, 1) if "range: [6万元, 6万元]" in line)
    found = stale(corpus)
    assert found[0].startswith(f"{BOUNDARY} 第{first}行：文件里是“- {{given: {{training_sessions: 11场}}")
    assert "按规则算出“- {given: {training_sessions: 11场}, verdict: eligible, range: [5万元, 5万元]}”" in found[0]


def test_a_missing_line_and_a_line_too_many_are_told(tmp_path: Path) -> None:
    line = "  - {day: 2024-05-01, status: in_force, certainty: known}\n"
    assert "文件里少了一行" in "".join(stale(copy_of(tmp_path / "less", ("boundary.yaml", line, ""))))
    assert "没有这一行" in "".join(stale(copy_of(tmp_path / "more", ("boundary.yaml", line, line + line))))


def test_a_missing_file_of_cases_is_told_and_can_be_written(tmp_path: Path) -> None:
    corpus = copy_of(tmp_path)
    (corpus / BOUNDARY).unlink()
    assert "没有这个文件" in stale(corpus)[0]
    assert write_boundaries(corpus, OWN_FACTS) == [corpus / BOUNDARY]
    assert stale(corpus) == []
    assert write_boundaries(corpus, OWN_FACTS) == []


def test_a_swapped_citation_shows_in_the_cases(tmp_path: Path) -> None:
    quote = "对带动性强、综合效益大的重点项目，采取一事一议方式予以支持。"
    edit = ("article-04.yaml", f"quote: {quote}", f"quote: {quote[1:]}")
    assert any("quotes" in text or "span" in text for text in stale(copy_of(tmp_path, edit)))


def test_the_cases_are_not_part_of_the_law(tmp_path: Path) -> None:
    corpus = copy_of(tmp_path, ("boundary.yaml", "totals:", "totals: {"))
    assert NAME in load(corpus, OWN_FACTS).policies


def test_a_fact_no_document_uses_is_told(tmp_path: Path) -> None:
    facts = tmp_path / "facts.yaml"
    own = OWN_FACTS.read_text(encoding="utf-8")
    added = "facts:\n  - {key: favourite_colour, label: 颜色, type: bool, question: 喜欢红色吗？}\n"
    facts.write_text(own.replace("facts:\n", added, 1), encoding="utf-8")
    found = [problem for problem in lint(OWN_CORPUS, facts) if problem.file == "facts.yaml"]
    assert [problem.line for problem in found] == [own.split("\n").index("facts:") + 2]
    assert "favourite_colour" in found[0].found


def test_a_broken_document_does_not_hide_the_others(tmp_path: Path) -> None:
    corpus = copy_of(tmp_path, ("article-02.yaml", "rate: 20%", "rate: 25%"))
    shutil.copytree(corpus / NAME, corpus / "broken")
    (corpus / "broken" / "policy.yaml").write_text("title: [", encoding="utf-8")
    files = {problem.file for problem in lint(corpus, OWN_FACTS)}
    assert {"broken/policy.yaml", f"{NAME}/article-02.yaml"} <= files


def test_an_empty_folder_is_told(tmp_path: Path) -> None:
    assert "没有任何文件" in lint(tmp_path, OWN_FACTS)[0].found
    with pytest.raises(CorpusError):
        write_boundaries(tmp_path, OWN_FACTS)
