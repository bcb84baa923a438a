"""How an answer is worded: short lines, and nothing that promises."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.faq.references import Placed
from policies.findings import Finding

LINES = range(2, 10)
WIDTH = 90
FIELDS = ("answer", "formula", "counter_questions", "next_step")
_PROMISES = re.compile(r"可申报|保证|一定能|肯定能|必得|稳拿")
_SHOUTS = re.compile(r"[!！]")


def texts_of(placed: Placed) -> Iterator[tuple[str, str]]:
    """Every text of an entry a reader sees, with the field it stands in; quotes are not among them."""
    for field in FIELDS:
        value = getattr(placed.entry, field)
        for text in value if isinstance(value, tuple) else (value,):
            if text:
                yield field, text


def check_tone(placed: Placed) -> Iterator[Finding]:
    """No promise, no exclamation mark, few and short lines."""
    for field, text in texts_of(placed):
        at = (*placed.path, field)
        promise = _PROMISES.search(text)
        if promise:
            yield Finding(
                placed.file,
                at,
                f"写了“{promise[0]}”",
                "只说条款怎么写、还差什么，不作承诺",
                "换成“按条款符合”“可以对照”等说法",
            )
        if _SHOUTS.search(text):
            yield Finding(placed.file, at, "写了感叹号", "平实的句子", "改成句号")
        for line in text.strip().splitlines():
            if len(line) > WIDTH:
                yield Finding(
                    placed.file, at, f"这一行有 {len(line)} 个字：“{line[:20]}……”", f"每行不超过 {WIDTH} 字", "拆成短行"
                )
    lines = len(placed.entry.answer.strip().splitlines())
    if lines not in LINES:
        yield Finding(
            placed.file,
            (*placed.path, "answer"),
            f"答案有 {lines} 行",
            f"{LINES.start} 至 {LINES.stop - 1} 行，第一行是结论",
            "补上限制条件，或删到最要紧的几行",
        )
