"""Reading the figures people type: ``1200万``, ``一千二百万``, ``8000多万``, ``不到30家``, ``三成``.

Builds on the strict notation of the rule files and never disagrees with it. What cannot be read whole is refused: a
refusal costs one question, a silent error changes an award.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from fractions import Fraction

from policies.notation import COUNT_UNITS, FEN_PER_YUAN, MONEY, SHARE

_DIGITS = {**{char: value for value, char in enumerate("零一二三四五六七八九")}, "〇": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_SCALES = {"": 1, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8, "万亿": 10**12, "w": 10**4, "W": 10**4}
_CHINESE = "".join(_DIGITS) + "".join(_TENS) + "万亿"
_UNITS = "元|块|块钱|人民币|%|‰|" + "|".join(COUNT_UNITS) + "|个月|名|台套|套"
_FIGURE = re.compile(
    r"(?P<before>不到|不足|不超过|最多|超过|不止|至少|起码|约|大约|大概)?"
    rf"(?P<number>\d+(?:,\d{{3}})*(?:\.\d+)?|[{_CHINESE}]+(?:点[{''.join(_DIGITS)}]+)?)"
    r"(?P<many>多|余|几)?(?:个(?=[万亿]))?"
    r"(?P<scale>万亿|千万|百万|亿|万|w|W)?"
    r"(?P<many_after>多|余)?"
    rf"(?P<unit>{_UNITS})?"
    r"(?P<after>以上|以内|左右|出头)?"
)
_TENTHS = re.compile(r"([一二两三四五六七八九]|\d)成(半|[一二三四五六七八九])?")
_PERCENT = re.compile(rf"百分之([{_CHINESE}]+|\d+(?:\.\d+)?)")
_UNIT_NAMES = {
    "块": MONEY,
    "块钱": MONEY,
    "人民币": MONEY,
    "%": SHARE,
    "‰": SHARE,
    "个月": "月",
    "名": "人",
    "套": "台",
    "台套": "台",
}
_LONGEST = 40  # characters; no figure is longer, and a number of a thousand digits is no answer
_NONE = {"没有", "都没有", "无", "零", "没", "一家都没有", "一分钱都没有"}


class AmountError(ValueError):
    """The text is not one figure that can be read whole; the message (Chinese) says what would be."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure as a closed-open reading of words: ``low`` and ``high`` in 分, counts or fractions of one.

    ``high`` of ``None``: no upper bound. ``high_open`` / ``low_open``: the bound itself is not included. ``unit`` is
    ``元``, ``比例``, a measure word, or ``None`` when none was said.
    """

    low: Fraction
    high: Fraction | None
    unit: str | None
    low_open: bool = False
    high_open: bool = False


def read_amount(text: str) -> Amount:
    """Read one figure.

    Conventions (a: the number named, u: the unit of its last digit): 多、余 [a, a+u); 不到、不足 [0, a); 不超过、最多、以内
    [0, a]; 超过、不止 (a, ∞); 至少、起码、以上 [a, ∞); 约、左右 a±10 %; 出头 [a, 1.1a).

    Raises:
        AmountError: when any part of the text is not understood.
    """
    if len(text) > _LONGEST:
        raise AmountError("太长了，没看懂。请只写一个数，例如 1200万、八千多万、30%、15家")
    clean = unicodedata.normalize("NFKC", text).strip().replace("，", ",").rstrip("。.,")
    clean = re.sub(r"(?<!\d) +| +(?!\d)", "", clean)
    clean = re.sub(r"(了|吧|的样子|钱)$", "", clean)
    if clean in _NONE:
        return Amount(Fraction(0), Fraction(0), None)
    special = _special_share(clean)
    if special is not None:
        return Amount(special, special, SHARE)
    match = _FIGURE.fullmatch(clean)
    if match is None:
        raise AmountError(f"没看懂“{text}”。请写一个数，例如 1200万、八千多万、30%、15家")
    return _figure(match, text)


def _special_share(text: str) -> Fraction | None:
    tenths = _TENTHS.fullmatch(text)
    if tenths:
        half = {None: Fraction(0), "半": Fraction(1, 2)}.get(tenths[2])
        rest = half if half is not None else Fraction(_DIGITS[tenths[2]], 10)
        return (Fraction(_chinese_or_arabic(tenths[1])) + rest) / 10
    percent = _PERCENT.fullmatch(text)
    return Fraction(_chinese_or_arabic(percent[1])) / 100 if percent else None


def _figure(match: re.Match[str], text: str) -> Amount:
    many = match["many"] or match["many_after"]
    if match["many"] == "几" or (match["many"] and match["many_after"]):
        raise AmountError(f"“{text}”太宽，请写一个大概的数，例如 300万 或 三百多万")
    number = Fraction(_chinese_or_arabic(match["number"]))
    scale = _SCALES[match["scale"] or ""]
    unit = match["unit"]
    factor = Fraction({"%": Fraction(1, 100), "‰": Fraction(1, 1000)}.get(unit or "", 1)) * scale
    name = _UNIT_NAMES.get(unit, unit) if unit else None
    if name == MONEY:
        factor *= FEN_PER_YUAN
    step = _last_unit(match["number"], number) * factor
    if match["many_after"] and match["scale"] is None:
        raise AmountError(f"没看懂“{text}”。请写一个数，例如 8000多万")
    return _with_words(number * factor, step, name, match["before"], match["after"], many=bool(many), text=text)


def _with_words(
    value: Fraction, step: Fraction, unit: str | None, before: str | None, after: str | None, *, many: bool, text: str
) -> Amount:
    if sum(map(bool, (before, after, many))) > 1:
        raise AmountError(f"“{text}”里有两个限定词，请只写一个，例如 八千多万 或 不到九千万")
    if many:
        return Amount(value, value + step, unit, high_open=True)
    if before in ("不到", "不足"):
        return Amount(Fraction(0), value, unit, high_open=True)
    if before in ("不超过", "最多") or after == "以内":
        return Amount(Fraction(0), value, unit)
    if before in ("超过", "不止"):
        return Amount(value, None, unit, low_open=True)
    if before in ("至少", "起码") or after == "以上":
        return Amount(value, None, unit)
    if before in ("约", "大约", "大概") or after == "左右":
        return Amount(value * 9 / 10, value * 11 / 10, unit)
    if after == "出头":
        return Amount(value, value * 11 / 10, unit, high_open=True)
    return Amount(value, value, unit)


def _last_unit(written: str, number: Fraction) -> Fraction:
    """The unit of the last non-zero digit: 1000 for ``8000``, 100 for ``一千二百``, 1 for ``35``."""
    if number.denominator != 1:
        places = len(written.rsplit("点" if "点" in written else ".", maxsplit=1)[-1])
        return Fraction(1, 10**places)
    step, rest = 1, int(number)
    while rest and rest % 10 == 0:
        rest //= 10
        step *= 10
    return Fraction(step)


def _chinese_or_arabic(text: str) -> Fraction:
    if text[0].isdigit():
        return Fraction(text.replace(",", ""))
    whole, _, decimals = text.partition("点")
    value = Fraction(_chinese(whole))
    for place, char in enumerate(decimals, start=1):
        value += Fraction(_DIGITS[char], 10**place)
    return value


def _chinese(text: str) -> int:
    """A whole number in Chinese numerals, with 万 and 亿 as section marks and 一亿二 / 一千二 as everyday short forms."""
    for mark, size in (("亿", 10**8), ("万", 10**4)):
        if mark in text:
            left, _, right = text.partition(mark)
            if not left:
                raise AmountError(f"没看懂“{text}”。请写完整的数，例如 一千二百万")
            return _chinese(left) * size + _after(right, size)
    total, digit, last, zero = 0, None, 10**4, False
    for char in text:
        if char in _TENS:
            if char == "十" and digit is None and total == 0:
                digit = 1
            if digit is None or _TENS[char] >= last:
                raise AmountError(f"没看懂“{text}”。请写完整的数，例如 一千二百万")
            total, digit, last, zero = total + digit * _TENS[char], None, _TENS[char], False
        elif _DIGITS[char] == 0:
            if digit is not None:
                raise AmountError(f"没看懂“{text}”。请写完整的数，例如 一千二百万")
            zero = True
        elif digit is not None:
            raise AmountError(f"没看懂“{text}”。请写完整的数，例如 一千二百万")
        else:
            digit = _DIGITS[char]
    if digit is None:
        if zero and total:
            raise AmountError(f"没看懂“{text}”。请写完整的数，例如 一千二百万")
        return total
    short = last // 10 if total and not zero else 1  # 一千二 is 1200, 一千零二 is 1002
    return total + digit * short


def _after(text: str, size: int) -> int:
    if not text:
        return 0
    if len(text) == 1 and text in _DIGITS:
        return _DIGITS[text] * size // 10
    return _chinese(text.removeprefix("零"))
