"""Which figure belongs to which fact: the phrase that stands nearest and says most takes it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from knowledge.amounts import Quantity
from knowledge.plain_text import PlainText
from knowledge.understand.figures_in_text import LEAST_BARE, Masked, figure_class
from knowledge.understand.hits import Hit
from knowledge.understand.lexicon import Entry
from knowledge.understand.moods import CORRECTION
from policies.model.fact import Fact
from policies.notation import FEN_PER_YUAN

_DIRECT, _BY_TOPIC = 100.0, 60.0
_SIDE = 1.0  # how much the preferred side of a phrase counts
_OF_EACH = 200.0  # 国标、行标各一项: everything named shares the figure
_SAYS_LESS = 30.0  # 比行业平均少 is more than 行业平均
_NAMED = 80.0  # a phrase that names another amount is hardly there by chance
_FARTHEST = 80  # characters between a topic and a figure that belongs to it
_LOOKING_BACK = 12  # a topic named after its figure counts as that much farther away

_NOT_BUT = re.compile("不是([\ue000-\uf8ff])[，；]?(?:而)?是([\ue000-\uf8ff])")  # figures are masked
_TOTAL = re.compile(
    r"(?:加起来|加在一起|合起来|合计|总共|一共|总计|共计|拢共|统共|算下来|全部|实际(?:上|结算|执行|支付|付|走|做)?|实付|结算)[^，。；]{0,6}$"
)
_PART = re.compile(r"其中[^，。；]{0,8}$")
_ALONE = (  # all that a clause may say beside the figure
    r"(?:^|(?<=[，。；！？：（）\s]))(?:我们|我司|公司|厂里?|企业|团队|里面?|全公司|手下|上下|现在|目前|一共|总共|大概|差不多|连老板|就|才|也就|也|有|是)*"
    r"(?P<figure>{})(?:左右|上下|的样子|规模|吧|而已|的?(?:小|中型|大)?(?:公司|工?厂|企业|团队|规模))?(?=[，。；！？（）\s]|$)"
)


@dataclass(frozen=True, slots=True)
class Claim:
    """A phrase that takes a figure: ``sign`` is the figure's place in the masked text, ``start`` … ``end`` the words in plain."""

    entry: Entry
    quantity: Quantity
    sign: int
    start: int
    end: int
    score: float
    follows: bool  # whether the figure stands after the words
    limits: tuple[int, ...] = ()  # signs of the amounts named in the phrase, which are nobody's figure

    @property
    def fact(self) -> Fact:
        """The fact it is about."""
        return self.entry.fact


def claims(entries: Sequence[Entry], masked: Masked, topics: Mapping[str, Sequence[Hit]]) -> list[Claim]:
    """Every possible claim, the best first. ``topics``: where the talk is about each fact."""
    found = [claim for entry in entries if entry.numeric for claim in _of_entry(entry, masked, topics)]
    return sorted(found, key=lambda claim: (-claim.score, claim.sign))


def settled(possible: Sequence[Claim]) -> list[Claim]:
    """One fact for a figure and one figure for a phrase; facts that claim with the same words share it.

    Figures stand before their phrases (2项国标1项行标) or after them (国标两项行标三项); of the two ways to read a sentence the
    one that leaves fewer figures over is taken.
    """
    ways = [
        _assigned(sorted(possible, key=lambda claim: -claim.score - _SIDE * (claim.follows == side)))
        for side in (True, False)
    ]
    return max(ways, key=lambda won: (len({claim.sign for claim in won}), sum(claim.score for claim in won)))


def alone(
    entries: Sequence[Entry],
    masked: Masked,
    won: Sequence[Claim],
    topics: Mapping[str, Sequence[Hit]],
    unlike: set[str],
) -> Iterator[Claim]:
    """Figures nobody took that are all their clause says (``，270人，``), for facts that take such.

    Not where the talk is about another fact of the same unit, or about something ``unlike`` the fact.
    """
    taken = {claim.sign for claim in won} | {sign for claim in won for sign in claim.limits}
    for entry in entries:
        key, unit = entry.fact.key, entry.fact.unit
        others = [hits[0].entry.fact for other, hits in topics.items() if other != key]
        if entry.fact.heard is not None and entry.fact.heard.about and key not in topics:
            continue
        if key in unlike or any(claim.fact.key == key for claim in won) or any(fact.unit == unit for fact in others):
            continue
        found = [m.start("figure") for m in re.finditer(_ALONE.format(figure_class(entry.fact)), masked.text)]
        named = [sign for sign in found if sign not in taken and masked.figures[sign].measure == unit]
        if len(named) == 1:
            start, end = masked.span(named[0], named[0] + 1)
            yield Claim(entry, masked.figures[named[0]], named[0], start, end, 0, follows=False)


