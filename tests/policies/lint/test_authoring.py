"""The authoring guide is true: its example is green, and every block it shows is that example."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from policies.lint import lint
from policies.load import OWN_CORPUS, OWN_FACTS

from .edited import FIXTURE, NAME

EXAMPLES = [
    *FIXTURE.glob("*.yaml"),
    OWN_FACTS,
    Path(__file__).parents[2] / "knowledge" / "faq" / "fixtures" / "standards.yaml",
]

GUIDE = OWN_CORPUS.parents[1] / "docs" / "authoring.md"
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```$", GUIDE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
KINDS = ("fixed", "rate", "up_to", "each", "tiers", "stages", "up_to_parts", "unspecified", "in_kind")


def test_the_example_is_green_as_a_sixth_document(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    shutil.copytree(OWN_CORPUS, corpus)
    shutil.copytree(FIXTURE, corpus / NAME)
    assert [str(problem) for problem in lint(corpus, OWN_FACTS)] == []


def test_the_guide_shows_blocks() -> None:
    assert len(BLOCKS) >= 15
    assert {language for language, _ in BLOCKS} == {"yaml"}


@pytest.mark.parametrize("block", [block for _, block in BLOCKS])
def test_a_block_is_taken_from_the_example(block: str) -> None:
    assert any(block in path.read_text(encoding="utf-8") for path in EXAMPLES)


@pytest.mark.parametrize("kind", KINDS)
def test_the_guide_explains_every_kind_of_award(kind: str) -> None:
    assert f"`{kind}" in GUIDE.read_text(encoding="utf-8")
