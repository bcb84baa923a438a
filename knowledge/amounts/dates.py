"""Years, quarters, months and days, absolute or counted from the as-of date, as half-open periods.

Conventions: 年底, 年末 is December, 年初 January, 年中 June and July; 近三年 is the three years that end on the as-of date.
A month or quarter without a year belongs to the as-of year once it has begun; before that, or after another year was
named, it could be two and is not read. ``22年底`` is a date, ``22年`` alone as likely a duration.
"""

from __future__ import annotations

from datetime import date, timedelta

from knowledge.amounts.pattern import Match, Pattern
from knowledge.amounts.periods import Period, add_months, months, one_day, part_of_month, quarter

HEADS = frozenset("0123456789一二三四五六七八九十今去前上本下近最明后旧出这大过未昨Q第零")
_YEAR_WORDS = {
    **dict.fromkeys(("大前年",), -3),
    **dict.fromkeys(("前年",), -2),
    **dict.fromkeys(("去年度", "去年", "上一年度", "上一年", "上年度", "上年", "旧年"), -1),
    **dict.fromkeys(("今年度", "今年", "本年度", "本年"), 0),
    **dict.fromkeys(("明年", "下一年度", "下一年", "出年"), 1),
    **dict.fromkeys(("后年",), 2),
}
# Characters that make the first of these part of another word: 以前年度, 说明年产值, 如今年产值, 支出年均.
_OTHER_WORD = {
    "前": "以之此目当从先提",
    "后": "以之此然最今往",
    "明": "说证声表注阐文透申",
    "今": "如至当现迄",
    "上": "以线网早晚马加",
    "下": "以线地如",
    "出": "支付输产卖推演退进突超提",
    "本": "日基版成样资书",
    "去": "过进出回下",
}
_DAY_WORDS = {"今天": 0, "今日": 0, "昨天": -1, "昨日": -1, "前天": -2, "明天": 1, "明日": 1, "后天": 2}
_NUMBERS = {char: value for value, char in enumerate("零一二三四五六七八九十")} | {"两": 2}
_MONTH = "(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_DAY = "(?:3[01]|[12][0-9]|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])"
_QUARTER = "第?[一二三四1-4]个?季度|Q[1-4]|q[1-4]|[一二三四]季(?!度)"
_IN_YEAR = (
    rf"(?P<half>[上下]半年|H[12])|(?P<quarter>{_QUARTER})"
    rf"|(?P<month>{_MONTH})月(?:份|(?P<day>{_DAY})[日号]|(?P<part>底|末|初|中旬|上旬|下旬|中(?!国)))?"
    rf"|(?P<first>{_MONTH})月?[到至~-](?P<last>{_MONTH})月份?"
)
_YEAR = Pattern(
    r"(?P<four>(?:19|20)[0-9]{2}) ?年度?|(?P<chinese>[一二][零一二三四五六七八九]{3})年度?|(?P<two>[0-9]{2})年(?P<fiscal>度)?"
    rf"|(?P<short>[零一二七八九][零一二三四五六七八九])年|(?P<word>{'|'.join(_YEAR_WORDS)})"
)
_DETAIL = Pattern(
    r" ?的?(?:(?P<edge>年?[底末]|年[尾头]|年?初|年?中(?![国心小型大试间央标华文]))"
    rf"|前(?P<quarters>[一二两三23])个?季度|(?P<all>全年|一?整年)|{_IN_YEAR})"
)
_NO_MONTH = Pattern("[0-9]{1,2}月")  # the 13th
_LONE = Pattern(_IN_YEAR)
_FOLLOWED_BY_DATE = Pattern(rf"年?[底末初]|度|上半年|下半年|第?[一二三四1-4]季|Q[1-4]|{_MONTH}月|全年|整年")
_ISO = Pattern(r"((?:19|20)[0-9]{2})([-/.])(1[0-2]|0?[1-9])\2(3[01]|[12][0-9]|0?[1-9])(?:日|号)?(?![0-9])")
_YEARS = Pattern(r"((?:19|20)[0-9]{2})[到至~-]((?:19|20)[0-9]{2})年度?")
_NEAR = Pattern(
    r"(?:(?P<before_last>上上)|(?P<last>上一?)|(?P<this>本|这一?|今)|(?P<next>下一?))(?P<unit>个?月(?!份)|个?季度|周(?!边)|个?星期)"
    r"(?P<part>底|末|初|中旬|上旬|下旬)?"
)
_SHIFTS = {"before_last": -2, "last": -1, "this": 0, "next": 1}
_SPAN = Pattern(
    r"(?P<side>最?近这?|过去的?|未来的?|今后|这(?=[一二两三四五六七八九十]年))(?P<count>[0-9]{1,2}|[一二两三四五六七八九十]|半)个?"
    r"(?P<unit>年|月|季度|天|周)(?![级代前后])(?:以?来|里|间|之?内)?"
)
_AROUND = Pattern(
    r"(?P<since>以来|至今|到现在|到今天|起(?![来草步重点码])|开始)|(?P<after>之后|以后|后(?![台端续勤])|过后)"
    r"|(?P<before>之前|以前|前(?![台端三五十两二2-9]))"
)
_CONNECT = Pattern(" ?[到至~-] ?")
_DURATION_BEFORE = tuple("了近满超有约业耕营共长达续干做过足整")
_DURATION_AFTER = Pattern("[多余半之老的了]|来(?!的)|左右|以上|以内|以下|经验|历史|间|内|期|时间|[前后]")
_ANY = Pattern("[年月季周星天日Q半]|[0-9][-/.][0-9]")  # no period is without one of these
_ALONE = Pattern(r"$|[^\w]")
_NEAREST = 12  # characters within which a period shows one of them
_OLD = 70  # 98年 is 1998: nobody counts so many years


