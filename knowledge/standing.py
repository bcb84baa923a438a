"""A document's status on a date, in Chinese phrases and one sentence."""

from __future__ import annotations

from datetime import date

from policies.days import day_text, window_text
from policies.engine.validity import Validity

_STANDING = {
    "in_force": "现行有效",
    "expired": "历史口径",
    "not_yet": "尚未施行",
    "draft": "假如原样生效",
    "unknown": "时效不能确定",
    "contested": "时效两可",
}


def standing(validity: Validity) -> str:
    """The key the amounts are to be read in: 现行有效, 历史口径, 假如原样生效 …"""
    return _STANDING[validity.status]


def named(short: str, validity: Validity) -> str:
    """A document's name with its standing, unless it is simply in force: no amount is shown without it."""
    return short if validity.status == "in_force" else f"{short}（{standing(validity)}）"


def status_sentence(short: str, validity: Validity, as_of: date, stage: str) -> str:
    """One sentence on the document's status on the date asked about, and what it means for the amounts below it."""
    return "".join(_told(short, validity, as_of, stage)) + "。"


def status_alone(short: str, validity: Validity, as_of: date, stage: str) -> str:
    """The same without a word on amounts, for a clause that is quoted alone."""
    return _told(short, validity, as_of, stage)[0] + "。"


def _told(short: str, validity: Validity, as_of: date, stage: str) -> tuple[str, str]:
    """The status, and what follows from it."""
    ends = window_text(validity.ends)
    inferred = "按推算" if validity.certainty == "inferred" else ""
    if validity.status == "draft":
        kind = "征求意见稿" if stage == "draft" else "说明性文件（如编制说明），不是政策正文"
        draft = f"这份文件是{kind}，没有生效"
        if validity.as_if == "expired":
            return draft, f"；即使当时原样发布，也已于{ends}届满，现在没有可得的金额"
        return draft, "；下面的金额是“假如原样生效”的结果，现在不能申领"
    if validity.status == "expired":
        expired = f"{short}{inferred}已届满（最后一日：{ends}）"
        return expired, f"，下面按**历史口径**估算，{day_text(as_of)}实际可得为 0 元"
    if validity.status == "in_force":
        return f"{short}在{day_text(as_of)}{inferred}有效（到{ends}）", ""
    if validity.status == "not_yet":
        return f"{short}在{day_text(as_of)}还没有施行", ""
    if validity.status == "contested":
        day = day_text(as_of)
        return f"{short}的最后一日是{ends}，算法不同差一天；{day}当天是否有效须向主管局确认", ""
    starts = window_text(validity.starts)
    return f"{short}在{day_text(as_of)}是否有效不能判断（推算施行：{starts}；届满：{ends}）", ""
