"""The counts of a period as staff read them: where people stop, which clauses results come to, how much is asked."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.figures.noted import FINISHED, GROUPS
from bot.store.figures import Count
from dialogs.advance import Dialog
from dialogs.questions import CONFIRMING, FACT, FORM, LIST, TOLD, WHERE

_LOOKUPS = ("answer", "near_miss", "not_covered", "chat")


@dataclass(frozen=True, slots=True)
class Asked:
    """One question: how often it was asked and how that ended; ``left``: conversations that stand at it since a day or more."""

    question: str
    text: str
    asked: int
    answered: int
    unsure: int
    back: int
    changed: int
    left: int


@dataclass(frozen=True, slots=True)
class Reached:
    """One measure: in how many results it was met, disputed, near, open."""

    id: str
    policy: str
    label: str
    title: str
    met: int
    disputed: int
    near: int
    open: int

    @property
    def shown(self) -> int:
        """In how many results it stood with money."""
        return self.met + self.disputed + self.near + self.open


@dataclass(frozen=True, slots=True)
class Day:
    """One day (ISO): conversations begun by channel, results reached, questions looked up by how they ended."""

    day: str
    begun: Mapping[str, int]
    finished: int
    lookups: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Summary:
    """A period. ``questions`` in the order of how many stop there, ``measures`` of how often they were shown."""

    questions: tuple[Asked, ...]
    measures: tuple[Reached, ...]
    days: tuple[Day, ...]


def summary(dialog: Dialog, counts: Sequence[Count], left: Mapping[str, int]) -> Summary:
    """Put counts in order. Pure.

    Args:
        dialog: names questions and measures.
        counts: of the period.
        left: question → conversations that stand at it and go no further.
    """
    by_key: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for count in counts:
        by_key[count.what][count.key] += count.times
    return Summary(_questions(dialog, by_key, left), _measures(dialog, by_key), _days(counts))


def _questions(dialog: Dialog, by_key: defaultdict[str, Counter[str]], left: Mapping[str, int]) -> tuple[Asked, ...]:
    whats = ("asked", "answered", "unsure", "back", "changed")
    keys = {key for what in whats for key in by_key[what]} | left.keys()
    rows = [
        Asked(
            key,
            question_text(dialog, key),
            **{what: by_key[what][key] for what in whats},
            left=left.get(key, 0),
        )
        for key in keys - {FINISHED, TOLD}
    ]
    return tuple(sorted(rows, key=lambda row: (-row.left, -row.asked, row.question)))


def question_text(dialog: Dialog, key: str) -> str:
    """A question in few words; its key where the vocabulary of today no longer has it."""
    vocabulary, facts = dialog.engine.corpus.vocabulary, dialog.engine.corpus.facts
    if key == WHERE:
        return facts["district"].question
    if key == CONFIRMING:
        return "最后核对"
    if key.startswith(LIST):
        return next((found.question for found in vocabulary.lists if LIST + found.id == key), key)
    if key.startswith(FORM):
        together = dialog.catalogue.together(key.removeprefix(FORM))
        return "、".join(fact.short or fact.label for fact in together) or key
    fact = facts.get(key.removeprefix(FACT))
    return fact.label if fact is not None else key


def _measures(dialog: Dialog, by_key: defaultdict[str, Counter[str]]) -> tuple[Reached, ...]:
    rows = []
    for policy in dialog.engine.policies.values():
        for loaded in policy.policy.measures:
            id_ = f"{loaded.policy}/{loaded.measure.id}"
            times = [by_key[what][id_] for what in GROUPS.values()]
            if any(times):
                short = policy.policy.header.short
                rows.append(Reached(id_, short, loaded.article.label, loaded.measure.title, *times))
    return tuple(sorted(rows, key=lambda row: (-row.shown, row.id)))


def _days(counts: Sequence[Count]) -> tuple[Day, ...]:
    by_day: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for count in counts:
        by_day[count.day][count.what][count.key] += count.times
    return tuple(
        Day(
            day,
            dict(sorted(found["begun"].items())),
            found["finished"].total(),
            {outcome: found["lookup"][outcome] for outcome in _LOOKUPS},
        )
        for day, found in sorted(by_day.items())
    )
