"""Every number of an answer stands in what the answer rests on, capped and compared in the same way.

Numbers are read by :mod:`policies.lint.numbers`. Where a line speaks of one document, only that document's sentences
count. Chinese numerals up to ten with a counting word (两项, 三种) and those of one (一年最多, 差一天) are prose; the law's
figures are written in digits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from knowledge.faq.lint.status import stem
from knowledge.faq.lint.tone import texts_of
from knowledge.faq.model import Entry
from knowledge.faq.references import PLACEHOLDER, Placed
from policies.findings import Finding
from policies.law import Corpus, LoadedPolicy
from policies.lint.numbers import Number, numbers
from policies.lint.wording import AT_MOST, comparators, has_ceiling
from policies.notation import MONEY, SHARE, Quantity
from policies.places import quotes

ANY = "any"
_SMALL = set("一二两三四五六七八九十")
_SPANS = ("年", "个月", "月", "天", "日", "周", "季度", "小时", "元", "倍", "成", "期")
_DATES = ("年", "个月", "月", "日", "天", "号")
_POINT = re.compile(r"(?:含|正好|刚好|恰好|恰为|等于|是否到)$")
_SEGMENT_END = re.compile(r"[。；\n]")
_QUOTED = re.compile(r"“([^”]*)”")


@dataclass(frozen=True, slots=True)
class Stated:
    """A number some sentence states: the document (``None``: not one of them) and what the wording makes of it."""

    policy: str | None
    number: Number
    means: frozenset[str]


def check_figures(placed: Placed, corpus: Corpus) -> Iterator[Finding]:
    """Every number of the entry, in everything a reader sees except its quotes."""
    stated = list(_stated(placed.entry, corpus))
    sources = list(_sources(placed.entry, corpus))
    for field, text in texts_of(placed):
        for line in text.splitlines():
            for found, expected, mend in _line(line, placed.entry, corpus, stated, sources):
                yield Finding(placed.file, (*placed.path, field), found, expected, mend)


def check_used(placed: Placed, corpus: Corpus) -> Iterator[Finding]:
    """A cited sentence is cut to what the answer uses: a figure in it that the answer does not tell was mistaken."""
    entry = placed.entry
    told = [(line, number) for line in _told(entry) for number in numbers(line)]
    for index, cite in enumerate(entry.cites):
        for number in numbers(cite.quote):
            if number.bare or number.unit in _DATES or _is_prose(number, cite.quote):
                continue
            if any(_same(mine, number) and cite.policy in _about(line, mine, entry, corpus) for line, mine in told):
                continue
            yield Finding(
                placed.file,
                (*placed.path, "cites", index),
                f"引文里的 {number.text} 答案没有说到（“{_around(cite.quote, number)}”）",
                "引文里的数，答案或算法里都有",
                "把引文截到用得着的几个字，或在答案里说到这个数",
            )


def _told(entry: Entry) -> Iterator[str]:
    for text in (entry.answer, entry.formula or ""):
        yield from (PLACEHOLDER.sub(lambda match: "　" * len(match[0]), line) for line in text.splitlines())


def _line(
    line: str, entry: Entry, corpus: Corpus, stated: Sequence[Stated], sources: Sequence[str]
) -> Iterator[tuple[str, str, str]]:
    bare = PLACEHOLDER.sub(lambda match: "　" * len(match[0]), line)
    quoted = [match.span() for match in _QUOTED.finditer(bare) if any(match[1] in source for source in sources)]
    for number in numbers(bare):
        if _is_prose(number, bare) or any(start <= number.start < end for start, end in quoted):
            continue
        about = _about(bare, number, entry, corpus)
        pool = [one for one in stated if one.policy is None or one.policy in about]
        if number.bare and number.text.isascii():
            yield f"“{number.text}”没有单位", "数带单位：30%、500万元、15家", "补上单位"
            continue
        same = [one for one in pool if _same(number, one.number)]
        where = "、".join(about)
        if not same:
            yield (
                f"“{number.text}”不在 {where} 的引文里（“{_around(bare, number)}”）",
                "答案里的每个数都在引文里，或与 measures 列出的事项一致",
                "改数，或补上写有这个数的引文（cites）、事项（measures）",
            )
        elif not _agrees(bare, number, same):
            said = "、".join(sorted({_NAMES[mean] for one in same for mean in one.means})) or "确定的数"
            yield (
                f"“{_around(bare, number)}”里的 {number.text} 与原文的说法不符，原文是{said}",
                "以上、超过、最高、不超过与原文一致",
                "照原文改比较词；原文没有写最高的，不要写最高",
            )


_NAMES = {
    "at_least": "以上或不少于（含本数）",
    "more_than": "超过（不含本数）",
    "at_most": "最高或不超过",
    "less_than": "以下（不含本数）",
    ANY: "不限",
}


def _is_prose(number: Number, text: str) -> bool:
    """Whether a number is part of ordinary language, or of a name such as 5G."""
    if number.text.isascii():
        after = text[number.end : number.end + 1]
        return number.bare and after.isascii() and after.isalpha()
    numeral = number.text.removesuffix(number.unit)
    if numeral == "一":  # 一年最多, 差一天, 最后一日
        return True
    return set(numeral) <= _SMALL and number.unit not in _SPANS and number.unit != SHARE


def _about(line: str, number: Number, entry: Entry, corpus: Corpus) -> list[str]:
    """The documents the words around a number speak of: those last named in the line up to the end of its sentence."""
    end = _SEGMENT_END.search(line, number.end)
    ends = [0, *(match.end() for match in _SEGMENT_END.finditer(line)), len(line)]
    start = max(position for position in ends if position <= number.start)
    named = _named(line[start : end.start() if end else len(line)], entry, corpus)
    while not named and start:
        before = max(position for position in ends if position < start)
        named = _named(line[before:start], entry, corpus)
        start = before
    return named or list(entry.policies)


def _named(text: str, entry: Entry, corpus: Corpus) -> list[str]:
    return [
        policy
        for policy in entry.policies
        if any(stem(district) in text for district in corpus.policies[policy].header.districts)
    ]


def _same(number: Number, other: Number) -> bool:
    """Whether two texts state the same quantity."""
    if number.text == other.text:
        return True
    if not number.unit:
        return not number.bare and number.value == other.value and other.unit not in (MONEY, SHARE)
    unit = {"个月": "月", "日": "天"}.get(number.unit, number.unit)
    value = number.value if unit == SHARE else int(number.value)
    return other.is_(Quantity(value, unit, number.text)) or (other.unit, other.value) == (number.unit, number.value)


def _agrees(text: str, number: Number, same: Sequence[Stated]) -> bool:
    """Whether some of the sentences compare or cap the number as the answer does."""
    if _POINT.search(text, 0, number.start) or text.startswith(("（含）", "本身"), number.end):
        return True
    means = _means(text, number)
    return any(ANY in one.means or means == one.means or means & one.means for one in same)


def _means(text: str, number: Number) -> frozenset[str]:
    said = {mean for word in comparators(text, number) for mean in word.means}
    if has_ceiling(text, number):
        said.add(AT_MOST)
    return frozenset(said)


def _stated(entry: Entry, corpus: Corpus) -> Iterator[Stated]:
    for cite in entry.cites:
        yield from _in_quote(corpus.policies[cite.policy], cite.article, cite.quote)
    for name in entry.measures:
        loaded = corpus.measures.get(name)
        if loaded is not None:
            for own in quotes(loaded):
                yield from _in_quote(corpus.policies[loaded.policy], own.article, own.quote)
    for text in _elsewhere(entry, corpus):
        yield from (Stated(None, number, frozenset((ANY,))) for number in numbers(text))


def _in_quote(policy: LoadedPolicy, article: str, quote: str) -> Iterator[Stated]:
    """The numbers of a quote; what caps or compares them may stand outside of it, in the article."""
    text = policy.articles[article].text if article in policy.articles else ""
    start = text.find(quote)
    if start < 0:
        return
    for number in numbers(text):
        if start <= number.start and number.end <= start + len(quote):
            found = Stated(policy.id, number, _means(text, number))
            yield found
            if policy.header.maxima is not None:
                yield replace(found, means=found.means | {AT_MOST})


def _elsewhere(entry: Entry, corpus: Corpus) -> Iterator[str]:
    for key in entry.facts:
        if key in corpus.facts:
            yield from (source.text for source in corpus.facts[key].definitions)
    yield from (item.says for item in entry.outside)


def _sources(entry: Entry, corpus: Corpus) -> Iterator[str]:
    yield from (cite.quote for cite in entry.cites)
    for name in entry.measures:
        if name in corpus.measures:
            yield from (own.quote for own in quotes(corpus.measures[name]))
    yield from _elsewhere(entry, corpus)


def _around(text: str, number: Number) -> str:
    return text[max(0, number.start - 10) : number.end + 6].strip()
