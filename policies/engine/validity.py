"""Whether a document is in force on a date, as far as the text tells (readings.yaml L06)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from policies.model.policy import Certainty, Day, Policy

Status = Literal["in_force", "expired", "not_yet", "draft", "unknown", "contested"]


@dataclass(frozen=True, slots=True)
class Validity:
    """Status on a date. ``starts`` / ``ends`` are the first and last day as told (a window when not one day).

    ``contested``: the last day is one of two by two ways of counting and the date falls between them; ``unknown``: the
    text does not tell. ``as_if``: for a draft, the status it would have if issued as it stands. ``predecessor``: the
    status of the document it follows, where told.
    """

    status: Status
    certainty: Certainty
    starts: Day
    ends: Day
    as_if: Status | None = None
    predecessor: Status | None = None
    note: str | None = None

    @property
    def pays(self) -> bool:
        """Whether amounts may be counted at all: expired and not yet valid documents pay nothing."""
        return self.status not in ("expired", "not_yet")

    @property
    def sure(self) -> bool:
        """Whether the lower end of an amount may be relied on as far as the date goes."""
        return self.status in ("in_force", "draft")


def validity(policy: Policy, as_of: date) -> Validity:
    """The status of a document on a date."""
    window = policy.effective
    status, certainty = _status(window.starts, window.ends, as_of)
    before = None
    if policy.predecessor is not None:
        before = _status(policy.predecessor.starts, policy.predecessor.ends, as_of)[0]
    if policy.stage == "issued":
        return Validity(status, certainty, window.starts, window.ends, predecessor=before, note=window.note)
    return Validity("draft", "known", window.starts, window.ends, as_if=status, predecessor=before, note=window.note)


def _status(starts: Day, ends: Day, as_of: date) -> tuple[Status, Certainty]:
    if ends.latest is not None and as_of > ends.latest:
        return "expired", ends.certainty
    if starts.earliest is not None and as_of < starts.earliest:
        return "not_yet", starts.certainty
    begun = starts.latest is not None and as_of >= starts.latest
    if begun and ends.earliest is not None and as_of <= ends.earliest:
        weakest: Certainty = "known" if starts.certainty == ends.certainty == "known" else "inferred"
        return "in_force", weakest
    if begun and ends.earliest is not None and ends.latest is not None and (ends.latest - ends.earliest).days == 1:
        return "contested", ends.certainty
    return "unknown", "unknown"
