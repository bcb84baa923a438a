"""A figure typed by a person as the value of one fact: right unit, right sign, tax taken off where the base is net."""

from __future__ import annotations

import re
from fractions import Fraction

from knowledge.amounts import Amount, AmountError, read_amount
from policies.answers import AnswerError, read_answer
from policies.model.fact import Fact
from policies.notation import FEN_PER_YUAN, MONEY, SHARE
from policies.values import PPM, Span, Value

_BARE_MONEY = 10_000  # yuan; a bare smaller number is as likely meant in 万元, so it is asked back
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
    if text.strip().startswith(("-", "－")):
        return _negative(fact, text)
    plain, tax = _without_tax(fact, text)
    try:
        amount = read_amount(plain)
    except AmountError as error:
        raise AnswerError(fact.key, str(error)) from error
    return _span(fact, amount, text, tax)


def _negative(fact: Fact, text: str) -> Span:
    if not fact.negative_allowed:
        raise AnswerError(fact.key, f"“{fact.label}”不能是负数")
    rest = text.strip()[1:].lstrip()
    if rest.startswith(("-", "－")):
        raise AnswerError(fact.key, "没看懂：负号只写一个，例如 -3%")
    span = read_figure(fact, rest)
    return Span(None if span.high is None else -span.high, None if span.low is None else -span.low)


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


def _span(fact: Fact, amount: Amount, text: str, tax: Fraction) -> Span:
    wanted = {"money": MONEY, "share": SHARE}.get(fact.type, fact.unit)
    factor = Fraction(PPM) if fact.type == "share" else Fraction(1)
    is_zero = amount.low == 0 and amount.high == 0
    if amount.unit is None and not is_zero:
        if fact.type == "share":
            raise AnswerError(fact.key, f"“{text}”是百分之几吗？请带上 %，例如 8%")
        if fact.type == "money":
            if max(amount.low, amount.high or 0) < _BARE_MONEY:
                raise AnswerError(fact.key, f"“{text}”是{text}元还是{text}万元？请带上单位再写一次")
            factor = Fraction(FEN_PER_YUAN)
    elif amount.unit is not None and amount.unit != wanted:
        raise AnswerError(fact.key, f"“{fact.label}”的单位应是{wanted}，写的是“{text}”")
    low, high = amount.low * factor / tax, None if amount.high is None else amount.high * factor / tax
    return _whole(fact, low, high, amount, text, taxed=tax != 1)


def _whole(fact: Fact, low: Fraction, high: Fraction | None, amount: Amount, text: str, *, taxed: bool) -> Span:
    """Round inwards to whole base units; an open side leaves its bound out. Only what tax is taken off is rounded."""
    least = -(-low.numerator // low.denominator)
    if amount.low_open and least == low:
        least += 1
    most = None if high is None else high.numerator // high.denominator
    if most is not None and amount.high_open and most == high:
        most -= 1
    if low == high:
        if low.denominator != 1 and not taxed:
            smallest = {"money": "分", "share": "百万分之一"}.get(fact.type, f"1{fact.unit}")
            raise AnswerError(fact.key, f"“{fact.label}”最小到{smallest}，写的是“{text}”")
        most = least = low.numerator // low.denominator
    if most is not None and least > most:
        raise AnswerError(fact.key, f"“{text}”小到没有意义，请再写一次")
    return Span(least, most)
