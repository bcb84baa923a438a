"""The numbers written in an official text, and whether a number of a rule is one of them.

Numbers are compared by value with blanks ignored: ``5亿元`` is ``50000万元``, ``2000万（含）元`` is ``2000万元``,
``1000万`` may leave out 元, ``两年`` is ``24月``. References (``第十条``), list markers (``（一）``, ``1.``) and words
that only contain a numeral (``一次性``, ``同一``, ``一批``, ``二级``) are no numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from policies.notation import FEN_PER_YUAN, MONEY, SHARE, Quantity, quantity, terms

_UNITS = "个月|季度|小时|家|项|场|人|天|台|条|次|个|年|月|日|款|件|倍|成|名|所|期|周|号"
_NUMERALS = "〇零一二两三四五六七八九十百千万亿"
_ARABIC = re.compile(
    r"(?P<own>\d+)\s?[:：]\s?(?P<other>\d+)"
    r"|(?P<number>\d+(?:\.\d+)?)\s?(?:(?P<sign>[%‰％])"
    rf"|(?P<scale>万亿|亿|万)?(?:（含）)?\s?(?P<unit>元|{_UNITS})?)"
)
_CHINESE = re.compile(
    rf"百分之(?P<percent>[{_NUMERALS}]+)|千分之(?P<permille>[{_NUMERALS}]+)"
    rf"|(?P<half>半年)|(?P<numeral>[{_NUMERALS}]+)(?P<unit>元|{_UNITS})?"
)
_TIME = ("年", "个月", "月", "天", "日", "周", "季度", "小时")
_DIGITS = {char: index for index, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_SCALES = {"十": 10, "百": 100, "千": 1000}
_BIG = {"万": 10_000, "亿": 100_000_000}
_ARABIC_SCALES = {None: 1, "万": 10_000, "亿": 100_000_000, "万亿": 1_000_000_000_000}


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text: where it stands, and its value.

    ``unit`` is ``元`` (value in 分), ``比例``, a counting word, or empty when none is written; ``bare`` when it has
    neither unit nor 万/亿.
    """

    start: int
    end: int
    text: str
    value: Fraction
    unit: str
    bare: bool

    def is_(self, wanted: Quantity) -> bool:
        """Whether this is that quantity, however it is written."""
        if self.unit == wanted.unit:
            return self.value == wanted.value
        if not self.unit:
            # 1000万 for 1000万元, 50亿 for 50亿条; a lone "5" is the 5 of 5G more often than an amount
            scale = FEN_PER_YUAN if wanted.is_money else 1
            return not self.bare and not wanted.is_share and self.value * scale == wanted.value
        if self.unit == "年" and wanted.unit == "月":
            return self.value * 12 == wanted.value
        return (self.unit, wanted.unit) in (("个月", "月"), ("日", "天")) and self.value == wanted.value


@lru_cache(maxsize=4096)
def numbers(text: str) -> tuple[Number, ...]:
    """All numbers of a text, in order."""
    return tuple(sorted((*_arabic(text), *_chinese(text)), key=lambda number: number.start))


def find(wanted: Quantity, text: str) -> list[Number]:
    """The places where a single quantity stands in a text."""
    return [number for number in numbers(text) if number.is_(wanted)]


def parts(wanted: Quantity) -> list[Quantity]:
    """The single quantities a rule's number is made of: ``6家+3家`` must show 6家 and 3家."""
    return [quantity(term) for term in terms(wanted.text)]


def _arabic(text: str) -> Iterator[Number]:
    for match in _ARABIC.finditer(text):
        start, end = match.span()
        written = match[0].rstrip()
        end = start + len(written)
        if match["own"]:
            if int(match["other"]):
                yield Number(start, end, written, Fraction(int(match["own"]), int(match["other"])), SHARE, bare=False)
            continue
        if _is_marker(text, start, end) or text[:start].rstrip(" ").endswith("第"):
            continue
        value = Fraction(match["number"])
        if match["sign"]:
            yield Number(start, end, written, value / (1000 if match["sign"] == "‰" else 100), SHARE, bare=False)
            continue
        value *= _ARABIC_SCALES[match["scale"]]
        unit = match["unit"] or ""
        if unit == MONEY:
            value *= FEN_PER_YUAN
        yield Number(start, end, written, value, unit, bare=not unit and not match["scale"])


def _is_marker(text: str, start: int, end: int) -> bool:
    """``1.`` or ``1、`` at the head of a paragraph."""
    at_head = start == 0 or text[start - 1] == "\n"
    following = text[end : end + 2]
    return at_head and following[:1] in (".", "．", "、") and not following[1:2].isdigit()


def _chinese(text: str) -> Iterator[Number]:
    for match in _CHINESE.finditer(text):
        start, end = match.span()
        for name, base in (("percent", 100), ("permille", 1000)):
            if match[name]:
                yield Number(start, end, match[0], Fraction(_value(match[name]), base), SHARE, bare=False)
        if match["half"]:
            yield Number(start, end, match[0], Fraction(6), "月", bare=False)
        if match["numeral"] and not _only_a_word(text, match):
            unit = match["unit"] or ""
            value = Fraction(_value(match["numeral"])) * (FEN_PER_YUAN if unit == MONEY else 1)
            yield Number(start, end, match[0], value, unit, bare=not unit)


def _only_a_word(text: str, match: re.Match[str]) -> bool:
    """Whether Chinese numerals are a reference, a list marker, part of a word, or belong to digits before them."""
    numeral, unit = match["numeral"], match["unit"]
    before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
    if before == "第" or before.isdigit() or before == "." or all(char in _BIG for char in numeral):
        return True
    if before in ("（", "(") and after in ("）", ")"):
        return True
    if before in ("", "\n") and after == "、":
        return True
    if numeral == "一":
        return unit not in _TIME or before in ("上", "同", "下", "每", "任", "某", "新", "前")
    return len(numeral) == 1 and (unit is None or unit == "号")


def _value(numeral: str) -> int:
    total, section, digit = 0, 0, 0
    for char in numeral:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in _SCALES:
            section += (digit or 1) * _SCALES[char]
            digit = 0
        else:
            total = (total + (section + digit or 1)) * _BIG[char]
            section = digit = 0
    return total + section + digit
