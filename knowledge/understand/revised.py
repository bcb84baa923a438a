"""Figures that take the place of others in the same sentence: what was corrected, and totals that hold their parts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from knowledge.amounts import Quantity
from knowledge.plain_text import PlainText
from knowledge.understand.claims import Claim
from knowledge.understand.corrections import CORRECTION
from knowledge.understand.figures_in_text import Masked

_NOT_BUT = re.compile("不是([\ue000-\uf8ff])[，；]?(?:而)?是([\ue000-\uf8ff])")  # figures are masked
_TOTAL = re.compile(
    r"(?:加起来|加在一起|合起来|合计|总共|一共|总计|共计|拢共|统共|(?<![公])共(?=[\ue000-\uf8ff0-9一二两三四五六七八九十百千]|有|$)|算下来|全部|实际(?:上|结算|执行|支付|付|走|做)?|实付|结算|(?<=[，；、])合)[^，。；]{0,6}$"
)
_PART = re.compile(r"其中[^，。；]{0,8}$|(?:先付|预付|首付|首期|头期|定金)[^，。；]{0,4}$")
_EARLIER, _LATELY = re.compile("前年|往年|早几年|前几年"), re.compile("去年|今年|上一?年(?!前)")
_FROM_TO = re.compile(  # 实缴从500万增到1200万
    "(?:从|原定|原来|本来|原计划|原先)([\ue000-\uf8ff])[^，。；\ue000-\uf8ff]{0,4}[涨增升提加变扩调减降跌压缩改][^，。；\ue000-\uf8ff]{0,3}[到至成为]了?([\ue000-\uf8ff])"
)


_GAVE = (
    "(?:国家|中央|部里|工信部|省里|省级|省工信厅|省|(?P<city{}>市里|市级|市财政|市))(?:也|又|再|还|另外|另|配套)*"
    "(?:给|补|奖|拨|支持|扶持|资助)?(?:了|过)?"
)
_TWO_GIVERS = re.compile(
    rf"{_GAVE.format(1)}(?P<first>[\ue000-\uf8ff])[，、；]?{_GAVE.format(2)}(?P<second>[\ue000-\uf8ff])"
)


def corrected(won: Sequence[Claim], sentence: PlainText, masked: Masked) -> list[Claim]:
    """``实缴1000万，不对，是1200万``: the figure after the correction takes the place of the one before it."""
    won = _from_both(_summed(won, sentence, masked), masked)
    found = [claim for claim in won if not _is_part(claim, won, sentence, masked)]
    for match in (*_NOT_BUT.finditer(masked.text), *_FROM_TO.finditer(masked.text)):
        first, second = match.start(1), match.start(2)
        found = [
            replace(claim, sign=second, quantity=masked.figures[second]) if claim.sign == first else claim
            for claim in found
            if claim.sign != second
        ]
    for match in CORRECTION.finditer(sentence.text):
        again = {claim.fact.key for claim in found if _at(claim.sign, masked) >= match.end()}
        found = [claim for claim in found if claim.fact.key not in again or _at(claim.sign, masked) >= match.start()]
        before = [claim for claim in found if claim.end <= match.start() and _at(claim.sign, masked) < match.start()]
        free = [
            sign for sign in masked.figures if _at(sign, masked) >= match.end() and all(sign != c.sign for c in found)
        ]
        if before and free and free[0] == min(sign for sign in masked.figures if _at(sign, masked) >= match.end()):
            last = max(before, key=lambda claim: claim.sign)
            quantity = masked.figures[free[0]]
            if _same_unit(quantity, last.quantity):
                found[found.index(last)] = replace(last, quantity=quantity, sign=free[0])
    return found


def _summed(won: Sequence[Claim], sentence: PlainText, masked: Masked) -> list[Claim]:
    """``补过80万，又补60万，加起来140万``: a total that nobody took belongs to the fact that took its parts."""
    found = list(won)
    signs = sorted(masked.figures)
    for place, sign in enumerate(signs):
        total = masked.figures[sign]
        if any(claim.sign == sign for claim in found) or not _TOTAL.search(sentence.text[: _at(sign, masked)]):
            continue
        parts: list[int] = []
        for part in reversed(signs[:place]):
            if not _same_unit(masked.figures[part], total):
                break
            parts.append(part)
            if len(parts) > 1 and sum(_low(masked.figures[each]) for each in parts) == _low(total):
                taken = [claim for claim in found if claim.sign in parts]
                if len({claim.fact.key for claim in taken}) == 1 or len({claim.start for claim in taken}) == 1:
                    found = [claim for claim in found if claim.sign not in parts]
                    whole = {claim.fact.key: replace(claim, sign=sign, quantity=total) for claim in taken}
                    found += whole.values()
                break
    return found


def _from_both(won: Sequence[Claim], masked: Masked) -> list[Claim]:
    """``国家补了200万，省里补了80万``: what two levels gave for one thing is one amount."""
    found = list(won)
    for match in _TWO_GIVERS.finditer(masked.text):
        first, second = match.start("first"), match.start("second")
        claim = next((claim for claim in found if claim.sign == first), None)
        city = match["city1"] or match["city2"]  # counts only where the fact itself speaks of the city
        other = next((claim for claim in found if claim.sign == second), None if city else claim)
        if claim is None or other is None or other.fact.key != claim.fact.key:
            continue
        both = [claim.quantity, masked.figures[second]]
        if all(each.low == each.high and each.unit == claim.quantity.unit for each in both):
            total = _low(both[0]) + _low(both[1])
            found = [each for each in found if each.sign != second]
            found[found.index(claim)] = replace(claim, quantity=replace(claim.quantity, low=total, high=total))
    return found


def _low(quantity: Quantity) -> Fraction:
    return quantity.low if isinstance(quantity.low, Fraction) else Fraction(0)


def _same_unit(one: Quantity, other: Quantity) -> bool:
    """Whether one figure may take the other's place; what has no unit yet (八百，啊不，八百五十万) takes that of the other."""
    return None in (one.unit, other.unit) or (one.unit, one.measure) == (other.unit, other.measure)


def _is_part(claim: Claim, won: Sequence[Claim], sentence: PlainText, masked: Masked) -> bool:
    """``投入800万，其中去年投入300万``, ``服务器400万，软件700万，加起来投了1100万``: a figure that is in another one already."""
    same = [other for other in won if other.fact.key == claim.fact.key and other.sign != claim.sign]
    if _EARLIER.search(_clause(claim, masked)) and any(_LATELY.search(_clause(other, masked)) for other in same):
        return True
    if any(other.sign < claim.sign for other in same) and _PART.search(_before(claim, sentence, masked)):
        return True
    return any(
        other.sign > claim.sign and _TOTAL.search(_before(other, sentence, masked, within=True)) for other in same
    )


def _clause(claim: Claim, masked: Masked) -> str:
    """What stands before a figure in its clause."""
    start = max(masked.text.rfind(stop, 0, claim.sign) for stop in "，。；！？") + 1
    return masked.text[start : claim.sign]


def _before(claim: Claim, sentence: PlainText, masked: Masked, *, within: bool = False) -> str:
    """What stands before a claim; with ``within``, before its figure."""
    figure = _at(claim.sign, masked)
    return sentence.text[: figure if within else min(claim.start, figure)]


def _at(sign: int, masked: Masked) -> int:
    return masked.starts[sign]
