"""Regular expressions compiled on first use: the command line starts without them, and most texts need few."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

_Method = Callable[..., re.Match[str] | None]


class Pattern:
    """A regular expression with the methods of :class:`re.Pattern` that the grammar uses."""

    match: _Method
    search: _Method
    fullmatch: _Method
    finditer: Callable[..., Iterator[re.Match[str]]]
    sub: Callable[..., str]

    def __init__(self, source: str) -> None:
        self._source = source

    def __getattr__(self, name: str) -> object:
        """Compile, and put the compiled methods in the place of this one."""
        if name not in Pattern.__annotations__:
            raise AttributeError(name)
        compiled = re.compile(self._source)
        for method in Pattern.__annotations__:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)
