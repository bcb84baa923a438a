"""What a document states of one article, and the sentences it stands in: what an operator reads out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from policies.document import Article
from policies.law import LoadedMeasure, LoadedPolicy
from policies.model.base import Cite
from policies.model.policy import Pool

_GAP = "……"  # between sentences that do not follow each other


def told(policy: LoadedPolicy, article: str) -> Iterator[tuple[str, str]]:
    """What the header states on an article's words, with the sentence: ceilings, choices, pots, rules that must be told."""
    header = policy.header
    stated: list[tuple[str, Cite | None]] = [
        *((f"封顶：{cap.title}", cap.cite) for cap in header.caps),
        *((f"互斥：{choice.title}", choice.cite) for choice in header.choose_one),
        *((f"叠加：{higher.title}", higher.cite) for higher in header.higher_of),
        *((f"名额或资金池：{_pool(pool)}", pool.cite) for pool in header.pools),
        *((rule.says, rule.cite) for rule in header.rules),
    ]
    for words, cite in stated:
        if cite is not None and cite.article == article:
            yield words, cite.quote


def _pool(pool: Pool) -> str:
    amount = "" if pool.amount.text in pool.title else f" {pool.amount.text}"
    return f"{pool.title}{amount}，全部申请人合计"


def measures_under(policy: LoadedPolicy, article: Article) -> list[LoadedMeasure]:
    """The measures of an article and of its items, in the order of the text."""
    return [loaded for loaded in policy.measures if article.id in (loaded.article.id, loaded.article.parent)]


def sentences_of(policy: LoadedPolicy, article: Article) -> str:
    """The sentences of an article that its measures and rules stand on, in the order of the text; without any, all of it."""
    quotes = [quote for loaded in measures_under(policy, article) for quote in loaded.measure.quote]
    quotes += [quote for _, quote in told(policy, article.id)]
    own = [quote for quote in dict.fromkeys(quotes) if quote in article.text]
    whole = [quote for quote in own if not any(quote != other and quote in other for other in own)]
    return _joined(sorted(whole, key=article.text.index), article.text) or article.text


def _joined(quotes: Sequence[str], text: str) -> str:
    """One after the other; what follows at once is no gap."""
    joined, end = "", -1
    for quote in quotes:
        start = text.index(quote)
        joined += quote if start == end or not joined else _GAP + quote
        end = start + len(quote)
    return joined
