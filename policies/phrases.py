"""The notation of phrases in ``facts.yaml``: how people say a thing, written by an officer, matched by program.

``双跨(平台|)``       alternatives, one of which may be empty
``规上?``             the character or bracket before ``?`` may be missing
``列入…国家试点``     a few characters may stand between, within one clause
``<投入>``            any word of that group (``words`` at the head of ``facts.yaml``)
``投了#``             the figure of the fact
``{5000万元}以上#``   another figure, of just this amount; ``{2000万元~5000万元}`` one said as a range

Everything else stands for itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from policies.notation import NotationError, Quantity, quantity

GAP = 12  # characters that … may stand for
_SPECIAL = "()|?…<>#{}"
_SIMPLE_CHOICE = re.compile(r"\(([^()?…<>#{}]*)\)")
_ANY_SPECIAL = re.compile(r"[()|?…<>#{}]")


class PhraseError(ValueError):
    """A phrase is not written in the notation; the message (Chinese) says what is wrong."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a phrase: words (``text``), a choice of sequences (``options``), or ``…``, ``#``, ``{…}`` (``sign``)."""

    text: str = ""
    options: tuple[tuple[Part, ...], ...] = ()
    sign: str = ""
    amount: Quantity | None = None
    up_to: Quantity | None = None
    optional: bool = False


@dataclass(frozen=True)
class Phrase:
    """A phrase as written, and its parts."""

    written: str
    parts: tuple[Part, ...]

    @property
    def has_figure(self) -> bool:
        """Whether ``#`` says where the figure stands."""
        return "#" in self.written

    @cached_property
    def has_gap(self) -> bool:
        """Whether anything may stand between its words, also within a group of words it names."""
        return any(part.sign == "…" for part in _all(self.parts))

    @cached_property
    def anchors(self) -> frozenset[str]:
        """Words of which one must stand in any text the phrase matches; chosen so that few texts have them."""
        return _anchors(self.parts)

    @cached_property
    def beginnings(self) -> tuple[frozenset[str], ...]:
        """For each part that may not be missing, how its words begin (two characters); one must stand in any text it matches."""
        groups = (frozenset(word[:2] for word in _needed(part)) for part in self.parts)
        return tuple(sorted(filter(None, groups), key=len))

    @cached_property
    def least(self) -> int:
        """The number of characters any match has at least."""
        return _least(self.parts)

    @cached_property
    def limits(self) -> tuple[tuple[Quantity, Quantity | None], ...]:
        """The amounts named in braces, each with the upper end where it is a range."""
        return tuple((part.amount, part.up_to) for part in _all(self.parts) if part.amount is not None)

    def regex(self, sign: Callable[[Part], str]) -> str:
        """The phrase as a regular expression; ``sign`` writes ``…``, ``#`` and amounts."""
        return _regex(self.parts, sign)


def parse(written: str, words: Mapping[str, tuple[str, ...]]) -> Phrase:
    """Read a phrase.

    Raises:
        PhraseError: when brackets do not match, a group of words is unknown, or nothing definite is left to look for.
    """
    parts, rest = _sequence(written.lower(), words, written)
    if rest:
        raise PhraseError(f"“{written}”里多了一个“{rest[0]}”")
    phrase = Phrase(written, parts)
    if not phrase.anchors:
        raise PhraseError(f"“{written}”里没有一个必须出现的词")
    return phrase


def _sequence(text: str, words: Mapping[str, tuple[str, ...]], whole: str) -> tuple[tuple[Part, ...], str]:
    parts: list[Part] = []
    while text and text[0] not in "|)":
        part, text = _part(text, words, whole)
        if text.startswith("?"):
            part, text = _made_optional(part, whole), text[1:]
        parts.append(part)
    return tuple(_merged(parts)), text


