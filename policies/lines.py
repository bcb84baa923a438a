"""The line a value stands on in a YAML text: asked only once a mistake is to be told."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

_Tree = tuple[int, dict[str, Any]]


def line_of(text: str, path: tuple[str | int, ...]) -> int:
    """The 1-based line of a value, by keys and indexes; steps that are not written are passed over."""
    node, line = _lines(text), 1
    for step in path:
        child = node[1].get(str(step))
        if child is not None:
            node, line = child, child[0]
    return line


@lru_cache(maxsize=256)
def _lines(text: str) -> _Tree:
    """The lines of a whole file at once: composing it again for each finding would take longer than the checks."""
    import yaml  # noqa: PLC0415 - costs every start several ms, and most starts find no mistake

    try:
        node = yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError:
        return 1, {}
    return _tree(node, 1) if node is not None else (1, {})


def _tree(node: Any, line: int) -> _Tree:
    if node.id == "mapping":
        return line, {key.value: _tree(value, key.start_mark.line + 1) for key, value in node.value}
    if node.id == "sequence":
        return line, {str(i): _tree(item, item.start_mark.line + 1) for i, item in enumerate(node.value)}
    return line, {}
