"""What must hold before a document may be used at all: every id, fact, choice, unit and quote resolves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import get_args

from pydantic import BaseModel

from policies.law import LoadedMeasure, LoadedPolicy
from policies.lines import line_of
from policies.model.award import Award, Costs
from policies.model.base import Cite
from policies.model.condition import AllOf, AnyOf, Leaf, Not, leaves
from policies.model.fact import Fact
from policies.model.measure import Measure
from policies.notation import MONEY, SHARE
from policies.problems import Problem

Path = tuple[str | int, ...]
ConditionTree = Leaf | AllOf | AnyOf | Not


@dataclass(frozen=True)
class _Finding:
    path: Path
    found: str
    expected: str
    mend: str


def check_references(policy: LoadedPolicy, facts: Mapping[str, Fact]) -> list[Problem]:
    """All dangling references of one document, as problems with their line."""
    problems = [*_problems(policy, f"{policy.id}/policy.yaml", _header(policy, facts))]
    index: dict[str, int] = {}
    for loaded in policy.measures:
        position = index[loaded.file] = index.get(loaded.file, -1) + 1
        found = ((("measures", position, *f.path), f) for f in _measure(loaded, policy, facts))
        moved = (_Finding(path, f.found, f.expected, f.mend) for path, f in found)
        problems.extend(_problems(policy, loaded.file, moved))
    problems.extend(_duplicates(policy))
    return problems


def _problems(policy: LoadedPolicy, file: str, findings: Iterator[_Finding]) -> Iterator[Problem]:
    for finding in findings:
        line = line_of(policy.texts[file], finding.path)
        yield Problem(file, line, finding.found, finding.expected, finding.mend)


def _duplicates(policy: LoadedPolicy) -> Iterator[Problem]:
    seen: set[str] = set()
    for loaded in policy.measures:
        if loaded.id in seen:
            yield Problem(loaded.file, 0, f"事项 {loaded.id} 写了两次", "编号不重复", "改编号或删掉一处")
        seen.add(loaded.id)


def _header(policy: LoadedPolicy, facts: Mapping[str, Fact]) -> Iterator[_Finding]:
    header = policy.header
    ids = {loaded.measure.id for loaded in policy.measures}
    yield from _cites(header, policy, ())
    yield from _districts(header.districts, facts)
    yield from _aliases(header.aliases, header.districts)
    for article in header.asked:
        if article not in policy.articles:
            yield _Finding(
                ("asked", article),
                f"asked 里的“{article}”不是本文件的条款",
                f"其中之一：{'、'.join(policy.articles)}",
                "改成 articles 里有的编号",
            )
    whole = [article.text for article in policy.articles.values()]
    for index, condition in enumerate(header.scope):
        yield from _condition(condition, whole, facts, ("scope", index))
    for index, cap in enumerate(header.caps):
        yield from _fact_keys((cap.of, cap.less), facts, ("caps", index))
        yield from _measure_ids((*cap.over, *cap.lifted_by), ids, ("caps", index))
    for index, choice in enumerate(header.choose_one):
        yield from _fact_keys((choice.when,), facts, ("choose_one", index))
        for group in choice.groups:
            yield from _measure_ids(group, ids, ("choose_one", index))
    for index, higher in enumerate(header.higher_of):
        yield from _fact_keys((higher.fact,), facts, ("higher_of", index))
    for index, pool in enumerate(header.pools):
        yield from _measure_ids(pool.measures, ids, ("pools", index))
    for index, case in enumerate(header.cases):
        yield from _fact_keys(case.given, facts, ("cases", index))
        yield from _measure_ids(case.expect, ids, ("cases", index))


def _districts(districts: tuple[str, ...], facts: Mapping[str, Fact]) -> Iterator[_Finding]:
    known = facts["district"].choices if "district" in facts else ()
    for district in districts:
        if district not in known:
            expected = f"其中之一：{'、'.join(known)}"
            yield _Finding(
                ("districts",), f"没有地区“{district}”", expected, "改成其中之一，或先在 facts.yaml 的 district 里增加"
            )


def _aliases(aliases: Mapping[str, tuple[str, ...]], districts: tuple[str, ...]) -> Iterator[_Finding]:
    for district in aliases:
        if district not in districts:
            yield _Finding(
                ("aliases", district),
                f"aliases 里的“{district}”不是本文件的适用地区",
                f"其中之一：{'、'.join(districts)}",
                "改成 districts 里的一个，或在 districts 里补上它",
            )


def _measure(loaded: LoadedMeasure, policy: LoadedPolicy, facts: Mapping[str, Fact]) -> Iterator[_Finding]:
    measure = loaded.measure
    for index, quote in enumerate(measure.quote):
        if quote not in loaded.article.text:
            yield _not_quoted(quote, loaded.article.label, ("quote", index))
    yield from _cites(measure, policy, ())
    quotes = [*measure.quote, *(cite.quote for cite in measure.also)]
    yield from _rule(measure.requires, measure.award, quotes, facts, ())
    for index, reading in enumerate(measure.readings):
        for option, variant in reading.otherwise.items():
            path: Path = ("readings", index, "otherwise", option)
            yield from _rule(variant.requires or (), variant.award, quotes, facts, path)
    yield from _fact_keys(measure.mentioned_by, facts, ("mentioned_by",))
    for index, bound in enumerate(measure.bounds):
        yield from _fact_keys((bound.fact, bound.at_most_fact, bound.at_least_fact), facts, ("bounds", index))
    for index, case in enumerate(measure.cases):
        yield from _fact_keys(case.given, facts, ("cases", index))
        known = {loaded.measure.id for loaded in policy.measures}
        yield from _measure_ids(case.expect, known, ("cases", index))


def _rule(
    requires: tuple[ConditionTree, ...],
    award: Award | None,
    quotes: list[str],
    facts: Mapping[str, Fact],
    path: Path,
) -> Iterator[_Finding]:
    for index, condition in enumerate(requires):
        yield from _condition(condition, quotes, facts, (*path, "requires", index))
    if award is None:
        return
    here: Path = (*path, "award")
    yield from _fact_keys(award_facts(award), facts, here)
    said = [award.words, *(limit.words for limit in award.limits)]
    for words in said:
        if words is not None and not any(words in quote for quote in quotes):
            yield _not_quoted(words, "本事项的引文", here)


def award_facts(award: Award) -> tuple[str, ...]:
    """Every fact an award is computed from, in the order it is written."""
    keys: list[str | None] = [*(award.of or ()), award.per]
    if isinstance(award.each, Costs):
        keys.append(award.each.cost)
    keys.append(award.tiers.by if award.tiers else None)
    keys.append(award.stages.by if award.stages else None)
    for part in award.up_to_parts or ():
        keys += [*part.of, part.less]
    for limit in award.limits:
        keys += [limit.of, *limit.less, limit.only_if]
    return tuple(dict.fromkeys(key for key in keys if key is not None))


def _condition(
    condition: ConditionTree, quotes: list[str], facts: Mapping[str, Fact], path: Path
) -> Iterator[_Finding]:
    for leaf in leaves(condition):
        missing = list(_fact_keys(leaf.facts, facts, path))
        yield from missing
        if not missing:
            for key in leaf.facts:
                yield from _test(leaf, facts[key], path)
        if not any(leaf.test.words in quote for quote in quotes):
            yield _not_quoted(leaf.test.words, "本事项的引文", path)


def _test(leaf: Leaf, fact: Fact, path: Path) -> Iterator[_Finding]:
    test = leaf.test
    fits = {
        "bool": isinstance(test.is_, bool),
        "choice": isinstance(test.is_, str) or test.in_ is not None,
        "set": test.has_any is not None,
    }.get(fact.type, test.comparison is not None)
    if not fits:
        kinds = {"bool": "is: true/false", "choice": "is 或 in", "set": "has_any"}
        expected = kinds.get(fact.type, "at_least / more_than / at_most / less_than")
        yield _Finding(path, f"要素 {fact.key} 的判断写法不对", expected, "换成这种写法")
    named = ((test.is_,) if isinstance(test.is_, str) else ()) + (test.in_ or ()) + (test.has_any or ())
    for choice in named:
        if choice not in fact.choices:
            yield _Finding(path, f"要素 {fact.key} 没有选项“{choice}”", "、".join(fact.choices), "改成其中之一")
    if test.comparison is not None:
        unit = {"money": MONEY, "share": SHARE}.get(fact.type, fact.unit)
        bound = test.comparison[1]
        if bound.unit != unit and fits:
            yield _Finding(path, f"“{bound.text}”的单位与要素 {fact.key} 不同", f"单位是{unit}", "改单位或换要素")


def _fact_keys(keys: object, facts: Mapping[str, Fact], path: Path) -> Iterator[_Finding]:
    for key in keys if isinstance(keys, tuple | list | dict) else ():
        if key is not None and key not in facts:
            yield _Finding(
                path,
                f"facts.yaml 里没有要素 {key}",
                "facts.yaml 里的 key",
                "改成已有的要素，或先在 facts.yaml 增加",
            )


def _measure_ids(keys: object, ids: set[str], path: Path) -> Iterator[_Finding]:
    for key in keys if isinstance(keys, tuple | list | dict) else ():
        if key not in ids:
            yield _Finding(path, f"本文件没有事项 {key}", "本文件的事项编号", "改成已有的编号")


def _cites(model: BaseModel, policy: LoadedPolicy, path: Path) -> Iterator[_Finding]:
    if isinstance(model, Cite):
        article = policy.articles.get(model.article)
        if article is None:
            known = "、".join(policy.articles)
            yield _Finding(path, f"没有条款 {model.article}", f"其中之一：{known}", "改成正文里有的条款")
        elif model.quote not in article.text:
            yield _not_quoted(model.quote, article.label, path)
        return
    for name in _nested(type(model)):
        value = getattr(model, name)
        if isinstance(value, tuple):
            for index, item in enumerate(value):
                if isinstance(item, BaseModel):
                    yield from _cites(item, policy, (*path, name, index))
        elif isinstance(value, BaseModel) and not isinstance(value, Measure):
            yield from _cites(value, policy, (*path, name))


@cache
def _nested(model: type[BaseModel]) -> tuple[str, ...]:
    """The fields of a model that may hold other models: most hold none, and there are many thousands of them."""
    return tuple(name for name, field in model.model_fields.items() if _names_model(field.annotation))


def _names_model(annotation: object) -> bool:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return True
    return any(_names_model(part) for part in get_args(annotation))


def _not_quoted(words: str, where: str, path: Path) -> _Finding:
    return _Finding(path, f"“{words}”不在{where}里", "逐字摘自原文", "从原文复制，不要改字")
