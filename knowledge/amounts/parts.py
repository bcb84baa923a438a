"""A number with what it counts, before any word around it: ``三千五百家``, ``人民币1200万``, ``三年半``, ``十块五毛``."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import NamedTuple

from knowledge.amounts.numerals import RUN, Number, number
from knowledge.amounts.pattern import Pattern
from knowledge.amounts.quantity import COUNT
from knowledge.amounts.reader import NumeralError
from knowledge.amounts.shares import half_tenth, share_at
from knowledge.amounts.units import NONE, UNITS, YUAN, Unit, currency_before, unit_at
from policies.notation import MONEY, SHARE

_COINS = Pattern(
    r"(?:([0-9一二两三四五六七八九])(?:角|毛)钱?(?:([1-9一二三四五六七八九])(?=$|[^\w.]))?)?(?:零?([0-9一二三四五六七八九])分钱?)?"
)
_SHORT_COIN = Pattern(r"([1-9一二三四五六七八九])(?=$|[^\w.]|左右|多|吧|了|钱|的)")
_DIGIT = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"两": 2}
_EACH = {"俩": 2, "仨": 3}
_ONE_MORE = Pattern(r"[多余](?!一?点|一些|[些久数半亏是么谢大远重少元次种层头])")
_INSIDE = Pattern(r"个([半多])(月|季度|小时|星期|礼拜|百分点|点)")
_HALVED = frozenset(("年", "月", "天", "小时", "季度", "亩", "吨", "公里", "斤", "平方米"))
_HALF_AFTER = frozenset("年月天周小时")


class Part(NamedTuple):
    """A number and its unit; ``text[start:end]`` holds both, ``run`` is the numeral alone."""

    start: int
    end: int
    number: Number
    unit: Unit
    run: str


def part_at(text: str, at: int) -> Part | None:
    """Read the number that starts at this place, with its unit and the currency before it.

    Raises:
        NumeralError: when numerals stand here that cannot be read whole.
    """
    if text[at] in _EACH:
        value = _EACH[text[at]]
        unit = unit_at(text, at + 1) if text[at + 1 : at + 2] in ("月",) else None
        return None if unit else Part(at, at + 1, Number(value, value), UNITS["个"], text[at])
    share = share_at(text, at)
    if share:
        read, unit_, end = share
        return Part(at, end, read, unit_, text[at:end])
    run = RUN.match(text, at)
    if not run:
        return None
    return _with_unit(text, at, run.end(), run[0].rstrip())


def _with_unit(text: str, at: int, end: int, run: str) -> Part:
    read = number(run)
    inside = _INSIDE.match(text, end)
    if inside and read.low == read.high and not read.vague:
        return _with_inside(text, at, run, read, inside)
    found = unit_at(text, end)
    if found is None and text[end : end + 1] == " " and run != "半":
        found = unit_at(text, end + 1)
    unit, end = found or (NONE, end)
    if run == "半" and unit.unit == COUNT and unit.measure not in _HALVED:
        raise NumeralError
    if unit.measure == "起" and read.scaled:  # 五十万起
        unit, end = NONE, end - 1
    if read.short and unit.unit == COUNT:  # 三万一年: 31000 years, or 30000 a year
        raise NumeralError
    start = at
    if unit.unit not in (SHARE, COUNT):
        currency = currency_before(text, at)
        if currency:
            if unit is not NONE and unit.currency != currency[0].currency:
                raise NumeralError
            unit, start = currency[0], currency[1]
    if read.money:
        if unit is not NONE and unit.unit != MONEY:
            raise NumeralError
        unit = YUAN if unit is NONE else unit
    read, end = _tail(text, end, read, unit)
    return Part(start, end, read, unit, run)


def _with_inside(text: str, at: int, run: str, read: Number, inside: re.Match[str]) -> Part:
    """``三个半月``, ``两个多月``, ``5个多点``: the word stands between 个 and what is counted."""
    unit = UNITS[{"星期": "周", "礼拜": "周", "点": "%", "百分点": "%"}.get(inside[2], inside[2])]
    if inside[1] == "半":
        value = read.low + Fraction(1, 2)
        read = read._replace(low=value, high=value)
    else:
        read = read._replace(high=read.low + 1, high_open=True, vague="多")
    return Part(at, inside.end(), read, unit, run)


def _tail(text: str, end: int, read: Number, unit: Unit) -> tuple[Number, int]:
    """What may follow the unit: 多 (三年多), 半 (三年半, 三成半), small coins (三块五, 12元5角)."""
    if unit is NONE or read.vague:
        return read, end
    if unit.unit == SHARE and unit.factor == Fraction(1, 10):
        read, end = half_tenth(read, text, end)
    elif unit.unit == MONEY and text[end - 1] in "毛角" and (coin := _SHORT_COIN.match(text, end)):
        value = read.low + Fraction(_coin(coin[1]), 10)
        read, end = read._replace(low=value, high=value), coin.end()
    elif unit.unit == MONEY and text[end - 1] in "元块蚊":
        read, end = _coins(text, end, read, unit)
    elif unit.measure in _HALF_AFTER and text[end : end + 1] == "半" and text[end + 1 : end + 2] not in tuple("年天夜"):
        value = read.low + Fraction(1, 2)
        read, end = read._replace(low=value, high=value), end + 1
    more = _ONE_MORE.match(text, end)
    if more and read.low == read.high and not read.vague:
        if read.scaled:  # 500万元多: another yuan, or another million
            raise NumeralError
        step = Fraction(1, Fraction(read.low).denominator)
        return read._replace(high=read.low + step, high_open=True, vague="多"), more.end()
    return read, end


def _coins(text: str, end: int, read: Number, unit: Unit) -> tuple[Number, int]:
    found = _COINS.match(text, end)
    fen = 0
    if found and found[0]:
        fen = 10 * _coin(found[1]) + _coin(found[2] or found[3])
        end = found.end()
    elif text[end - 1] == "块":
        short = _SHORT_COIN.match(text, end)
        if not short:
            return read, end
        fen, end = 10 * _coin(short[1]), short.end()
    if text.startswith("整", end) and not text.startswith("整个", end):
        end += 1
    if not fen:
        return read, end
    value = read.low + Fraction(fen, 100)
    return read._replace(low=value, high=value), end


def _coin(digit: str | None) -> int:
    return 0 if digit is None else _DIGIT[digit] if digit in _DIGIT else int(digit)
