"""Plain numerals, Chinese, Arabic and mixed: ``一千二百万``, ``3亿5000万``, ``12,000``; no word that widens them."""

from __future__ import annotations

import re
from fractions import Fraction

from knowledge.amounts.pattern import Pattern

WAN, YI = 10**4, 10**8
DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"两": 2}
TENS = {"十": 10, "百": 100, "千": 1000}
DIGIT = "一二两三四五六七八九"
ARABIC = r"[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?"
_TOKEN = Pattern(rf"({ARABIC})|([零{DIGIT}几])|([十百千])|(万|w)|(亿)|(q)|(k)")


class NumeralError(ValueError):
    """The characters are no number, or could be two."""


def place_of(digits: str) -> int:
    """The place of the last digit other than zero: 100 for ``1200``."""
    kept = digits.rstrip("0")
    return 10 ** (len(digits) - len(kept)) if kept else 1


class Reader:
    """Reads Chinese, Arabic and mixed numerals from left to right: 亿 and 万 close what stands before them."""

    def __init__(self, open_digit: int) -> None:
        self._open = open_digit
        self._above: int | Fraction = 0  # finished parts: everything before 亿
        self._wan: int | Fraction | None = None  # the part before 万
        self._section: int | Fraction = 0  # 千 百 十 of the part being read
        self._digit: int | Fraction | None = None
        self._digit_step: int | Fraction = 1
        self._short = False  # the digit is a single one, so it may be short for the next lower unit
        self._last = 0  # the unit read last, 0 after a 零 or at the start
        self._zero = False
        self._begun = False
        self._step: int | Fraction = 1
        self._bare = False
        self._decimal = False  # nothing may follow 1.2亿
        self._after_yi = 0  # the first unit after 亿 where no 零 stands between: 一亿二千 is short for 一亿二千万

    def read(self, text: str) -> tuple[int | Fraction, int | Fraction, bool]:
        place = 0
        for token in _TOKEN.finditer(text):
            if token.start() != place:
                raise NumeralError
            place = token.end()
            self._take(token)
        if place != len(text) or not text:
            raise NumeralError
        self._settle()
        if self._zero and self._begun:
            raise NumeralError
        if self._after_yi and self._wan is None:
            self._stretch()
        return self._above + (self._wan or 0) + self._section, self._step, self._bare

    def _stretch(self) -> None:
        if self._after_yi != 1000:
            raise NumeralError
        self._section, self._step = self._section * WAN, self._step * WAN

    def _take(self, token: re.Match[str]) -> None:
        kind = token.lastindex
        if kind == 1:
            self._arabic(token[0])
        elif kind == 2 and token[0] == "零":
            self._on_zero()
        elif kind == 2:
            self._on_digit(self._open if token[0] == "几" else DIGITS[token[0]], 1, short=True)
        elif kind == 3:
            self._on_unit(TENS[token[0]])
        elif kind == 4:
            self._on_wan()
        elif kind == 5:
            self._on_yi()
        elif kind == 6:
            self._on_unit(1000)
            self._on_wan()
        else:
            self._on_unit(1000)

    def _arabic(self, written: str) -> None:
        digits = written.replace(",", "")
        whole, point, decimals = digits.partition(".")
        if point:
            self._on_digit(Fraction(digits), Fraction(1, 10 ** len(decimals)), short=False)
        else:
            self._on_digit(int(whole), place_of(whole), short=len(whole) == 1)

    def _on_digit(self, value: int | Fraction, step: int | Fraction, *, short: bool) -> None:
        if self._digit is not None or self._decimal:
            raise NumeralError
        least = 1 if self._zero else 100
        if self._begun and not short and not (self._last >= WAN and least <= value < WAN and step >= 1):
            raise NumeralError
        self._decimal = step < 1
        self._digit, self._digit_step, self._short = value, step, short

    def _on_zero(self) -> None:
        if self._digit is not None or self._zero:
            raise NumeralError
        self._zero, self._last = True, self._last if self._begun else 0
        if not self._begun:
            self._digit, self._digit_step, self._short, self._zero = 0, 1, False, False

    def _on_unit(self, unit: int) -> None:
        if self._digit is None:
            if self._begun and not (unit == 10 and (self._zero or self._last in (100, WAN, YI))):
                raise NumeralError
            self._bare = self._bare or (unit != 10)
            self._digit, self._digit_step = 1, 1
        if self._section and unit >= self._last:
            raise NumeralError
        if self._last == YI:
            self._after_yi = 0 if self._zero else unit
        elif self._zero and self._after_yi and self._wan is None:
            self._after_yi = 1
        self._section += self._digit * unit
        self._step = self._digit_step * unit
        self._digit, self._last, self._zero, self._begun = None, unit, False, True

    def _settle(self) -> None:
        """Add a last single digit: short for the next lower unit (一千二 is 1200), unless 零 stands before it."""
        if self._digit is None:
            return
        unit = 1
        if self._begun and not self._zero and self._short and self._last > 10:
            unit = self._last // 10
        elif self._begun and self._last == YI and not self._zero:
            raise NumeralError
        self._section += self._digit * unit
        if self._digit or not self._begun:
            self._step = self._digit_step * unit
        self._digit, self._zero = None, False

    def _on_wan(self) -> None:
        bare = not self._section and self._digit is None
        if self._wan is not None or (bare and self._begun) or self._last == WAN:
            raise NumeralError
        if bare:
            self._bare, self._section, self._step = True, 1, 1
        if self._last == YI and self._digit is not None:  # 一亿五百万, not 一亿五 and 万
            self._section, self._step, self._digit = self._digit, self._digit_step, None
        self._settle()
        self._wan, self._section, self._step = self._section * WAN, 0, self._step * WAN
        self._last, self._begun, self._zero = WAN, True, False

    def _on_yi(self) -> None:
        bare = not self._section and self._digit is None and self._wan is None
        if self._above or (bare and self._begun):
            raise NumeralError
        if bare:
            self._bare, self._section, self._step = True, 1, 1
        self._settle()
        self._above, self._step = ((self._wan or 0) + self._section) * YI, self._step * YI
        self._wan, self._section, self._last, self._begun, self._zero = None, 0, YI, True, False
