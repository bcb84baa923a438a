"""The vocabulary serves the documents: a fact nobody asks for would only be a question without a purpose."""

from __future__ import annotations

from collections.abc import Iterator

from policies.asked import asked_by
from policies.findings import Finding
from policies.law import Corpus
from policies.model.condition import leaves


def used_facts(corpus: Corpus) -> set[str]:
    """Facts some rule, cap, exclusion or derivation looks at, and those asked before them."""
    used: set[str] = set()
    for policy in corpus.policies.values():
        used.update(asked_by(policy, corpus))
    for fact in corpus.vocabulary.facts:
        for derivation in fact.derived:
            for condition in (derivation.when, derivation.holds):
                used.update(key for leaf in leaves(condition) for key in leaf.facts)
        if fact.key in used and fact.ask_first is not None:
            used.add(fact.ask_first)
    return used


def check_facts_used(corpus: Corpus, file: str) -> Iterator[Finding]:
    """Every fact is used by some document or derivation."""
    used = used_facts(corpus)
    for index, fact in enumerate(corpus.vocabulary.facts):
        if fact.key not in used:
            yield Finding(
                file,
                ("facts", index),
                f"要素 {fact.key}（{fact.label}）没有任何文件用到",
                "每个要素至少有一份文件的条件、金额、封顶或推定用到",
                "删掉这个要素，或在用到它的条款里写上",
            )
