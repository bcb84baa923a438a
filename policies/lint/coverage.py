"""Every number of a document is used by a rule that cites it, or listed as no rule with the reason; never both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from policies.findings import Finding
from policies.law import LoadedPolicy
from policies.lint.figures import Figure
from policies.lint.numbers import Number, numbers
from policies.places import file_of, files_of, offset


def check_coverage(policy: LoadedPolicy, figures: Iterable[Figure]) -> Iterator[Finding]:
    """Numbers are compared in the whole mended text, so that an item and its article are the same place."""
    used = {offset(policy, figure.passage.article) + spot.start: spot for figure in figures for spot in figure.spots}
    every = {number.start: number for number in numbers(policy.mended.text)}
    listed: set[int] = set()
    for article, entries in policy.not_rules.items():
        for index, entry in enumerate(entries):
            covered = set(_covered(policy, article, entry.text, every))
            listed |= covered
            yield from _entry(policy, article, index, covered, used, every)
    for start, number in every.items():
        if start not in used and start not in listed:
            yield _forgotten(policy, start, number)


def _covered(policy: LoadedPolicy, article: str, text: str, every: dict[int, Number]) -> Iterator[int]:
    """The numbers inside any place of an article where the listed words stand."""
    begin, whole = offset(policy, article), policy.articles[article].text
    at = whole.find(text)
    while at >= 0:
        start, end = begin + at, begin + at + len(text)
        yield from (place for place, number in every.items() if place >= start and number.end <= end)
        at = whole.find(text, at + 1)


def _entry(
    policy: LoadedPolicy, article: str, index: int, covered: set[int], used: dict[int, Number], every: dict[int, Number]
) -> Iterator[Finding]:
    file, path = file_of(policy, article), ("not_rules", index)
    text = policy.not_rules[article][index].text
    if text not in policy.articles[article].text:
        yield Finding(file, path, f"“{text}”不在本条里", "逐字摘自本条", "从原文复制，不要改字")
    elif not covered:
        yield Finding(file, path, f"“{text}”里没有数", "not_rules 只列没有写成规则的数", "删掉这一项")
    both = sorted(covered & used.keys())
    if both:
        shown = "、".join(dict.fromkeys(every[place].text for place in both))
        yield Finding(
            file, path, f"“{text}”里的 {shown} 已经用在规则里", "一个数或者用在规则里，或者列在 not_rules", "删掉这一项"
        )


def _forgotten(policy: LoadedPolicy, start: int, number: Number) -> Finding:
    article = next(
        article
        for article in reversed(list(policy.articles.values()))
        if offset(policy, article.id) <= start and article.parent is None
    )
    text = policy.mended.text
    around = text[max(0, start - 10) : number.end + 8].replace("\n", " ")
    file = file_of(policy, article.id)
    return Finding(
        file,
        (),
        f"{article.label}“…{around}…”里的 {number.text} 没有着落",
        "原文的每个数都用在规则里，或列在 not_rules 并写明理由",
        f"写进这一条的规则，或在 not_rules 加 {{text: 含有 {number.text} 的几个字, why: 理由}}",
    )


def check_one_file_each(policy: LoadedPolicy) -> Iterator[Finding]:
    """An article has one file: of two, only one list of numbers that are no rules would count."""
    for article in policy.articles.values():
        first, *others = files_of(policy, article.id) or [""]
        for other in others:
            yield Finding(
                other, ("article",), f"{article.label}已经有文件 {first}", "一条只写一个文件", f"把内容并入 {first}"
            )
