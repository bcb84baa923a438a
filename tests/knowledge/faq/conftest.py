"""One right entry, and a way to write it with one thing changed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge.faq import Entry, load_faq
from policies.law import Corpus

RIGHT = """\
entries:
  - id: standards
    kind: amount
    asks: [国家标准奖多少, 标准奖励, 制定国家标准给多少, 海珠标准奖, 国标奖励]
    topics: [标准]
    policies: [haizhu-2022]
    answer: |
      海珠：牵头制定国际、国家标准的，分别给予50万元、30万元。
      年度累计最高不超过100万元。
      海珠办法{status:haizhu-2022}。
    counter_questions: [是不是牵头]
    formula: 50万元×国际标准项数＋30万元×国家标准项数，年度累计最高100万元。
    measures: [haizhu-2022/7.a]
    cites:
      - {policy: haizhu-2022, article: "7", quote: 分别给予50万元、30万元奖励，年度累计最高不超过100万元}
    next_step: 备标准公告。
"""
Write = Callable[..., Path]


@pytest.fixture(scope="session")
def entries(corpus: Corpus) -> tuple[Entry, ...]:
    return load_faq(corpus)


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write the right entry as a file, the first text of each edit replaced by the second; its folder."""

    def written(*edits: tuple[str, str], name: str = "own.yaml") -> Path:
        text = RIGHT
        for old, new in edits:
            assert old in text, old
            text = text.replace(old, new, 1)
        (tmp_path / name).write_text(text, encoding="utf-8")
        return tmp_path

    return written
