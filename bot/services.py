"""What a person may ask of us about the conversation itself: take it along, go on elsewhere, have it erased."""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from collections.abc import Mapping
from enum import Enum
from typing import Any

from dialogs.replies import Document, Text


class Service(Enum):
    """A service, by the words that ask for it."""

    FORGET = ("删除我的数据", "忘记我", "删除数据", "/forget")
    EXPORT = ("导出我的数据", "导出数据", "/export")
    ELSEWHERE = ("换设备", "换个地方接着", "接着用", "/elsewhere")


_WORDS = {word: service for service in Service for word in service.value}
_TOKEN = re.compile(r"(?:接着\s*)?(r-[A-Za-z0-9_-]{22})")


def read_service(text: str) -> Service | None:
    """The service a text asks for, or ``None``."""
    return _WORDS.get(text.strip())


def token_in(text: str) -> str | None:
    """The token in ``接着 r-…`` or in a link's argument, or ``None``."""
    match = _TOKEN.fullmatch(text.strip())
    return match[1] if match else None


def token_hash(token: str) -> str:
    """What is kept of a token: enough to know it again, not to use it."""
    return hashlib.sha256(token.encode()).hexdigest()


def token_told() -> tuple[Text, str]:
    """A new token (128 random bits) told to its owner, and its hash."""
    token = "r-" + secrets.token_urlsafe(16)
    text = (
        f"在另一处（网页、终端、另一个账号）发送下面这一行，就能接着这次的回答：\n接着 {token}\n"
        "谁拿到这个口令谁就能看到您的回答，请不要转给别人；再输入一次“换设备”，旧口令就失效。"
    )
    return Text(text), token_hash(token)


def forgotten() -> Text:
    """Said when everything was erased."""
    return Text("已经删除这里保存的全部回答和记录。要重新开始，随便发一句话就行。")


def export(kept: Mapping[str, Any]) -> Document:
    """Everything kept of a conversation, as a file its owner can read."""
    return Document("惠企-我的数据.json", json.dumps(kept, ensure_ascii=False, indent=1))
