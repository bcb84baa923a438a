"""What a document states of one article, and the sentences it stands in: what an operator reads out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from policies.document import Article
from policies.law import LoadedMeasure, LoadedPolicy
from policies.model.base import Cite
from policies.model.policy import Policy
from policies.notation import Quantity

_GAP = "……"  # between sentences that do not follow each other


def told(policy: LoadedPolicy, article: Article) -> Iterator[tuple[str, str | None]]:
    """What the header states on an article: ceilings, choices, pots, rules that must be told.

    With the sentence where the article's own words state it; ``None`` where another article's, which is then named, state it
    of the article's measures.
    """
    own = {loaded.measure.id for loaded in measures_under(policy, article)}
    for words, cite, over in _stated(policy.header):
        if cite is not None and cite.article == article.id:
            yield words, cite.quote
        elif not own.isdisjoint(over):
            where = "" if cite is None else f"，见{policy.articles[cite.article].label.rstrip('、')}"
            yield words.rstrip("。") + where, None


def _stated(header: Policy) -> Iterator[tuple[str, Cite | None, Iterable[str]]]:
    """Everything a header states in words, where it is written, and the measures it names."""
    for cap in header.caps:
        yield f"封顶：{_with(cap.amount, cap.title)}", cap.cite, cap.over
    for choice in header.choose_one:
        yield f"互斥：{choice.title}", choice.cite, [measure for group in choice.groups for measure in group]
    for higher in header.higher_of:
        yield f"叠加：{higher.title}", higher.cite, ()
    for pool in header.pools:
        words = _with(pool.amount, pool.title)
        yield f"名额或资金池：{words}{'' if '合计' in words else '，全部申请人合计'}", pool.cite, pool.measures
    for rule in header.rules:
        yield rule.says, rule.cite, rule.measures


def _with(amount: Quantity | None, title: str) -> str:
    """A title with its amount, which it often tells already."""
    return title if amount is None or amount.text in title else f"{title} {amount.text}"


def measures_under(policy: LoadedPolicy, article: Article) -> list[LoadedMeasure]:
    """The measures of an article and of its items, in the order of the text."""
    return [loaded for loaded in policy.measures if article.id in (loaded.article.id, loaded.article.parent)]


def sentences_of(policy: LoadedPolicy, article: Article) -> str:
    """The sentences of an article that its measures and rules stand on, in the order of the text; without any, all of it."""
    quotes = [quote for loaded in measures_under(policy, article) for quote in loaded.measure.quote]
    quotes += [quote for _, quote in told(policy, article) if quote is not None]
    text = article.text
    spans: list[tuple[int, int]] = []
    for start, end in sorted((at, at + len(quote)) for quote in quotes if (at := text.find(quote)) >= 0):
        if spans and not text[spans[-1][1] : start].strip():  # overlaps, or follows at once
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return _GAP.join(text[start:end] for start, end in spans) or text
