"""Figures inside a sentence: masked by one sign each, so that phrases can say where a figure of the right kind stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import zip_longest

from knowledge.amounts import DATE, Quantity
from knowledge.plain_text import PlainText
from policies.model.fact import Fact
from policies.notation import COUNT_UNITS, MONEY, SHARE

_MONEY, _SHARE, _BARE, _SMALL, _OTHER = "\ue000", "\ue001", "\ue002", "\ue004", "\ue003"
_WORDS = frozenset({"一年", "1年", "一个月", "1个月"})  # 一年成交12亿: how long, not how much
_EACH = ("台", "场", "次")
_BREAK = re.compile(r"[，,、；。\s]")
_CLOSE = 9  # characters between 一台 and what each costs
LEAST_BARE = 10_000  # a bare number of people or firms is smaller, one of money or identifiers is not
_MANY = ("条", "次", "个")  # units counted in millions
_SAME = {
    "户": "家", "间": "家", "名": "人", "位": "人", "个人": "人", "人次": "人", "套": "台", "台套": "台", "日": "天",
    "届": "场", "个月": "月", "份": "项", "张": "家", "期": "场", "部": "台", "支": "家",
}  # fmt: skip
# What people use instead of the proper measure word of a fact.
_INSTEAD = {"家": "个", "项": "个条件", "条": "个", "个": "条", "台": "个件", "场": "次个", "款": "个项", "件": "个项"}
_COUNTS = {unit: chr(0xE010 + index) for index, unit in enumerate(COUNT_UNITS)}
_PEOPLE = _COUNTS["人"]
_PEOPLE_NAMED = re.compile(
    r"(?:员工|职工|工人|师傅|人手|雇员|正式工|用工|人数)(?:目前|现在|总共|一共|大概|差不多|加起来|规模|数|共|有|是|约|就|也|才|只|从|到|增|加|涨|扩|了|在册|在岗|全部)*$"
)
_NO_PEOPLE = ("万", "亿", "块", "元", "点", "%", "月", "年", "天")


@dataclass(frozen=True)
class Masked:
    """Plain text with every figure as one sign; ``starts[i]`` is where the i-th sign begins in the plain text."""

    text: str
    starts: tuple[int, ...]
    figures: dict[int, Quantity]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """A span of the masked text in the plain text."""
        return self.starts[start], self.starts[end]


def mask(plain: PlainText, quantities: Sequence[Quantity]) -> Masked:
    """Put one sign in the place of every figure, by its kind; dates stay words."""
    text: list[str] = []
    starts: list[int] = []
    figures: dict[int, Quantity] = {}
    position = 0
    for quantity, following in zip_longest(quantities, quantities[1:]):
        if quantity.unit == DATE or quantity.text in _WORDS or _of_each(plain.source, quantity, following):
            continue
        start, end = plain.place(quantity.start, quantity.end)
        text += plain.text[position:start]
        starts += range(position, start)
        figures[len(text)] = quantity
        text.append(_PEOPLE if _of_people(plain.text, start, end, quantity) else _sign(quantity))
        starts.append(start)
        position = end
    text += plain.text[position:]
    starts += range(position, len(plain.text) + 1)
    return Masked("".join(text), tuple(starts), figures)


def _of_each(text: str, quantity: Quantity, following: Quantity | None) -> bool:
    """Whether one thing is named only to say something of each (一台2500元, 最少的一场有16家)."""
    if following is None or quantity.measure not in _EACH or not quantity.low == quantity.high == 1:
        return False
    between = text[quantity.end : following.start]
    return len(between) <= _CLOSE and not _BREAK.search(between) and following.measure != quantity.measure


def _of_people(text: str, start: int, end: int, quantity: Quantity) -> bool:
    """Whether a number without a measure word of people follows a word for people (员工九十个, 工人两百来号)."""
    loose = quantity.measure in (None, "个") and quantity.unit in (None, "count") and not quantity.currency
    return loose and _PEOPLE_NAMED.search(text, 0, start) is not None and not text.startswith(_NO_PEOPLE, end)


def _sign(quantity: Quantity) -> str:
    if quantity.unit == MONEY:
        return _MONEY
    if quantity.unit == SHARE:
        return _SHARE
    if quantity.unit == "count":
        return _COUNTS.get(usual(quantity.measure) or "", _OTHER)
    if quantity.unit is not None or quantity.currency is not None or not isinstance(quantity.low, Fraction):
        return _OTHER
    most = quantity.high if isinstance(quantity.high, Fraction) else quantity.low  # 不足5000万 is a large number, too
    return _BARE if max(quantity.low, most) >= LEAST_BARE else _SMALL


def usual(measure: str | None) -> str | None:
    """The measure word of facts for one that people use (人次: 人)."""
    return _SAME.get(measure, measure) if measure is not None else None


def figure_class(fact: Fact, *, bare: bool = False) -> str:
    """The signs a figure of this fact may have, as a class of a regular expression (``bare``: without its brackets)."""
    if fact.type == "money":
        signs = _MONEY + _BARE + _SMALL
    elif fact.type == "share":
        signs = _SHARE
    else:
        unit = fact.unit or ""
        signs = "".join(_COUNTS[each] for each in (unit, *_INSTEAD.get(unit, "")) if each in _COUNTS) + _SMALL
        signs += _BARE if unit in _MANY else ""
    return signs if bare else f"[{signs}]"


def limit_class(unit: str) -> str:
    """The sign of an amount named within a phrase."""
    return {MONEY: f"[{_MONEY}{_BARE}]", SHARE: _SHARE}.get(unit, _COUNTS.get(unit, _OTHER))
