"""Articles named by their number in a question: 第三条, 第10条, 第三条（一）."""

from __future__ import annotations

import re

_DIGITS = {char: number for number, char in enumerate("零一二三四五六七八九")}
_NUMBER = "[零一二三四五六七八九十0-9]{1,3}"
_NAMED = re.compile(rf"第({_NUMBER})[条点](?:第?({_NUMBER})(?:[项款]|$))?")


def clauses(text: str) -> tuple[str, ...]:
    """The ids (``3``, ``3.1``) of the articles a plain text names by number."""
    return tuple(
        str(_number(match[1])) + (f".{_number(match[2])}" if match[2] else "") for match in _NAMED.finditer(text)
    )


def _number(text: str) -> int:
    if text.isdigit() and text.isascii():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    return (_DIGITS.get(tens, 1) * 10 if ten else 0) + _DIGITS.get(ones, 0)
