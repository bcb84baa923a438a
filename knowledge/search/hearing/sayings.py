"""Everyday ways to say what documents write in official words. The words are in sayings.yaml."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

import ryaml
from pydantic import TypeAdapter

_FORM = TypeAdapter(dict[str, tuple[str, ...]])


@cache
def sayings() -> Mapping[str, tuple[str, ...]]:
    """By what documents write: the ways to say it, read once."""
    return _FORM.validate_python(ryaml.loads((Path(__file__).parent / "sayings.yaml").read_text(encoding="utf-8")))


def said(words: Iterable[str]) -> Iterator[str]:
    """Some words, and the everyday ways to say what holds one of them."""
    known = list(words)
    yield from known
    for written, forms in sayings().items():
        if any(word in written for word in known):
            yield from forms
