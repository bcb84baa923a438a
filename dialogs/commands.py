"""Words that steer the conversation rather than answer a question."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Name(StrEnum):
    """What a command does; the value is the word shown on buttons."""

    BACK = "上一步"
    EDIT = "修改"
    WHY = "为什么问"
    SKIP = "跳过"
    WHERE = "换地区"
    DATE = "换日期"
    RESULT = "结果"
    RESTART = "重新开始"
    HELP = "帮助"
    CONTINUE = "继续"
    SUMMARY = "我的回答"
    DETAIL = "详情"
    MISSING = "还差什么"
    LEFT_OUT = "没有计入"
    FAILED = "不符合"
    IN_KIND = "其他支持"
    ALL = "全部"
    REPORT = "报告"
    STAFF = "转人工"


@dataclass(frozen=True, slots=True)
class Command:
    """A command with its argument: a number (详情 3, 修改 2), a date (换日期 2024-03-15), or nothing."""

    name: Name
    number: int | None = None
    day: date | None = None


_ALIASES = {
    "返回": Name.BACK, "撤回": Name.BACK, "后退": Name.BACK, "/back": Name.BACK,
    "改一项": Name.EDIT, "修改答案": Name.EDIT, "改答案": Name.EDIT,
    "为什么": Name.WHY, "为什么问这个": Name.WHY, "/why": Name.WHY,
    "先跳过": Name.SKIP, "换个区": Name.WHERE, "换个地区": Name.WHERE,
    "日期": Name.DATE, "/asof": Name.DATE, "看结果": Name.RESULT, "结论": Name.RESULT,
    "重来": Name.RESTART, "从头开始": Name.RESTART, "/new": Name.RESTART,
    "/help": Name.HELP, "help": Name.HELP, "/summary": Name.SUMMARY, "摘要": Name.SUMMARY,
    "继续问": Name.CONTINUE, "没有计入的": Name.LEFT_OUT, "合计": Name.LEFT_OUT, "非资金支持": Name.IN_KIND,
    "人工": Name.STAFF, "找人工": Name.STAFF, "人工客服": Name.STAFF, "/staff": Name.STAFF,
    "待确认什么": Name.MISSING, "/report": Name.REPORT, "导出": Name.REPORT,
}  # fmt: skip
_WORDS = {**{name.value: name for name in Name}, **_ALIASES}
LONGEST = 1000  # characters of one message; what is pasted by mistake is not read
_WITH_NUMBER = re.compile(r"(详情|修改)\s*[第#]?(\d{1,3})")
_WITH_DAY = re.compile(r"(?:换?日期|/asof)\s*(.+)")
_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")


class BadDateError(ValueError):
    """A date that does not exist or cannot be read; the message (Chinese) says what would be."""


def read_command(text: str) -> Command | None:
    """The command a text is, or ``None`` when it is none.

    Raises:
        BadDateError: for 换日期 with something that is no date.
    """
    text = text.strip()
    name = _WORDS.get(text)
    if name is not None:
        return Command(name)
    numbered = _WITH_NUMBER.fullmatch(text)
    if numbered:
        return Command(_WORDS[numbered[1]], number=int(numbered[2]))
    dated = _WITH_DAY.fullmatch(text)
    if dated:
        return Command(Name.DATE, day=read_day(dated[1]))
    return None


def excerpt(text: str) -> str:
    """The beginning of what was typed, short enough to be said back."""
    return text if len(text) <= 20 else text[:20] + "……"


def read_day(text: str) -> date:
    """A calendar date such as ``2024-03-15`` or ``2024年3月15日``.

    Raises:
        BadDateError: when it is none.
    """
    match = _DAY.fullmatch(text.strip())
    if match is None:
        raise BadDateError(f"没看懂日期“{excerpt(text.strip())}”。请写成 2024-03-15")
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError as error:
        raise BadDateError(f"没有“{text.strip()}”这一天。请写成 2024-03-15") from error
