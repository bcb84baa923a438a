"""What the server checks of a call's parameters before it does anything; shapes against python-telegram-bot's types."""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Mapping
from typing import Any

import telegram

from tests.bot.telegram.standin.errors import bad

_OWN = {"self", "api_kwargs", "read_timeout", "write_timeout", "connect_timeout", "pool_timeout"}
Parameters = dict[str, Any]


def known_parameters(method: str, given: Mapping[str, Any]) -> None:
    """Every parameter is one the library's method of that name has."""
    name = re.sub(r"(?<!^)([A-Z])", r"_\1", method).lower()
    known = set(inspect.signature(getattr(telegram.Bot, name)).parameters) - _OWN
    unknown = set(given) - known
    assert not unknown, (method, unknown)


def number(given: Parameters, name: str, default: int | None = None) -> int:
    raw = given.get(name, default)
    try:
        return int(str(raw))
    except ValueError as error:
        raise bad(f'{name} "{raw}" is not a number') from error


def decoded(given: Parameters, name: str) -> Any:
    raw = given.get(name)
    if raw is None:
        return None
    try:
        return json.loads(raw) if isinstance(raw, str) else raw
    except ValueError as error:
        raise bad(f"can't parse {name} JSON object") from error


def keyboard(given: Parameters) -> dict[str, Any] | None:
    """An inline keyboard as the server takes it, or the refusal it gives."""
    raw = decoded(given, "reply_markup")
    if not raw:
        return None
    rows = raw.get("inline_keyboard") if isinstance(raw, dict) else None
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad("object expected as reply markup")
    exact("InlineKeyboardMarkup", raw)
    for button in (button for row in rows for button in row):
        if not button.get("text", "").strip():
            raise bad("inline keyboard button text must be non-empty")
        if not 1 <= len(button.get("callback_data", "").encode()) <= 64:
            raise bad("BUTTON_DATA_INVALID")
    if sum(len(row) for row in rows) > 100 or any(len(row) > 8 for row in rows):
        raise bad("reply markup is too long")
    return raw if any(rows) else None


def exact(kind: str, raw: dict[str, Any]) -> None:
    """The library's type of that name reads all of ``raw``: nothing is left over, nothing is missing."""
    read = getattr(telegram, kind).de_json(json.loads(json.dumps(raw)), None)
    assert not read.api_kwargs, (kind, read.api_kwargs)
