"""What the reply to a lookup shows of one article, as data for the templates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from knowledge.search.found import Hit
from knowledge.search.ranking.grounds import shared_by_all
from knowledge.standing import standing, status_text
from policies.engine.formula import formula
from policies.engine.rules import Rule, rules_of
from policies.engine.validity import validity
from policies.law import Corpus, LoadedPolicy
from policies.model.award import Award
from policies.notation import yuan_text

_SHARED = frozenset({"quota", "pot"})  # kinds of question about what all applicants share
_SUMS = 4  # formulas shown for one article
_BRIEF = 130  # characters of a sentence that is quoted beside others


@dataclass(frozen=True, slots=True)
class Row:
    """One article.

    ``name``: document and number; ``says``: what the header states of the sentence; ``sums``: how amounts come about;
    ``brief``: the sentence, or the end of it that fits beside others; ``ceiling``: the most one item brings, in 分, where
    the text states it.
    """

    policy: str
    short: str
    score: float
    name: str
    label: str
    standing: str
    title: str
    says: tuple[str, ...]
    sums: tuple[str, ...]
    ceiling: int | None
    status: str
    document: str
    number: str | None
    quote: str
    brief: str


class Rows:
    """Makes rows. Made once for a corpus."""

    def __init__(self, corpus: Corpus) -> None:
        """Keep the corpus; the rules of a document are made when it is first quoted."""
        self._corpus = corpus
        self._rules: dict[str, Mapping[str, Rule]] = {}

    def row(self, hit: Hit, as_of: date, kinds: Iterable[str] = ()) -> Row:
        """What is shown of one article found.

        Args:
            hit: the article.
            as_of: the date asked about.
            kinds: the kinds of question; what all applicants share is told when it is asked about.
        """
        policy = self._corpus.policies[hit.policy]
        header = policy.header
        measures = [policy.by_id[measure].measure for measure in hit.measures]
        label = hit.label.rstrip("、")
        own = {measure.removeprefix(f"{hit.policy}/") for measure in hit.measures}
        asked = not _SHARED.isdisjoint(kinds)
        shared = [shared_by_all(pool) for pool in header.pools if asked and not own.isdisjoint(pool.measures)]
        return Row(
            policy=hit.policy,
            short=header.short,
            score=hit.score,
            name=f"{header.short}{'' if label.startswith('（') else ' '}{label}",
            label=label,
            standing=standing(validity(header, as_of)),
            title=f"　{measures[0].title}" if len(measures) == 1 else "",
            says=tuple(dict.fromkeys((*hit.says, *shared))),
            sums=tuple(self.sums(policy, hit.measures)),
            ceiling=_ceiling(measures[0].award) if len(measures) == 1 and hit.about else None,
            status=f"{header.short}{status_text(header, as_of)}。",
            document=header.title,
            number=header.number.value,
            quote=hit.quote,
            brief=_brief(hit.quote),
        )

    def sums(self, policy: LoadedPolicy, measures: Iterable[str], most: int = _SUMS) -> list[str]:
        """How the amounts of some measures come about, without the figures of any enterprise."""
        rules = self._rules.get(policy.id)
        if rules is None:
            rules = self._rules[policy.id] = {rule.id: rule for rule in rules_of(policy, self._corpus.facts)}
        paid = [rules[measure] for measure in measures if policy.by_id[measure].monetary][:most]
        sums = [
            (rule, str(formula(rule.variants[0], {}, self._corpus.facts)).replace("（不清楚）", "")) for rule in paid
        ]
        return [text if len(sums) == 1 else f"{rule.loaded.measure.title}：{text}" for rule, text in sums]


def by_ceiling(rows: Sequence[Row]) -> str:
    """What one item brings at most under each document, the highest first; empty when that would not compare the like."""
    stated = sorted((row for row in rows if row.ceiling is not None), key=lambda row: -(row.ceiling or 0))
    if len(stated) < 2 or len({row.policy for row in rows}) < len(rows):
        return ""
    text = "、".join(f"{row.short} {yuan_text(row.ceiling or 0)}（{row.standing}）" for row in stated)
    others = "、".join(row.short for row in rows if row.ceiling is None)
    return f"单项最高从高到低：{text}" + (f"；{others}没有写一个封顶数" if others else "")


def _ceiling(award: Award) -> int | None:
    """The most an award brings for one item, where the text states an amount."""
    if award.each is not None:
        return None  # so much each: how much in all depends on how many
    stated = [award.cap, award.fixed, award.up_to, award.tiers.steps[-1].up_to if award.tiers else None]
    return next((int(amount.value) for amount in stated if amount is not None and amount.is_money), None)


def _brief(quote: str) -> str:
    """A sentence, or its last clauses: amounts stand at the end."""
    if len(quote) <= _BRIEF:
        return quote
    start = quote.find("，", len(quote) - _BRIEF)
    return f"……{quote[start + 1 :]}" if start >= 0 else quote
