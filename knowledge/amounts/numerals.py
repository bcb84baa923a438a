"""The bare number: ``1,200万``, ``一亿二``, ``八千多万``, ``三五百万``, ``好几十``, ``一点几亿``, ``两个半亿``.

A run of numeral characters is read whole or not at all. Numbers stay integers as long as they are whole.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from knowledge.amounts.pattern import Pattern
from knowledge.amounts.reader import ARABIC, DIGIT, DIGITS, WAN, YI, NumeralError, Reader, place_of

_NEXT = "亿万千百个家项场人天台条次年月款件名位套间户元块蚊种份篇张吨亩股笔"  # what follows 来 when it means "about"
RUN = Pattern(
    rf"(?:{ARABIC}"
    r"|[好大]几|[零一二两三四五六七八九十百千万亿半几廿卅]"
    r"|[点.](?=[零一二两三四五六七八九几多])|点(?=[0-9])|\.(?=[0-9几])"
    r"|数(?=[十百千万亿])"
    r"|[多余](?!一?点|一些|[些久数半亏是么谢大远重少])"
    rf"|[来把](?=[{_NEXT}])"
    r"|个(?=[半多来余]?(?:亿|[百千]万|小目标))|小目标"
    r"|(?<=[0-9零一二两三四五六七八九十百千多来几半]) ?(?:kw|KW|Kw|[wWkK])(?![A-Za-z0-9])"
    r"|(?<=[0-9]) (?=[万亿千百]))+"
)
_PAIRS = {(n, n + 1) for n in range(1, 9)} | {(3, 5), (3, 2)}
_PAIR = Pattern(rf"(?<![零{DIGIT}])([{DIGIT}])([{DIGIT}])(?![零{DIGIT}])")
_AND_NEXT = Pattern(rf"([{DIGIT}]?)十几([{DIGIT}])十(.*)")
_VAGUE = Pattern(r"(.+?)(个?)([多余来把])(.*)")
_WORDS = {
    "廿": "二十",
    "卅": "三十",
    "小目标": "亿",
    "kw": "q",
    "KW": "q",
    "Kw": "q",
    "W": "w",
    "K": "k",
    ",": "",
    " ": "",
}
_WORD = Pattern("|".join(_WORDS))
_SCALE = Pattern(r"[十百千万亿wqk]*")
_SHORT = Pattern(rf"[百千万亿w][{DIGIT}几1-9]$")
_AROUND = {"来", "把"}


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written: its bounds, and the unit of its last digit other than zero (``step``).

    ``vague`` is the word inside that widened it (多, 来, 几, or 概 for 三五). ``bare``: a unit stands without a digit
    (百, 千万), which only some words before or after make a number. ``scaled``: it says 万, 亿 or the like. ``money``: it can
    only be money (小目标). ``short``: its last digit leaves out its unit (三万五).
    """

    low: int | Fraction
    high: int | Fraction
    step: int | Fraction
    high_open: bool = False
    vague: str | None = None
    bare: bool = False
    scaled: bool = False
    money: bool = False
    short: bool = False


def number(run: str) -> Number:
    """Read a run of numeral characters (as :func:`knowledge.amounts.script.plain` writes them) as one number.

    Raises:
        NumeralError: when any character of it is left over, or it can be read in two ways.
    """
    if run.isdecimal() and run.isascii():
        value = int(run)
        return Number(value, value, place_of(run))
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
    short = kind != "几" and _SHORT.search(text) is not None
    if kind:
        high = _value(text, high_digit)[0]
        return Number(low, high, last, kind == "几", kind, bare, scaled, money, short)
    if vague in _AROUND:
        return Number(Fraction(low * 9, 10), Fraction(low * 11, 10), step, False, "来", bare, scaled, money)
    if vague:
        return Number(low, low + step, step, True, "多", bare, scaled, money)
    return Number(low, low, step, False, None, bare, scaled, money, short)


def _tens_and_next(listed: re.Match[str], *, scaled: bool) -> Number:
    """``十几二十``, ``二十几三十万``: from one past the tens to the next."""
    tens = DIGITS[listed[1]] if listed[1] else 1
    scale = _scale(listed[3])
    if DIGITS[listed[2]] != tens + 1 or not _SCALE.fullmatch(listed[3]) or "十" in listed[3]:
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
    if last in DIGITS or last == "半" or (last.isdecimal() and len(head) < 2 and not tail):
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
    first, second = DIGITS[found[1]], DIGITS[found[2]]
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
    head, point, tail = re.sub(r"\.(?![0-9])", "点", text).partition("点") if _has_point(text) else (text, "", "")
    if not point:
        return Reader(open_digit).read(text)
    decimals = re.match(r"[零一二两三四五六七八九几0-9]*", tail)
    assert decimals is not None
    scale = tail[decimals.end() :]
    if not decimals[0] or not head or not _SCALE.fullmatch(scale) or "十" in scale:
        raise NumeralError
    whole, _, bare = Reader(open_digit).read(head)
    if bare or (not scale and "点" in text and any(char.isdecimal() for char in text)):  # 9点30 is a time
        raise NumeralError
    value, place = Fraction(whole), Fraction(1)
    for char in decimals[0]:
        place /= 10
        value += (open_digit if char == "几" else DIGITS[char] if char in DIGITS else int(char)) * place
    factor = _scale(scale)
    return value * factor, place * factor, False


def _has_point(text: str) -> bool:
    return "点" in text or re.search(r"\.(?![0-9])", text) is not None or ".几" in text
