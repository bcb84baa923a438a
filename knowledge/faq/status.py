"""What a document is on the date asked about, in words that go on after its name."""

from __future__ import annotations

from datetime import date

from policies.days import day_text, window_text
from policies.engine.validity import Status, Validity, validity
from policies.model.policy import Policy

_STAGES = {"draft": "征求意见稿", "explanatory_note": "对修改稿的说明（编制说明），不是政策正文"}
_BEFORE: dict[Status, str] = {
    "in_force": "按推算有效",
    "expired": "按推算已届满",
    "not_yet": "还没有施行",
    "contested": "是否有效有两种算法",
    "unknown": "是否有效不能判断",
}


def status_text(policy: Policy, as_of: date) -> str:
    """``在2026年11月21日按推算已届满（最后一日：2025年7月3日或4日）`` and the like, without a full stop."""
    found = validity(policy, as_of)
    if policy.stage != "issued":
        return f"是{_STAGES[policy.stage]}，没有生效，不能据此申领{_as_if(found)}{_before(policy, found)}"
    inferred = "按推算" if found.certainty == "inferred" else ""
    ends = window_text(found.ends)
    day = day_text(as_of)
    if found.status == "expired":
        return f"在{day}{inferred}已届满（最后一日：{ends}），金额只是历史口径"
    if found.status == "in_force":
        return f"在{day}{inferred}有效（最后一日：{ends}）"
    if found.status == "not_yet":
        return f"在{day}还没有施行（施行日：{window_text(found.starts)}）"
    if found.status == "contested":
        return f"最后一日是{ends}，两种算法差一天，{day}当天是否有效须向主管部门确认"
    return f"在{day}是否有效不能判断（施行：{window_text(found.starts)}；届满：{ends}）"


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
