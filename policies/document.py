"""From the published text to articles: layout is dropped, sentences are mended, every character keeps its place.

A mended text is a list of kept characters, each with its position in the source. Dropped characters (line breaks
inside a sentence, spaces and page numbers of a PDF export) are kept as layout, so that text and layout together are
the source again.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property


class Layout(StrEnum):
    """How the source was made: ``pdf`` wraps lines and sprinkles spaces, ``plain`` has one paragraph a line."""

    PDF = "pdf"
    PLAIN = "plain"


_WHOLE = re.compile(r".+")
_WORD = re.compile(r"[^ \t]+")
_PAGE_NUMBER = re.compile(r"[ \t]*\d{1,3}[ \t]*")
_SENTENCE_END = "。；！？"
_WRAPPED_LINE = 34  # characters; in a plain text only a longer line can have been wrapped inside a sentence
_MARKER = re.compile(
    r"第[一二三四五六七八九十百]+条|[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d{1,2}\.\D|附件"
)
_HEADING = re.compile(
    r"第[一二三四五六七八九十百]+条(\s*【[^】]*】)?|[一二三四五六七八九十]+、[^。；]{1,40}|\d{1,2}\.[^。；]{1,40}"
)


@dataclass(frozen=True)
class Mended:
    """The readable text and, for each of its characters, the character offset in the source.

    An offset of -1 marks a paragraph break that stands for dropped line breaks.
    """

    source: str
    text: str
    offsets: Sequence[int]

    @cached_property
    def layout(self) -> tuple[int, ...]:
        """Source offsets of the dropped characters, in order."""
        kept = {offset for offset in self.offsets if offset >= 0}
        return tuple(offset for offset in range(len(self.source)) if offset not in kept)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Source offsets (start, end) that cover the mended characters ``start:end``."""
        kept = [offset for offset in self.offsets[start:end] if offset >= 0]
        return (kept[0], kept[-1] + 1)


@dataclass(frozen=True)
class Cut:
    """Where one article begins: its id, its label in the document's own numbering, and its first words."""

    id: str
    label: str
    begins: str
    parent: str | None = None


@dataclass(frozen=True)
class Article:
    """One article: id, label, mended text, and its span of characters in the source."""

    id: str
    label: str
    text: str
    start: int
    end: int
    parent: str | None = None


class CutError(ValueError):
    """An article's first words are not where they should be; ``cut`` is the article concerned."""

    def __init__(self, cut: Cut, message: str) -> None:
        """Keep the article beside the message (Chinese, for the officer)."""
        super().__init__(message)
        self.cut = cut


def mend(source: str, layout: Layout) -> Mended:
    r"""Drop layout from a source text.

    Line breaks inside a sentence vanish; a break before a numbered item or after a finished sentence stays as one
    ``\n``. In a PDF export, lines that hold only a page number and all spaces vanish too.
    """
    kept: list[str] = []
    offsets = array("i")
    previous = ""
    position = 0
    for raw in source.split("\n"):
        start, position = position, position + len(raw) + 1
        if not raw.strip() or (layout is Layout.PDF and _PAGE_NUMBER.fullmatch(raw)):
            continue
        line = raw.strip()
        if kept and _breaks(previous, line, layout):
            kept.append("\n")
            offsets.append(-1)
        first = start + len(raw) - len(raw.lstrip())
        for word in _WORD.finditer(line) if layout is Layout.PDF else _WHOLE.finditer(line):
            kept.append(word[0])
            offsets.extend(range(first + word.start(), first + word.end()))
        previous = line
    return Mended(source, "".join(kept), offsets)


def _breaks(previous: str, line: str, layout: Layout) -> bool:
    if previous[-1] in _SENTENCE_END or _MARKER.match(line):
        return True
    if layout is Layout.PLAIN:
        return len(previous) < _WRAPPED_LINE
    return bool(_HEADING.fullmatch(previous)) and len(previous) < _WRAPPED_LINE


def cut(mended: Mended, cuts: list[Cut]) -> tuple[Article, ...]:
    """Cut a mended text into articles, in order; items (with a parent) are also part of their parent's text.

    Every character belongs to exactly one top-level article: the first begins at the start of the text.

    Raises:
        CutError: when first words are missing, or stand before the article that should precede them.
    """
    begins: list[int] = []
    search = 0
    for index, item in enumerate(cuts):
        found = mended.text.find(item.begins, search)
        if found < 0:
            elsewhere = "（它出现在前一条之前，请检查顺序）" if item.begins in mended.text else ""
            raise CutError(item, f"原文里找不到条款 {item.id} 的开头“{item.begins}”{elsewhere}")
        if index == 0 and found != 0:
            raise CutError(
                item, f"第一个条款 {item.id} 之前还有文字“{mended.text[: min(found, 20)]}”，没有归入任何条款"
            )
        begins.append(found)
        search = found + 1
    return tuple(
        _article(mended, item, begins[index], _end(mended, cuts, begins, index)) for index, item in enumerate(cuts)
    )


def _end(mended: Mended, cuts: list[Cut], begins: list[int], index: int) -> int:
    for later in range(index + 1, len(cuts)):
        if cuts[later].parent is None or cuts[index].parent is not None:
            return begins[later]
    return len(mended.text)


def _article(mended: Mended, item: Cut, start: int, end: int) -> Article:
    text = mended.text[start:end].rstrip("\n")
    first, last = mended.span(start, start + len(text))
    return Article(item.id, item.label, text, first, last, item.parent)