def period_at(text: str, at: int, as_of: date | None, *, year: int | None = None) -> Period | None:
    """The period that starts at this place of a plain text.

    Args:
        text: the text in half-width, simplified characters.
        at: where it may start.
        as_of: what relative words count from; without it only absolute dates are read.
        year: the year named before in the same text.
    """
    if not _ANY.search(text, at, at + _NEAREST) or (at and text[at - 1] in _OTHER_WORD.get(text[at], "")):
        return None
    first = _single(text, at, as_of, year)
    if first is None:
        return None
    link = _CONNECT.match(text, first.end)
    second = _single(text, link.end(), as_of, first.year) if link else None
    if second is None:
        return _open(text, first)
    ordered = (
        first.low and second.low and first.low <= second.low and first.high and first.high < (second.high or date.max)
    )
    return Period(first.low, second.high, second.end, second.year) if ordered else None


def _open(text: str, period: Period) -> Period:
    """The period with what may follow it: 以来, 至今, 以前, 之后."""
    around = _AROUND.match(text, period.end)
    if not around:
        return period
    if around["since"]:
        return Period(period.low, None, around.end(), period.year)
    if around["after"]:
        return Period(period.high, None, around.end(), period.year)
    return Period(None, period.low, around.end(), period.year)


def _single(text: str, at: int, as_of: date | None, year: int | None) -> Period | None:
    absolute = _iso(text, at) or _with_year(text, at, as_of) or _years(text, at)
    if absolute or as_of is None:
        return absolute
    return (
        _near(text, at, as_of) or _span(text, at, as_of) or _day_word(text, at, as_of) or _lone(text, at, as_of, year)
    )


def _iso(text: str, at: int) -> Period | None:
    found = _ISO.match(text, at)
    return one_day(int(found[1]), int(found[3]), int(found[4]), found.end()) if found else None


def _years(text: str, at: int) -> Period | None:
    """``2021-2023年``: the first year borrows 年 from the second."""
    found = _YEARS.match(text, at)
    if not found or found[1] >= found[2]:
        return None
    return Period(date(int(found[1]), 1, 1), date(int(found[2]) + 1, 1, 1), found.end(), int(found[2]))


def _with_year(text: str, at: int, as_of: date | None) -> Period | None:
    found = _YEAR.match(text, at)
    year = found and _year_of(found, text, as_of)
    if not found or not year:
        return None
    detail = _DETAIL.match(text, found.end())
    if not detail and _NO_MONTH.match(text, found.end()):
        return None
    return _detail(detail, year) if detail else months(year, 1, 12, found.end())


def _year_of(found: Match, text: str, as_of: date | None) -> int | None:
    if found["four"]:
        return int(found["four"])
    if found["chinese"]:
        return _digits(found["chinese"])
    if found["word"]:
        return as_of.year + _YEAR_WORDS[found["word"]] if as_of else None
    if (
        found["fiscal"]
        or _FOLLOWED_BY_DATE.match(text, found.end())
        or (found["short"] and _is_no_span(found["short"]))
    ):
        return _century(_digits(found["two"] or found["short"]))
    return _two_digits(found, text, as_of) if found["two"] and as_of else None


def _digits(text: str) -> int:
    return int("".join(char if char.isdecimal() else str(_NUMBERS[char]) for char in text))


def _two_digits(found: Match, text: str, as_of: date) -> int | None:
    """``22年`` before other words: the year where a clause begins with it or 在 precedes, no duration word near."""
    number = int(found["two"])
    left = text[: found.start()].rstrip()
    if left.endswith(_DURATION_BEFORE) or _DURATION_AFTER.match(text, found.end()):
        return None
    if number >= _OLD or found["two"][0] == "0":
        return _century(number)
    if not _recent(number, as_of) or _ALONE.match(text, found.end()):
        return None
    begins = not left or not left[-1].isalnum() or left[-1] in "在于自从是到至"
    return _century(number) if begins else None


