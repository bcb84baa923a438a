"""The words that widen a number (不到, 左右, 至少 …), and the interval each stands for.

Conventions (a: the number named): 来、约、左右 a±10 %; 近、将近、快 [0.9a, a); 出头 [a, 1.1a); 不到、不足 [0, a);
以内、不超过、最多、以下 [0, a]; 超过、不止 (a, ∞); 至少、起码、以上 [a, ∞). 上百、上千万 name what is reached at least: [a, ∞).
小一千万 is below: [0, a).
"""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from knowledge.amounts.numerals import Number
from knowledge.amounts.pattern import Pattern
from knowledge.amounts.reader import NumeralError

ABOUT, NEAR, SOME_OVER = "about", "near", "some over"
BELOW, AT_MOST, ABOVE, AT_LEAST = "below", "at most", "above", "at least"
_UPWARDS, _DOWNWARDS = {ABOVE, AT_LEAST}, {BELOW, AT_MOST}
_BEFORE_WORDS = {
    ABOUT: "约 大约 大概 大概齐 差不多 大致 约莫 估计 估摸 约为 约合 大体 粗略 差唔多 左近 ~ ≈ 估摸着 将将",
    NEAR: "近 将近 接近 快 快要 快到 快够 就快 几乎 眼看 差点到 差一点到 逼近 就嚟",
    BELOW: "不到 不足 不满 不够 未满 未到 未达 未达到 没到 没满 没达到 没有到 达不到 还没到 还不到 小于 少于 低于 唔到 唔够 未够 少过 冇到"
    " < 小",
    AT_MOST: "不超过 最多 至多 顶多 最高 不高于 不多于 不大于 没超过 未超过 没过 不超 没超 顶天 至多也就 唔超过"
    " ≤ <= 小于等于 小于或等于 撑死 封顶",
    ABOVE: "超过 超 不止 大于 高于 多于 突破 逾 不只 唔止 多过 远超 > 超越 早超过 冲破 不单止 破 过",
    AT_LEAST: "至少 起码 最少 最低 不少于 不低于 不小于 不下 不下于 少说 少说也 保底 满 已满 足有"
    " ≥ >= 大于等于 大于或等于 至少也 起码都 最起码 上",
}
_AFTER_WORDS = {
    ABOUT: "左右 上下 的样子 左右吧 前后 咁上下 度左右",
    SOME_OVER: "出头 多一点 多点 多一些 挂零 冒头 有多 开外一点 松啲 多啲 多一点点",
    BELOW: "不到 不足 未满 未到 唔到 都不到 还不到 都没到 都唔到",
    AT_MOST: "以内 之内 以下 及以下 或以下 封顶 顶天 内 (含)以下 (含)以内 以下(含) 以内(含) 为限",
    ABOVE: "不止 都不止 还不止 唔止",
    AT_LEAST: "以上 及以上 或以上 起步 打底 朝上 往上 (含)以上 起 之上 以上(含) 以上的样子 开外 以上吧 保底",
}
_FAR = Pattern(
    r"(?:(大概|大约|差不多|估计|至少|起码|顶多|不止)[^\W\d_零一二两三四五六七八九十百千万亿几]{1,4}"
    r"|(最多|最高|最低)(?:能|可以?|会|给|拿|补|有|到){1,4})$"
)
_BEHIND_NOUN = Pattern(
    "(?:企业|公司|客户|单位|员工|工厂|厂|设备|用户|机构|商户|标准|项目|人|数据)(左右|上下|以上(?![市述])|以内(?!部)|以下|不到(?!位))"
)
BEFORE = {word: kind for kind, words in _BEFORE_WORDS.items() for word in words.split()}
AFTER = {word: kind for kind, words in _AFTER_WORDS.items() for word in words.split()}
_BEFORE_LONGEST = max(map(len, BEFORE))
_AFTER_LONGEST = max(map(len, AFTER))
SUPERLATIVES = {"最多", "最高", "最少", "最低"}
NOT_OF_TIME = {"封顶", "顶天", "起", "起步", "打底", "保底"}  # 一年封顶: the cap of a year
ONLY_BARE = {"上", "破", "过"}  # 上百家, 破亿, 过千万; with a digit (过3项) they belong to a verb, but not 破十亿
_FILLERS = (
    "也就有",
    "也就是",
    "也就",
    "也有",
    "得有",
    "都有",
    "能有",
    "要有",
    "了",
    "有",
    "是",
    "在",
    "为",
    "达",
    "到",
    "要",
    "",
)
# A word before the qualifier's first character that makes it another word: 合约, 附近, 尽快, 圆满.
_OTHER_WORD = {
    "约": "合签节特预公违履条契缔制邀解",
    "近": "附最靠临邻远就",
    "快": "加较很尽赶更飞",
    "满": "圆充不未饱自期",
    "上": "线网云以晚早马加身路楼市船往朝之看海史场际本面地手会十百千万亿",
    "破": "打突冲",
    "过": "超通经不越度务做办开给拿投接走卖买签",
    "小": "大中微缩减最",
    "超": "高赶反",
}
_COMPARED = Pattern(r"比[^，。,;；]{1,14}$")  # 比行业快12个百分点
_NOT_FOLLOWED = {
    "以上": "市述海文",
    "以下": "游属简列",
    "以内": "外部容",
    "内": "部容地外环资置销需含存",
    "起": "来草重步点码",
    "左右": "手翼",
    "不到": "位",
    "不足": "之",
    "上下": "游级班架",
    "前后": "端台",
}


