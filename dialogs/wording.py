"""Short Chinese phrases for verdicts and ranges; every figure with its unit. Dates and status: knowledge/standing.py."""

from __future__ import annotations

from policies.engine.judged import CONTESTED, DEPENDS, ELIGIBLE, INELIGIBLE
from policies.notation import yuan_text

VERDICTS = {ELIGIBLE: "符合", INELIGIBLE: "不符合", DEPENDS: "待确认", CONTESTED: "两可"}
STATES = {"met": "符合", "unmet": "不符合", "open": "待补充", "confirm": "待确认"}
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


def range_text(low: int | None, high: int | None) -> str:
    """An award range: ``60万元``, ``0–500万元``, ``文件没有写金额``."""
    if low is None:
        return "文件没有写金额"
    if high is None:
        return f"{yuan_text(low)}起，文件没有写上限"
    if low == high:
        return yuan_text(low)
    return f"{'0' if low == 0 else yuan_text(low)}–{yuan_text(high)}"


def change_text(low: int, high: int | None) -> str:
    """A difference of ranges (分): ``不变``, ``+30万元``, ``下限不变，上限 −100万元``; ``None``: there is no bound to compare."""
    if low == high:
        return _signed(low).strip()
    upper = "没有写上限，不能相减" if high is None else f"上限{_signed(high)}"
    return f"下限{_signed(low)}，{upper}"


def _signed(amount: int) -> str:
    if amount == 0:
        return "不变"
    return f" {'+' if amount > 0 else '−'}{yuan_text(abs(amount))}"


def numbered(number: int) -> str:
    """``①`` … ``⑳``, then ``(21)``."""
    return _CIRCLED[number - 1] if number <= len(_CIRCLED) else f"({number})"
