"""What people ask about that documents of this kind leave open. The questions are in left_open.yaml."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import ryaml
from pydantic import BaseModel, ConfigDict, TypeAdapter


class LeftOpen(BaseModel):
    """A matter with whole questions about it.

    ``yearly``: it is left to the yearly call for applications; otherwise it is other policies' business, or nobody's.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    yearly: bool
    asks: tuple[str, ...]


_FILE = TypeAdapter(tuple[LeftOpen, ...])


@cache
def left_open() -> tuple[LeftOpen, ...]:
    """The matters, those left to the yearly call first; read once."""
    matters = _FILE.validate_python(ryaml.loads((Path(__file__).parent / "left_open.yaml").read_text(encoding="utf-8")))
    return tuple(sorted(matters, key=lambda matter: not matter.yearly))


@cache
def yearly() -> int:
    """How many of the matters are left to the yearly call."""
    return sum(matter.yearly for matter in left_open())