def _part(text: str, words: Mapping[str, tuple[str, ...]], whole: str) -> tuple[Part, str]:
    first, rest = text[0], text[1:]
    simple = _SIMPLE_CHOICE.match(text) if first == "(" else None
    if simple is not None:  # most choices are of plain words, and the same ones come again and again
        return _plain_choice(simple[1]), text[simple.end() :]
    if first == "(":
        options, rest = [], text
        while rest[:1] in ("(", "|"):
            option, rest = _sequence(rest[1:], words, whole)
            options.append(option)
        if not rest.startswith(")"):
            raise PhraseError(f"“{whole}”的括号没有配对")
        return Part(options=tuple(options)), rest[1:]
    if first in "<{":
        close = {"<": ">", "{": "}"}[first]
        inner, found, rest = rest.partition(close)
        if not found:
            raise PhraseError(f"“{whole}”的“{first}”没有配对")
        return (_group(inner, words, whole) if first == "<" else _amount(inner, whole)), rest
    if first in "…#":
        return Part(sign=first), rest
    if first in _SPECIAL:
        raise PhraseError(f"“{whole}”里的“{first}”放错了地方")
    special = _ANY_SPECIAL.search(text)
    end = special.start() if special else len(text)
    if end > 1 and text[end : end + 1] == "?":
        end -= 1  # only the character before ? may be missing
    return Part(text=text[:end]), text[end:]


@lru_cache(maxsize=4096)
def _plain_choice(words: str) -> Part:
    return Part(options=tuple((Part(text=word),) if word else () for word in words.split("|")))


def _group(name: str, words: Mapping[str, tuple[str, ...]], whole: str) -> Part:
    if name not in words:
        raise PhraseError(f"“{whole}”用到的词组“{name}”没有写在 words 里")
    return _choice_of(words[name])


@lru_cache(maxsize=256)
def _choice_of(words: tuple[str, ...]) -> Part:
    """A group of words, read once for all phrases that name it."""
    return Part(options=tuple(_sequence(word.lower(), {}, word)[0] for word in words))


def _amount(text: str, whole: str) -> Part:
    low, _, high = text.partition("~")
    try:
        return Part(sign="{", amount=quantity(low), up_to=quantity(high) if high else None)
    except NotationError as error:
        raise PhraseError(f"“{whole}”：{error}") from error


def _made_optional(part: Part, whole: str) -> Part:
    if part.sign:
        raise PhraseError(f"“{whole}”里的“?”放错了地方")
    return Part(part.text, part.options, optional=True)


def _merged(parts: list[Part]) -> list[Part]:
    """Neighbouring plain characters as one word."""
    merged: list[Part] = []
    for part in parts:
        last = merged[-1] if merged else None
        if last is not None and last.text and part.text and not (last.optional or part.optional):
            merged[-1] = Part(text=last.text + part.text)
        else:
            merged.append(part)
    return merged


def _anchors(parts: tuple[Part, ...]) -> frozenset[str]:
    plain = [part.text for part in parts if len(part.text) > 1 and not part.optional]
    if plain:  # the groups need not be looked into
        return frozenset([max(plain, key=len)])
    best: frozenset[str] = frozenset()
    for part in parts:
        if part.optional or part.sign:
            continue
        found = frozenset([part.text]) if part.text else _all_options(part)
        if found and (not best or _rank(found) > _rank(best)):
            best = found
    return best


def _all_options(part: Part) -> frozenset[str]:
    if not all(part.options):  # one of them is empty
        return frozenset()
    found: set[str] = set()
    for option in part.options:
        words = _anchors(option)
        if not words:
            return frozenset()
        found |= words
    return frozenset(found)


def _needed(part: Part) -> tuple[str, ...]:
    """The words of which one must stand where this part does; none where that cannot be said."""
    if part.optional or part.sign:
        return ()
    if part.text:
        return (part.text,)
    longest = [
        max((inner.text for inner in option if not inner.optional), key=len, default="") for option in part.options
    ]
    return tuple(dict.fromkeys(longest)) if all(longest) else ()


def _rank(words: frozenset[str]) -> tuple[int, int]:
    return min(map(len, words)), -len(words)


def _least(parts: tuple[Part, ...]) -> int:
    return sum(
        len(part.text) or min((_least(option) for option in part.options), default=0)
        for part in parts
        if not part.optional and not part.sign
    )


def _all(parts: tuple[Part, ...]) -> list[Part]:
    return [found for part in parts for found in (part, *(inner for option in part.options for inner in _all(option)))]


def _regex(parts: tuple[Part, ...], sign: Callable[[Part], str]) -> str:
    written = []
    for part in parts:
        if part.sign:
            written.append(sign(part))
        elif part.text:
            written.append(f"(?:{re.escape(part.text)})?" if part.optional else re.escape(part.text))
        else:
            inner = "|".join(_regex(option, sign) for option in part.options)
            written.append(f"(?:{inner}){'?' if part.optional else ''}")
    return "".join(written)
