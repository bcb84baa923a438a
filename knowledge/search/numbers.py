"""Documents named by their number, whole or in part: 海科工商信规字〔2022〕4号, 穗埔府规9号, 2019年9号文, HZ0320220003."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from knowledge.search.grams import spaced
from policies.model.policy import Policy

_NUMBER = re.compile(
    r"(?P<organ>[\u4e00-\u9fff]{0,14}?) ?(?P<year>(?:19|20)\d\d)? ?年? ?第?(?P<serial>\d{1,4}) ?号文?件?"
)
_ISSUED = ("规", "字", "发", "办", "府", "函")  # how the name of a series of numbers ends
_SURE = 2  # characters of that name that are no chance


class _Number(NamedTuple):
    organ: str
    year: str
    serial: str
    policy: str


class Numbers:
    """The numbers of the documents. Made once."""

    def __init__(self, headers: Iterable[tuple[str, Policy]]) -> None:
        """Take the headers of the documents by id."""
        self._numbers: list[_Number] = []
        self._whole: dict[str, str] = {}
        for policy, header in headers:
            for stated in (header.number, header.registration):
                if stated is None or stated.value is None:
                    continue
                written = spaced(stated.value)
                match = _NUMBER.fullmatch(written)
                if match and match["year"]:
                    self._numbers.append(_Number(match["organ"], match["year"], match["serial"], policy))
                else:
                    self._whole[written] = policy

    def find(self, text: str) -> tuple[dict[str, None], str]:
        """The documents a spaced text names by number, and the text without those numbers."""
        found: dict[str, None] = {}
        for written, policy in self._whole.items():
            if written in text:
                found[policy] = None
                text = text.replace(written, " ")
        if "号" not in text:
            return found, text
        rest, last = [], 0
        for match in _NUMBER.finditer(text):
            named = list(self._named(match))
            if named:
                found |= dict.fromkeys(number.policy for number, _ in named)
                rest.append(text[last : match.end("organ") - max(shared for _, shared in named)])
                last = match.end()
        return found, " ".join((*rest, text[last:]))

    def _named(self, match: re.Match[str]) -> Iterator[tuple[_Number, int]]:
        """The numbers meant, each with how much of the name before it is written."""
        organ, year, serial = match["organ"], match["year"], match["serial"]
        for number in self._numbers:
            if serial != number.serial or year not in (number.year, None):
                continue
            shared = _common_end(organ, number.organ)
            if shared >= _SURE or (year and not organ.endswith(_ISSUED)):
                yield number, shared


def _common_end(one: str, other: str) -> int:
    length = 0
    while length < min(len(one), len(other)) and one[-1 - length] == other[-1 - length]:
        length += 1
    return length
