"""Telegram's HTML as its server reads it: the text shown and its entities, or the refusal it gives."""

from __future__ import annotations

import re
from typing import Any

from tests.bot.telegram.standin.errors import bad

LIMIT = 4096
_TYPES = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "code": "code", "pre": "pre",
    "tg-spoiler": "spoiler", "blockquote": "blockquote",
}  # fmt: skip
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_ESCAPE = re.compile(r"&(?:(lt|gt|amp|quot)|#(\d{1,7})|#x([0-9a-fA-F]{1,6}));")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z-]*)>")


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def parse_html(source: str) -> tuple[str, list[dict[str, Any]]]:
    """The text and its entities; offsets in UTF-16 units."""
    shown, entities, open_ = "", [], []
    at = 0
    while at < len(source):
        if source[at] == "&" and (escape := _ESCAPE.match(source, at)):
            named, decimal, hexadecimal = escape.groups()
            shown += _NAMED[named] if named else chr(int(decimal) if decimal else int(hexadecimal, 16))
            at = escape.end()
        elif source[at] == "<":
            tag = _TAG.match(source, at)
            place = len(source[:at].encode())
            if tag is None:
                raise bad(f"can't parse entities: Unsupported start tag at byte offset {place}")
            name = tag[2].lower()
            if not tag[1]:
                if name not in _TYPES:
                    raise bad(f'can\'t parse entities: Unsupported start tag "{name}" at byte offset {place}')
                open_.append((name, units(shown)))
            else:
                if not open_:
                    raise bad(f"can't parse entities: Unexpected end tag at byte offset {place}")
                begun, offset = open_.pop()
                if begun != name:
                    raise bad(f'can\'t parse entities: Unmatched end tag at byte offset {place}, expected "</{begun}>"')
                if units(shown) > offset:
                    entities.append({"type": _TYPES[name], "offset": offset, "length": units(shown) - offset})
            at = tag.end()
        else:
            shown += source[at]
            at += 1
    if open_:
        raise bad(f"can't parse entities: Can't find end tag corresponding to start tag \"{open_[-1][0]}\"")
    return shown, entities


def message_text(source: str, parse_mode: str | None) -> tuple[str, list[dict[str, Any]]]:
    """The text of a message as it will stand in the chat."""
    text, entities = parse_html(source) if parse_mode == "HTML" else (source, [])
    shown = text.rstrip()
    cut = units(text) - units(text.lstrip())
    shown = shown.lstrip()
    if not shown:
        raise bad("message text is empty")
    if units(shown) > LIMIT:
        raise bad("message is too long")
    moved = [{**entity, "offset": max(entity["offset"] - cut, 0)} for entity in entities]
    return shown, moved
