"""Which comparator words govern a number, and whether 最高 / 不超过 does.

A list shares its words: in ``5000万元、2000万元以上`` both are 以上, in ``分别不少于6家、3家`` both are 不少于, in
``分别给予最高1亿元、5000万元、3000万元`` all three are 最高.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from policies.lint.numbers import Number, numbers

AT_LEAST, MORE_THAN, AT_MOST, LESS_THAN = "at_least", "more_than", "at_most", "less_than"
SAYS = {
    AT_LEAST: "以上、达到、不少于、不低于",
    MORE_THAN: "超、超过",
    AT_MOST: "不超过、不高于、以内、内",
    LESS_THAN: "以下（不含本数）、不足、低于",
}
_SUFFIXES = {
    "以上": (AT_LEAST,),
    "及以上": (AT_LEAST,),
    "（含）以上": (AT_LEAST,),
    "以下": (AT_MOST, LESS_THAN),
    "及以下": (AT_MOST,),
    "（含）以下": (AT_MOST,),
    "以内": (AT_MOST,),
    "（含）以内": (AT_MOST,),
    "之内": (AT_MOST,),
    "内": (AT_MOST,),
}
_PREFIXES = {
    "不超过": (AT_MOST,),
    "不得超过": (AT_MOST,),
    "不能超过": (AT_MOST,),
    "不高于": (AT_MOST,),
    "不多于": (AT_MOST,),
    "不大于": (AT_MOST,),
    "最高": (AT_MOST,),
    "最多": (AT_MOST,),
    "不少于": (AT_LEAST,),
    "不低于": (AT_LEAST,),
    "不得少于": (AT_LEAST,),
    "不得低于": (AT_LEAST,),
    "不小于": (AT_LEAST,),
    "至少": (AT_LEAST,),
    "达到": (AT_LEAST,),
    "达": (AT_LEAST,),
    "满": (AT_LEAST,),
    "超过": (MORE_THAN,),
    "超": (MORE_THAN,),
    "高于": (MORE_THAN,),
    "多于": (MORE_THAN,),
    "大于": (MORE_THAN,),
    "不满": (LESS_THAN,),
    "不足": (LESS_THAN,),
    "低于": (LESS_THAN,),
    "少于": (LESS_THAN,),
}
_BY_LENGTH = {words: sorted(words, key=len, reverse=True) for words in (tuple(_SUFFIXES), tuple(_PREFIXES))}
_SUFFIX_ORDER, _PREFIX_ORDER = _BY_LENGTH[tuple(_SUFFIXES)], _BY_LENGTH[tuple(_PREFIXES)]
_JOINT = re.compile(r"(?:（含）)?(?:以上|以下)?\s?(?:、|和|或|与|及|、分别)\s?")
_CEILING = re.compile(r"最高|最多|至多|上限|不超过|不得超过|不能超过|不高于|不得高于|不多于|以内")
_CLAUSE_END = "，。；：！？\n,;"


@dataclass(frozen=True, slots=True)
class Said:
    """A comparator word: what it may mean, and where it stands."""

    means: tuple[str, ...]
    start: int
    end: int


def comparators(text: str, number: Number) -> list[Said]:
    """The comparator words that govern a number; two of them where the text has two (``超过2000万元以上``)."""
    row = _row(text, number)
    found = []
    prefix = _prefix(text, row[0].start)
    if prefix is not None:
        found.append(prefix)
    # an own 以上 counts for the number; in a row the last one's counts for those without
    for other in (number, row[-1]):
        suffix = _suffix(text, other.end)
        if suffix is not None:
            found.append(suffix)
            break
    return found


def has_ceiling(text: str, number: Number) -> bool:
    """Whether 最高, 不超过 or the like governs an amount: in the same clause before it, or right after it."""
    if any(AT_MOST in said.means for said in comparators(text, number)):
        return True
    head = _row(text, number)[0].start
    return _CEILING.search(text, _clause_start(text, head), head) is not None


def _clause_start(text: str, position: int) -> int:
    """Where the words that can govern a number begin: after the last punctuation mark or the last other number."""
    start = max(text.rfind(mark, 0, position) for mark in _CLAUSE_END) + 1
    before = [other.end for other in numbers(text) if other.end <= position]
    return max([start, *before])


def _row(text: str, number: Number) -> Sequence[Number]:
    """The list the number stands in (``6家、3家``); the number alone when there is none."""
    every = numbers(text)
    first = last = next(index for index, other in enumerate(every) if other.start == number.start)
    while first > 0 and _JOINT.fullmatch(text, every[first - 1].end, every[first].start):
        first -= 1
    while last + 1 < len(every) and _JOINT.fullmatch(text, every[last].end, every[last + 1].start):
        last += 1
    return every[first : last + 1]


def _prefix(text: str, position: int) -> Said | None:
    end = position
    while end > 0 and text[end - 1] in " 了":
        end -= 1
    for word in _PREFIX_ORDER:
        if text.endswith(word, 0, end):
            return Said(_PREFIXES[word], end - len(word), end)
    return None


def _suffix(text: str, position: int) -> Said | None:
    start = position
    while text[start : start + 1] == " ":
        start += 1
    for word in _SUFFIX_ORDER:
        if text.startswith(word, start):
            return Said(_SUFFIXES[word], start, start + len(word))
    return None