class Bounds(NamedTuple):
    """Low and high of a qualified number, and the word that did it."""

    low: int | Fraction | None
    high: int | Fraction | None
    low_open: bool
    high_open: bool
    word: str | None


def before(text: str, at: int) -> tuple[str, int] | None:
    """The qualifier that ends before this place, and where it starts; two of one kind count as one (最多不超过).

    Raises:
        NumeralError: when two contradict each other (至少不超过).
    """
    found = _one_before(text, at)
    further = found and _one_before(text, found[1])
    if not found or not further:
        return found
    kinds = {BEFORE[found[0]], BEFORE[further[0]]}
    if kinds & _UPWARDS and kinds & _DOWNWARDS:
        raise NumeralError
    return further if len(kinds) == 1 else found


def _one_before(text: str, at: int) -> tuple[str, int] | None:
    """One qualifier; a filler such as 有 may stand between it and the number."""
    end = at - 1 if at and text[at - 1] == " " else at
    for filler in _FILLERS:
        if filler and not text.endswith(filler, 0, end):
            continue
        stop = end - len(filler)
        for length in range(min(_BEFORE_LONGEST, stop), 0, -1):
            word = text[stop - length : stop]
            if word not in BEFORE or (filler and (length == 1 or word in ONLY_BARE)):
                continue
            if word in _OTHER_WORD and text[stop - length - 1 : stop - length] in tuple(_OTHER_WORD[word]):
                continue
            if word == "快" and _COMPARED.search(text, 0, stop - 1):
                continue
            return word, stop - length
    return None


def behind_noun(text: str, at: int) -> str | None:
    """A qualifier with the name of what is counted between it and the measure word (30家企业左右)."""
    found = _BEHIND_NOUN.match(text, at)
    return found and found[1]


def fits(word: str, number: Number, run: str) -> bool:
    """Whether a qualifier can stand before this number: 上, 破, 过 before a bare unit; 小 before 一千万, not before 3家."""
    if word in ONLY_BARE:
        return number.bare or (word == "破" and number.scaled)
    return word != "小" or (number.low >= 100 and not run[0].isdecimal())


def after(text: str, at: int) -> tuple[str, int] | None:
    """The qualifier that starts at this place, and where it ends."""
    for length in range(min(_AFTER_LONGEST, len(text) - at), 0, -1):
        word = text[at : at + length]
        if word in AFTER and text[at + length : at + length + 1] not in tuple(_NOT_FOLLOWED.get(word, "")):
            return word, at + length
    return None


def far_before(text: str, floor: int, at: int) -> str | None:
    """A qualifier with a short verb between it and the number (大概投了500万, 最高能拿500万)."""
    found = _FAR.search(text, max(floor, at - 8), at)
    return found and (found[1] or found[2])


def bounds(number: Number, words: tuple[str, ...]) -> Bounds | None:
    """The interval of a number with its qualifiers; ``None`` where they do not go together (``约不到500万``)."""
    kinds = {BEFORE.get(word) or AFTER[word] for word in words}
    vague = number.vague
    if not kinds:
        return Bounds(number.low, number.high, False, number.high_open, _spoken(number))
    if len(kinds) > 1:
        return None
    kind, word = kinds.pop(), words[0]
    if vague:
        if kind == ABOUT:
            return Bounds(number.low, number.high, False, number.high_open, _spoken(number) or word)
        if kind == AT_LEAST and vague == "概":
            return Bounds(number.low, None, False, False, word)
        if kind == AT_MOST and vague == "概":
            return Bounds(0, number.high, False, False, word)
        return None
    a = number.low
    return {
        ABOUT: lambda: Bounds(Fraction(a * 9, 10), Fraction(a * 11, 10), False, False, word),
        NEAR: lambda: Bounds(Fraction(a * 9, 10), a, False, True, word),
        SOME_OVER: lambda: Bounds(a, Fraction(a * 11, 10), False, True, word),
        BELOW: lambda: Bounds(0, a, False, True, word),
        AT_MOST: lambda: Bounds(0, a, False, False, word),
        ABOVE: lambda: Bounds(a, None, True, False, word),
        AT_LEAST: lambda: Bounds(a, None, False, False, word),
    }[kind]()


def _spoken(number: Number) -> str | None:
    return None if number.vague == "概" else number.vague
