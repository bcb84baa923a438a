"""Which facts the documents of each district look at."""

from __future__ import annotations

from policies.engine.rules import rules_of
from policies.law import Corpus, LoadedPolicy


def asked_by(policy: LoadedPolicy, corpus: Corpus) -> set[str]:
    """Facts some rule, bound, cap, exclusion or 从高不重复 of a document looks at."""
    used: set[str] = set()
    for rule in rules_of(policy, corpus.facts):
        used.update(rule.facts)
        used.update(bound.fact for bound in rule.bounds)
    header = policy.header
    keys = [key for cap in header.caps for key in (cap.of, cap.less)]
    keys += [choice.when for choice in header.choose_one]
    keys += [higher.fact for higher in header.higher_of]
    return used | {key for key in keys if key is not None}


def asked_in(corpus: Corpus) -> dict[str, frozenset[str]]:
    """Facts the documents of each district look at, by district."""
    found: dict[str, set[str]] = {}
    for policy in corpus.policies.values():
        for district in policy.header.districts:
            found.setdefault(district, set()).update(asked_by(policy, corpus))
    return {district: frozenset(keys) for district, keys in found.items()}
