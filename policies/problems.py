"""What can be wrong with a rule file, told so that an officer can mend it: place, finding, expectation, remedy."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One finding in one place. ``line`` is 1-based; 0 when the finding concerns the whole file."""

    file: str
    line: int
    found: str
    expected: str
    mend: str

    def __str__(self) -> str:
        """One line of Chinese: place, finding, expectation, remedy."""
        place = f"{self.file} 第{self.line}行" if self.line else self.file
        return f"{place}：{self.found}。应为：{self.expected}。改法：{self.mend}"


class CorpusError(Exception):
    """Nothing can be loaded; ``problems`` says why."""

    def __init__(self, problems: list[Problem]) -> None:
        """Keep the findings."""
        super().__init__("\n".join(map(str, problems)))
        self.problems = tuple(problems)
