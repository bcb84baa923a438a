"""From one number to another, with a shared unit: ``五千到八千万``, ``3-5家``, ``10%至15%``."""

from __future__ import annotations

from knowledge.amounts.numerals import Number
from knowledge.amounts.parts import Part, part_at
from knowledge.amounts.pattern import Pattern
from knowledge.amounts.reader import WAN, YI, NumeralError
from knowledge.amounts.units import NONE

_CONNECT = Pattern(r" ?(到|至|-|~|—|或者?|or) ?(?=[0-9零一二两三四五六七八九十百千几半])")
_AND = Pattern(r"[和与](?=[0-9零一二两三四五六七八九十百千])")
_BETWEEN = Pattern(r"之间|不等|间(?!公司|企业|厂)")
_CHAIN = Pattern(r"([十百千]?)(万亿|亿|万|w|W)$")
_SCALE = {"万": WAN, "w": WAN, "W": WAN, "亿": YI, "万亿": WAN * YI}
_TENS = {"": 1, "十": 10, "百": 100, "千": 1000}
_WIDEST = 100  # a range that spans more is more likely a shared unit misheard


def range_from(text: str, first: Part) -> Part | None:
    """The range that begins with this part, as one part; ``None`` where no second number follows.

    Raises:
        NumeralError: when a second number follows and the two are no range.
    """
    link = _CONNECT.match(text, first.end)
    between = link is None and _AND.match(text, first.end)
    if not link and not between:
        return None
    at = link.end() if link else between.end() if between else first.end
    if link and link[1] in ("或", "或者", "or"):
        return None
    second = part_at(text, at)
    if second is None:
        raise NumeralError
    closing = _BETWEEN.match(text, second.end)
    if between and not closing:
        return None
    started = text[max(0, first.start - 1) : first.start] in ("从", "由")
    if started and not closing:
        raise NumeralError  # 从500万到800万 may be growth
    return _joined(first, second, closing.end() if closing else second.end)


def _joined(first: Part, second: Part, end: int) -> Part:
    low, high = first.number, second.number
    if low.vague or high.vague or low.bare or high.bare:
        raise NumeralError
    unit = second.unit
    if unit is NONE:
        unit = first.unit
    elif first.unit is not NONE and first.unit != unit:
        raise NumeralError
    least = low.low if first.unit is not NONE and second.unit is not NONE else _shared(first, second)
    if not 0 <= least < high.low or (least and high.low >= least * _WIDEST):
        raise NumeralError
    scaled = low.scaled or high.scaled
    both = Number(least, high.low, vague="概", scaled=scaled)
    return Part(first.start, end, both, unit, second.run)


def _shared(first: Part, second: Part) -> int:
    """The first number in the scale of the second: 五千到八千万 begins at 五千万, 三到五百家 at 三百."""
    low, high = first.number.low, second.number.low
    if first.number.scaled:
        return low  # type: ignore[return-value]
    chain = _CHAIN.search(second.run)
    tens = chain[1] if chain else second.run[-1:] if second.run[-1:] in ("百", "千") else ""
    scale = _SCALE[chain[2]] if chain else 1
    single = len(first.run) == 1
    for factor in ((_TENS[tens] * scale,) if single and tens else ()) + (scale,):
        if low * factor < high:
            return low * factor  # type: ignore[return-value]
    return low  # type: ignore[return-value]
