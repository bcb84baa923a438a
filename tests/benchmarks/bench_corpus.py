"""A turn of the conversation stays quick however many documents there are: five documents beside ten thousand."""

from __future__ import annotations

import statistics
import time
from dataclasses import replace
from datetime import date

from dialogs.advance import Dialog
from dialogs.incoming import Opened, Said
from policies.engine.engine import Engine
from policies.law import Corpus, LoadedPolicy
from tests.benchmarks.table import show

DOCUMENTS = 10_000
TYPED = (
    "海珠区",
    "1 3",
    "1",
    "是",
    "国家两项",
    "是",
    "两千三百万",
    "不清楚",
    "都成立",
    "详情 1",
    "还差什么",
    "修改 3",
    "2",
    "结果",
)


def _many(corpus: Corpus) -> Corpus:
    """The five documents and copies of them for other districts, up to ten thousand."""
    own = list(corpus.policies.values())
    copies = {f"{own[n % len(own)].id}-{n}": _elsewhere(own[n % len(own)], n) for n in range(DOCUMENTS - len(own))}
    return replace(corpus, policies={**corpus.policies, **copies})


def _elsewhere(policy: LoadedPolicy, number: int) -> LoadedPolicy:
    header = policy.header.model_copy(update={"districts": (f"第{number}区",)})
    return replace(policy, id=f"{policy.id}-{number}", header=header)


def _turns(dialog: Dialog) -> list[float]:
    """Milliseconds of every turn of some conversations, the first (cold) one left out."""
    spent = []
    for repeat in range(6):
        session, _ = dialog.advance(dialog.start("bench", date(2024, 3, 15)), Opened())
        for text in TYPED:
            started = time.perf_counter()
            session, _ = dialog.advance(session, Said(text))
            if repeat:
                spent.append((time.perf_counter() - started) * 1000)
    return sorted(spent)


def test_a_turn_does_not_grow_with_the_corpus(corpus: Corpus) -> None:
    few, many = _turns(Dialog(Engine(corpus))), _turns(Dialog(Engine(_many(corpus))))
    rows = [
        (count, statistics.median(spent), spent[int(len(spent) * 0.99)])
        for count, spent in ((len(corpus.policies), few), (DOCUMENTS, many))
    ]
    show("a turn of the conversation (ms)", ("documents", "median", "99 in 100 below"), rows)
    assert statistics.median(many) < 5 * statistics.median(few)
