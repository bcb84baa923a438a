"""Where a question asks: documents of the places named, a division inside one, places without documents."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple, Self

from knowledge.places import Place, Places, part_of
from knowledge.search.grams import STOP
from knowledge.search.hearing.language import language

# What shows that somebody or something is in a division, not that the division gives: before its name, and after.
_STOPS = re.compile(f"{STOP}+")
_BEING = re.compile("(?:在|位于|我们|我|从|是)$")
_BELONGING = re.compile("的|这边|那边|企业|公司|工厂|厂|平台|机构|单位|园区|[一-鿿]{2}镇|[一-鿿]{2}街")
# That somebody is not in a place, or leaves for it.
_OUTSIDE = re.compile("(?:不在|没在|不属于)$")
_LEAVING = re.compile("[搬迁转改挪](?:到|去|往|回|至)(?:了)?$")


class Where(NamedTuple):
    """``part`` and ``inside`` as in :class:`Question`; ``text``: the rest of the text, with ``，`` between clauses.

    ``around``: ids of the documents of places inside a wider place (广州), for comparing them.
    """

    policies: tuple[str, ...]
    part: str | None
    inside: str | None
    elsewhere: tuple[str, ...]
    around: tuple[str, ...]
    text: str

    def also(self, other: Where) -> Self:
        """This with what was found in the rest of the text."""
        return self._replace(
            policies=tuple(dict.fromkeys(self.policies + other.policies)),
            part=self.part or other.part,
            inside=self.inside or other.inside,
            elsewhere=tuple(dict.fromkeys(self.elsewhere + other.elsewhere)),
            around=self.around + other.around,
            text=other.text,
        )


def where(text: str, places: Places, documents: Mapping[str, tuple[str, ...]]) -> Where:
    """Take the places out of a spaced text; ``documents``: ids by district."""
    policies: dict[str, None] = {}
    elsewhere: dict[str, None] = {}
    around: dict[str, None] = {}
    wider: dict[str, None] = {}
    part, inside, whole = None, None, False
    rest, last = [], 0
    for place in places.find(text):
        rest.append(text[last : place.start])
        last = place.end
        if place.kind == "district":
            policies |= dict.fromkeys(documents[place.name])
            if _OUTSIDE.search(text[: place.start]):
                rest.append("区外")  # who is not in 宝安 is 区外 there
            division = part_of(place.name, text[place.start : place.end])
            inside = division or inside
            whole = whole or division is None
            if division is not None and _gives(text, place, division):
                part = division
        elif place.kind == "elsewhere":
            elsewhere[place.name] = None
            if _LEAVING.search(text[: place.start]):
                rest.append("外地")  # 搬到增城 is 搬到外地
        else:
            wider[place.name] = None
            around |= dict.fromkeys(policy for name in places.within(place.name) for policy in documents[name])
    rest.append(text[last:])
    left = _STOPS.sub(STOP, "".join(rest).replace(" ", "")).strip(STOP)
    if wider and not policies and "区" not in left and any(word in text for word in language().own_of_whole):
        elsewhere |= wider  # what a city itself gives
    return Where(tuple(policies), None if whole else part, inside, tuple(elsewhere), tuple(around), left)


def _gives(text: str, place: Place, division: str) -> bool:
    """Whether it is asked what a division itself gives, not what is given to somebody in it."""
    words = language()
    if any(word in text for word in words.own_of_part):
        return True
    is_full = text[place.start : place.end] == division
    is_being = _BEING.search(text[: place.start]) or _BELONGING.match(text[place.end :])
    return is_full and not is_being and not any(word in text for word in words.own_of_whole)
