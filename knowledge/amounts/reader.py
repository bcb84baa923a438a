"""Plain numerals, Chinese, Arabic and mixed, without a word that widens them: ``一千二百万``, ``3亿5000万``, ``两千三``."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from knowledge.amounts.pattern import Match, Pattern

WAN, YI = 10**4, 10**8
DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"两": 2}
DIGIT = "一二两三四五六七八九"
_SCALES = {"十": 10, "百": 100, "千": 1000, "万": WAN, "亿": YI}
_ONE = rf"[0-9]+(?:\.[0-9]+)?|[{DIGIT}几]"
_SECTION = Pattern(
    rf"(?:(?P<k>{_ONE}|)千)?(?P<z1>零)?(?:(?P<h>{_ONE}|)百)?(?P<z2>零)?(?:(?P<t>{_ONE}|)十)?(?P<z3>零)?(?P<d>{_ONE})?"
)
_PLACES = (("k", 1000), ("h", 100), ("t", 10), ("d", 1))
_THOUSANDS = Pattern("[0-9一二两三四五六七八九几]千[^零]*")


class NumeralError(ValueError):
    """The characters are no number, or could be two."""


class Plain(NamedTuple):
    """A value, the unit of its last digit other than zero, and whether its first unit stands without a digit (百万)."""

    value: int | Fraction
    step: int | Fraction
    bare: bool = False


_BARE_ONE = Plain(1, 1, bare=True)


def plain_number(text: str, open_digit: int = 0) -> Plain:
    """Read a numeral whole; 几 in it stands for ``open_digit``.

    亿 and 万 close what stands before them. A last single digit may leave out its unit (一千二, 三万五, 一亿二).

    Raises:
        NumeralError: when any character is left over, or it can be read in two ways.
    """
    above, mark, rest = text.rpartition("亿")
    if not mark:
        return _below_yi(text, open_digit)
    return _followed(_below_yi(above, open_digit) if above else _BARE_ONE, YI, rest, open_digit)


def scale_of(text: str) -> int:
    """The scale a text ends with: 1000万 for ``八千万``."""
    scale = 1
    for char in reversed(text):
        if char not in _SCALES:
            break
        scale *= _SCALES[char]
    return scale


def place_of(digits: str) -> int:
    """The place of the last digit other than zero: 100 for ``1200``."""
    kept = digits.rstrip("0")
    return 10 ** (len(digits) - len(kept)) if kept else 1


def _below_yi(text: str, open_digit: int) -> Plain:
    above, mark, rest = text.rpartition("万")
    if not mark:
        return _section(text, open_digit)
    return _followed(_section(above, open_digit) if above else _BARE_ONE, WAN, rest, open_digit)


def _followed(high: Plain, size: int, rest: str, open_digit: int) -> Plain:
    """What stands before 万 or 亿, and what follows it."""
    value, step = high.value * size, high.step * size
    if not rest:
        return Plain(value, step, high.bare)
    if high.step < 1:  # 1.2亿3000万
        raise NumeralError
    low = _after(rest, size, open_digit)
    return Plain(value + low.value, low.step, high.bare)


def _after(rest: str, size: int, open_digit: int) -> Plain:
    if len(rest) == 1 and (rest in DIGITS or rest == "几" or rest.isdecimal()):
        low = _section(rest, open_digit)
        low = Plain(low.value * size // 10, size // 10)
    elif rest[0] == "零":
        low = _below_yi(rest[1:], open_digit)
    elif size == YI and "万" not in rest:
        if not _THOUSANDS.fullmatch(rest):  # 一亿二千 is short for 一亿二千万; 一亿五百 could be either
            raise NumeralError
        low = _section(rest, open_digit)
        low = Plain(low.value * WAN, low.step * WAN)
    else:
        low = _below_yi(rest, open_digit)
        if rest.isdecimal() and low.value < 100:
            raise NumeralError
    if low.bare or not 0 < low.value < size:
        raise NumeralError
    return low


def _section(text: str, open_digit: int) -> Plain:
    """A number below 万: 千, 百, 十 and ones, or Arabic digits of any length."""
    if text.isdecimal():
        return Plain(int(text), place_of(text))
    if text == "零":
        return Plain(0, 1)
    found = _SECTION.fullmatch(text)
    if not found or not text or not _well_ordered(found, text):
        raise NumeralError
    value: int | Fraction = 0
    step: int | Fraction = 1
    last, bare = 0, False
    for name, unit in _PLACES:
        written = found[name]
        if written is None:
            continue
        if name == "d" and last > 10 and not (found["z3"] or found["z2"] or (last == 1000 and found["z1"])):
            unit = last // 10  # noqa: PLW2901 - 一千二 leaves out 百
        one = _one(written, open_digit)
        bare = bare or (not written and unit > 10)
        value += one.value * unit
        step, last = one.step * unit, unit
    return Plain(value, step, bare)


def _one(written: str, open_digit: int) -> Plain:
    """A digit, or Arabic digits before a unit (35百万, 2.8千万); nothing is one (十五)."""
    if not written:
        return Plain(1, 1)
    if written == "几":
        return Plain(open_digit, 1)
    if written in DIGITS:
        return Plain(DIGITS[written], 1)
    whole, point, decimals = written.partition(".")
    return Plain(Fraction(written), Fraction(1, 10 ** len(decimals))) if point else Plain(int(whole), place_of(whole))


def _well_ordered(found: Match, text: str) -> bool:
    """No 零 at an end, no 百 or 千 without its digit but the first, no long Arabic number beside another digit."""
    digits = [found[name] for name, _ in _PLACES if found[name] is not None]
    if text[0] == "零" or text[-1] == "零" or "零零" in text:
        return False
    if (found["h"] == "" and found.start("h")) or (found["t"] == "" and text.startswith("千", found.start("t") - 1)):
        return False
    return len(digits) == 1 or all(len(digit) < 2 for digit in digits)
