"""The bare number: ``1,200万``, ``一亿二``, ``八千多万``, ``三五百万``, ``好几十``, ``一点几亿``, ``两个半亿``.

A run of numeral characters is read whole or not at all. Numbers stay integers as long as they are whole.
"""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from knowledge.amounts.pattern import Match, Pattern
from knowledge.amounts.reader import DIGIT, DIGITS, NumeralError, Plain, plain_number, scale_of

_NEXT = "亿万千百个家项场人天台条次年月款件名位套间户元块蚊种份篇张吨亩股笔号"  # what follows 来 when it means "about"
RUN = Pattern(
    r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])(?:\.[0-9]+)?|[1-9][0-9]{0,2}(?:(?: [0-9]{3}){2,}| 000)(?![0-9])"
    r"|[0-9]+(?:\.[0-9]+)?"
    r"|[好大]几|[零一二两三四五六七八九十百千万亿半几廿卅]"
    r"|[点.](?=[零一二两三四五六七八九几多])|点(?=[0-9])|\.(?=[0-9几])"
    r"|(?<=[一二三四五六七])、(?=[二三四五六七八][十百千万亿])"
    r"|数(?=[十百千万亿])"
    r"|[多余](?!一?点|一些|[些久数半亏是么谢大远重少])"
    rf"|[来把](?=[{_NEXT}])"
    r"|个(?=[半多来余]?(?:亿|[百千]万|小目标))|小目标|有余"
    r"|(?<=[0-9零一二两三四五六七八九十百千多来几半]) ?(?:kw|KW|Kw|[wWkK])(?![A-Za-z0-9])"
    r"|(?<=[0-9]) (?=[万亿千百]))+"
)
_SPELLED = {"廿": "二十", "卅": "三十", "小目标": "亿", "w": "万", "k": "千", ",": "", " ": "", "、": "", "有余": "余"}
_SPELLING = Pattern("[wWkK, 、廿卅]|小目标|有余")
_DECIMALS = Pattern(rf"(.+?)点([零{DIGIT}几0-9]+)([百千万亿]*)")
_OTHER_POINT = Pattern(r"\.(?![0-9])")  # 1.几亿
_VAGUE = Pattern(r"(.+?)(个?)([多余来把])个?([百千万亿]*)")
_HALF = Pattern("(?:(.+)个)?半个?(亿|[十百千]?万|)")
_AND_HALF = Pattern(rf"([{DIGIT}0-9]+)(亿|万)半")
_OPEN = Pattern("(.*?)(好几|大几|数|几)(.*)")
_LEAST = {"好几": 3, "大几": 5, "数": 2, "几": 2}
_PAIR = Pattern(rf"(?<![零{DIGIT}])([{DIGIT}])([{DIGIT}])(?![零{DIGIT}])")
_PAIRS = {(n, n + 1) for n in range(1, 9)} | {(3, 5), (3, 2)}
_TEN_TO_NEXT = Pattern(rf"([{DIGIT}]?)十几([{DIGIT}])十([百千万亿]*)")
_SHORT = Pattern(rf"[百千万亿][{DIGIT}几1-9]$")
_LONGEST = 40  # characters; no number is longer
_TWO_HANDS = Pattern(rf"[0-9][百千万亿wW]+[{DIGIT}]$")
_ABOUT = ("来", "把")
_FEW, _EITHER = "几", "概"


class Number(NamedTuple):
    """A number as written: its bounds, and what of its wording matters to what stands around it.

    ``vague`` is the word inside that widened it: 多, 来, 几, or 概 for either of two (三五). ``bare``: a unit stands without a
    digit (百, 千万), which only some words before or after make a number. ``scaled``: it says 万 or 亿. ``money``: it can only
    be money (小目标). ``short``: its last digit leaves out its unit (三万五).
    """

    low: int | Fraction
    high: int | Fraction
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
    if len(run) > _LONGEST:
        raise NumeralError
    if run.isdecimal():
        if run[0] == "0" and len(run) > 1:  # 000 of 5 000, 007
            raise NumeralError
        value = int(run)
        return Number(value, value)
    if _TWO_HANDS.search(run):  # 一等奖50万二等奖30万
        raise NumeralError
    text = _SPELLING.sub(lambda found: _SPELLED[found[0].lower()], run)
    low, high, high_open, vague, bare = _bounds(text)
    scaled = "万" in text or "亿" in text or run[-1] in "kK"
    short = vague is None and (_SHORT.search(text) or _AND_HALF.fullmatch(text)) is not None
    return Number(low, high, high_open, vague, bare, scaled, "小目标" in run, short)


_Bounds = tuple[int | Fraction, int | Fraction, bool, str | None, bool]


