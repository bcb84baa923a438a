"""Years, quarters, months and days, absolute or counted from the as-of date, as half-open periods."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from knowledge.amounts.pattern import Pattern

HEADS = frozenset("0123456789一二今去前上本下近最明后旧出这大过未昨Q第三四当")
_YEARS = {
    "大前年": -3, "前年": -2, "去年度": -1, "去年": -1, "上一年度": -1, "上一年": -1, "上年度": -1, "上年": -1, "旧年": -1,
    "今年度": 0, "今年": 0, "本年度": 0, "本年": 0, "明年": 1, "下一年度": 1, "下一年": 1, "出年": 1, "后年": 2,
}  # fmt: skip
_CN = "零一二三四五六七八九"
_NUM = {char: value for value, char in enumerate(_CN)} | {"两": 2, "十": 10, "十一": 11, "十二": 12}
_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_DAY = r"(?:3[01]|[12][0-9]|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|二十|[一二三四五六七八九])"
_QUARTER = r"(?:第?[一二三四1-4]个?季度|Q[1-4]|q[1-4]|[一二三四]季(?!度))"
_DETAIL = (
    r"(?P<edge>年?底|年?末|年尾|年?初|年头|年?中(?![国心小型大试间央标华文]))|(?P<half>上半年|下半年|H[12])"
    rf"|(?P<quarter>{_QUARTER})|前(?P<quarters>[一二两三23])个?季度"
    rf"|(?P<m1>{_MONTH})月?(?:到|至|-|~)(?P<m2>{_MONTH})月份?"
    rf"|(?P<month>{_MONTH})月(?:份|(?P<day>{_DAY})[日号]|(?P<part>底|末|初|中旬|上旬|下旬|中(?!国)))?"
    r"|(?P<all>全年|整年|一整年)"
)
_YEAR = Pattern(
    r"(?P<y4>(?:19|20)[0-9]{2}) ?年度?|(?P<c4>[一二][零一二三四五六七八九]{3})年度?|(?P<y2>[0-9]{2})年(?P<fy>度)?|(?P<c2>[零一二][零一二三四五六七八九])年"
    rf"|(?P<word>{'|'.join(_YEARS)})"
)
_REST = Pattern(rf" ?的?(?:{_DETAIL})")
_BARE = Pattern(
    rf"(?P<half>[上下]半年)|(?P<quarter>{_QUARTER})|(?P<month>{_MONTH})月(?:份|(?P<day>{_DAY})[日号]|(?P<part>底|末|初|中旬|上旬|下旬|中(?!国)))?"
    rf"|(?P<m1>{_MONTH})月?(?:到|至|-|~)(?P<m2>{_MONTH})月份?"
)
_ISO = Pattern(r"(?P<y>(?:19|20)[0-9]{2})([-/.])(?P<m>1[0-2]|0?[1-9])\2(?P<d>3[01]|[12][0-9]|0?[1-9])(?:日|号)?(?![0-9])")
_NEAR = Pattern(
    r"(?:上上(?P<ago2>个?月|个?季度|周)|[上](?:一)?(?P<ago>个?月|个?季度|周|个?星期)(?!份)|(?:本|这一?个|这|今个?)(?P<now>月|季度|周|星期)|下(?:一)?(?P<next>个?月|个?季度|周|个?星期))"
    r"(?P<part>底|末|初|中旬|上旬|下旬)?"
)
_LAST = Pattern(
    r"(?P<side>最?近这?|过去的?|未来的?|今后|这(?=[一二两三四五六七八九十]年)|前(?=[三四五六]年))(?P<n>[0-9]{1,2}|[一二两三四五六七八九十]|半)(?:个)?(?P<unit>年|月|季度|天|周)(?!级|代|前|后)(?:来|以来|里|间|内|之内)?"
)
_YEARS_LINKED = Pattern(r"((?:19|20)[0-9]{2})(?:到|至|-|~)((?:19|20)[0-9]{2})年度?")
_DAYS = {"今天": 0, "今日": 0, "昨天": -1, "昨日": -1, "前天": -2, "明天": 1, "明日": 1, "后天": 2}
_AROUND = Pattern(r"(?P<since>以来|至今|到现在|到今天|起(?![来草步重点])|开始)|(?P<after>之后|以后|后(?![台端续勤])|过后)|(?P<before>之前|以前|前(?![台端三五十两二2-9]))")
_CONNECT = Pattern(r" ?(?:到|至|-|~) ?")
_TWO_DIGIT_DATE = Pattern(r"年?(?:底|末|初|中旬)|度|上半年|下半年|第?[一二三四1-4]季|Q[1-4]|(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月|全年|整年")
_DURATION_BEFORE = tuple("了近满超有约业耕营共长达持续干做过足整")
_DURATION_AFTER = Pattern(r"[多来余半之老的了]|左右|以上|以内|以下|经验|历史|间|内|期|时间|[前后]")
_AT_END = Pattern(r"$|[^\w]")


@dataclass(frozen=True, slots=True)
class Period:
    """``[low, high)``; ``None``: open on that side. ``year``: the calendar year it names, if it names one."""

    low: date | None
    high: date | None
    end: int
    year: int | None = None


def period_at(text: str, at: int, as_of: date | None, *, year: int | None = None) -> Period | None:
    """The period that starts at this place of a plain text.

    ``as_of``: what relative words count from; without it only absolute dates are read. ``year``: the year named before
    in the same text, for a month that stands alone; a lone month or quarter belongs to the as-of year once that month
    has begun, and is not read otherwise, nor where another year was named before.
    """
    first = _single(text, at, as_of, year)
    if first is None:
        return None
    link = _CONNECT.match(text, first.end)
    if link:
        second = _single(text, link.end(), as_of, first.year)
        if second and first.low and second.high and first.low < second.high and second.low and first.low <= second.low:
            return Period(first.low, second.high, second.end, second.year)
        if second:
            return None
    around = _AROUND.match(text, first.end)
    if not around:
        return first
    if around["since"]:
        return Period(first.low, None, around.end(), first.year)
    if around["after"]:
        return Period(first.high, None, around.end(), first.year)
    return Period(None, first.low, around.end(), first.year)


def _single(text: str, at: int, as_of: date | None, year: int | None) -> Period | None:
    for reader in (_iso, _with_year, _year_range, _relative, _last_years, _day_word):
        period = reader(text, at, as_of)
        if period:
            return period
    return _without_year(text, at, as_of, year)


def _iso(text: str, at: int, as_of: date | None) -> Period | None:
    found = _ISO.match(text, at)
    if not found:
        return None
    low = _safe_date(int(found["y"]), int(found["m"]), int(found["d"]))
    return low and Period(low, low + timedelta(days=1), found.end(), low.year)


def _safe_date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _with_year(text: str, at: int, as_of: date | None) -> Period | None:
    found = _YEAR.match(text, at)
    year = found and _year_of(found, text, as_of)
    if not found or not year:
        return None
    rest = _REST.match(text, found.end())
    if not rest:
        return Period(date(year, 1, 1), date(year + 1, 1, 1), found.end(), year)
    return _detail(rest, year)


def _year_of(found: re.Match[str], text: str, as_of: date | None) -> int | None:
    if found["y4"]:
        return int(found["y4"])
    if found["c4"]:
        return int("".join(str(_NUM[char]) for char in found["c4"]))
    if found["word"]:
        return as_of.year + _YEARS[found["word"]] if as_of else None
    if found["c2"]:
        digits = "".join(str(_NUM[char]) for char in found["c2"])
        return 2000 + int(digits) if _TWO_DIGIT_DATE.match(text, found.end()) else None
    return _two_digits(found, text, as_of)


def _two_digits(found: re.Match[str], text: str, as_of: date | None) -> int | None:
    """``22年底`` and ``22年5月`` are dates; ``做了22年`` and ``22年`` alone are as likely a duration."""
    number = int(found["y2"])
    if found["fy"] or _TWO_DIGIT_DATE.match(text, found.end()):
        return _century(number)
    left = text[: found.start()].rstrip()
    if as_of is None or left.endswith(_DURATION_BEFORE) or _DURATION_AFTER.match(text, found.end()):
        return None
    if number >= 70:
        return _century(number)
    if not _recent(number, as_of) or _AT_END.match(text, found.end()):
        return None
    at_start = not left or not left[-1].isalnum() or left.endswith(("在", "于", "自", "从", "是", "到", "至"))
    return _century(number) if at_start else None


def could_be_year(text: str, start: int, end: int, as_of: date) -> bool:
    """Whether a count of years (``22年``) could as well be the year: recent, and nothing around says which."""
    if not re.fullmatch("[0-9]{2}年", text[start:end]) or not _recent(int(text[start : start + 2]), as_of):
        return False
    return not text[:start].rstrip().endswith(_DURATION_BEFORE) and not _DURATION_AFTER.match(text, end)


def _recent(number: int, as_of: date) -> bool:
    return as_of.year - 2012 <= number <= as_of.year - 1999


def _century(number: int) -> int:
    return (1900 if number >= 70 else 2000) + number


def _year_range(text: str, at: int, as_of: date | None) -> Period | None:
    """``2021-2023年``: the first year borrows 年 from the second."""
    found = _YEARS_LINKED.match(text, at)
    if not found or found[1] >= found[2]:
        return None
    return Period(date(int(found[1]), 1, 1), date(int(found[2]) + 1, 1, 1), found.end(), int(found[2]))


def _months(year: int, first: int, last: int, end: int) -> Period:
    return Period(date(year, first, 1), _next_month(year, last), end, year)


def _next_month(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1)


def _number(text: str) -> int:
    if text.isdecimal():
        return int(text)
    if text in _NUM:
        return _NUM[text]
    tens, _, ones = text.partition("十")
    return (_NUM[tens] if tens else 1) * 10 + (_NUM[ones] if ones else 0)


def _detail(found: re.Match[str], year: int) -> Period | None:
    group = found.groupdict()
    end = found.end()
    if group.get("edge"):
        last = group["edge"][-1]
        first, final = {"底": (12, 12), "末": (12, 12), "尾": (12, 12), "初": (1, 1), "头": (1, 1), "中": (6, 7)}[last]
        return _months(year, first, final, end)
    if group.get("half"):
        return _months(year, 1, 6, end) if group["half"] in ("上半年", "H1") else _months(year, 7, 12, end)
    if group.get("quarter"):
        quarter = next(_NUM.get(char) or int(char) for char in group["quarter"] if char in "一二三四1234")
        return _months(year, quarter * 3 - 2, quarter * 3, end)
    if group.get("quarters"):
        return _months(year, 1, _number(group["quarters"]) * 3, end)
    if group.get("m1"):
        first, last = _number(group["m1"]), _number(group["m2"])
        return _months(year, first, last, end) if first < last else None
    if group.get("month"):
        return _month(group, year, end)
    return _months(year, 1, 12, end)


def _month(group: dict[str, str | None], year: int, end: int) -> Period | None:
    month = _number(group["month"] or "")
    if group.get("day"):
        low = _safe_date(year, month, _number(group["day"] or ""))
        return low and Period(low, low + timedelta(days=1), end, year)
    return _part_of_month(group.get("part"), year, month, end)


def _part_of_month(part: str | None, year: int, month: int, end: int) -> Period:
    low, high = date(year, month, 1), _next_month(year, month)
    if part in ("初", "上旬"):
        return Period(low, date(year, month, 11), end, year)
    if part in ("中", "中旬"):
        return Period(date(year, month, 11), date(year, month, 21), end, year)
    if part in ("底", "末", "下旬"):
        return Period(date(year, month, 21), high, end, year)
    return Period(low, high, end, year)


def _relative(text: str, at: int, as_of: date | None) -> Period | None:
    found = _NEAR.match(text, at)
    if not found or as_of is None:
        return None
    for name, shift in (("ago2", -2), ("ago", -1), ("now", 0), ("next", 1)):
        if found[name]:
            return _shifted(found[name].removeprefix("个"), shift, as_of, found)
    return None


def _shifted(unit: str, shift: int, as_of: date, found: re.Match[str]) -> Period | None:
    if unit == "月":
        months = as_of.year * 12 + as_of.month - 1 + shift
        return _part_of_month(found["part"], months // 12, months % 12 + 1, found.end())
    if found["part"]:
        return None
    if unit == "季度":
        quarters = as_of.year * 4 + (as_of.month - 1) // 3 + shift
        return _months(quarters // 4, quarters % 4 * 3 + 1, quarters % 4 * 3 + 3, found.end())
    monday = as_of - timedelta(days=as_of.weekday()) + timedelta(weeks=shift)
    return Period(monday, monday + timedelta(weeks=1), found.end(), None)


def _last_years(text: str, at: int, as_of: date | None) -> Period | None:
    """``近三年``: the three years up to the as-of date; ``未来三年``: the three from it on."""
    found = _LAST.match(text, at)
    if not found or as_of is None:
        return None
    if found["n"] == "半":
        if found["unit"] != "年":
            return None
        months: int | None = 6
    else:
        months = {"年": 12, "季度": 3, "月": 1}.get(found["unit"])
        months = months and months * _number(found["n"])
    ahead = found["side"].startswith(("未来", "今后"))
    sign = 1 if ahead else -1
    if months:
        other = _add_months(as_of, sign * months)
    else:
        other = as_of + timedelta(days=sign * _number(found["n"]) * {"天": 1, "周": 7}[found["unit"]])
    return Period(min(as_of, other), max(as_of, other), found.end(), None)


def _add_months(day: date, months: int) -> date:
    total = day.year * 12 + day.month - 1 + months
    year, month = total // 12, total % 12 + 1
    last = (_next_month(year, month) - timedelta(days=1)).day
    return date(year, month, min(day.day, last))


def _day_word(text: str, at: int, as_of: date | None) -> Period | None:
    shift = _DAYS.get(text[at : at + 2])
    if shift is None or as_of is None:
        return None
    low = as_of + timedelta(days=shift)
    return Period(low, low + timedelta(days=1), at + 2, low.year)


def _without_year(text: str, at: int, as_of: date | None, year: int | None) -> Period | None:
    found = _BARE.match(text, at)
    if not found or as_of is None or (found["month"] and text[found.end() : found.end() + 1] in ("饼", "球")):
        return None
    if year is not None and year != as_of.year:
        return None if text[at - 1 : at] not in tuple("到至-~、和及与") else _detail(found, year)
    period = _detail(found, as_of.year)
    return period if period and period.low and period.low <= as_of else None

