"""Finding quantities in a sentence, and reading a text that is one quantity."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from knowledge.amounts import qualifiers
from knowledge.amounts.dates import HEADS, Period, could_be_year, period_at
from knowledge.amounts.numerals import RUN, NumeralError
from knowledge.amounts.parts import Part, part_at
from knowledge.amounts.pattern import Pattern
from knowledge.amounts.quantity import COUNT, DATE, EXAMPLES, AmountError, Quantity
from knowledge.amounts.ranges import range_from
from knowledge.amounts.script import CAPITAL_DIGITS, plain
from knowledge.amounts.units import NONE, Unit
from knowledge.amounts.words import GLUED_AFTER, GLUED_BEFORE, labelled, word_end
from knowledge.amounts.zero import WORDS, none_at
from policies.notation import MONEY, SHARE, NotationError
from policies.notation import quantity as strict_quantity

_NUMERAL = frozenset("0123456789零一二两三四五六七八九十百千万亿几半廿卅数俩仨好大")
_CANDIDATE = Pattern("[" + "".join(sorted(_NUMERAL | HEADS)) + "]")
_CONNECT = Pattern(r" ?(?:到|至|-|~|—) ?")
_AND = Pattern(r"[和与]")
_ORDINALS = Pattern(r"第[0-9零一二两三四五六七八九十百]+[条项款章节]?(?:[、,和及与至到~-]第?[0-9零一二两三四五六七八九十百]+)*")
_ORDINAL_LIST = Pattern(r"第[^，。,;；\s]{0,14}[、,和及与至到~-]$")
_FAR = Pattern(r"(大概|大约|差不多|估计|至少|起码|顶多|不止)(?:[^\W\d_零一二两三四五六七八九十百千万亿几]{1,4})$")
_DISPLAY = Pattern(r"(?:[248]|16)[kK]")  # 4K is a display as often as 4000
_LONGEST = 64  # characters of a text that is one quantity
_LONG_DIGITS = 8
_TRIM = " 。.,!?！？、；;~"
_PARTICLES = Pattern(r"(?:了|吧|啊|呀|呢|的样子|嘛|哦|喔|啦|咯|囉|嘅)$")
_TIME_MEASURES = frozenset(("年", "月", "天", "周", "小时", "季度", "日", "个工作日"))


@dataclass(frozen=True, slots=True)
class _Source:
    """A text as given and in one way of writing; ``whole``: it is meant to be one quantity."""

    given: str
    plain: str
    as_of: date | None
    whole: bool = False


def find(text: str, as_of: date) -> tuple[Quantity, ...]:
    """Every quantity in a sentence, left to right, known fact or not.

    What could be read in two ways, or belongs to a name, an ordinal or a word, is left out.

    Args:
        text: what somebody wrote, in any script.
        as_of: the day relative dates count from.
    """
    source = _Source(text, plain(text), as_of)
    found: list[Quantity] = []
    at, floor, year = 0, 0, None
    while candidate := _CANDIDATE.search(source.plain, at):
        quantity, at, named = _read_at(source, candidate.start(), floor, year)
        year = named or year
        if quantity:
            found.append(quantity)
            floor = at
    return tuple(found)


def read(text: str, as_of: date | None = None) -> Quantity:
    """Read a text that is one quantity.

    Without ``as_of`` relative dates are refused, and a lone ``3月`` or ``22年`` is a count.

    Raises:
        AmountError: when any part of the text is not understood, or it could be read in two ways.
    """
    if len(text) > _LONGEST:
        raise AmountError(f"太长了，没看懂。请只写一个数，例如 {EXAMPLES}")
    start, end = _trimmed(plain(text))
    source = _Source(text[:end], plain(text)[:end], as_of, whole=True)
    if source.plain[start:] in WORDS:
        return Quantity(start, end, text[start:end], Fraction(0), Fraction(0))
    strict = _strict(source, start) if any(sign in source.plain for sign in ":+×") else None
    if strict:
        return strict
    if start == end:
        raise AmountError(f"什么都没有写。请写一个数，例如 {EXAMPLES}")
    for candidate in _CANDIDATE.finditer(source.plain, start):
        quantity, _, _ = _read_at(source, candidate.start(), start, None)
        if quantity:
            if quantity.start == start and quantity.end == end:
                return quantity
            break
        if candidate.start() > start + 8:
            break
    raise AmountError(f"没看懂“{text.strip()}”。请写一个数，例如 {EXAMPLES}")


def _trimmed(text: str) -> tuple[int, int]:
    """The span of a text without blanks, closing marks and particles at its ends."""
    start = len(text) - len(text.lstrip())
    end = len(text)
    while True:
        kept = len(text[:end].rstrip(_TRIM))
        particle = _PARTICLES.search(text[:kept])
        kept = particle.start() if particle and particle.start() > start else kept
        if kept == end:
            return start, max(start, end)
        end = kept


def _strict(source: _Source, start: int) -> Quantity | None:
    """Sums, products and ratios: the strict notation of the rule files (``6家+3家``, ``1:1``)."""
    text = source.plain[start:]
    try:
        strict = strict_quantity(text)
    except NotationError:
        return None
    value = Fraction(strict.value)
    counted = strict.unit not in (MONEY, SHARE)
    unit, measure = (COUNT, strict.unit) if counted else (strict.unit, None)
    return Quantity(start, len(source.given), source.given[start:], value, value, unit=unit, measure=measure)


def _read_at(source: _Source, at: int, floor: int, year: int | None) -> tuple[Quantity | None, int, int | None]:
    """The quantity at this place (its qualifiers may begin before it), where to go on, and the year it names."""
    text = source.plain
    if text[at] in HEADS and not _continues(text, at):
        period = period_at(text, at, source.as_of, year=year)
        if period and not _is_count(source, at, period):
            return _dated(source, at, period), period.end, period.year
    if text[at] not in _NUMERAL:
        return None, at + 1, None
    word = word_end(text, at)
    if word:
        return None, max(word, at + 1), None
    none = none_at(text, at)
    if none:
        unit, end = none
        return _quantity(source, at, end, qualifiers.Bounds(0, 0, False, False, None), unit, negative=False), end, None
    return *_counted(source, at, floor), None


def _continues(text: str, at: int) -> bool:
    """Whether digits or letters before make this the middle of something."""
    return at > 0 and text[at].isascii() and text[at - 1].isascii() and (text[at - 1].isalnum() or text[at - 1] in "./_")


def _is_count(source: _Source, at: int, period: Period) -> bool:
    """Without an as-of date a lone ``3月`` or two-digit year is a count, as in the strict notation."""
    return source.as_of is None and source.plain[at].isdecimal() and not re.match("[0-9]{4}", source.plain[at:])


def _dated(source: _Source, start: int, period: Period) -> Quantity:
    end = period.end
    return Quantity(start, end, source.given[start:end], period.low, period.high, high_open=period.high is not None, unit=DATE)


def _counted(source: _Source, at: int, floor: int) -> tuple[Quantity | None, int]:
    text = source.plain
    run = RUN.match(text, at)
    skip = run.end() if run else at + 1
    if not source.whole and (ordinals := _ORDINALS.match(text, at - 1 if at else 0)):
        return None, max(ordinals.end(), skip)
    try:
        part = part_at(text, at)
        if part is None:
            return None, skip
        skip = part.end
        part = range_from(text, part) or part
    except NumeralError:
        return None, max(skip, _glued_run(text, at))
    before = qualifiers.before(text, part.start)
    if before and (before[1] < floor or not qualifiers.fits(before[0], part.number, part.run)):
        before = None
    after = qualifiers.after(text, part.end)
    words = [found[0] for found in (before, after) if found]
    if not before and (far := _FAR.search(text, max(floor, part.start - 8), part.start)):
        words.insert(0, far[1])
    start = before[1] if before else part.start
    end = after[1] if after else part.end
    start, negative = _signed(text, start, part, words)
    if not _stands_alone(source, start, end, part, words, before=before is not None):
        return None, max(end, skip)
    bounds = qualifiers.bounds(part.number, words)
    if bounds is None:
        return None, max(end, skip)
    return _quantity(source, start, end, bounds, part.unit, negative=negative), end


def _glued_run(text: str, at: int) -> int:
    """The end of a run of digits, letters and joints such as a phone number or a version."""
    found = Pattern(r"[0-9A-Za-z.:/,_-]+").match(text, at)
    return found.end() if found else at + 1


def _signed(text: str, start: int, part: Part, words: list[str]) -> tuple[int, bool]:
    """A minus or 负 before an unqualified number."""
    if words or not start or text[start - 1] not in "-负":
        return start, False
    left = text[start - 2 : start - 1]
    if text[start - 1] == "-" and left and (left.isalnum() and (left.isascii() or part.unit.unit != SHARE)):
        return start, False
    return start - 1, True


def _stands_alone(source: _Source, start: int, end: int, part: Part, words: list[str], *, before: bool) -> bool:
    """Whether nothing around the number makes it something else."""
    text, number = source.plain, part.number
    left, right = text[start - 1 : start], text[end : end + 1]
    if not _left_is_free(text, start, left, part, before=before):
        return False
    if number.bare and not _bare_is_clear(part, words):
        return False
    if right and (right in "/\\*:_+×=" or (right.isascii() and right.isalnum())):
        return False
    if right == "." and text[end + 1 : end + 2].isalnum():
        return False
    if part.unit.unit == COUNT:
        if part.run == "一" and right.isalnum() and not source.whole and set(words) & qualifiers.SUPERLATIVES:
            return False  # 最多一家收了5万: the one that paid most
        return _count_is_clear(source, start, end, part, left)
    if part.unit is not NONE:
        return right not in tuple("级户") or not right
    return _unitless_is_clear(source, end, part, words, right)


def _left_is_free(text: str, start: int, left: str, part: Part, *, before: bool) -> bool:
    if not left:
        return True
    if left.isascii() and (left.isalnum() or left in "._-:"):
        return left == ":" and not labelled(text, start) and not text[start - 2 : start - 1].isdecimal()
    if left in GLUED_BEFORE or left in "零一二三四五六七八九十百千万亿几两点":
        return False
    if left == "前" and not before and text[start - 2 : start - 1] not in tuple("目之以当眼提"):
        return False
    if left in "没无未" and not before:
        return False
    if _ORDINAL_LIST.search(text, max(0, start - 18), start):
        return False
    return not labelled(text, start)


def _bare_is_clear(part: Part, words: list[str]) -> bool:
    """百, 千万 without a digit is a number only with 上, 近, 过 … before it, with 多 or 来, or as 千二万, 万五蚊."""
    if part.number.vague or any(word in qualifiers.BEFORE for word in words):
        return True
    digit = any(char in part.run for char in "二三四五六七九")
    return digit and "八" not in part.run and (part.unit.unit == MONEY or part.run[-1] in "万亿")


def _count_is_clear(source: _Source, start: int, end: int, part: Part, left: str) -> bool:
    text = source.plain
    if part.unit.measure == "年" and source.as_of and could_be_year(text, part.start, part.end, source.as_of):
        return False
    if part.unit.measure in _TIME_MEASURES and re.match("之?[前后]|以[前后]|来(?!的)", text[end:]):
        return False
    if part.run == "一" and left in tuple("是为作做这那同上下前后进") and left:
        return False
    if left == "前" and part.unit.measure in ("人", "名"):
        return False
    return not (len(part.run) == 1 and part.run in CAPITAL_DIGITS)


def _unitless_is_clear(source: _Source, end: int, part: Part, words: list[str], right: str) -> bool:
    text, run = source.plain, part.run
    if right in GLUED_AFTER or _DISPLAY.fullmatch(run):
        return False
    if source.whole:
        return True
    if part.number.scaled:
        return True
    if run.isdecimal() and len(run) >= _LONG_DIGITS:
        return False
    if len(run) == 4 and run.isdecimal() and "1949" < run < "2050" and run != "2000":
        return False
    if run.isdecimal() and len(run) > 1 and run[0] == "0":
        return False
    if re.fullmatch(r"[0-9]+\.0", run):
        return False
    if not run[0].isdecimal() and len(run) == 1:
        return False
    if right in "、.)" and right and _numbers_a_list(text, part.start):
        return False
    return not right or not right.isalnum() or bool(words and words[-1] in qualifiers.AFTER)


def _numbers_a_list(text: str, start: int) -> bool:
    left = text[:start].rstrip(" (")
    return not left or left[-1] in "。；;\n:：" or text[start - 1] in "( "


def _quantity(
    source: _Source, start: int, end: int, bounds: qualifiers.Bounds, unit: Unit, *, negative: bool
) -> Quantity:
    low = None if bounds.low is None else Fraction(bounds.low * unit.factor)
    high = None if bounds.high is None else Fraction(bounds.high * unit.factor)
    low_open, high_open = bounds.low_open, bounds.high_open
    if negative:
        low, high = None if high is None else -high, None if low is None else -low
        low_open, high_open = high_open, low_open
    return Quantity(
        start, end, source.given[start:end], low, high, low_open, high_open, unit.unit, unit.measure, unit.currency, bounds.word
    )
