"""The invented document of the authoring guide, with one thing changed."""

from __future__ import annotations

import shutil
from pathlib import Path

from policies.lint import lint
from policies.load import OWN_FACTS
from policies.problems import Problem

FIXTURE = Path(__file__).parents[1] / "fixtures" / "corpus" / "qinghe-demo"
NAME = FIXTURE.name
Edit = tuple[str, str, str]


def copy_of(folder: Path, *edits: Edit) -> Path:
    """Copy the document into ``folder`` and replace, in the named files, the first text by the second."""
    corpus = folder / "corpus"
    shutil.copytree(FIXTURE, corpus / NAME)
    for file, old, new in edits:
        path = corpus / NAME / file
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{file} has no {old!r}"
        path.write_text(text.replace(old, new), encoding="utf-8")
    return corpus


def problems_after(folder: Path, *edits: Edit) -> list[Problem]:
    """What lint says of the changed rule files; facts only other documents use and the stale cases are left out."""
    found = lint(copy_of(folder, *edits), OWN_FACTS)
    return [problem for problem in found if problem.file not in (OWN_FACTS.name, f"{NAME}/boundary.yaml")]


def the_one(problems: list[Problem]) -> Problem:
    """The only problem."""
    assert len(problems) == 1, [str(problem) for problem in problems]
    return problems[0]
