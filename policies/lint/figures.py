"""Every number the rules of a document use, with the words that must state it and how they must state it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from policies.findings import Path
from policies.law import LoadedMeasure, LoadedPolicy
from policies.lint.numbers import Number, numbers, parts
from policies.model.award import Award, Costs
from policies.model.condition import COMPARISONS, AllOf, AnyOf, Leaf, Not, leaves
from policies.notation import Quantity
from policies.places import Passage, anywhere, header_file, locate, measures, quotes

MAXIMUM, EXACT, ANY = "maximum", "exact", "any"


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of a rule. ``says``: the comparator, ``maximum``, ``exact``, or ``any`` for no demand on the wording.

    ``spots``: where the number stands in the passage; empty when it does not.
    """

    file: str
    path: Path
    number: Quantity
    says: str
    words: str
    passage: Passage
    spots: tuple[Number, ...]


_Place = Callable[[str], Passage | None]
_Raw = tuple[Path, Quantity, str, str]


def figures(policy: LoadedPolicy) -> Iterator[Figure]:
    """All of them: conditions with their readings, awards, caps, limits, bounds, pools."""
    yield from _header(policy)
    for loaded, path in measures(policy):
        yield from measure_figures(policy, loaded, path)


def measure_figures(policy: LoadedPolicy, loaded: LoadedMeasure, path: Path) -> Iterator[Figure]:
    """The numbers of one measure."""
    cites = quotes(loaded)

    def place(words: str) -> Passage | None:
        return locate(policy, words, cites)

    found: list[_Raw] = [*_rule(loaded, free=policy.header.maxima is not None), *_variants(loaded)]
    for inner, number, says, words in found:
        yield from _figures(policy, loaded.file, (*path, *inner), number, says, words, place)
    for index, bound in enumerate(loaded.measure.bounds):
        for name, amount in (("minus", bound.minus), ("divided_by", bound.divided_by)):
            if amount is not None:
                at: Path = (*path, "bounds", index, name)
                stated = next((cite for cite in cites if _states(cite.quote, amount)), cites[0])
                yield from _figures(policy, loaded.file, at, amount, ANY, stated.quote, place)


def _states(quote: str, amount: Quantity) -> bool:
    return any(number.is_(amount) for number in numbers(quote))


def _rule(loaded: LoadedMeasure, *, free: bool) -> Iterator[_Raw]:
    yield from _conditions(loaded.measure.requires, ())
    yield from _award(loaded.measure.award, ("award",), free=free)


def _variants(loaded: LoadedMeasure) -> Iterator[_Raw]:
    """Another reading must show its numbers, but may take the words otherwise: that is what makes it another one."""
    for index, reading in enumerate(loaded.measure.readings):
        for option, variant in reading.otherwise.items():
            path: Path = ("readings", index, "otherwise", option)
            yield from _conditions(variant.requires or (), path)
            if variant.award is not None:
                for inner, number, _, words in _award(variant.award, (*path, "award"), free=True):
                    yield inner, number, ANY, words


def _conditions(requires: tuple[Leaf | AllOf | AnyOf | Not, ...], path: Path) -> Iterator[_Raw]:
    for index, condition in enumerate(requires):
        for leaf in leaves(condition):
            if leaf.test.comparison is not None:
                name, bound = leaf.test.comparison
                yield (*path, "requires", index), bound, name, leaf.test.words


def _award(award: Award, path: Path, *, free: bool) -> Iterator[_Raw]:
    words = award.words or ""
    exact, most = (ANY, ANY) if free else (MAXIMUM if award.maximum else EXACT, MAXIMUM)
    for name, amount, says in (
        ("fixed", award.fixed, exact),
        ("rate", award.rate, exact),
        ("up_to", award.up_to, most),
        ("cap", award.cap, MAXIMUM),
    ):
        if amount is not None:
            yield (*path, name), amount, says, words
    if isinstance(award.each, Costs):
        yield (*path, "each"), award.each.at_most, most, words
    elif award.each is not None:
        yield (*path, "each"), award.each, exact, words
    if award.tiers is not None:
        for index, step in enumerate(award.tiers.steps):
            yield (*path, "tiers", "steps", index), step.at_least, "at_least", words
            yield (*path, "tiers", "steps", index), step.up_to, most, words
    if award.stages is not None:
        yield (*path, "stages", "total"), award.stages.total, most, words
        for name, share in award.stages.shares.items():
            if name != award.stages.whole:
                yield (*path, "stages", "shares", name), share, ANY, words
    for index, part in enumerate(award.up_to_parts or ()):
        yield (*path, "up_to_parts", index), part.rate, ANY, words
    for index, limit in enumerate(award.limits):
        amount = limit.share or limit.total
        if amount is not None and limit.words is not None:
            yield (*path, "limits", index), amount, MAXIMUM, limit.words


def _header(policy: LoadedPolicy) -> Iterator[Figure]:
    file = header_file(policy)
    for path, number, says, words in _conditions(policy.header.scope, ()):
        at: Path = ("scope", *path[1:])
        yield from _figures(policy, file, at, number, says, words, lambda text: anywhere(policy, text))
    for index, cap in enumerate(policy.header.caps):
        amount = cap.amount or cap.share
        if amount is not None:
            at = ("caps", index, "amount" if cap.amount else "share")
            cite = cap.cite
            place = _in_cite(policy, cite.article)
            yield from _figures(policy, file, at, amount, MAXIMUM, cite.quote, place)
    for index, pool in enumerate(policy.header.pools):
        place = _in_cite(policy, pool.cite.article)
        yield from _figures(policy, file, ("pools", index, "amount"), pool.amount, ANY, pool.cite.quote, place)


def _in_cite(policy: LoadedPolicy, article: str) -> _Place:
    def place(words: str) -> Passage | None:
        start = policy.articles[article].text.find(words)
        return Passage(article, start, start + len(words)) if start >= 0 else None

    return place


def _figures(
    policy: LoadedPolicy, file: str, path: Path, number: Quantity, says: str, words: str, place: _Place
) -> Iterator[Figure]:
    passage = place(words)
    if passage is None or (not number.value and says in COMPARISONS):  # more_than: 0家 says "there is some"
        return
    inside = [
        found
        for found in numbers(policy.articles[passage.article].text)
        if found.start >= passage.start and found.end <= passage.end
    ]
    for term in parts(number):
        spots = tuple(found for found in inside if found.is_(term))
        yield Figure(file, path, term, says, words, passage, spots)
