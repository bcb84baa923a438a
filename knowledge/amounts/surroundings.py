"""What stands around a number and makes it a name, an ordinal, a rank, a time or part of a word: then it is none."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from knowledge.amounts import qualifiers
from knowledge.amounts.dates import could_be_year
from knowledge.amounts.parts import Part
from knowledge.amounts.pattern import Pattern
from knowledge.amounts.quantity import COUNT
from knowledge.amounts.source import Source
from knowledge.amounts.units import NONE, TIME_MEASURES
from policies.notation import MONEY

_LABEL_WORDS = (
    "电话 手机 热线 传真 分机 转接 转 微信 联系方式 QQ qq 邮编 身份证 门牌 号 号码 编号 工号 "
    "单号 图号 批号 文号 税号 卡号 账号 帐号 合同号 型号 序号 编码 代码 密码 验证码 版本 排名 排第 "
    "选 拨 拨打 致电 附件 附表 表 图 问题 方案 选项"
)
_LABELS = tuple(_LABEL_WORDS.split())
_BEFORE = frozenset("第双〔[【@#№/\\*×+_$^&=|")
_BEFORE_ONE = frozenset("统唯之其同专逐单每某另任哪逢一")  # 统一, 每一家
_BEFORE_ONE_COUNTED = frozenset("是为作做这那同上下后进于替")  # 是一家制造企业, 上一家公司
_WEEKDAY = ("周", "星期", "礼拜", "初", "老")  # 周三, 初三, 老三
_FIRST = {"前": "目之以当眼提", "头": "牵龙码带源街里外上手"}  # 前三家, 头三家 are the first; 目前三家, 牵头3项 are not
_BEFORE_DOOR = frozenset("栋幢座楼室号区")
_AFTER = frozenset("号楼室栋幢期级强大化证型代版后线环轴维届体方倍番折点路师连团列分名世好伏瓦像寸码")
_AFTER_SCALE = frozenset("级户像伏瓦倍度")
_AFTER_SHORT = frozenset("等期类批手轮次线楼号")  # 五十万二等奖
_SUMS = frozenset("*_+×=")
_ORDINAL_LIST = Pattern(r"第[0-9零一二两三四五六七八九十百条项款章节、,和及与至到~-]{0,14}[、,和及与至到~-]$")
_AWAY = Pattern(r"之?[前后]|以[前后]|来(?![的了])")
_VERSION = Pattern(r"[0-9]+\.0")
_DISPLAY = Pattern(r"(?:[248]|16)[kK]")  # 4K is a display as often as 4000
_LONG_DIGITS = 8


class Place(NamedTuple):
    """A number with its qualifiers in the text; ``start`` and ``end`` hold all of it."""

    source: Source
    part: Part
    start: int
    end: int
    words: tuple[str, ...]
    before: bool  # a qualifier stands directly before it

    @property
    def left(self) -> str:
        """The character before, or nothing."""
        return self.source.plain[self.start - 1 : self.start]

    @property
    def right(self) -> str:
        """The character behind, or nothing."""
        return self.source.plain[self.end : self.end + 1]

    def left_of(self, chars: frozenset[str] | str) -> bool:
        """Whether one of these stands before it."""
        return bool(self.left) and self.left in chars

    def right_of(self, chars: frozenset[str] | str) -> bool:
        """Whether one of these stands behind it."""
        return bool(self.right) and self.right in chars


def is_free(place: Place) -> bool:
    """Whether nothing around the number makes it something else."""
    if _glued_before(place) or _glued_behind(place) or (place.part.number.bare and not _bare_is_clear(place)):
        return False
    if place.part.unit.unit == COUNT:
        return not (place.right_of("wWkK") or _counts_nothing(place))  # 两百个w
    if place.part.unit is not NONE:
        return not place.right_of("级户%‰万亿") or place.source.plain.startswith("万一", place.end)
    return not _names(place)


def _glued_before(place: Place) -> bool:
    left, run, text = place.left, place.part.run, place.source.plain
    if not left:
        return False
    if left.isascii() and (left.isalnum() or left in "._-:") and (run[0].isascii() or not left.isalpha()):
        return left != ":" or text[place.start - 2 : place.start - 1].isdecimal() or _labelled(place)
    if run == "几" and left == "哪":
        return True
    if left in _FIRST and not place.before and text[place.start - 2 : place.start - 1] not in tuple(_FIRST[left]):
        return True
    return (
        left in _BEFORE
        or (run == "一" and left in _BEFORE_ONE)
        or (len(run) == 1 and not run.isdecimal() and text.endswith(_WEEKDAY, 0, place.start))
        or (left in "没无未" and not place.before)
        or _ORDINAL_LIST.search(text, max(0, place.start - 18), place.start) is not None
        or _labelled(place)
    )


def _labelled(place: Place) -> bool:
    """Whether a bare number follows a word that makes it a name (电话：…, 编号 …)."""
    if place.part.unit is not NONE or place.part.number.scaled:
        return False
    return place.source.plain[: place.start].rstrip(" :是为").endswith(_LABELS)


def _glued_behind(place: Place) -> bool:
    right, text = place.right, place.source.plain
    if not right:
        return False
    if right == ".":
        return text[place.end + 1 : place.end + 2].isalnum()
    if right in _SUMS:
        return True
    ends = "\\:" if place.part.number.scaled else "/\\:"  # 500万/年
    return place.part.unit is NONE and right.isascii() and (right.isalnum() or right in ends)


def _bare_is_clear(place: Place) -> bool:
    """百, 千万 without a digit is a number only with 上, 近, 过 … before it, with 多 or 来, or as 千二万, 万五蚊."""
    part = place.part
    if part.number.vague or any(word in qualifiers.BEFORE for word in place.words):
        return True
    digit = any(char in part.run for char in "二三四五六七九") and "八" not in part.run  # 百八十 is "about a hundred"
    return digit and (part.unit.unit == MONEY or part.run[-1] in "万亿")


def _counts_nothing(place: Place) -> bool:
    part, source = place.part, place.source
    if part.run == "一" and place.left_of(_BEFORE_ONE_COUNTED):
        return True
    if part.run == "一" and place.right.isalnum() and not source.whole and set(place.words) & qualifiers.SUPERLATIVES:
        return True  # 最多一家收了5万: the one that paid most
    if part.unit.measure in TIME_MEASURES and _AWAY.match(source.plain, place.end):
        return True  # 三年前 is a day, and not known which
    if source.as_of and _could_be_date(source.plain, part, source.as_of):
        return True
    return len(part.run) == 1 and source.given[part.start] in "陆陸伍" and not source.whole  # 陆家嘴, 伍家


def _could_be_date(text: str, part: Part, as_of: date) -> bool:
    """``22年`` and ``4月`` that were not read as a date are no sure count either."""
    if part.unit.measure == "月":
        return "个" not in text[part.start : part.end]
    if part.unit.measure != "年":
        return False
    return _like_a_year(part.run) or could_be_year(text, part.start, part.end, as_of)


def _names(place: Place) -> bool:
    """Whether a number without a unit is a name, a version, a year, a door or a number in a list."""
    part, run = place.part, place.part.run
    if _DISPLAY.fullmatch(run):
        return True
    if part.number.scaled:
        return place.right_of(_AFTER_SCALE) or (part.number.short and place.right_of(_AFTER_SHORT))
    if place.right_of(_AFTER):
        return True
    if place.source.whole:
        return False
    if run.isdecimal() and (len(run) >= _LONG_DIGITS or (len(run) > 1 and run[0] == "0") or _like_a_year(run)):
        return True
    if _VERSION.fullmatch(run) or (len(run) == 1 and not run.isdecimal()):
        return True
    ended = not place.right.isalnum() or (place.words and place.words[-1] in qualifiers.AFTER)
    return not ended or _numbers_something(place)


def _like_a_year(run: str) -> bool:
    return len(run) == 4 and "1949" < run < "2050" and run != "2000"


def _numbers_something(place: Place) -> bool:
    """A number that numbers a list (1、…), a door (3栋502) or a standard (ISO 9001), or stands in a row of such."""
    text = place.source.plain
    left = text[: place.start].rstrip(" (")
    if left and (left[-1] in _BEFORE_DOOR or (left[-1].isascii() and left[-1].isalpha())):
        return True
    if place.right == "、" and text[place.end + 1 : place.end + 2].isdecimal():
        return True
    return place.right_of("、.)") and (not left or left[-1] in "。；;:" or text[place.start - 1] in "( ")
