"""What a check finds, before it has a line: cheap to make, so that thousands of mutants can be checked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import yaml

from policies.problems import Problem

Path = tuple[str | int, ...]
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


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


def line_of(text: str, path: Path) -> int:
    """The 1-based line of a value, by keys and indexes; of its nearest parent if it is not written."""
    node, line = _lines(text), 1
    for step in path:
        child = node[1].get(str(step)) if node[1] else None
        if child is None:
            break
        node, line = child, child[0]
    return line


_Tree = tuple[int, dict[str, Any]]


@lru_cache(maxsize=256)
def _lines(text: str) -> _Tree:
    """The lines of a whole file at once: composing it again for each finding would take longer than the checks."""
    node = yaml.compose(text, Loader=_Loader)
    return _tree(node, 1) if node is not None else (1, {})


def _tree(node: yaml.Node, line: int) -> _Tree:
    if isinstance(node, yaml.MappingNode):
        return line, {key.value: _tree(value, key.start_mark.line + 1) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return line, {str(i): _tree(item, item.start_mark.line + 1) for i, item in enumerate(node.value)}
    return line, {}
