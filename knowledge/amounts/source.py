"""The text being read."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from knowledge.amounts.script import plain


class Source(NamedTuple):
    """A text as given and in one way of writing (``plain``, as long as ``given``).

    ``whole``: it is meant to be one quantity, so that a lone digit is one. ``as_of``: what relative dates count from.
    """

    given: str
    plain: str
    as_of: date | None
    whole: bool = False

    @classmethod
    def of(cls, text: str, as_of: date | None, *, whole: bool = False) -> Source:
        """Take a text as written."""
        return cls(text, plain(text), as_of, whole)
