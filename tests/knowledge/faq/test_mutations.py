"""Lint finds the small mistakes an officer can make in an entry; what it cannot find is counted, not hidden."""

from __future__ import annotations

from collections import Counter

from knowledge.faq import Entry, load_faq
from knowledge.faq.lint.run import faq_findings
from knowledge.faq.references import Placed
from policies.law import Corpus

from .mutations import Mutant, mutants

# The kinds whose every mutant must be found. The others change a number into one the same sentences state as well, or
# a sentence into another one of the same document that also fits the words: some of those need a reader.
ALL = {
    "quote edited", "article swapped", "document swapped", "id taken", "phrasing taken",
    "status hard-coded", "placeholder broken", "promise", "draft not called so", "document not listed",
    "silence not true",
}  # fmt: skip
MOST = {"number changed": 0.98, "comparator": 0.75, "number of a neighbour": 0.6, "another sentence cited": 0.9}


def caught(mutant: Mutant, entries: tuple[Entry, ...], corpus: Corpus) -> bool:
    taken = mutant.kind in ("id taken", "phrasing taken")
    others = [entry for index, entry in enumerate(entries) if index != mutant.index] if taken else []
    placed = [Placed(entry, "faq/x.yaml", ("entries", index)) for index, entry in enumerate([mutant.entry, *others])]
    return next(iter(faq_findings(placed, corpus)), None) is not None


def test_mistakes_are_found(corpus: Corpus) -> None:
    entries = load_faq(corpus)
    total: Counter[str] = Counter()
    found: Counter[str] = Counter()
    missed: dict[str, list[str]] = {}
    for mutant in mutants(entries, corpus):
        total[mutant.kind] += 1
        if caught(mutant, entries, corpus):
            found[mutant.kind] += 1
        else:
            missed.setdefault(mutant.kind, []).append(mutant.what)
    assert total.keys() == ALL | MOST.keys()
    for kind in ALL:
        assert found[kind] == total[kind], f"{kind}: {missed[kind][:10]}"
    for kind, share in MOST.items():
        assert found[kind] >= share * total[kind], f"{kind} {found[kind]}/{total[kind]}: {missed[kind][:10]}"


def test_the_entries_without_a_mistake_are_left_alone(corpus: Corpus) -> None:
    entries = load_faq(corpus)
    placed = [Placed(entry, "faq/x.yaml", ("entries", index)) for index, entry in enumerate(entries)]
    assert list(faq_findings(placed, corpus)) == []
