"""Finding quantities in a sentence, and reading a text that is one quantity."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import NamedTuple

from knowledge.amounts import qualifiers
from knowledge.amounts.dates import HEADS, period_at
from knowledge.amounts.numerals import RUN
from knowledge.amounts.parts import Part, part_at
from knowledge.amounts.pattern import Pattern
from knowledge.amounts.quantity import COUNT, DATE, EXAMPLES, AmountError, Quantity
from knowledge.amounts.ranges import range_from
from knowledge.amounts.reader import NumeralError
from knowledge.amounts.source import Source
from knowledge.amounts.surroundings import Place, is_free
from knowledge.amounts.units import TIME_MEASURES, Unit
from knowledge.amounts.words import word_end
from knowledge.amounts.zero import WORDS, none_at
from policies.notation import MONEY, SHARE, NotationError
from policies.notation import quantity as strict_quantity

_NUMERALS = frozenset("0123456789零一二两三四五六七八九十百千万亿几半廿卅数俩仨好大")
_CANDIDATE = Pattern("[" + "".join(sorted(_NUMERALS | HEADS)) + "]")
_ORDINALS = Pattern(
    r"第[0-9零一二两三四五六七八九十百]+[条项款章节]?(?:[、,和及与至到~-]第?[0-9零一二两三四五六七八九十百]+)*"
)
_COMMAS = Pattern("[0-9]{1,3}(?:,[0-9]+)+")
_SPACES = Pattern("[0-9]+(?: [0-9]+)+")  # 2 0 0万
_BY_THREE = Pattern("[0-9]{1,3}(?:,[0-9]{3})+")
_UNREAD = Pattern(r"(?:[0-9A-Za-z.:/,_零一二两三四五六七八九十百千万亿几半-]|分之)*")
_STRICT_SIGNS = ":+×"
_LONGEST = 64  # characters of a text that is one quantity
_FURTHEST = 8  # characters of qualifiers before the number
_TRIM = " 。.,!?！？、；;~"
_LEAD = Pattern(
    r"\s*(?:(?:一共|总共|合计|共计|共)?(?:就是|也就|就|只|才|刚好|正好|刚刚|整整)?(?:有|是(?!否))?(?![多余]))\s*"
)
_ALL = ("百分之百", "百分百")
_PARTICLES = Pattern(r"(?:了|吧|啊|呀|呢|的样子|嘛|哦|喔|啦|咯|囉|嘅)$")


class _Step(NamedTuple):
    """What was found at one place, where to go on, and the year a date named."""

    quantity: Quantity | None
    end: int
    year: int | None = None


def find(text: str, as_of: date) -> tuple[Quantity, ...]:
    """Every quantity in a sentence, left to right, known fact or not.

    What could be read in two ways, or belongs to a name, an ordinal or a word, is left out.

    Args:
        text: what somebody wrote, in any script.
        as_of: the day relative dates count from.
    """
    source = Source.of(text, as_of)
    found: list[Quantity] = []
    at, floor, year = 0, 0, None
    while candidate := _CANDIDATE.search(source.plain, at):
        step = _step(source, candidate.start(), floor, year)
        at, year = step.end, step.year or year
        if step.quantity is None:
            continue
        if found and _contradict(found[-1], step.quantity):
            found.pop()
        else:
            found.append(step.quantity)
        floor = at
    return tuple(found)


def _contradict(bound: Quantity, following: Quantity) -> bool:
    """Whether two bounds side by side leave nothing between them (至少八百万不超过五百万)."""
    if following.start > bound.end + 1 or bound.high is not None or following.low != 0 or bound.unit != following.unit:
        return False
    low, high = bound.low, following.high
    return isinstance(low, Fraction) and isinstance(high, Fraction) and high < low


def read(text: str, as_of: date | None = None) -> Quantity:
    """Read a text that is one quantity.

    Without ``as_of`` relative dates are refused, and a lone ``3月`` or ``22年`` is a count.

    Raises:
        AmountError: when any part of the text is not understood, or it could be read in two ways.
    """
    if len(text) > _LONGEST:
        raise AmountError(f"太长了，没看懂。请只写一个数，例如 {EXAMPLES}")
    source = Source.of(text, as_of, whole=True)
    start, end = _trimmed(source.plain)
    if start == end:
        raise AmountError(f"没有写数。请写一个数，例如 {EXAMPLES}")
    source = Source(text[:end], source.plain[:end], as_of, whole=True)
    if source.plain[start:] in WORDS:
        return Quantity(start, end, text[start:end], Fraction(0), Fraction(0))
    if source.plain[start:] in _ALL:  # in a sentence it is a way of saying surely
        return Quantity(start, end, text[start:end], Fraction(1), Fraction(1), unit=SHARE)
    quantity = _strict(source, start) or _first(source, start)
    if quantity is None or (quantity.start, quantity.end) != (start, end):
        raise AmountError(f"没看懂“{text.strip()}”。请写一个数，例如 {EXAMPLES}")
    return quantity


def _first(source: Source, start: int) -> Quantity | None:
    """The first quantity of the text, if it begins where the text does; qualifiers may contain numerals (大概)."""
    for candidate in _CANDIDATE.finditer(source.plain, start):
        if candidate.start() > start + _FURTHEST:
            return None
        quantity = _step(source, candidate.start(), start, None).quantity
        if quantity:
            return quantity
    return None


def _trimmed(text: str) -> tuple[int, int]:
    """The span of a text without blanks, closing marks, particles, and what an answer begins with (一共, 有)."""
    lead = _LEAD.match(text)
    start, end = lead.end() if lead else 0, len(text)
    while True:
        kept = len(text[:end].rstrip(_TRIM))
        particle = _PARTICLES.search(text, 0, kept)
        kept = particle.start() if particle and particle.start() > start else kept
        if kept == end:
            return start, max(start, end)
        end = kept


def _strict(source: Source, start: int) -> Quantity | None:
    """Sums, products and ratios: the strict notation of the rule files (``6家+3家``, ``1:1``)."""
    text = source.plain[start:]
    if not any(sign in text for sign in _STRICT_SIGNS):
        return None
    try:
        strict = strict_quantity(text)
    except NotationError:
        return None
    value = Fraction(strict.value)
    counted = strict.unit not in (MONEY, SHARE)
    unit, measure = (COUNT, strict.unit) if counted else (strict.unit, None)
    return Quantity(start, len(source.given), source.given[start:], value, value, unit=unit, measure=measure)


def _step(source: Source, at: int, floor: int, year: int | None) -> _Step:
    """Read at one place. Qualifiers may begin before it, not before ``floor``; ``year``: named before in the text."""
    text = source.plain
    if text[at] in HEADS and not _continues(text, at):
        period = period_at(text, at, source.as_of, year=year)
        if period:
            end, high = period.end, period.high
            quantity = Quantity(at, end, source.given[at:end], period.low, high, False, high is not None, DATE)
            return _Step(quantity, end, period.year)
    if text[at] not in _NUMERALS:
        return _Step(None, at + 1)
    word = word_end(text, at)
    if word:
        return _Step(None, max(word, at + 1))
    none = none_at(text, at)
    if none:
        nothing = qualifiers.Bounds(0, 0, False, False, None)
        return _Step(_quantity(source, at, none[1], nothing, none[0]), none[1])
    ordinals = None if source.whole else _ORDINALS.match(text, max(0, at - 1))
    if ordinals:
        return _Step(None, max(ordinals.end(), at + 1))
    return _number(source, at, floor)


def _continues(text: str, at: int) -> bool:
    """Whether digits or letters before make this the middle of something."""
    return (
        at > 0 and text[at].isascii() and text[at - 1].isascii() and (text[at - 1].isalnum() or text[at - 1] in "./_")
    )


def _number(source: Source, at: int, floor: int) -> _Step:
    text = source.plain
    commas = _COMMAS.match(text, at)
    if commas and "，" not in source.given[at : commas.end()] and not _BY_THREE.fullmatch(commas[0]):  # 1,23,456
        return _Step(None, _unread_end(text, commas.end()))
    run = RUN.match(text, at)
    end = run.end() if run else at + 1
    spaces = _SPACES.match(text, at)
    if spaces and spaces.end() > end:
        return _Step(None, _unread_end(text, spaces.end()))
    try:
        part = part_at(text, at)
        if part is None or part.start < floor:  # the currency before it belongs to the number before
            return _Step(None, end)
        end = part.end
        part = range_from(text, part) or part
        place = _place(source, part, floor)
    except NumeralError:
        return _Step(None, _unread_end(text, max(end, at + 1)))
    signed = not place.words and _sign(text, part)
    if signed:
        place = Place(source, part, part.start - 1, part.end, (), before=True)
    bounds = qualifiers.bounds(part.number, place.words) if is_free(place) else None
    if bounds is None:
        return _Step(None, max(place.end, end))
    return _Step(_quantity(source, place.start, place.end, bounds, part.unit, negative=signed), place.end)


def _place(source: Source, part: Part, floor: int) -> Place:
    """The number with the qualifiers around it.

    Raises:
        NumeralError: when two before it contradict each other.
    """
    text = source.plain
    before = qualifiers.before(text, part.start)
    if before and (before[1] < floor or not qualifiers.fits(before[0], part.number, part.run)):
        before = None
    after = qualifiers.after(text, part.end)
    if after and part.unit.measure in TIME_MEASURES and after[0] in qualifiers.NOT_OF_TIME:
        after = None
    words = [found[0] for found in (before, after) if found]
    far = None if before else qualifiers.far_before(text, floor, part.start)
    if far:
        words.insert(0, far)
    noun = None if after or part.unit.unit != COUNT else qualifiers.behind_noun(text, part.end)
    if noun:
        words.append(noun)
    start, end = before[1] if before else part.start, after[1] if after else part.end
    return Place(source, part, start, end, tuple(words), before=before is not None)


def _unread_end(text: str, at: int) -> int:
    """Where what could not be read ends: all numerals, digits, letters and joints, and the rest of 三分之五."""
    found = _UNREAD.match(text, at)
    return found.end() if found else at


def _sign(text: str, part: Part) -> bool:
    """Whether a minus or 负 stands before a number; a hyphen after a word is a minus only before a share."""
    sign, left = text[part.start - 1 : part.start], text[part.start - 2 : part.start - 1] if part.start > 1 else ""
    if sign == "负":
        return True
    return sign == "-" and not (left.isalnum() and (left.isascii() or part.unit.unit != SHARE))


def _quantity(
    source: Source, start: int, end: int, bounds: qualifiers.Bounds, unit: Unit, *, negative: bool = False
) -> Quantity:
    low = None if bounds.low is None else Fraction(bounds.low * unit.factor)
    high = None if bounds.high is None else Fraction(bounds.high * unit.factor)
    low_open, high_open = bounds.low_open, bounds.high_open
    if negative:
        low, high = None if high is None else -high, None if low is None else -low
        low_open, high_open = high_open, low_open
    text = source.given[start:end]
    return Quantity(
        start, end, text, low, high, low_open, high_open, unit.unit, unit.measure, unit.currency, bounds.word
    )
