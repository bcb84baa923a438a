"""Mutants of the FAQ: one small mistake each, of the kinds an officer can make."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from knowledge.faq.lint.figures import _is_prose
from knowledge.faq.lint.tone import FIELDS
from knowledge.faq.model import Entry
from policies.law import Corpus
from policies.lint.numbers import Number, numbers

Tree = dict[str, Any]
COMPARED = {
    "最高": "",
    "不超过": "",
    "不高于": "",
    "以上": "以下",
    "不少于": "超过",
    "达到": "超过",
    "超过": "达到",
    "超": "满",
}
_QUOTED = re.compile(r"“[^”]*”|\{[^}]*\}")


@dataclass(frozen=True)
class Mutant:
    """One mistake: its kind, what was done, the entry with it, and the entry's place among all."""

    kind: str
    what: str
    entry: Entry
    index: int


def mutants(entries: tuple[Entry, ...], corpus: Corpus) -> Iterator[Mutant]:
    """All mutants of all entries."""
    for index, entry in enumerate(entries):
        tree = entry.model_dump(mode="json")
        for kind, what, changed in _changes(tree, entry, entries, corpus):
            yield Mutant(kind, f"{entry.id}: {what}", Entry.model_validate(changed), index)


def _changes(tree: Tree, entry: Entry, entries: tuple[Entry, ...], corpus: Corpus) -> Iterator[tuple[str, str, Tree]]:
    for field in FIELDS:
        value = tree[field]
        for position, text in enumerate(value if isinstance(value, list) else [value]):
            for kind, what, new in _texts(text or ""):
                copied = copy.deepcopy(tree)
                if isinstance(value, list):
                    copied[field][position] = new
                else:
                    copied[field] = new
                yield kind, f"{field}: {what}", copied
    yield from _cites(tree, entry, entries, corpus)
    yield from _rest(tree, entry, entries, corpus)


def _texts(text: str) -> Iterator[tuple[str, str, str]]:
    quoted = [match.span() for match in _QUOTED.finditer(text)]
    found = [
        number
        for number in numbers(text)
        if not _is_prose(number, text) and not any(start <= number.start < end for start, end in quoted)
    ]
    for number in found:
        for new in _others(number):
            yield "number changed", f"{number.text} → {new}", text[: number.start] + new + text[number.end :]
        for other in found:
            if other.unit == number.unit and other.value != number.value:
                new = text[: number.start] + other.text + text[number.end :]
                yield "number of a neighbour", f"{number.text} → {other.text}", new
                break
    for match in re.finditer("|".join(COMPARED), text):
        near = any(0 <= number.start - match.end() <= 1 or 0 <= match.start() - number.end <= 0 for number in found)
        doubled = "最高不超过" in text[match.start() - 2 : match.end() + 3]  # without one of the two it says the same
        if near and not doubled:
            new = text[: match.start()] + COMPARED[match[0]] + text[match.end() :]
            yield "comparator", f"{match[0]} → {COMPARED[match[0]]} at {match.start()}", new


def _others(number: Number) -> Iterator[str]:
    digits = re.search(r"\d+", number.text)
    if digits is None:
        return
    head, tail = number.text[: digits.start()], number.text[digits.end() :]
    yield f"{head}{digits[0]}0{tail}"
    yield f"{head}{int(digits[0]) + 1}{tail}"


def _cites(tree: Tree, entry: Entry, entries: tuple[Entry, ...], corpus: Corpus) -> Iterator[tuple[str, str, Tree]]:
    strangers = [cite for other in entries if other.id != entry.id for cite in other.cites]
    for index, cite in enumerate(entry.cites):

        def with_(key: str, value: object, index: int = index) -> Tree:
            copied = copy.deepcopy(tree)
            copied["cites"][index][key] = value
            return copied

        middle = len(cite.quote) // 2
        yield "quote edited", "a character lost", with_("quote", cite.quote[:middle] + cite.quote[middle + 1 :])
        for number in numbers(cite.quote):
            for new in _others(number):
                quote = cite.quote[: number.start] + new + cite.quote[number.end :]
                yield "quote edited", f"{number.text} → {new}", with_("quote", quote)
        articles = corpus.policies[cite.policy].articles
        for article in articles.values():
            if cite.quote not in article.text:
                yield "article swapped", article.id, with_("article", article.id)
        for policy in corpus.policies:
            if policy != cite.policy:
                yield "document swapped", policy, with_("policy", policy)
        known = {own.quote for own in entry.cites}
        others = [other for other in strangers if other.policy == cite.policy and other.quote not in known]
        for other in others[index % 7 :: max(1, len(others) // 3)][:3]:
            copied = copy.deepcopy(tree)
            copied["cites"][index] = other.model_dump(mode="json")
            yield "another sentence cited", f"{cite.quote[:12]} → {other.quote[:12]}", copied


def _rest(tree: Tree, entry: Entry, entries: tuple[Entry, ...], corpus: Corpus) -> Iterator[tuple[str, str, Tree]]:
    other = next(other for other in entries if other.id != entry.id)
    yield "id taken", other.id, {**tree, "id": other.id}
    yield "phrasing taken", other.asks[0], {**tree, "asks": [*tree["asks"][:-1], f"{other.asks[0]}？"]}
    answer = tree["answer"]
    yield "status hard-coded", "现行有效", {**tree, "answer": f"{answer}这份文件现行有效。\n"}
    for match in re.finditer(r"\{status:[^}]*\}", answer):
        yield "status hard-coded", match[0], {**tree, "answer": answer.replace(match[0], "已经届满")}
    for match in re.finditer(r"\{(?:status|starts|ends):[^}]*\}", answer):
        yield "placeholder broken", match[0], {**tree, "answer": answer.replace(match[0], match[0].replace(":", "-"))}
    yield "promise", "可申报", {**tree, "next_step": f"可申报，{tree['next_step']}"}
    if any(corpus.policies[policy].header.stage != "issued" for policy in entry.policies):
        calm = re.sub(r"征求意见稿|草案|修改稿|编制说明|\{status:[^}]*draft\}", "文件", answer)
        yield "draft not called so", "the word lost", {**tree, "answer": calm}
    for policy in tree["policies"]:
        rest = [name for name in tree["policies"] if name != policy]
        if rest:
            yield "document not listed", policy, {**tree, "policies": rest}
        for position, silence in enumerate(tree["silent"]):
            if silence["policy"] == policy:
                copied = copy.deepcopy(tree)
                copied["silent"][position]["words"] = ["企业"]
                yield "silence not true", policy, copied
