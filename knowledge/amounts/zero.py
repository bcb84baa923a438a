"""None at all: 没有, 零, 一家都没有, 一分钱没拿, 没有一家."""

from __future__ import annotations

from knowledge.amounts.pattern import Pattern
from knowledge.amounts.quantity import COUNT
from knowledge.amounts.units import NONE, TIME_MEASURES, YUAN, Unit, unit_at
from policies.notation import MONEY

_NOTHING = (
    "零 没 没有 都没有 全没有 全都没有 完全没有 从没有 从来没有 没有过 还没有 目前没有 无 暂无 "
    "暂时没有 没的 没有的 一点没有 一点都没有 啥都没有 零蛋 冇 都冇 冇啊 未有"
)
WORDS = frozenset(_NOTHING.split())
_NONE = Pattern(
    r"(?P<thing>[^，,。;；、\s0-9一二两三四五六七八九十百千万亿]{0,4}?)(?P<even>[都也]?)(?:没有|没|冇|未|无)"
    r"(?:(?:[办做拿花投领报开签接搞给得参]到?|牵头|参与)过?)?(?!有?(?:问题|关系|错))"
)
_DENIED = Pattern(
    "(?:^|[^有])(?:没有|没|冇|未有|无|未)(?:[花收拿领投办做签报交引招建用要][过過到]?)?$"
)  # 有没有一家 asks
_NOT_YET = Pattern("发布|公告|公布|生效|批|验收|下来")
_MORE = frozenset("十百千万亿半多点二两三四五六七八九")


def none_at(text: str, at: int) -> tuple[Unit, int] | None:
    """``一家都没有`` at this place: what there is none of, and where the words end."""
    if text[at] == "零" and text[at - 1 : at] in ("为", "是") and not text[at + 1 : at + 2].isalnum():
        return NONE, at + 1
    if text[at] != "一":
        return None
    unit = (YUAN, at + 2) if text[at + 1 : at + 2] == "分" and text[at + 2 : at + 3] != "钱" else unit_at(text, at + 1)
    if unit is None:
        return None
    found = _NONE.match(text, unit[1])
    if found and found["thing"] in ("还", "尚") and not found["even"] and _NOT_YET.match(text, found.end()):
        return None  # 一项还没发布: there is one
    if found and not (
        _counts_before(text, at) and unit[0] is not YUAN and len(found["thing"]) > 1 and not found["even"]
    ):
        return unit[0], found.end()
    counted = unit[0].unit in (COUNT, MONEY) and unit[0].measure not in TIME_MEASURES
    denied = counted and text[unit[1] : unit[1] + 1] not in _MORE and _DENIED.search(text, max(0, at - 5), at)
    return unit if denied else None


def _counts_before(text: str, at: int) -> bool:
    """Whether what is counted stands before the number (行标一项地标没有 says 行标: one)."""
    return at > 0 and text[at - 1] not in "，,。;；、：:！!？?（( \n有是连"
