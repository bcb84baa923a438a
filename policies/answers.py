"""Reading answers given as data (rule-file cases, JSON, programs) into values. Everyday wording is read elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from policies.model.fact import Fact
from policies.notation import (
    FEN_PER_YUAN,
    MONEY,
    SHARE,
    NotationError,
    Quantity,
    count_text,
    plain,
    quantity,
    share_text,
    yuan_text,
)
from policies.values import PPM, Span, Value, exactly

_SIDES = {"at_least", "more_than", "at_most", "less_than"}
_YES_NO = {"是": True, "否": False, "有": True, "没有": False, "无": False}


class AnswerError(ValueError):
    """An answer does not fit its fact; ``fact`` is the key, the message (Chinese) says what would fit."""

    def __init__(self, fact: str, message: str) -> None:
        """Keep the fact's key beside the message."""
        super().__init__(message)
        self.fact = fact


def read_answers(given: Mapping[str, Any], facts: Mapping[str, Fact]) -> dict[str, Value | None]:
    """Read a mapping of fact keys to raw answers.

    Raises:
        AnswerError: for an unknown key or an answer that does not fit; nothing is read then.
    """
    read: dict[str, Value | None] = {}
    for key, raw in given.items():
        if key not in facts:
            raise AnswerError(key, f"没有要素“{key}”。用 huiqi facts 查看全部要素")
        read[key] = read_answer(facts[key], raw)
    return read


def read_answer(fact: Fact, raw: Any) -> Value | None:
    """Read one raw answer.

    ``None`` is unknown. Yes/no: a boolean or 是/否. A choice or a list of choices. A number in base units (yuan, counts,
    fraction of one), strict notation (``1200万元``), or ``{at_least: …, at_most: …}`` (``more_than`` / ``less_than``).

    Raises:
        AnswerError: when the answer does not fit.
    """
    if raw is None:
        return None
    if fact.type == "bool":
        return _yes_no(fact, raw)
    if fact.type == "choice":
        return _choice(fact, raw)
    if fact.type == "set":
        return _choices(fact, raw)
    if isinstance(raw, Mapping):
        return _interval(fact, raw)
    return _checked(fact, exactly(_number(fact, raw)))


def fits(fact: Fact, value: Value | None) -> bool:
    """Whether a value kept from earlier is still an answer to this fact: right type, known choices."""
    if value is None:
        return True
    if fact.type == "bool":
        return isinstance(value, bool)
    if fact.type == "choice":
        return isinstance(value, str) and value in fact.choices
    if fact.type == "set":
        return isinstance(value, frozenset) and value <= set(fact.choices)
    return isinstance(value, Span)


def from_quantity(fact: Fact, read: Quantity) -> int:
    """A quantity as the whole number this fact is kept in.

    Raises:
        AnswerError: when the unit is another one.
    """
    wanted = {"money": MONEY, "share": SHARE}.get(fact.type, fact.unit)
    if read.unit != wanted:
        raise AnswerError(fact.key, f"“{fact.label}”的单位应是{wanted}，写的是“{read.text}”")
    if not read.is_share:
        return int(read.value)
    scaled = Fraction(read.value) * PPM
    if scaled.denominator != 1:
        raise AnswerError(fact.key, f"“{read.text}”太细，最多写到百万分之一")
    return int(scaled)


def value_text(fact: Fact, value: Value | None) -> str:
    """A value as people write it: ``2300万元``, ``8000万元至9000万元``, ``是``, ``不清楚``."""
    if value is None:
        return "不清楚"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, frozenset):
        return "、".join(choice for choice in fact.choices if choice in value) or "都没有"
    if isinstance(value, str):
        return value
    if value.exact:
        return number_text(fact, value.low or 0)
    if value.high is None:
        return f"{number_text(fact, value.low or 0)}以上（含）"
    # 八千多万 ends one 分 below 9000万元, which is how to say it; counts are small enough to be named.
    below = fact.type in ("money", "share") and value.high % 100 == 99
    top = f"不到{number_text(fact, value.high + 1)}" if below else number_text(fact, value.high)
    if value.low is None or (below and value.low == 0):
        return top if below else f"{top}以下（含）"
    return f"{number_text(fact, value.low)}至{top}"


