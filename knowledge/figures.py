"""A figure typed by a person as the value of one fact: right unit, right sign, tax taken off where the base is net."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from math import ceil, floor

from knowledge.amounts import COUNT, AmountError, Quantity, read
from policies.answers import AnswerError, read_answer
from policies.model.fact import Fact
from policies.notation import FEN_PER_YUAN, MONEY, SHARE
from policies.values import PPM, Span, Value, exactly

_BARE_MONEY = 10_000  # yuan; a bare smaller number is as likely meant in 万元, so it is asked back
_SAME = {"台": ("套",), "家": ("户",)}  # measure words as good as the fact's own; 个 fits every count
_TAX = re.compile(r"[（(]?含(?:税)?(\d+(?:\.\d+)?)[%％](?:的)?(?:增值税|税)?[）)]?")
_NET = re.compile(r"[（(]?(不含税|税前|未税)[）)]?")


def read_given(fact: Fact, raw: object) -> Value | None:
    """Read one answer given as data: what :func:`policies.answers.read_answer` takes, and figures in everyday words.

    Raises:
        AnswerError: when it does not fit the fact.
    """
    if isinstance(raw, str) and fact.type in ("money", "count", "share"):
        try:
            return read_answer(fact, raw)
        except AnswerError:
            return read_figure(fact, raw)
    return read_answer(fact, raw)


def read_figure(fact: Fact, text: str) -> Span:
    """Read a figure in everyday words as a span in the fact's base units (分, counts, parts per million).

    Raises:
        AnswerError: when it cannot be read whole, has another unit, or is ambiguous.
    """
    plain, tax = _without_tax(fact, text)
    try:
        amount = read(plain)
    except AmountError as error:
        raise AnswerError(fact.key, str(error)) from error
    return _span(fact, amount, text, tax)


def span_of(fact: Fact, quantity: Quantity, tax: Fraction = Fraction(1)) -> Span:
    """A quantity found in a sentence as a span of the fact, in base units; ``tax``: one plus the rate that is in it.

    Raises:
        AnswerError: when it has another unit or is ambiguous.
    """
    return _span(fact, quantity, quantity.text, tax)


def _without_tax(fact: Fact, text: str) -> tuple[str, Fraction]:
    tax = _TAX.search(text)
    if tax is not None:
        if not fact.net_of_tax:
            raise AnswerError(fact.key, f"“{fact.label}”不区分含税不含税，请直接写金额")
        return text.replace(tax[0], ""), 1 + Fraction(tax[1]) / 100
    plain = _NET.sub("", text)
    if fact.net_of_tax and "含税" in plain:
        raise AnswerError(fact.key, "这一条按不含税金额计算。请写不含税的金额，或写明税率，例如 113万含13%税")
    return plain, Fraction(1)


def _span(fact: Fact, amount: Quantity, text: str, tax: Fraction) -> Span:
    low, high = amount.low, amount.high
    if isinstance(low, date) or isinstance(high, date):
        raise AnswerError(fact.key, f"“{text}”是日期，“{fact.label}”要写{_example(fact)}")
    if not fact.negative_allowed and (low is None or low < 0):
        raise AnswerError(fact.key, f"“{fact.label}”不能是负数")
    factor = Fraction(1) if low == high == 0 else _factor(fact, amount, text)
    factor /= tax
    bounds = [None if bound is None else bound * factor for bound in (low, high)]
    return _whole(fact, bounds[0], bounds[1], amount, text, taxed=tax != 1)


def _factor(fact: Fact, amount: Quantity, text: str) -> Fraction:
    """What turns the amount into the fact's base units."""
    if amount.currency:
        raise AnswerError(fact.key, f"“{text}”是外币。“{fact.label}”请折成人民币再写，例如 1200万元")
    if amount.unit is None:
        return _bare_factor(fact, amount, text)
    if fact.type == "count" and amount.unit == COUNT:
        if amount.measure in {fact.unit, "个", *_SAME.get(fact.unit or "", ())}:
            return Fraction(1)
        if (fact.unit, amount.measure) == ("月", "年"):
            return Fraction(12)
    if amount.unit == {"money": MONEY, "share": SHARE}.get(fact.type):
        return Fraction(PPM) if fact.type == "share" else Fraction(1)
    wanted = {"money": MONEY, "share": SHARE}.get(fact.type, fact.unit)
    raise AnswerError(fact.key, f"“{fact.label}”的单位应是{wanted}，写的是“{text}”")


def _bare_factor(fact: Fact, amount: Quantity, text: str) -> Fraction:
    if fact.type == "share":
        raise AnswerError(fact.key, f"“{text}”是百分之几吗？请带上 %，例如 8%")
    if fact.type == "count":
        return Fraction(1)
    if max(abs(bound) for bound in (amount.low, amount.high) if isinstance(bound, Fraction)) < _BARE_MONEY:
        raise AnswerError(fact.key, f"“{text}”是{text}元还是{text}万元？请带上单位再写一次")
    return Fraction(FEN_PER_YUAN)


def _example(fact: Fact) -> str:
    return {"money": "金额，例如 1200万元", "share": "比例，例如 8%"}.get(fact.type, f"数量，例如 15{fact.unit}")


def _whole(
    fact: Fact, low: Fraction | None, high: Fraction | None, amount: Quantity, text: str, *, taxed: bool
) -> Span:
    """Round inwards to whole base units; an open side leaves its bound out. Only what tax is taken off is rounded."""
    if low is not None and low == high:
        if low.denominator != 1 and not taxed:
            smallest = {"money": "分", "share": "百万分之一"}.get(fact.type, f"1{fact.unit}")
            raise AnswerError(fact.key, f"“{fact.label}”最小到{smallest}，写的是“{text}”")
        return exactly(low.numerator // low.denominator)
    least = None if low is None else ceil(low) + (amount.low_open and low.denominator == 1)
    most = None if high is None else floor(high) - (amount.high_open and high.denominator == 1)
    if least is not None and most is not None and least > most:
        raise AnswerError(fact.key, f"“{text}”小到没有意义，请再写一次")
    return Span(least, most)
