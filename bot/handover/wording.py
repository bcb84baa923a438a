"""What is said around a hand-over, and the words that end one."""

from __future__ import annotations

import re

WITHDRAW = "取消人工"
_WITHDRAWING = {WITHDRAW, "结束人工", "不要人工", "不要人工了", "不等人工了", "不等人工"}
_CHINESE = re.compile(r"[\u4e00-\u9fff]")

TAKEN_BACK = "不等人工了，助手接着来。"
ENDED = "已经结束和人工的对话，助手接着来。"
NOBODY_ASKED = "现在没有在等人工。要找人工，输入“转人工”。"
GIVEN_BACK = "人工已经把对话交还给助手，助手接着来。"
LAPSED = "人工有一阵没有回话，对话先交还给助手。还要找人工，再输入“转人工”。"
UNANSWERED = "等到现在还没有人接，先不等了。"


def withdraws(text: str) -> bool:
    """Whether a text takes the wish for a person back."""
    return text.strip() in _WITHDRAWING


def waits(ahead: int, minutes: int) -> str:
    """A person was asked for."""
    return (
        f"已经叫了人工{_ahead(ahead)}。有人接了会告诉您；{minutes} 分钟内没有人接，也会告诉您怎么办。\n"
        f"等的时候可以接着问助手。接的人看得到您的回答，和从现在起说的话。\n不等了，输入“{WITHDRAW}”。"
    )


def still_waits(ahead: int) -> str:
    """A person was asked for before."""
    return f"还在等人工{_ahead(ahead)}。不等了，输入“{WITHDRAW}”。"


def taken(operator: str | None) -> str:
    """A person took the conversation."""
    who = signature(operator)
    return f"{who}已经接入，下面由人工回答，助手先不说话。\n输入“{WITHDRAW}”，就回到助手。"


def closed(hours: str) -> str:
    """Nobody is there at this time."""
    return f"现在不是人工服务时间（{hours}），没有人能接。"


def signature(operator: str | None) -> str:
    """How an operator is shown to an enterprise: by the family name, never by the name one signs in with."""
    if operator and _CHINESE.match(operator):
        return f"人工（{operator[0]}）"
    return "人工"


def _ahead(ahead: int) -> str:
    return f"，前面还有 {ahead} 位" if ahead else ""
