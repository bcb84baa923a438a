"""Texts as Telegram's HTML, cut into messages it takes.

A text is lines, a line is stretches with a style. Telegram counts UTF-16 units of what is shown, tags not included.
Every line closes its own tags, so a cut never falls into a tag or an escape.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from typing import Literal

LIMIT = 4096
Style = Literal["", "b", "i"]
Line = tuple[tuple[str, Style], ...]

_BOLD = re.compile(r"\*\*(.+?)\*\*")
_MEASURE = re.compile(r"[\u2460-\u2473]|\(\d+\)")  # ① … ⑳, (21): where the next measure begins
_SENTENCE = re.compile(r"[。；！？;!?]|[，、,] ?")


def lines_of(text: str) -> list[Line]:
    """A text with ``**…**`` for what is bold, as lines."""
    return [_line(line) for line in text.split("\n")]


def heading(text: str) -> Line:
    """A line that is bold as a whole, unless it says itself which part is."""
    line = _line(text)
    return line if any(style for _, style in line) or not text else ((text, "b"),)


def aside(text: str) -> list[Line]:
    """A text of less weight."""
    return [tuple((part, "i") for part, _ in line) for line in lines_of(text)]


def size(lines: Sequence[Line]) -> int:
    """Length as Telegram counts it."""
    return sum(_units(line) for line in lines) + max(len(lines) - 1, 0)


def html_of(lines: Iterable[Line]) -> str:
    """The lines as HTML."""
    return "\n".join("".join(_stretch(text, style) for text, style in line) for line in lines)


def is_blank(lines: Iterable[Line]) -> bool:
    """Whether nothing would be seen; Telegram refuses such a message."""
    return not any(text.strip() for line in lines for text, _ in line)


def pieces(lines: Sequence[Line], limit: int = LIMIT) -> list[list[Line]]:
    """The lines in as few messages as fit, cut where a measure begins, at a blank line, or else between lines."""
    if size(lines) <= limit:
        whole = _trimmed(list(lines))
        return [] if is_blank(whole) else [whole]
    cut: list[list[Line]] = []
    current: list[Line] = []
    length = -1
    for line in (part for whole in lines for part in _fitting(whole, limit)):
        while current and length + 1 + _units(line) > limit:
            at = _border([*current, line], limit)
            cut.append(current[:at])
            current = current[at:]
            length = size(current) if current else -1
        current.append(line)
        length += 1 + _units(line)
    cut.append(current)
    return [piece for piece in map(_trimmed, cut) if not is_blank(piece)]


def _line(text: str) -> Line:
    shown: list[tuple[str, Style]] = []
    end = 0
    for match in _BOLD.finditer(text):
        shown += [(text[end : match.start()], ""), (match[1], "b")]
        end = match.end()
    shown.append((text[end:], ""))
    return tuple((part, style) for part, style in shown if part)


def _stretch(text: str, style: Style) -> str:
    escaped = html.escape(text, quote=False)
    return f"<{style}>{escaped}</{style}>" if style else escaped


def _units(line: Line) -> int:
    return sum(units(text) for text, _ in line)


def units(text: str) -> int:
    """UTF-16 units of a text."""
    return len(text) + (sum(character > "\uffff" for character in text) if text and max(text) > "\uffff" else 0)


def _border(lines: Sequence[Line], limit: int) -> int:
    """Before which line to cut, the last of them being the one too many: the latest good place in the second half."""
    length = size(lines)
    for at in range(len(lines) - 1, 0, -1):
        length -= _units(lines[at]) + 1
        if length < limit // 2:
            break
        start = "".join(text for text, _ in lines[at])
        if not start.strip() or _MEASURE.match(start) or lines[at][0][1] == "b":
            return at
    return len(lines) - 1


def _fitting(line: Line, limit: int) -> list[Line]:
    """A line in parts that fit, cut after a sentence where one ends in the second half."""
    if _units(line) <= limit:
        return [line]
    parts: list[Line] = []
    current: list[tuple[str, Style]] = []
    room = limit
    for whole, style in line:
        text = whole
        while units(text) > room:
            at = _cut(text, room)
            parts.append((*current, (text[:at], style)) if at else tuple(current))
            text, current, room = text[at:], [], limit
        if text:
            current.append((text, style))
            room -= units(text)
    return [part for part in (*parts, tuple(current)) if part]


def _cut(text: str, room: int) -> int:
    """After how many characters to cut so that ``room`` units hold them."""
    most = min(len(text), room)
    while units(text[:most]) > room:
        most -= 1
    ends = [match.end() for match in _SENTENCE.finditer(text, 0, most)]
    return ends[-1] if ends and ends[-1] > most // 2 else most


def _trimmed(lines: Sequence[Line]) -> list[Line]:
    kept = list(lines)
    while kept and is_blank(kept[:1]):
        kept.pop(0)
    while kept and is_blank(kept[-1:]):
        kept.pop()
    return kept
