"""The strict notation of the rule files: ``1亿元``, ``9999.99万元``, ``30%``, ``5‰``, ``30家``, ``6家+3家``, ``1:1``.

It is the only way a number enters a rule. Nothing is guessed: a text that is not wholly a quantity is refused.
Everyday wording ("八千多万") belongs to :mod:`knowledge.amounts`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

FEN_PER_YUAN = 100
MONEY = "元"
SHARE = "比例"
COUNT_UNITS = ("家", "项", "场", "人", "天", "台", "条", "次", "个", "年", "月", "款", "件")
_SCALES = {"": 1, "万": 10_000, "亿": 100_000_000, "万亿": 1_000_000_000_000}
_SHARE_SIGNS = {"%": 100, "‰": 1000}
_QUANTITY = re.compile(
    r"(?P<number>[0-9]{1,18}(?:\.[0-9]{1,9})?)(?:(?P<sign>[%‰])|(?P<scale>万亿|亿|万)?(?P<unit>元|"
    + "|".join(COUNT_UNITS)
    + r"))"
)
_RATIO = re.compile(r"([0-9]{1,9}):([0-9]{1,9})")


class NotationError(ValueError):
    """The text is not a quantity of the strict notation; the message says what was expected, in Chinese."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its kind.

    ``value`` is integer 分 when ``unit`` is ``元``, an exact fraction of one when ``unit`` is ``比例``, and an integer
    count otherwise (``家``, ``场`` …).
    """

    value: int | Fraction
    unit: str
    text: str

    @property
    def is_money(self) -> bool:
        """Whether the value is an amount of money in 分."""
        return self.unit == MONEY

    @property
    def is_share(self) -> bool:
        """Whether the value is a fraction of one."""
        return self.unit == SHARE


@lru_cache(maxsize=4096)
def quantity(text: str) -> Quantity:
    """Read one quantity, a sum of like quantities (``6家+3家``) or a product of shares (``40%×70%``).

    Raises:
        NotationError: when any part of the text is not strict notation, or the units differ.
    """
    parts = [_single(part) for part in text.split("+")] if "+" in text else None
    if parts is not None:
        if len({part.unit for part in parts}) != 1:
            raise NotationError(f"“{text}”里相加的几个数单位不同")
        return Quantity(sum((part.value for part in parts), start=0), parts[0].unit, text)
    if "×" in text:
        factors = [_single(part) for part in text.split("×")]
        if not all(factor.is_share for factor in factors):
            raise NotationError(f"“{text}”：只有比例可以相乘，例如 40%×70%")
        product = Fraction(1)
        for factor in factors:
            product *= factor.value
        return Quantity(product, SHARE, text)
    return _single(text)


def terms(text: str) -> list[str]:
    """Return the single quantities a notation is made of: ``6家+3家`` gives ``['6家', '3家']``."""
    return [part for part in re.split(r"[+×]", text) if part]


def _single(text: str) -> Quantity:
    ratio = _RATIO.fullmatch(text)
    if ratio:
        own, other = int(ratio[1]), int(ratio[2])
        if other == 0:
            raise NotationError(f"“{text}”：比例的后项不能是 0")
        return Quantity(Fraction(own, other), SHARE, text)
    match = _QUANTITY.fullmatch(text)
    if not match:
        raise NotationError(f"“{text}”不是规则文件的写法；应写成 1200万元、30%、5‰、30家 这样的数加单位")
    number = Fraction(match["number"])
    if match["sign"]:
        return Quantity(number / _SHARE_SIGNS[match["sign"]], SHARE, text)
    number *= _SCALES[match["scale"] or ""]
    if match["unit"] == MONEY:
        number *= FEN_PER_YUAN
    if number.denominator != 1:
        smallest = "分" if match["unit"] == MONEY else "1" + match["unit"]
        raise NotationError(f"“{text}”小于{smallest}，没有意义")
    return Quantity(int(number), match["unit"], text)


def yuan_text(fen: int) -> str:
    """Write an amount for people: 万元 and 亿元 where exact to the 分, 元 otherwise (``360万元``, ``4999.5元``)."""
    yuan = Fraction(fen, FEN_PER_YUAN)
    for scale, name in ((100_000_000, "亿元"), (10_000, "万元")):
        scaled = yuan / scale
        if abs(scaled) >= 1 and (scaled * 10_000).denominator == 1:
            return f"{plain(scaled)}{name}"
    return f"{plain(yuan)}元"


def count_text(value: int, unit: str) -> str:
    """Write a count with its unit, folding round numbers of ten thousand (``2000万条``, ``15家``)."""
    for scale, name in ((100_000_000, "亿"), (10_000, "万")):
        if abs(value) >= scale and value % (scale // 100) == 0:
            return f"{plain(Fraction(value, scale))}{name}{unit}"
    return f"{value}{unit}"


def share_text(share: Fraction) -> str:
    """Write a share the way the texts do: ``30%``, and ``5‰`` below one per cent."""
    if 0 < abs(share) < Fraction(1, 100) and (share * 1000).denominator == 1:
        return f"{plain(share * 1000)}‰"
    return f"{plain(share * 100)}%"


def plain(number: Fraction) -> str:
    """Write an exact decimal without trailing zeros; a number with no finite decimal is cut at six places."""
    if number.denominator == 1:
        return str(number.numerator)
    sign = "-" if number < 0 else ""
    micro = abs(number) * 10**6
    whole, rest = divmod(micro.numerator // micro.denominator, 10**6)
    return f"{sign}{whole}.{rest:06d}".rstrip("0").rstrip(".")
