"""Documents named by their number, whole or in part: 海科工商信规字〔2022〕4号, 穗埔府规9号, 2019年9号文, HZ0320220003.

Those collected, and those their articles cite (国发〔2017〕50号).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from knowledge.search.grams import spaced
from policies.law import LoadedPolicy

_NUMBER = re.compile(
    r"(?P<organ>[\u4e00-\u9fff]{0,14}?) ?(?P<year>(?:19|20)\d\d)? ?年? ?第?(?P<serial>\d{1,4}) ?号文?件?"
)
_CITED = re.compile(r"[\u4e00-\u9fff]{2,12}[〔\[（(](?:19|20)\d\d[〕\]）)]\d{1,4}号")
_ISSUED = ("规", "字", "发", "办", "府", "函")  # how the name of a series of numbers ends
_SURE = 2  # characters of that name that are no chance


class _Number(NamedTuple):
    """``article``: ``None`` for the number of a document itself, else the article that cites it."""

    organ: str
    year: str
    policy: str
    article: str | None


class Named(NamedTuple):
    """``policies``: documents named; ``cites``: articles that cite a number named, as ``document/article``.

    ``strange``: a number in full that no document has or cites. ``text``: the rest.
    """

    policies: dict[str, None]
    cites: dict[str, None]
    strange: bool
    text: str


class Numbers:
    """The numbers of the documents, and those they cite. Made once."""

    def __init__(self, policies: Iterable[LoadedPolicy]) -> None:
        """Take the numbers in headers and articles."""
        self._numbers: dict[str, list[_Number]] = defaultdict(list)  # by serial
        self._whole: dict[str, str] = {}
        for policy in policies:
            for stated in (policy.header.number, policy.header.registration):
                if stated is not None and stated.value is not None and not self._add(stated.value, policy.id, None):
                    self._whole[spaced(stated.value)] = policy.id
            own = {policy.header.number.value} if policy.header.number is not None else set()
            for article in policy.articles.values():
                for written in _CITED.findall(article.text):
                    if not any(number and number in written for number in own):
                        self._add(written, policy.id, article.id)

    def _add(self, written: str, policy: str, article: str | None) -> bool:
        match = _NUMBER.fullmatch(spaced(written))
        if not match or not match["year"]:
            return False
        self._numbers[match["serial"]].append(_Number(match["organ"], match["year"], policy, article))
        return True

    def find(self, text: str) -> Named:
        """The documents and articles a spaced text names by number."""
        found: dict[str, None] = {}
        cites: dict[str, None] = {}
        strange = False
        for written, policy in self._whole.items():
            if written in text:
                found[policy] = None
                text = text.replace(written, " ")
        if "号" not in text:
            return Named(found, cites, strange, text)
        rest, last = [], 0
        for match in _NUMBER.finditer(text):
            named = list(self._named(match))
            if named:
                shared = max(shared for _, shared in named)
                for number, _ in named:
                    if number.article is None:
                        found[number.policy] = None
                    else:
                        cites[f"{number.policy}/{number.article}"] = None
                rest.append(text[last : match.end("organ") - shared])
                last = match.end()
            elif match["year"] and match["organ"].endswith(_ISSUED):
                strange = True
        return Named(found, cites, strange, " ".join((*rest, text[last:])))

    def _named(self, match: re.Match[str]) -> Iterator[tuple[_Number, int]]:
        """The numbers meant, each with how much of the name before it is written."""
        organ, year = match["organ"], match["year"]
        for number in self._numbers.get(match["serial"], ()):
            if year not in (number.year, None):
                continue
            shared = _common_end(organ, number.organ)
            if shared >= _SURE or (year and not organ.endswith(_ISSUED)):
                yield number, shared


def _common_end(one: str, other: str) -> int:
    length = 0
    while length < min(len(one), len(other)) and one[-1 - length] == other[-1 - length]:
        length += 1
    return length
