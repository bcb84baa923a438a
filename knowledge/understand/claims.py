"""Which figure belongs to which fact: the phrase that stands nearest and says most takes it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from knowledge.amounts import Quantity
from knowledge.understand.figures_in_text import LEAST_BARE, Masked, figure_class, usual
from knowledge.understand.hits import Hit
from knowledge.understand.lexicon import Entry
from policies.model.fact import Fact
from policies.notation import FEN_PER_YUAN

_DIRECT, _BY_TOPIC = 100.0, 60.0
_SIDE = 1.0  # how much the preferred side of a phrase counts
_OF_EACH = 200.0  # 国标、行标各一项: everything named shares the figure
_SAYS_LESS = 30.0  # 比行业平均少 is more than 行业平均
_NAMED = 80.0  # a phrase that names another amount is hardly there by chance
_FARTHEST = 80  # characters between a topic and a figure that belongs to it
_LOOKING_BACK = 12  # a topic named after its figure counts as that much farther away

_ALONE = (  # all that a clause may say beside the figure
    r"(?:^|(?<=[，。；！？：（）\s]))(?:我们|我司|公司|厂里?|企业|团队|里面?|全公司|手下|上下|现在|目前|一共|总共|大概|差不多|连老板|就|才|也就|也|有|是)*"
    r"(?:[\ue010-\uf8ff][、和]?)?(?P<figure>{})(?:[、和]?[\ue010-\uf8ff])?(?:左右|上下|的样子|规模|吧|而已|的?(?:小|中型|大)?(?:公司|工?厂|企业|团队|规模))?(?=[，。；！？（）\s]|$)"
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
    open: bool = False  # it is not said for sure that it is this figure, or the whole of it

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
        named = [sign for sign in found if sign not in taken and usual(masked.figures[sign].measure) == unit]
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


def _shares(claim: Claim, best: Claim) -> bool:
    if claim.score >= _OF_EACH and best.score >= _OF_EACH:
        return True
    return claim.score >= best.score - 0.01 and (claim.start, claim.end) == (best.start, best.end)


def _of_entry(entry: Entry, masked: Masked, topics: Mapping[str, Sequence[Hit]]) -> Iterator[Claim]:
    ended = masked.text + "。"  # a phrase may want a break after it
    for pattern in entry.with_figure:
        for match in pattern.finditer(ended):
            sign = match.start("figure")
            if not _limits_agree(entry, match, masked):
                continue
            first, last = match.span("words" if "words" in pattern.groupindex else 0)
            start, end = masked.span(first, min(last, len(masked.text)))
            loose = match.end() - match.start() - 1 - entry.phrase.least
            score = _DIRECT - 3 * loose + 2 * entry.phrase.least
            if entry.role == "then" and not (entry.fact.heard and entry.fact.heard.less):
                figure, spoken = masked.starts[sign], _is_spoken_for(entry.fact.key, sign, masked, topics)
                named = [
                    topic
                    for topic in topics.get(entry.fact.key, ())
                    if topic.start <= max(end, figure) or not (spoken and _has_a_figure(topic, sign, masked))
                ]
                near = _nearest(named, start, end)
                if near is None:
                    continue
                score = _BY_TOPIC - near / 2 - loose + entry.phrase.least
            if entry.role == "below":
                score += _SAYS_LESS
            if masked.text[sign - 1 : sign] == "各" and masked.text[sign + 1 : match.end()][:1] not in ("、", "和"):
                score = _OF_EACH
            limits = tuple(match.start(f"limit{number}") for number in range(1, len(entry.phrase.limits) + 1))
            follows = masked.starts[sign] >= end or start <= masked.starts[sign] < end
            yield Claim(entry, masked.figures[sign], sign, start, end, score + _NAMED * len(limits), follows, limits)


def _is_spoken_for(key: str, sign: int, masked: Masked, topics: Mapping[str, Sequence[Hit]]) -> bool:
    """Whether the clause of a figure is about another fact."""
    clause = masked.starts[max(masked.text.rfind("，", 0, sign), 0)]
    others = (hit for other, hits in topics.items() if other != key for hit in hits)
    return any(clause <= hit.start < masked.starts[sign] for hit in others)


def _has_a_figure(topic: Hit, sign: int, masked: Masked) -> bool:
    """Whether a topic of a later clause has a figure of the same kind itself (标识应用投了510万，二级节点又投200万)."""
    clause = masked.text[bisect_left(masked.starts, topic.end) :].split("，", 1)[0]
    apart = "，" in masked.text[sign : bisect_left(masked.starts, topic.start)]
    return apart and masked.text[sign] in clause


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