def _is_no_span(short: str) -> bool:
    """``一八年`` and ``零八年`` are years; ``二三年`` could be two or three."""
    first, second = _NUMBERS[short[0]], _NUMBERS[short[1]]
    return first == 0 or second not in (first + 1, 0)


def could_be_year(text: str, start: int, end: int, as_of: date) -> bool:
    """Whether a count of years (``22年``) could as well be the year: recent, and nothing around says which."""
    written = text[start:end]
    if len(written) != 3 or not written[:2].isdecimal() or not _recent(int(written[:2]), as_of):
        return False
    return not text[:start].rstrip().endswith(_DURATION_BEFORE) and not _DURATION_AFTER.match(text, end)


def _recent(number: int, as_of: date) -> bool:
    return as_of.year - 12 <= 2000 + number <= as_of.year + 1


def _century(number: int) -> int:
    return (1900 if number >= _OLD else 2000) + number


def _number(text: str) -> int:
    if text.isdecimal():
        return int(text)
    if text in _NUMBERS:
        return _NUMBERS[text]
    tens, _, ones = text.partition("十")
    return (_NUMBERS[tens] if tens else 1) * 10 + (_NUMBERS[ones] if ones else 0)


def _detail(found: Match, year: int) -> Period | None:
    """A part of a year."""
    named = {name: value for name, value in found.groupdict().items() if value}
    end = found.end()
    if "edge" in named:
        first, last = {"初": (1, 1), "头": (1, 1), "中": (6, 7)}.get(named["edge"][-1], (12, 12))
        return months(year, first, last, end)
    if "half" in named:
        return months(year, 1, 6, end) if named["half"] in ("上半年", "H1") else months(year, 7, 12, end)
    if "quarter" in named:
        return quarter(year, _number(next(char for char in named["quarter"] if char in "一二三四1234")), end)
    if "quarters" in named:
        return months(year, 1, _number(named["quarters"]) * 3, end)
    if "first" in named:
        first, last = _number(named["first"]), _number(named["last"])
        return months(year, first, last, end) if first < last else None
    if "day" in named:
        return one_day(year, _number(named["month"]), _number(named["day"]), end)
    if "month" in named:
        return part_of_month(named.get("part"), year, _number(named["month"]), end)
    return months(year, 1, 12, end)


def _near(text: str, at: int, as_of: date) -> Period | None:
    """``上个月``, ``本季度``, ``下周``."""
    found = _NEAR.match(text, at)
    if not found:
        return None
    shift, unit = next(step for name, step in _SHIFTS.items() if found[name]), found["unit"].removeprefix("个")
    if unit == "月":
        total = as_of.year * 12 + as_of.month - 1 + shift
        return part_of_month(found["part"], total // 12, total % 12 + 1, found.end())
    if found["part"]:
        return None
    if unit == "季度":
        total = as_of.year * 4 + (as_of.month - 1) // 3 + shift
        return quarter(total // 4, total % 4 + 1, found.end())
    monday = as_of - timedelta(days=as_of.weekday()) + timedelta(weeks=shift)
    return Period(monday, monday + timedelta(weeks=1), found.end())


def _span(text: str, at: int, as_of: date) -> Period | None:
    """``近三年``, ``最近半年``, ``未来三年``."""
    found = _SPAN.match(text, at)
    if not found or (found["count"] == "半" and found["unit"] != "年"):
        return None
    sign = 1 if found["side"].startswith(("未来", "今后")) else -1
    if found["unit"] in ("天", "周"):
        other = as_of + sign * timedelta(days=_number(found["count"]) * (7 if found["unit"] == "周" else 1))
    elif found["count"] == "半":
        other = add_months(as_of, sign * 6)
    else:
        other = add_months(as_of, sign * _number(found["count"]) * {"年": 12, "季度": 3, "月": 1}[found["unit"]])
    return Period(min(as_of, other), max(as_of, other), found.end())


def _day_word(text: str, at: int, as_of: date) -> Period | None:
    shift = _DAY_WORDS.get(text[at : at + 2])
    if shift is None:
        return None
    low = as_of + timedelta(days=shift)
    return Period(low, low + timedelta(days=1), at + 2, low.year)


def _lone(text: str, at: int, as_of: date, year: int | None) -> Period | None:
    """A part of a year that is not named."""
    found = _LONE.match(text, at)
    if not found:
        return None
    if year is not None and year != as_of.year:
        linked = text[at - 1 : at] in tuple("到至-~、和及与")
        return _detail(found, year) if linked else None
    period = _detail(found, as_of.year)
    return period if period and period.low and period.low <= as_of else None
