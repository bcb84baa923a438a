"""Numbers in characters written as the documents write them: 三百万 → 300万, 二十家 → 20家, 三成 → 30%, 百分之五 → 5%."""

from __future__ import annotations

import re

_DIGITS = {char: number for number, char in enumerate("零一二三四五六七八九")} | {"两": 2}
_SCALES = {"十": 10, "百": 100, "千": 1000}
_COUNTED = "万亿元家年台套场天人条项个次名份倍"
_NUMBER = re.compile(
    rf"百分之(?P<percent>[零一二两三四五六七八九十]+)|(?P<tenths>[一二两三四五六七八九])成(?![功立员交本为])"
    rf"|(?P<count>[一二两三四五六七八九]?[十百千][零一二两三四五六七八九十百]*)(?=[{_COUNTED}])"
)


def in_figures(text: str) -> str:
    """The text with numbers from ten on, percentages and tenths in figures; what is vague (十几家) stays."""
    return _NUMBER.sub(_written, text) if any(char in text for char in "十百千成") else text


def _written(match: re.Match[str]) -> str:
    if match["tenths"]:
        return f"{_DIGITS[match['tenths']]}0%"
    if match["percent"]:
        return f"{_value(match['percent'])}%"
    return str(_value(match["count"]))


def _value(numeral: str) -> int:
    total, digit = 0, 0
    for char in numeral:
        if char in _SCALES:
            total += (digit or 1) * _SCALES[char]
            digit = 0
        else:
            digit = _DIGITS[char]
    return total + digit
