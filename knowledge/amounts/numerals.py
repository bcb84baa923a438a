"""The bare number: ``1,200万``, ``一亿二``, ``八千多万``, ``三五百万``, ``好几十``, ``一点几亿``, ``两个半亿``.

A run of numeral characters is read whole or not at all. Numbers stay integers as long as they are whole.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from knowledge.amounts.pattern import Pattern

WAN, YI = 10**4, 10**8
_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_DIGIT = "一二两三四五六七八九"
_NEXT = "亿万千百个家项场人天台条次年月款件名位套间户元块蚊种份篇张吨亩股笔"  # what follows 来 when it means "about"
_ARABIC = r"[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?"
RUN = Pattern(
    rf"(?:{_ARABIC}"
    r"|[好大]几|[零一二两三四五六七八九十百千万亿半几廿卅]"
    r"|[点.](?=[零一二两三四五六七八九几多])|点(?=[0-9])|\.(?=[0-9几])"
    r"|数(?=[十百千万亿])"
    r"|[多余](?!一?点|一些|些)"
    rf"|[来把](?=[{_NEXT}])"
    r"|个(?=[半多来余]?(?:亿|[百千]万|小目标))|小目标"
    r"|(?<=[0-9零一二两三四五六七八九十百千多来几半]) ?(?:kw|KW|Kw|[wWkK])(?![A-Za-z0-9])"
    r"|(?<=[0-9]) (?=[万亿千百]))+"
)
_TOKEN = Pattern(rf"({_ARABIC})|([零{_DIGIT}几])|([十百千])|(万|w)|(亿)|(q)|(k)")
_PAIRS = {(n, n + 1) for n in range(1, 9)} | {(3, 5), (3, 2)}
_PAIR = Pattern(rf"(?<![零{_DIGIT}])([{_DIGIT}])([{_DIGIT}])(?![零{_DIGIT}])")
_AND_NEXT = Pattern(rf"([{_DIGIT}]?)十几([{_DIGIT}])十(.*)")
_VAGUE = Pattern(r"(.+?)(个?)([多余来把])(.*)")
_WORDS = {"廿": "二十", "卅": "三十", "小目标": "亿", "kw": "q", "KW": "q", "Kw": "q", "W": "w", "K": "k", ",": "", " ": ""}
_WORD = Pattern("|".join(_WORDS))
_SCALE = Pattern(r"[十百千万亿wqk]*")
_AROUND = {"来", "把"}


class NumeralError(ValueError):
    """The characters are no number, or could be two."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written: its bounds, and the unit of its last digit other than zero (``step``).

    ``vague`` is the word inside that widened it (多, 来, 几, or 概 for 三五). ``bare``: a unit stands without a digit
    (百, 千万), which only some words before or after make a number. ``scaled``: it says 万, 亿 or the like.
    """

    low: int | Fraction
    high: int | Fraction
    step: int | Fraction
    high_open: bool = False
    vague: str | None = None
    bare: bool = False
    scaled: bool = False
    money: bool = False


def number(run: str) -> Number:
    """Read a run of numeral characters (as :func:`knowledge.amounts.script.plain` writes them) as one number.

    Raises:
        NumeralError: when any character of it is left over, or it can be read in two ways.
    """
    if run.isdecimal() and run.isascii():
        value = int(run)
        return Number(value, value, _place(run))
    money = "小目标" in run
    text = _WORD.sub(lambda found: _WORDS[found[0]], run)
    scaled = any(char in text for char in "万亿wqk")
    listed = _AND_NEXT.fullmatch(text)
    if listed:
        return _tens_and_next(listed, scaled=scaled)
    text, vague, step = _take_vague(text)
    text, halves = _take_half(text)
    low_digit, high_digit, text, kind = _take_open_digit(text)
    if sum(map(bool, (kind, vague, halves))) > 1:
        raise NumeralError
    low, last, bare = _value(text, low_digit)
    if halves:
        low += halves * _scale(text)
        last = halves * _scale(text)
    if step is None:
        step = last
    if kind:
        high = _value(text, high_digit)[0]
        return Number(low, high, last, high_open=kind == "几", vague=kind, bare=bare, scaled=scaled, money=money)
    if vague in _AROUND:
        return Number(Fraction(low * 9, 10), Fraction(low * 11, 10), step, False, "来", bare, scaled, money)
    if vague:
        return Number(low, low + step, step, True, "多", bare, scaled, money)
    return Number(low, low, step, False, None, bare, scaled, money)


def _tens_and_next(listed: re.Match[str], *, scaled: bool) -> Number:
    """``十几二十``, ``二十几三十万``: from one past the tens to the next."""
    tens = _DIGITS[listed[1]] if listed[1] else 1
    scale = _scale(listed[3])
    if _DIGITS[listed[2]] != tens + 1 or not _SCALE.fullmatch(listed[3]) or "十" in listed[3]:
        raise NumeralError
    return Number((tens * 10 + 1) * scale, (tens + 1) * 10 * scale, scale, vague="概", scaled=scaled)


def _take_vague(text: str) -> tuple[str, str | None, int | None]:
    """Take out 多, 余, 来, 把; after 个 the step is the scale (``三十个多亿``: between 30 and 31)."""
    found = _VAGUE.fullmatch(text)
    if not found:
        return text, None, None
    head, counted, word, tail = found.groups()
    tail = tail.removeprefix("个")
    if not _SCALE.fullmatch(tail) or "十" in tail:
        raise NumeralError
    last = head[-1]
    if counted:
        return head + tail, word, _scale(tail)
    if last == "点" and tail:  # 两点多亿
        return head[:-1] + tail, word, _scale(tail)
    if last in _DIGITS or last == "半" or (last.isdecimal() and len(head) < 2 and not tail):
        raise NumeralError
    return head + tail, word, None


def _take_half(text: str) -> tuple[str, Fraction]:
    """Take out 半: ``半``, ``半亿``, ``半个亿``, ``两个半亿`` (two and a half); ``一千万半`` is refused."""
    if "半" not in text:
        return text.replace("个", ""), Fraction(0)
    head, _, tail = text.partition("半")
    tail = tail.removeprefix("个")
    if "半" in tail or not re.fullmatch("亿|[十百千]?万|w|", tail):
        raise NumeralError
    if not head:
        return "零" + tail, Fraction(1, 2)
    if not head.endswith("个") or not tail:
        raise NumeralError
    return head[:-1] + tail, Fraction(1, 2)


def _take_open_digit(text: str) -> tuple[int, int, str, str | None]:
    """Find 几, 好几, 大几, 数 or two neighbouring digits (三五百): the digit's bounds, and the text with 几 for it."""
    for word, least in (("好几", 3), ("大几", 5), ("数", 2), ("几", 2)):
        if word in text:
            head, _, tail = text.partition(word)
            if "几" in tail or "数" in tail or (head and word != "几") or _PAIR.search(text):
                raise NumeralError
            if head and head[-1] in "十百千万亿.点":
                least = 1
            elif head.isdecimal() and head.endswith("0") and not head.endswith("00"):
                return 1, 10, _arabic_tens(head) + "几" + tail, "几"
            elif head:
                raise NumeralError
            return least, 10, head + "几" + tail, "几"
    found = _PAIR.search(text)
    if not found or "点" in text[: found.start()]:  # decimals are read digit by digit: 一点二五
        return 0, 0, text, None
    first, second = _DIGITS[found[1]], _DIGITS[found[2]]
    rest = text[: found.start()] + "几" + text[found.end() :]
    if (first, second) not in _PAIRS or _PAIR.search(rest) or (first == 8 and rest[found.start() + 1 :][:1] == "十"):
        raise NumeralError
    return min(first, second), max(first, second), rest, "概"