def _bounds(text: str) -> _Bounds:
    """Low, high, whether high is left out, the vague word, and bareness."""
    if found := _TEN_TO_NEXT.fullmatch(text):
        return _ten_to_next(found)
    if found := _VAGUE.fullmatch(text):
        return _some_more(found)
    if "半" in text:
        return _half(text)
    text = text.replace("个", "")
    if found := _OPEN.fullmatch(text):
        return _few(found)
    if (found := _PAIR.search(text)) and "点" not in text[: found.start()]:  # decimals are read digit by digit
        return _either(found, text)
    read = _value(text)
    return read.value, read.value, False, None, read.bare


def _ten_to_next(found: Match) -> _Bounds:
    """``十几二十``, ``二十几三十万``: from one past the tens to the next."""
    tens, scale = DIGITS[found[1]] if found[1] else 1, scale_of(found[3])
    if DIGITS[found[2]] != tens + 1:
        raise NumeralError
    return (tens * 10 + 1) * scale, (tens + 1) * 10 * scale, False, _EITHER, False


def _some_more(found: Match) -> _Bounds:
    """多, 余, 来, 把 after the last unit; after 个 they widen by the scale (``三十个多亿``: between 30 and 31)."""
    head, counted, word, tail = found.groups()
    single = head[-1] in DIGITS or head[-1] == "半" or (len(head) == 1 and head.isdecimal() and not tail)
    if single and not counted:  # 三多家
        raise NumeralError
    if head.endswith("点") and tail:  # 两点多亿
        head = head[:-1]
    if "几" in head or _PAIR.search(head):  # 两三百多
        raise NumeralError
    read = _value(head + tail)
    step = scale_of(tail) if counted else read.step
    if word in _ABOUT:
        return Fraction(read.value * 9, 10), Fraction(read.value * 11, 10), False, "来", read.bare
    return read.value, read.value + step, True, "多", read.bare


def _half(text: str) -> _Bounds:
    """``半``, ``半亿``, ``半个亿``, ``两个半亿`` and ``两亿半`` (two and a half); ``一千万半`` is refused."""
    if found := _AND_HALF.fullmatch(text):
        value = (_value(found[1]).value + Fraction(1, 2)) * scale_of(found[2])
        return value, value, False, None, False
    found = _HALF.fullmatch(text)
    if not found or (found[1] and not found[2]):
        raise NumeralError
    whole = _value(found[1]).value if found[1] else 0
    value = (whole + Fraction(1, 2)) * scale_of(found[2])
    return value, value, False, None, False


def _few(found: Match) -> _Bounds:
    """几, 好几, 大几, 数 as a digit: from 2, 3 or 5, or after a higher unit from 1, to below 10."""
    head, word, tail = found.groups()
    least = _LEAST[word]
    if head and (word != "几" or not (head[-1] in "十百千万亿.点" or _is_tens(head))):
        raise NumeralError
    if head:
        least = 1
    text = (f"{'零一二三四五六七八九'[int(head[0])]}十" if _is_tens(head) else head) + "几" + tail
    if "几" in tail or _PAIR.search(text):
        raise NumeralError
    low = _value(text, least)
    return low.value, _value(text, 10).value, True, _FEW, low.bare


def _is_tens(head: str) -> bool:
    """``20`` of ``20几``."""
    return len(head) == 2 and head.isdecimal() and head[1] == "0"


def _either(found: Match, text: str) -> _Bounds:
    """Two neighbouring digits: ``三五百``, ``十七八``; ``八九十`` could be three numbers."""
    first, second = DIGITS[found[1]], DIGITS[found[2]]
    head, tail = text[: found.start()], text[found.end() :]
    text = head + "几" + tail
    if (first, second) not in _PAIRS or _PAIR.search(text) or (first == 8 and not head and tail.startswith("十")):
        raise NumeralError
    low = _value(text, min(first, second))
    return low.value, _value(text, max(first, second)).value, False, _EITHER, low.bare


def _value(text: str, open_digit: int = 0) -> Plain:
    """A number without vague words, decimals in words included; 几 stands for ``open_digit``."""
    text = _OTHER_POINT.sub("点", text)
    if "点" not in text:
        return plain_number(text, open_digit)
    found = _DECIMALS.fullmatch(text)
    if not found:
        raise NumeralError
    head, decimals, scale = found.groups()
    if not scale and any(char.isdecimal() for char in text):  # 9点30 is a time
        raise NumeralError
    whole, place = plain_number(head, open_digit), Fraction(1)
    if whole.bare:
        raise NumeralError
    value = Fraction(whole.value)
    for char in decimals:
        place /= 10
        value += place * (open_digit if char == "几" else DIGITS[char] if char in DIGITS else int(char))
    factor = scale_of(scale)
    return Plain(value * factor, place * factor)
