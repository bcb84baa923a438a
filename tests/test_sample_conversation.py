"""The sample conversation in docs/ and the excerpt in the README are what the program says today."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest

from bot.messages import Started
from bot.store.open import open_store
from bot.terminal import Terminal
from dialogs.advance import Dialog
from policies.engine.engine import Engine

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "docs" / "sample-conversation.md"
_BLOCK = re.compile(r"```text\n(.*?)```", re.DOTALL)


def _block(path: Path) -> str:
    found = _BLOCK.search(path.read_text(encoding="utf-8"))
    assert found is not None, f"{path.name} has no ```text block"
    return found[1]


@pytest.fixture
def spoken(engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The transcript of typing again what the sample's user typed."""
    typed = re.findall(r"^用户　(.*)$", _block(SAMPLE), re.MULTILINE)
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(typed) + "\n"))
    transcript = tmp_path / "transcript.txt"
    store = open_store(tmp_path / "huiqi.db")
    try:
        Terminal(Dialog(engine), store, "sample", transcript=transcript).run(Started(argument="2026-11-21"))
    finally:
        store.close()
    return transcript.read_text(encoding="utf-8").strip()


def test_the_sample_is_a_real_run(spoken: str) -> None:
    renew = "renew it with: huiqi chat --as-of 2026-11-21 --transcript FILE"
    assert _block(SAMPLE).strip() == spoken, renew


def test_the_readme_quotes_the_sample(spoken: str) -> None:
    quoted = [line for line in _block(ROOT / "README.md").splitlines() if line.strip() not in ("", "……")]
    assert [line for line in quoted if line not in spoken.splitlines()] == []
