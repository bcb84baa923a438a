"""Whole updates made of the part a test speaks of."""

from __future__ import annotations

from typing import Any

CHATS = {
    "private": {"id": 7, "type": "private", "first_name": "王"},
    "group": {"id": -1007, "type": "supergroup", "title": "园区企业群"},
    "channel": {"id": -1008, "type": "channel", "title": "园区公告"},
}
USER = {"id": 7, "is_bot": False, "first_name": "王"}


def message(content: dict[str, Any], chat: str = "private", **more: Any) -> dict[str, Any]:
    return {"message_id": 11, "date": 1710475200, "chat": CHATS[chat], "from": USER, **content, **more}


def update(kind: str, content: dict[str, Any], chat: str = "private") -> dict[str, Any]:
    if kind != "callback_query":
        return {"update_id": 100, kind: message(content, chat)}
    held = {**message({"text": "问题"}, chat), "from": {"id": 4242, "is_bot": True, "first_name": "惠企"}}
    whole = {"id": "77", "from": USER, "chat_instance": "c", "message": held, **content}
    return {"update_id": 100, kind: {key: value for key, value in whole.items() if value is not None}}
