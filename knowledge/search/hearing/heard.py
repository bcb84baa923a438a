"""What the words found in a question tell together: which of them count, and what is left."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from knowledge.search.grams import STOP
from knowledge.search.hearing.language import Match, outermost

_COUNTING_AS = re.compile("(?:算|算不算|是不是|属于|属不属于|叫|叫不叫|称得上|够得上)(?:作|做|得上|是)?$")

_NO_CONTENT = frozenset(f"0123456789%‰{STOP}")
_WHOLE = frozenset({"kind", "topic", "rule", "saying"})  # words of these silence
_PARTS = frozenset({"kind", "unstated", "matter"})  # parts of these
_PLAYFUL = ("play", "about")  # small talk that is clear though the sentence holds
_PLAYFUL_REST = 6  # some characters more
_REST = 2
_LONG = 4  # characters of a word that is no chance


def without_parts(matches: list[Match]) -> list[Match]:
    """Matches without those of kinds and matters that are part of a longer word (什么时候发 in 什么时候发布)."""
    longer = [match for match in matches if match.group in _WHOLE]
    return [
        match for match in matches if match.group not in _PARTS or not any(_holds(other, match) for other in longer)
    ]


def _holds(longer: Match, match: Match) -> bool:
    return longer.start <= match.start and match.end <= longer.end and longer[:2] != match[:2]


def asking(text: str, matches: Iterable[Match]) -> bytes:
    """Marks the characters that are words of asking and figures."""
    return marks(text, (match for match in matches if match.group in ("filler", "kind")))


def marks(text: str, matches: Iterable[Match]) -> bytes:
    """Marks the characters of some matches, and figures, with 1."""
    marked = bytearray(map(_NO_CONTENT.__contains__, text))
    for match in matches:
        marked[match.start : match.end] = b"\1" * (match.end - match.start)
    return bytes(marked)


def matter_of(text: str, matches: Sequence[Match]) -> str | None:
    """What other policies are about: a long word, or one that stands alone or is one with the words of a topic (人才|公寓).

    A word that is part of a general rule's, or an everyday way to say something documents write, is none; and 的 between
    words parts them not.
    """
    topics = [match for match in matches if match.group == "topic"]
    known = [match for match in matches if match.group in ("rule", "saying")]
    for match in matches:
        if match.group == "matter" and not any(_covers(word, match) for word in known):
            start = match.start - text.startswith("的", max(match.start - 1, 0))
            joined = any(topic.start <= match.end and start <= topic.end for topic in topics)
            if joined or not topics or len(match.name) >= _LONG:
                return match.name
    return None


def terms_of(text: str, matches: Sequence[Match]) -> tuple[str, ...]:
    """Defined terms whose meaning is asked, or of which it is asked, with little else, where or from when they count."""
    terms = outermost(match for match in matches if match.group == "term")
    if not terms:
        return ()
    kinds = {match.name for match in matches if match.group == "kind"}
    if "definition" not in kinds and not any(_COUNTING_AS.search(text[: term.start]) for term in terms):
        others = [match for match in matches if match.group in ("filler", "kind")]
        if kinds.isdisjoint(("document", "validity")) or marks(text, [*others, *terms]).count(0) > _REST:
            return ()
    return tuple(dict.fromkeys(match.name for match in terms))


def _covers(one: Match, other: Match) -> bool:
    return one.start <= other.start and other.end <= one.end


def small_talk(text: str, matches: Iterable[Match]) -> str | None:
    """The kind of small talk a text is, if little else is in it."""
    said = [match for match in matches if match.group == "chat"]
    if not said:
        return None
    rest = marks(text, (match for match in matches if match.group in ("chat", "filler", "kind"))).count(0)
    kind = said[0].name
    return kind if rest <= (_PLAYFUL_REST if kind in _PLAYFUL else _REST) else None
