"""Facts with a figure: amounts, counts and shares that a phrase has taken."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from knowledge.amounts import Quantity
from knowledge.figures import span_of as _span_of
from knowledge.plain_text import PlainText
from knowledge.understand.claims import Claim
from knowledge.understand.evidence import Evidence
from knowledge.understand.moods import Mood, Moods
from knowledge.understand.relevance import Relevance
from knowledge.understand.understood import Why
from policies.answers import AnswerError
from policies.model.fact import Fact
from policies.values import Span

_WHY: dict[Mood, Why] = {"planned": "planned", "supposed": "supposed", "others": "others", "topic": "asked"}
_NET = re.compile(
    r"(?:不含|不计|不算|不连|不带|不包|未含|未计|未连)(?:增值)?税|税(?:没|不|未)(?:计|算|含)|增值税(?:另算|除外|没算)|税前|未税|无税|净额|净投入|净值|税后净|价税分(?:开|离)"
    r"|(?:去|除|剔|扣|刨|抠|撇)(?:除|掉|去|开|了)*(?:增值)?税|减[掉去](?:增值)?税"
)
_RATE = re.compile(
    r"含(?:税)?(\d+(?:\.\d+)?)(?:%|个点)|(?:税率|税点)(?:是|为)?(\d+(?:\.\d+)?)(?:%|个点)|(\d+(?:\.\d+)?)(?:%|个点)的?(?:增值)?税"
)
_INTENDED = "打算"
_GROSS = re.compile(r"(?<![不未无])(?:含税|连税|带税|包税)|价税合计")
_STOPS = "，。；！？"


def from_figures(
    won: Sequence[Claim],
    sentence: PlainText,
    moods: Moods,
    evidence: Evidence,
    relevance: Relevance,
    district: str | None,
) -> None:
    """Take every figure for the fact (or facts) it belongs to, or note the doubt."""
    by_figure: dict[int, list[Claim]] = {}
    for claim in won:
        by_figure.setdefault(claim.sign, []).append(claim)
    for sharing in by_figure.values():
        wanted = relevance.among((claim.fact.key for claim in sharing), district)
        for claim in sharing:
            if claim.fact.key in wanted:
                _take(claim, won, sentence, moods, evidence)


def _take(claim: Claim, won: Sequence[Claim], sentence: PlainText, moods: Moods, evidence: Evidence) -> None:
    fact, quantity = claim.fact, claim.quantity
    if claim.entry.role == "less" or _said_outright(claim, won):
        return
    at = sentence.place(quantity.start, quantity.end)
    start, end = min(claim.start, at[0]), max(claim.end, at[1])
    mood = moods.of(*at)
    if mood == "said" or (mood == "others" and claim.start < at[0]):  # 客户有3500家: the customers are the fact itself
        mood = moods.of(claim.start, claim.end)
    if mood == "planned" and _INTENDED in fact.question:  # the plan is what is asked for
        mood = "said"
    if mood == "asked":
        return
    try:
        span = _value(claim, won, sentence)
    except AnswerError as error:
        evidence.doubt(fact.key, None, "unclear", f"{error}。", start, end)
        return
    if claim.open and mood == "said":
        evidence.doubt(fact.key, None, "unclear", None, start, end)
    elif span is None:
        question = f"“{quantity.text}”是不含税的金额吗？{fact.question}"
        evidence.doubt(fact.key, span_of(fact, quantity), "unclear", question, start, end)
    elif mood == "said":
        evidence.certain(fact.key, span, start, end)
    elif mood in _WHY:
        evidence.doubt(fact.key, span, _WHY[mood], None, start, end)


def _said_outright(claim: Claim, won: Sequence[Claim]) -> bool:
    """Whether the difference that the claim is a part of is said itself (我们涨14%，同行涨6%，多出8个点)."""
    own = [other for other in won if other.fact.key == claim.fact.key and other.entry.role in ("says", "below")]
    return claim.entry.role == "then" and bool(claim.fact.heard and claim.fact.heard.less) and bool(own)


def _value(claim: Claim, won: Sequence[Claim], sentence: PlainText) -> Span | None:
    """The figure in the fact's units; ``None`` when it is not known whether tax is in it."""
    fact = claim.fact
    span = span_of(fact, claim.quantity)
    if claim.entry.role == "below":
        return Span(None if span.high is None else -span.high, None if span.low is None else -span.low)
    if fact.net_of_tax:
        return _net(fact, claim.quantity, sentence)
    if fact.heard is not None and fact.heard.less and claim.entry.role == "then":
        return _difference(fact, span, won)
    return span


def span_of(fact: Fact, quantity: Quantity, tax: Fraction = Fraction(1)) -> Span:
    """The figure in the fact's units; a phrase that took it has settled that its measure word will do."""
    if quantity.measure is not None and quantity.measure != "年":
        quantity = replace(quantity, measure=fact.unit)
    return _span_of(fact, quantity, tax)


def _net(fact: Fact, quantity: Quantity, sentence: PlainText) -> Span | None:
    text = sentence.text
    rate = _RATE.search(text)
    if rate is not None:
        return span_of(fact, quantity, 1 + Fraction(next(group for group in rate.groups() if group)) / 100)
    start, _ = sentence.place(quantity.start, quantity.end)
    end = min((at for stop in _STOPS if (at := text.find(stop, start)) >= 0), default=len(text))
    clause = text[max(text.rfind(stop, 0, start) for stop in _STOPS) + 1 : end]
    if _NET.search(clause) or (_NET.search(text) and not _GROSS.search(clause)):
        return span_of(fact, quantity)
    return None


def _difference(fact: Fact, own: Span, won: Sequence[Claim]) -> Span:
    other = next((claim for claim in won if claim.fact.key == fact.key and claim.entry.role == "less"), None)
    if other is None:
        raise AnswerError(fact.key, f"只听到了一个增速。{fact.question}")
    less = span_of(fact, other.quantity)
    if not (own.exact and less.exact) or own.low is None or less.low is None:
        raise AnswerError(fact.key, f"增速没有听准。{fact.question}")
    return Span(own.low - less.low, own.low - less.low)
