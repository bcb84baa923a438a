"""All that the vocabulary finds in one sentence: phrases, and figures with the phrases that take them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from knowledge.plain_text import PlainText
from knowledge.understand.claims import Claim, alone, claims, settled
from knowledge.understand.figures_in_text import Masked
from knowledge.understand.hits import Hit, counting, find, those
from knowledge.understand.lexicon import Entry, Lexicon
from knowledge.understand.meant import meant
from knowledge.understand.moods import Moods
from knowledge.understand.revised import corrected

_NOT_THIS = re.compile("(?:不是|没有?|未)$")


@dataclass(frozen=True)
class Heard:
    """``entries``: phrases that may stand in the sentence; ``hits``: those that do and count; ``claims``: figures taken.

    ``unlike``: words that only sound like a fact.
    """

    entries: Sequence[Entry]
    hits: Sequence[Hit]
    claims: Sequence[Claim]
    unlike: Sequence[Hit]


def hear(lexicon: Lexicon, sentence: PlainText, masked: Masked, moods: Moods) -> Heard:
    """Find the phrases of a sentence and give every figure to the phrase it belongs to."""
    entries = lexicon.candidates(sentence.text)
    found = find([entry for entry in entries if not entry.numeric], sentence.text, masked)
    unlike = those(found, "unlike")
    topics = _topics(found, unlike, masked, moods)
    possible = [
        claim
        for claim in claims(entries, masked, topics)
        if not any(hit.key == claim.fact.key and hit.start < claim.end and claim.start < hit.end for hit in unlike)
    ]
    won = corrected(settled(possible), sentence, masked)
    if masked.figures:
        won += alone(lexicon.alone, masked, won, topics, {hit.key for hit in unlike})
        won = meant(won, masked)
    return Heard(entries, counting(found, [Hit(claim.entry, claim.start, claim.end) for claim in won]), won, unlike)


def _topics(found: Sequence[Hit], unlike: Sequence[Hit], masked: Masked, moods: Moods) -> Mapping[str, Sequence[Hit]]:
    """Where the talk is about each fact.

    What others do is no topic, nor what one says not to be (不是牵头), nor what is planned and named after all figures.
    """
    topics: dict[str, list[Hit]] = {}
    last = max((masked.starts[sign] for sign in masked.figures), default=0)
    for hit in those(found, "about"):
        if any(other.key == hit.key and other.overlaps(hit) for other in unlike):
            continue
        planned = last < hit.start and hit.mood(moods) in ("planned", "supposed")
        denied = _NOT_THIS.search(moods.text, max(hit.start - 3, 0), hit.start)
        if not planned and not denied and not moods.of_others(hit.start, hit.end):
            topics.setdefault(hit.key, []).append(hit)
    return topics
