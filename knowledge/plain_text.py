"""A sentence in plain form, every character of which knows where it stood, so that what was heard can be quoted.

Plain are simplified characters, Mandarin for common Cantonese words, lower case, and full-width punctuation; fillers are gone.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Protocol

_PUNCTUATION = str.maketrans(",;:!?()", "，；：！？（）")
# Cantonese, each with what it says in Mandarin; the longest first where one contains another.
_CANTONESE = {
    "有冇": "有没有", "都冇": "都没", "仲未": "还没", "仲有": "还有", "仲": "还", "未曾": "没", "冇": "没",
    "唔係": "不是", "唔系": "不是", "唔連": "不含", "唔连": "不含", "唔計": "不计", "唔计": "不计", "唔使": "不用",
    "唔知": "不知", "唔": "不", "係咪": "是不是", "系咪": "是不是", "但係": "但是", "但系": "但是", "係": "是",
    "而家": "现在", "舊年": "去年", "旧年": "去年", "上年": "去年", "我哋": "我们", "我地": "我们", "佢哋": "他们",
    "佢": "他", "哋": "们", "嘅": "的", "咗": "了", "喺": "在", "攞": "拿", "嚟": "来", "俾": "给", "畀": "给",
    "啲": "些", "嗰": "那", "咁": "这", "乜": "什么", "點樣": "怎样", "点样": "怎样", "點計": "怎么算", "点计": "怎么算",
    "幾多": "多少", "几多": "多少", "邊個": "哪个", "边个": "哪个", "邊度": "哪里", "边度": "哪里", "呢個": "这个",
    "呢个": "这个", "做緊": "在做", "做紧": "在做", "搞緊": "在搞", "搞紧": "在搞", "起緊": "在建", "起紧": "在建",
    "淨係": "只是", "净系": "只是", "净係": "只是", "跟住": "跟着", "喺度": "在这里", "呢度": "这里", "合約": "合同", "合约": "合同",
    "營運": "运营", "营运": "运营", "數碼化": "数字化", "数码化": "数字化", "用緊": "在用", "用紧": "在用", "一蚊": "一分钱",
    "資訊": "信息", "作業系統": "操作系统", "啱啱": "刚刚", "呢一": "这一",
    "呢幾": "这几", "呢几": "这几", "呢類": "这类", "呢类": "这类",
    "幫緊": "在帮", "帮紧": "在帮", "搞掂": "搞定", "應承": "答应", "应承": "答应", "嚟㗎": "", "㗎": "",
    "足晒": "足了", "齊晒": "齐了", "齐晒": "齐了", "住晒": "住了", "夠晒": "够了", "够晒": "够了",
    "同埋": "和",
    "人哋": "别人", "傾緊": "在谈", "倾紧": "在谈", "排緊": "在排", "排紧": "在排",
    "緊嘅": "的", "使咗": "花了", "使左": "花了", "入面": "里面", "好似": "好像", "搵": "找", "嘢": "东西", "咩": "什么",
    "啱晒": "完全符合",
}  # fmt: skip
_FILLERS = r"嗯+|呃+|(?<=[的嘅])[那这這][个個种種]|那[个個]啥|就是[说說]|这样子|這樣子"
_CHANGES = re.compile("|".join(sorted(map(re.escape, _CANTONESE), key=len, reverse=True)) + "|" + _FILLERS)
_NOT_CANTONESE = re.compile("關係|关系|體系|体系|聯係|联系|系統|系统|係數|系数|院系|體係|仲裁|仲恺|仲愷|仲介|昆仲")


class _Converter(Protocol):
    def convert(self, text: str) -> str: ...


@dataclass(frozen=True, slots=True)
class PlainText:
    """``text`` is the plain form; ``offsets[i]`` is where its i-th character begins in ``source`` (and one past the end)."""

    source: str
    text: str
    offsets: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """A span of the plain text as a span of the source."""
        if end <= start:
            return self.offsets[start], self.offsets[start]
        stop = self.offsets[end]
        return self.offsets[start], max(stop, self.offsets[end - 1] + 1)

    def place(self, start: int, end: int) -> tuple[int, int]:
        """A span of the source as a span of the plain text."""
        first = next((i for i, offset in enumerate(self.offsets) if offset >= start), len(self.text))
        last = next((i for i in range(first, len(self.offsets)) if self.offsets[i] >= end), len(self.text))
        return first, last


def plain(source: str) -> PlainText:
    """The plain form of a text."""
    chars = "".join(map(_char, source))
    simple = _simplified(chars)
    text: list[str] = []
    offsets: list[int] = []
    position = 0
    for match in _changes(chars):
        text.append(simple[position : match.start()])
        offsets += range(position, match.start())
        said = _CANTONESE.get(match[0], "")  # what people say while they think is left out
        text.append(said)
        offsets += [min(match.start() + i, match.end() - 1) for i in range(len(said))]
        position = match.end()
    text.append(simple[position:])
    offsets += range(position, len(source) + 1)
    return PlainText(source, "".join(text), tuple(offsets))


def _char(char: str) -> str:
    wide = unicodedata.normalize("NFKC", char).lower()
    return (wide if len(wide) == 1 else char).translate(_PUNCTUATION)


def _changes(text: str) -> list[re.Match[str]]:
    """Cantonese words and fillers, left to right."""
    found = list(_CHANGES.finditer(text))
    if not found:
        return found
    kept = [match.span() for match in _NOT_CANTONESE.finditer(text)]
    return [match for match in found if not any(start < match.end() and match.start() < end for start, end in kept)]


def _simplified(text: str) -> str:
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        whole = _opencc().convert(text)
        return whole if len(whole) == len(text) else "".join(_one(char) for char in text)
    return text


def _one(char: str) -> str:
    simple = _opencc().convert(char)
    return simple if len(simple) == 1 else char


@cache
def _opencc() -> _Converter:
    import opencc  # noqa: PLC0415 - only traditional characters need it

    converter: _Converter = opencc.OpenCC("t2s")
    return converter