def to_given(fact: Fact, value: Value | None) -> Any:
    """A value as plain data that :func:`read_answer` reads back to the same value: numbers in yuan, counts, fractions of one."""
    if isinstance(value, frozenset):
        return [choice for choice in fact.choices if choice in value]
    if not isinstance(value, Span):
        return value
    if value.exact and value.low is not None:
        return _given_number(fact, value.low)
    sides: dict[str, Any] = {}
    if value.low is not None:
        sides["at_least"] = _given_number(fact, value.low)
    if value.high is not None:
        below = fact.type != "count" and value.high % 100 == 99  # 八千多万 ends one 分 below 9000万元
        sides["less_than" if below else "at_most"] = _given_number(fact, value.high + below)
    return sides or None


def _given_number(fact: Fact, number: int) -> int | float | str:
    scale = {"money": FEN_PER_YUAN, "share": PPM}.get(fact.type, 1)
    if number % scale == 0:
        return number // scale
    return number / scale if fact.type == "share" else f"{plain(Fraction(number, scale))}元"


def number_text(fact: Fact, number: int) -> str:
    """One number of a fact with its unit."""
    if fact.type == "money":
        return yuan_text(number)
    if fact.type == "share":
        return share_text(Fraction(number, PPM))
    return count_text(number, fact.unit or "")


def _yes_no(fact: Fact, raw: Any) -> bool:
    if isinstance(raw, bool):
        return raw
    if isinstance(raw, str) and raw in _YES_NO:
        return _YES_NO[raw]
    raise AnswerError(fact.key, f"“{fact.label}”应答是或否（true / false），写的是“{raw}”")


def _choice(fact: Fact, raw: Any) -> str:
    if isinstance(raw, str) and raw in fact.choices:
        return raw
    said = f"没有选项“{raw}”" if isinstance(raw, str) else "没有选项：写的不是文字"
    raise AnswerError(fact.key, f"“{fact.label}”{said}，可选：{'、'.join(fact.choices)}")


def _choices(fact: Fact, raw: Any) -> frozenset[str]:
    many = [raw] if isinstance(raw, str) else raw
    if not isinstance(many, list | tuple | set | frozenset) or not all(isinstance(item, str) for item in many):
        raise AnswerError(fact.key, f"“{fact.label}”应写成一个列表，可选：{'、'.join(fact.choices)}")
    return frozenset(_choice(fact, item) for item in many)


def _number(fact: Fact, raw: Any) -> int:
    if isinstance(raw, bool) or not isinstance(raw, int | float | str):
        raise AnswerError(fact.key, f"“{fact.label}”应是一个数，例如 {_example(fact)}")
    if isinstance(raw, str):
        try:
            return from_quantity(fact, quantity(raw.removeprefix("-"))) * (-1 if raw.startswith("-") else 1)
        except NotationError as error:
            raise AnswerError(fact.key, f"“{fact.label}”：{error}") from error
    scale = {"money": FEN_PER_YUAN, "share": PPM}.get(fact.type, 1)
    try:
        scaled = Fraction(str(raw)) * scale
    except ValueError as error:
        raise AnswerError(fact.key, f"“{fact.label}”应是一个数，例如 {_example(fact)}") from error
    if scaled.denominator != 1:
        smallest = {"money": "分", "share": "百万分之一"}.get(fact.type, "1" + (fact.unit or ""))
        raise AnswerError(fact.key, f"“{fact.label}”最小到{smallest}，写的是“{raw}”")
    return int(scaled)


def _interval(fact: Fact, raw: Mapping[str, Any]) -> Span:
    if not raw or set(raw) - _SIDES or {"at_least", "more_than"} <= set(raw) or {"at_most", "less_than"} <= set(raw):
        raise AnswerError(fact.key, f"“{fact.label}”的区间写 at_least 或 more_than、at_most 或 less_than")
    sides = {side: _number(fact, number) for side, number in raw.items()}
    low = sides.get("at_least", sides["more_than"] + 1 if "more_than" in sides else None)
    high = sides.get("at_most", sides["less_than"] - 1 if "less_than" in sides else None)
    if low is None and not fact.negative_allowed:
        low = 0
    for side in (low, high):
        _checked(fact, Span(side, side))
    if low is not None and high is not None and low > high:
        raise AnswerError(fact.key, f"“{fact.label}”的区间是空的：下限高于上限")
    return Span(low, high)


def _checked(fact: Fact, span: Span) -> Span:
    if not fact.negative_allowed and ((span.low or 0) < 0 or (span.high is not None and span.high < 0)):
        raise AnswerError(fact.key, f"“{fact.label}”不能是负数")
    return span


def _example(fact: Fact) -> str:
    return {"money": "1200万元", "share": "30%"}.get(fact.type, f"30{fact.unit}")
