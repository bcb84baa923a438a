"""How a Chinese character is pronounced, without tones."""

from __future__ import annotations

import os
from functools import cache


@cache
def sounds(char: str) -> tuple[str, ...]:
    """All pronunciations, the most usual first; a character that has none stands for itself."""
    # Single characters need none of the library's phrases, which take 45 MB and most of the time it loads.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    from pypinyin import Style, pinyin  # noqa: PLC0415 - few texts need it

    return tuple(map(str, pinyin(char, style=Style.NORMAL, heteronym=True)[0]))


def sound(char: str) -> str:
    """The usual pronunciation."""
    return sounds(char)[0]
