"""What a search finds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from knowledge.faq.model import Entry
from knowledge.search.hearing.question import Question
from knowledge.search.ranking.left_open import LeftOpen

Outcome = Literal["answer", "near_miss", "not_covered", "chat"]


@dataclass(frozen=True, slots=True)
class Hit:
    """One article: where it stands, the verbatim sentence that fits best, its score, and the ids of its measures concerned.

    ``says``: what the header states of that sentence, in plain words, as far as it is asked about. ``about``: whether
    the measures are about the topics asked, not only the article.
    """

    policy: str
    article: str
    label: str
    quote: str
    score: float
    measures: tuple[str, ...]
    says: tuple[str, ...] = ()
    about: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """The outcome with its articles, best first (for a near miss: what other documents have), and what was understood.

    ``absent``: topics asked about which the documents asked do not have. ``entry``: the curated entry that answers.
    ``left_open``: what is asked about, when documents of this kind leave it open.
    """

    outcome: Outcome
    as_of: date
    question: Question
    hits: tuple[Hit, ...] = ()
    absent: tuple[str, ...] = ()
    entry: Entry | None = None
    left_open: LeftOpen | None = None
