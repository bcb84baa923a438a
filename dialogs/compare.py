"""The same enterprise under the documents of every district: what a move, or a choice not yet made, would change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dialogs.groups import MET, OPEN, items
from knowledge.standing import standing, status_sentence
from policies.engine.assessment import Assessment
from policies.engine.engine import Engine
from policies.values import Facts
from policies.vocabulary import PLACE

SHOWN = 12  # documents in one comparison, those that may bring most


@dataclass(frozen=True, slots=True)
class Compared:
    """One document in a comparison.

    ``low``, ``high``: 分, without regard to the document's status, which ``standing`` tells in a word and ``status`` in
    a sentence; ``high`` is ``None`` where the text sets no bound. ``met``, ``open``: measures met and still to be
    confirmed.
    """

    policy: str
    short: str
    districts: tuple[str, ...]
    standing: str
    status: str
    low: int
    high: int | None
    met: int
    open: int


def everywhere(engine: Engine, facts: Facts, as_of: date) -> Assessment:
    """What was said, judged by every document, as if it were not known where the enterprise is."""
    elsewhere = {key: value for key, value in facts.items() if key != PLACE}
    return engine.assess(elsewhere, as_of, tuple(engine.policies))


def compared(assessment: Assessment) -> tuple[tuple[Compared, ...], tuple[str, ...]]:
    """The documents something in the answers speaks to, the highest first; and the short names of the others."""
    all_items = items(assessment)
    rows: list[Compared] = []
    others: list[str] = []
    for policy in assessment.policies:
        header = policy.policy.header
        if policy.nominal is None:
            others.append(header.short)
            continue
        groups = [item.group for item in all_items if item.policy is policy]
        low, high = policy.nominal
        rows.append(
            Compared(
                policy.policy.id,
                header.short,
                header.districts,
                standing(policy.validity),
                status_sentence(header.short, policy.validity, assessment.as_of, header.stage),
                low,
                high,
                groups.count(MET),
                groups.count(OPEN),
            )
        )
    rows.sort(key=lambda row: (row.high is not None, -(row.high or 0), -row.low))
    others += [row.short for row in rows[SHOWN:]]
    return tuple(rows[:SHOWN]), tuple(others)
