"""One line of YAML for one case: the flow style, with quotes only where YAML needs them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date

_PLAIN = re.compile(r"[^\s\d\-?:,\[\]{}#&*!|>'\"%@`~=<.+][^:,\[\]{}#&*'\"\s]*")
_NUMBER = re.compile(r"\d+(?:\.\d+)?(?:万亿|亿|万)?[元家项场人天台条次个年月款件%‰]")
_WORDS = {"true", "false", "yes", "no", "on", "off", "null", "y", "n"}


def flow(value: object) -> str:
    """Write a value of dicts, lists, strings, integers, booleans, dates and ``None`` on one line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{flow(key)}: {flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, str):
        plain = _NUMBER.fullmatch(value) or (_PLAIN.fullmatch(value) and value.lower() not in _WORDS)
        return value if plain else json.dumps(value, ensure_ascii=False)
    if isinstance(value, Sequence):
        return "[" + ", ".join(flow(item) for item in value) + "]"
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | date):
        return str(value)
    raise TypeError(f"cannot write {type(value).__name__}")
