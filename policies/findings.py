"""What a check finds, before it has a line: cheap to make, so that thousands of mutants can be checked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from policies.lines import line_of
from policies.problems import Problem

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding: its file as shown to the officer, the keys and indexes down to the place, and the three sentences."""

    file: str
    path: Path
    found: str
    expected: str
    mend: str


def located(findings: Iterable[Finding], texts: Mapping[str, str]) -> Iterator[Problem]:
    """Give each finding its line; ``texts`` maps file names as shown to their contents."""
    for finding in findings:
        text = texts.get(finding.file)
        line = line_of(text, finding.path) if text is not None and finding.path else 0
        yield Problem(finding.file, line, finding.found, finding.expected, finding.mend)