def _arabic_tens(head: str) -> str:
    """``20`` of ``20几`` in Chinese numerals."""
    if len(head) > 2:
        raise NumeralError
    return "零一二三四五六七八九"[int(head[0])] + "十"


def _scale(text: str) -> int:
    """The scale a text ends with: 1000万 for ``八千万``."""
    scale = 1
    for char in reversed(text):
        step = {"十": 10, "百": 100, "千": 1000, "万": WAN, "w": WAN, "亿": YI, "q": 10**7, "k": 1000}.get(char)
        if step is None:
            break
        scale *= step
    return scale


def _value(text: str, open_digit: int) -> tuple[int | Fraction, int | Fraction, bool]:
    """Value, step and bareness of a number without vague words; 几 stands for ``open_digit``."""
    head, point, tail = text.replace(".", "点").partition("点") if _has_point(text) else (text, "", "")
    if not point:
        return _Reader(open_digit).read(text)
    decimals = re.match(r"[零一二两三四五六七八九几0-9]*", tail)
    assert decimals is not None
    scale = tail[decimals.end() :]
    if not decimals[0] or not head or not _SCALE.fullmatch(scale) or "十" in scale:
        raise NumeralError
    whole, _, bare = _Reader(open_digit).read(head)
    if bare or not _SCALE.fullmatch(scale):
        raise NumeralError
    value, place = Fraction(whole), Fraction(1)
    for char in decimals[0]:
        place /= 10
        value += (open_digit if char == "几" else _DIGITS[char] if char in _DIGITS else int(char)) * place
    factor = _scale(scale)
    return value * factor, place * factor, False


def _has_point(text: str) -> bool:
    return "点" in text or re.search(r"\.(?![0-9])", text) is not None or ".几" in text


def _place(digits: str) -> int:
    """The place of the last digit other than zero: 100 for ``1200``."""
    kept = digits.rstrip("0")
    return 10 ** (len(digits) - len(kept)) if kept else 1


class _Reader:
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
            self._on_digit(self._open if token[0] == "几" else _DIGITS[token[0]], 1, short=True)
        elif kind == 3:
            self._on_unit(_TENS[token[0]])
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
            self._on_digit(int(whole), _place(whole), short=len(whole) == 1)

    def _on_digit(self, value: int | Fraction, step: int | Fraction, *, short: bool) -> None:
        if self._digit is not None or self._decimal:
            raise NumeralError
        if self._begun and not short and not (self._last >= WAN and 100 <= value < WAN and step >= 1):
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
