"""Whether ``boundary.yaml`` still says what the rules come to."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import zip_longest

from policies.problems import Problem

NAME = "boundary.yaml"
_MEND = "规则改得对的，重新生成 boundary.yaml 并核对差异；规则改错了的，改回规则"


def compare(shown: str, committed: str | None, computed: str) -> Iterator[Problem]:
    """Every line that differs: what is in the file and what the rules come to. ``committed`` is ``None`` without a file.

    ``shown`` is the file's name in messages.
    """
    if committed is None:
        yield Problem(shown, 0, "没有这个文件", "每份文件都有生成的边界例子", "重新生成 boundary.yaml，核对后提交")
        return
    old, new = committed.split("\n"), computed.split("\n")
    for tag, first, last, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        for offset, (was, is_) in enumerate(zip_longest(old[first:last], new[start:end])):
            line = min(first + offset, max(last - 1, 0)) + 1
            yield Problem(
                shown,
                line,
                f"文件里是“{was.strip()}”" if was is not None else "文件里少了一行",
                f"按规则算出“{is_.strip()}”" if is_ is not None else "没有这一行",
                _MEND,
            )
