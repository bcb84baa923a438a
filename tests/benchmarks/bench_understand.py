"""Reading sentences, beside what a plain fuzzy search of the same vocabulary takes (rapidfuzz).

Budget: one sentence < 1 ms, preparation < 60 ms. The peer only finds the nearest labels and synonyms of each sentence: it
reads no figure, no negation and no place. Times are printed; only the ratio is asserted, generously.
"""

from __future__ import annotations

import time
from datetime import date
from statistics import median

from rapidfuzz import fuzz, process

from knowledge.understand import Reader
from policies.load import load
from tests.benchmarks.table import medians, show
from tests.knowledge.understand.test_sentences import SENTENCES

DAY = date(2023, 5, 1)


def test_one_sentence() -> None:
    corpus = load()
    reader = Reader(corpus)
    names = [name for fact in corpus.vocabulary.facts for name in (fact.label, *fact.synonyms)]
    texts = [sentence.text for sentence in SENTENCES]
    for text in texts:  # regular expressions and dictionaries are loaded by the first sentence that needs them
        reader.read(text, DAY)

    def ours() -> None:
        for text in texts:
            reader.read(text, DAY)

    def peer() -> None:
        for text in texts:
            process.extract(text, names, scorer=fuzz.partial_ratio, limit=3)

    taken = {name: each / len(texts) for name, each in medians({"ours": ours, "rapidfuzz": peer}, repeat=1).items()}
    rows = list(taken.items())
    show(f"one sentence of {len(texts)}, mean of a pass (µs)", ("reader", "µs"), rows)
    assert taken["ours"] < 3 * taken["rapidfuzz"]


def test_preparation() -> None:
    corpus = load()
    taken = []
    for _ in range(7):
        start = time.perf_counter()
        Reader(corpus)
        taken.append((time.perf_counter() - start) * 1e3)
    show("preparing the word tables (ms)", ("entries", "ms"), [(len(corpus.facts), median(taken))])
