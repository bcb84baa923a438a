"""A document's status on a date: as a phrase, as what follows its name, and as sentences that say what it means.

No status is worded anywhere else.
"""

from __future__ import annotations

from datetime import date

from policies.days import day_text, window_text
from policies.engine.validity import Status, Validity, validity
from policies.model.policy import Policy

_STANDING = {
    "in_force": "现行有效",
    "expired": "历史口径",
    "not_yet": "尚未施行",
    "draft": "假如原样生效",
    "unknown": "时效不能确定",
    "contested": "时效两可",
}
_STAGES = {"draft": "征求意见稿", "explanatory_note": "说明性文件（如编制说明），不是政策正文"}
_BEFORE: dict[Status, str] = {
    "in_force": "按推算有效",
    "expired": "按推算已届满",
    "not_yet": "还没有施行",
    "contested": "是否有效有两种算法",
    "unknown": "是否有效不能判断",
}


def standing(found: Validity) -> str:
    """The key the amounts are to be read in: 现行有效, 历史口径, 假如原样生效 …"""
    return _STANDING[found.status]


def named(short: str, found: Validity) -> str:
    """A document's name with its standing, unless it is simply in force: no amount is shown without it."""
    return short if found.status == "in_force" else f"{short}（{standing(found)}）"


def status_text(policy: Policy, as_of: date) -> str:
    """What goes on after a document's name: ``在2026年11月25日按推算已届满（最后一日：2025年7月3日或4日）`` …, without a full stop."""
    found = validity(policy, as_of)
    day = day_text(as_of)
    if policy.stage != "issued":
        return f"是{_STAGES[policy.stage]}，没有生效，不能据此申领{_as_if(found)}{_before(policy, found)}"
    if found.status == "expired":
        return f"在{day}{_expired(found)}，金额只是历史口径"
    if found.status == "in_force":
        return f"在{day}{_inferred(found)}有效（最后一日：{window_text(found.ends)}）"
    if found.status == "not_yet":
        return f"在{day}还没有施行（施行日：{window_text(found.starts)}）"
    if found.status == "contested":
        return f"最后一日是{window_text(found.ends)}，两种算法差一天，{day}当天是否有效须向主管部门确认"
    return f"在{day}是否有效不能判断（施行：{window_text(found.starts)}；届满：{window_text(found.ends)}）"


def status_sentence(short: str, found: Validity, as_of: date, stage: str) -> str:
    """One sentence on the document's status on the date asked about, and what it means for the amounts below it."""
    return "".join(_told(short, found, as_of, stage)) + "。"


def status_alone(short: str, found: Validity, as_of: date, stage: str) -> str:
    """The same without a word on amounts, for a clause that is quoted alone."""
    return _told(short, found, as_of, stage)[0] + "。"


def _told(short: str, found: Validity, as_of: date, stage: str) -> tuple[str, str]:
    """The status, and what follows from it."""
    ends, day = window_text(found.ends), day_text(as_of)
    if found.status == "draft":
        draft = f"这份文件是{_STAGES[stage]}，没有生效"
        if found.as_if == "expired":
            return draft, f"；即使当时原样发布，也已于{ends}届满，现在没有可得的金额"
        return draft, "；下面的金额是“假如原样生效”的结果，现在不能申领"
    if found.status == "expired":
        return f"{short}{_expired(found)}", f"，下面按**历史口径**估算，{day}实际可得为 0 元"
    if found.status == "in_force":
        return f"{short}在{day}{_inferred(found)}有效（到{ends}）", ""
    if found.status == "not_yet":
        return f"{short}在{day}还没有施行", ""
    if found.status == "contested":
        return f"{short}的最后一日是{ends}，算法不同差一天；{day}当天是否有效须向主管局确认", ""
    return f"{short}在{day}是否有效不能判断（推算施行：{window_text(found.starts)}；届满：{ends}）", ""


def _inferred(found: Validity) -> str:
    return "按推算" if found.certainty == "inferred" else ""


def _expired(found: Validity) -> str:
    return f"{_inferred(found)}已届满（最后一日：{window_text(found.ends)}）"


def _as_if(found: Validity) -> str:
    """For a draft that names its last day: what that day would mean."""
    if found.as_if == "expired":
        return f"；即使原样发布，也只到{window_text(found.ends)}"
    return "；金额都是“假如原样生效”的测算"


def _before(policy: Policy, found: Validity) -> str:
    """The document it follows, where the text tells of it."""
    if policy.predecessor is None or found.predecessor is None:
        return ""
    state = _BEFORE.get(found.predecessor, "")
    return f"；原措施在那天{state}（最后一日：{window_text(policy.predecessor.ends)}）"
