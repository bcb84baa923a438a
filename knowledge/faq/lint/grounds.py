"""A sentence is cited because the answer speaks of it: they share some words, in what is said of that document."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.faq.lint.status import stem
from knowledge.faq.model import Entry
from knowledge.faq.references import PLACEHOLDER, Placed
from policies.findings import Finding
from policies.law import Corpus

SHARED = 3  # characters in a row; the two-character words of the field stand in most articles


def check_grounds(placed: Placed, corpus: Corpus) -> Iterator[Finding]:
    """A cited sentence without a word in common with the answer is usually the wrong sentence."""
    for index, cite in enumerate(placed.entry.cites):
        said = _said(placed.entry, cite.policy, corpus)
        if PLACEHOLDER.search(said) or _longest_shared(cite.quote, said) >= SHARED:
            continue  # a status is worked out from the dates, not told in the words of the sentence
        yield Finding(
            placed.file,
            (*placed.path, "cites", index),
            f"引文“{cite.quote[:30]}”和答案里讲这份文件的话没有共同的字句",
            f"答案用到这句话，有连续 {SHARED} 个字相同",
            "核对是不是引错了；没有引错的，答案里用上原文的词",
        )


def _said(entry: Entry, policy: str, corpus: Corpus) -> str:
    """The lines that speak of a document, and those that name none."""
    names = {other: [stem(name) for name in corpus.policies[other].header.districts] for other in entry.policies}
    everyone = [name for those in names.values() for name in those]
    lines = f"{entry.answer}\n{entry.formula or ''}".splitlines()
    return "\n".join(
        line
        for line in lines
        if any(name in line for name in names[policy]) or not any(name in line for name in everyone)
    )


def _longest_shared(quote: str, text: str) -> int:
    """The length of the longest run of characters both have."""
    best = 0
    for start in range(len(quote)):
        while start + best < len(quote) and quote[start : start + best + 1] in text:
            best += 1
    return best
