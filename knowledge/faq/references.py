"""What must hold before an entry may be shown: ids are unique, and every document, article, quote and measure exists."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from knowledge.faq.model import Cite, Entry
from policies.findings import Finding, Path
from policies.law import Corpus

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
PLACEHOLDERS = ("status", "starts", "ends")


@dataclass(frozen=True, slots=True)
class Placed:
    """An entry with its file as shown in messages and the path to it in that file."""

    entry: Entry
    file: str
    path: Path


def check_references(entries: Iterable[Placed], corpus: Corpus) -> Iterator[Finding]:
    """Everything that does not resolve; the documents of the entries are in the corpus."""
    ids: dict[str, str] = {}
    asked: dict[str, str] = {}
    for placed in entries:
        yield from _unique(placed, ids, asked)
        yield from _concerned(placed)
        for index, cite in enumerate(placed.entry.cites):
            yield from _cite(placed, index, cite, corpus)
        yield from _silent(placed, corpus)
        yield from _named(placed, corpus)
        yield from _placeholders(placed)


def spoken(phrase: str) -> str:
    """A phrasing without what two people would write differently: width, case, blanks and punctuation."""
    folded = unicodedata.normalize("NFKC", phrase).casefold()
    return "".join(char for char in folded if char.isalnum())


def _unique(placed: Placed, ids: dict[str, str], asked: dict[str, str]) -> Iterator[Finding]:
    entry = placed.entry
    if entry.id in ids:
        yield Finding(
            placed.file, (*placed.path, "id"), f"编号 {entry.id} 已经用在 {ids[entry.id]}", "编号不重复", "换一个编号"
        )
    ids.setdefault(entry.id, placed.file)
    for index, phrase in enumerate(entry.asks):
        owner = asked.setdefault(spoken(phrase), entry.id)
        at = (*placed.path, "asks", index)
        if not spoken(phrase):
            yield Finding(placed.file, at, "空的问法", "一句问话", "写上问法或删掉")
        elif owner != entry.id:
            yield Finding(
                placed.file, at, f"问法“{phrase}”已经归 {owner}", "一种问法只归一个条目", "改写问法，或只留一处"
            )
        elif [spoken(other) for other in entry.asks[:index]].count(spoken(phrase)):
            yield Finding(placed.file, at, f"问法“{phrase}”写了两次", "问法不重复", "删掉一处")


def _concerned(placed: Placed) -> Iterator[Finding]:
    """Every document concerned is cited (or shown to be silent), and nothing else is."""
    entry = placed.entry
    used = [*(cite.policy for cite in entry.cites), *(silence.policy for silence in entry.silent)]
    measured = [measure.split("/")[0] for measure in entry.measures]
    for policy in dict.fromkeys([*used, *measured]):
        if policy not in entry.policies:
            yield Finding(
                placed.file,
                (*placed.path, "policies"),
                f"引用了 {policy}，policies 里没有它",
                "policies 列出答案涉及的全部文件",
                "补进 policies，或删掉这处引用",
            )
    for policy in entry.policies:
        if policy not in used:
            yield Finding(
                placed.file,
                (*placed.path, "policies"),
                f"{policy} 没有引文",
                "涉及的每份文件有一处 cites；文件没有写的，有一处 silent",
                "补引文，或从 policies 删掉",
            )


def _cite(placed: Placed, index: int, cite: Cite, corpus: Corpus) -> Iterator[Finding]:
    at = (*placed.path, "cites", index)
    if cite in placed.entry.cites[:index]:
        yield Finding(placed.file, at, f"引文“{cite.quote}”写了两次", "一句引文只列一次", "删掉一处，或改对文件和条款")
    policy = corpus.policies.get(cite.policy)
    if policy is None:
        return  # told by _concerned
    article = policy.articles.get(cite.article)
    if article is None:
        known = "、".join(policy.articles)
        yield Finding(
            placed.file, at, f"{cite.policy} 没有条款 {cite.article}", f"其中之一：{known}", "改成正文里有的条款"
        )
    elif not cite.quote or cite.quote not in article.text:
        elsewhere = [other.id for other in policy.articles.values() if cite.quote and cite.quote in other.text]
        mend = f"这句话在条款 {'、'.join(elsewhere)}，改 article" if elsewhere else "从原文复制，不改一个字"
        yield Finding(
            placed.file, at, f"引文“{cite.quote}”不在 {cite.policy} 条款 {cite.article} 里", "逐字摘自该条", mend
        )


def _silent(placed: Placed, corpus: Corpus) -> Iterator[Finding]:
    for index, silence in enumerate(placed.entry.silent):
        policy = corpus.policies.get(silence.policy)
        if policy is None:
            continue
        for word in silence.words:
            where = [article.label for article in policy.articles.values() if word in article.text]
            if where:
                yield Finding(
                    placed.file,
                    (*placed.path, "silent", index),
                    f"{silence.policy} 写有“{word}”（{where[0]}）",
                    "silent 的词在这份文件里一处也没有",
                    "核对原文；确实没有写这件事的，换成更准确的词",
                )


def _named(placed: Placed, corpus: Corpus) -> Iterator[Finding]:
    for field, names, known, mend in (
        ("measures", placed.entry.measures, corpus.measures, "写成 haizhu-2022/7.a 这样的全编号"),
        ("facts", placed.entry.facts, corpus.facts, "写 facts.yaml 里的 key"),
    ):
        for index, name in enumerate(names):
            if name not in known:
                yield Finding(placed.file, (*placed.path, field, index), f"没有 {name}", "已有的编号", mend)


def _placeholders(placed: Placed) -> Iterator[Finding]:
    entry = placed.entry
    for field in ("answer", "formula", "next_step"):
        for inside in PLACEHOLDER.findall(getattr(entry, field) or ""):
            name, _, policy = inside.partition(":")
            if name not in PLACEHOLDERS or policy not in entry.policies:
                yield Finding(
                    placed.file,
                    (*placed.path, field),
                    f"占位 {{{inside}}} 认不出",
                    "{status:文件编号}、{starts:文件编号}、{ends:文件编号}，文件在 policies 里",
                    "改成其中一种",
                )
