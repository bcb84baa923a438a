"""Clauses that answer a question, each with what must stand beside it when it is pasted somewhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from bot.channels.telegram.inline import Clause, Find
from bot.lookup import AskRequest, Lookup
from knowledge.search import Hit, Searcher
from knowledge.standing import status_alone
from policies.engine.validity import validity
from policies.law import Corpus


def clauses(corpus: Corpus, searcher: Searcher, today: Callable[[], date]) -> Find:
    """Finds clauses of a corpus by its searcher, with each document's status on the day it is looked up."""
    lookup = Lookup(corpus, searcher)

    def find(text: str) -> Sequence[Clause]:
        day = today()
        found = lookup.find(AskRequest(question=text), day)
        return [_clause(corpus, hit, day) for hit in found.hits]

    return find


def _clause(corpus: Corpus, hit: Hit, day: date) -> Clause:
    header = corpus.policies[hit.policy].header
    number = f"（{header.number.value}）" if header.number.value else ""
    return Clause(
        id=f"{hit.policy}/{hit.article}",
        short=header.short,
        title=f"{header.title}{number}",
        label=hit.label,
        status=status_alone(header.short, validity(header, day), day, header.stage),
        quote=hit.quote,
    )
