"""Looking up at 110, 10,000 and 100,000 articles, beside bm25s and tantivy on the same texts and questions in the same run.

The peers only rank; ``Searcher.ask`` also understands the question, judges whether the documents cover it and picks the
sentence. The larger corpora are the five documents for other districts, industries and amounts. Set
``HUIQI_BENCH_ARTICLES=110,10000`` to leave the largest out (it takes minutes to make).
"""

from __future__ import annotations

import gc
import os
import resource
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

import bm25s  # type: ignore[import-untyped]
import pytest
import tantivy
import yaml

from knowledge.faq import load_faq
from knowledge.search import Searcher
from knowledge.search.grams import grams, plain
from policies.law import Corpus
from tests.benchmarks.grown import grown
from tests.benchmarks.table import show

SIZES = [int(size) for size in os.environ.get("HUIQI_BENCH_ARTICLES", "110,10000,100000").split(",")]
CASES = Path(__file__).parents[1] / "cases"
DAY = date(2024, 3, 15)
ROUNDS = 3


def questions() -> list[str]:
    text = (CASES / "questions_analyst.yaml").read_text(encoding="utf-8")
    return [case["q"] for case in yaml.safe_load(text)["questions"]]


def spent(work: Callable[[str], object], asked: list[str]) -> list[float]:
    """Milliseconds of each question, the quickest of some rounds, sorted."""
    taken: dict[str, float] = {}
    for _ in range(ROUNDS):
        for question in asked:
            start = time.perf_counter()
            work(question)
            taken[question] = min(taken.get(question, 1e9), (time.perf_counter() - start) * 1000)
    return sorted(taken.values())


def with_bm25s(texts: list[str]) -> Callable[[str], object]:
    index = bm25s.BM25()
    index.index([grams(plain(text)) for text in texts], show_progress=False)

    def ask(question: str) -> object:
        return index.retrieve([grams(plain(question))], k=10, show_progress=False)

    return ask


def with_tantivy(texts: list[str]) -> Callable[[str], object]:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("text", tokenizer_name="whitespace")
    builder.add_integer_field("number", stored=True)
    schema = builder.build()
    index = tantivy.Index(schema)
    writer = index.writer()
    for number, text in enumerate(texts):
        writer.add_document(tantivy.Document(text=" ".join(grams(plain(text))), number=number))
    writer.commit()
    index.reload()
    searcher = index.searcher()

    def ask(question: str) -> object:
        terms = [
            (tantivy.Occur.Should, tantivy.Query.term_query(schema, "text", gram))
            for gram in dict.fromkeys(grams(plain(question)))
        ]
        return searcher.search(tantivy.Query.boolean_query(terms), 10)

    return ask


def timed(make: Callable[[], Any]) -> tuple[Any, float, float]:
    """What is made, the seconds it took, and by how many MB the process is larger for it (Linux)."""
    gc.collect()
    before = resident()
    start = time.perf_counter()
    made = make()
    seconds = time.perf_counter() - start
    gc.collect()
    return made, seconds, resident() - before


def resident() -> float:
    """The memory of this process in MB."""
    pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
    return int(pages) * resource.getpagesize() / 2**20


@pytest.mark.parametrize("size", SIZES)
def test_ask_beside_peers(corpus: Corpus, size: int) -> None:
    asked = questions()
    larger = grown(corpus, size)
    texts = [article.text for policy in larger.policies.values() for article in policy.articles.values()]
    searcher, seconds, megabytes = timed(lambda: Searcher(larger, load_faq(corpus)))
    rows = []
    for name, made, built, grew in (
        ("huiqi ask", lambda question: searcher.ask(question, DAY), seconds, megabytes),
        ("bm25s", *timed(lambda: with_bm25s(texts))),
        ("tantivy", *timed(lambda: with_tantivy(texts))),
    ):
        times = spent(made, asked)
        rows.append(
            (name, f"{built:.2f}", f"{grew:.0f}", f"{median(times):.3f}", f"{times[int(len(times) * 0.99)]:.3f}")
        )
    show(
        f"{len(texts)} articles, {len(asked)} questions (ms)",
        ("", "build (s)", "grew (MB)", "median", "99 in 100 below"),
        rows,
    )
    assert float(rows[0][3]) < 10 * max(float(rows[1][3]), float(rows[2][3]))