def _assigned(possible: Sequence[Claim]) -> list[Claim]:
    winners: dict[int, list[Claim]] = {}
    used: dict[tuple[str, int, int], int] = {}
    for claim in possible:
        words = (claim.fact.key, claim.start, claim.end)
        holder = winners.get(claim.sign)
        if used.get(words, claim.sign) != claim.sign:
            continue
        if holder is None:
            winners[claim.sign] = [claim]
            for sign in claim.limits:
                winners.setdefault(sign, [])
        elif holder and all(other.fact.key != claim.fact.key for other in holder) and _shares(claim, holder[0]):
            holder.append(claim)
        else:
            continue
        used[words] = claim.sign
    return [claim for holder in winners.values() for claim in holder]


def corrected(won: Sequence[Claim], sentence: PlainText, masked: Masked) -> list[Claim]:
    """``实缴1000万，不对，是1200万``: the figure after the correction takes the place of the one before it."""
    won = _summed(won, sentence, masked)
    found = [claim for claim in won if not _is_part(claim, won, sentence, masked)]
    for match in _NOT_BUT.finditer(masked.text):
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
                if taken and len({claim.fact.key for claim in taken}) == 1:
                    found = [claim for claim in found if claim.sign not in parts]
                    found.append(replace(taken[0], sign=sign, quantity=total))
                break
    return found


def _low(quantity: Quantity) -> Fraction:
    return quantity.low if isinstance(quantity.low, Fraction) else Fraction(0)


def _same_unit(one: Quantity, other: Quantity) -> bool:
    """Whether one figure may take the other's place; what has no unit yet (八百，啊不，八百五十万) takes that of the other."""
    return None in (one.unit, other.unit) or (one.unit, one.measure) == (other.unit, other.measure)


def _is_part(claim: Claim, won: Sequence[Claim], sentence: PlainText, masked: Masked) -> bool:
    """``投入800万，其中去年投入300万``, ``服务器400万，软件700万，加起来投了1100万``: a figure that is in another one already."""
    same = [other for other in won if other.fact.key == claim.fact.key and other.sign != claim.sign]
    if any(other.sign < claim.sign for other in same) and _PART.search(_before(claim, sentence, masked)):
        return True
    return any(
        other.sign > claim.sign and _TOTAL.search(_before(other, sentence, masked, within=True)) for other in same
    )


def _before(claim: Claim, sentence: PlainText, masked: Masked, *, within: bool = False) -> str:
    """What stands before a claim; with ``within``, before its figure."""
    figure = _at(claim.sign, masked)
    return sentence.text[: figure if within else min(claim.start, figure)]


def _at(sign: int, masked: Masked) -> int:
    return masked.starts[sign]


def _shares(claim: Claim, best: Claim) -> bool:
    if claim.score >= _OF_EACH and best.score >= _OF_EACH:
        return True
    return claim.score >= best.score - 0.01 and (claim.start, claim.end) == (best.start, best.end)


def _of_entry(entry: Entry, masked: Masked, topics: Mapping[str, Sequence[Hit]]) -> Iterator[Claim]:
    for pattern in entry.with_figure:
        for match in pattern.finditer(masked.text):
            sign = match.start("figure")
            if not _limits_agree(entry, match, masked):
                continue
            start, end = masked.span(*match.span("words" if "words" in pattern.groupindex else 0))
            loose = match.end() - match.start() - 1 - entry.phrase.least
            score = _DIRECT - 3 * loose + 2 * entry.phrase.least
            if entry.role == "then" and not (entry.fact.heard and entry.fact.heard.less):
                near = _nearest(topics.get(entry.fact.key, ()), start, end)
                if near is None:
                    continue
                score = _BY_TOPIC - near / 2 - loose + entry.phrase.least
            if entry.role == "below":
                score += _SAYS_LESS
            if masked.text[sign - 1 : sign] == "各":
                score = _OF_EACH
            limits = tuple(match.start(f"limit{number}") for number in range(1, len(entry.phrase.limits) + 1))
            follows = masked.starts[sign] >= end or start <= masked.starts[sign] < end
            yield Claim(entry, masked.figures[sign], sign, start, end, score + _NAMED * len(limits), follows, limits)


def _nearest(topics: Sequence[Hit], start: int, end: int) -> float | None:
    """How far away the nearest topic is; a longer name of the topic counts as nearer."""
    found = []
    for topic in topics:
        away = start - topic.end if topic.end <= start else topic.start - end + _LOOKING_BACK
        if topic.start < end and start < topic.end:
            away = 0
        if away <= _FARTHEST:
            found.append(away - 1.5 * (topic.end - topic.start))
    return min(found, default=None)


def _limits_agree(entry: Entry, match: re.Match[str], masked: Masked) -> bool:
    return all(
        (said := masked.figures.get(match.start(f"limit{number}"))) is not None
        and _amount(said, said.low) == limit.value
        and (up_to is None or _amount(said, said.high) == up_to.value)
        for number, (limit, up_to) in enumerate(entry.phrase.limits, start=1)
    )


def _amount(said: Quantity, end: object) -> Fraction | None:
    """An end of an amount in its base unit; a large number without a unit is money (主营5000万以上)."""
    if not isinstance(end, Fraction):
        return None
    return end * FEN_PER_YUAN if said.unit is None and end >= LEAST_BARE else end
