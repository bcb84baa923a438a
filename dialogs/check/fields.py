"""The facts worth a field of their own: what was marked, what a clause spoken of waits for, what would be asked next."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass

from dialogs.check.lines import Mark, MarkedList, facts_of
from dialogs.needs import spoken_of
from dialogs.questions import Catalogue, Question
from policies.engine.assessment import Assessment
from policies.engine.judged import INELIGIBLE
from policies.model.fact import Fact
from policies.vocabulary import PLACE

GENERAL = "企业情况"


@dataclass(frozen=True, slots=True)
class FieldGroup:
    """Fields of one topic. ``presumed``: taken as met unless somebody says otherwise."""

    title: str
    fields: tuple[Fact, ...]
    presumed: bool = False


def field_groups(
    catalogue: Catalogue,
    assessment: Assessment,
    lists: Collection[MarkedList],
    question: Question | None,
    given: Iterable[str],
) -> tuple[FieldGroup, ...]:
    """The fields to show, by topic in the order of the vocabulary; the presumed ones last.

    Args:
        catalogue: of the corpus.
        assessment: of what was said so far.
        lists: the lines on offer with their marks; what they settle gets no field.
        question: what would be asked next.
        given: facts with a figure already, or to be asked first; they have a field in any case.
    """
    given = frozenset(given)
    settled = frozenset(_settled(lists, given))
    needed, presumed = _needed(assessment)
    needed.update(_marked(catalogue, assessment, lists))
    needed.update(given)
    needed.update(question.facts if question is not None and not question.lines else ())
    needed -= settled | {PLACE}
    presumed -= needed | settled | {PLACE}
    facts = catalogue.facts.values()
    groups = _by_topic(fact for fact in facts if fact.key in needed)
    doubted = tuple(fact for fact in facts if fact.key in presumed)
    if doubted:
        groups += (FieldGroup("先按成立算的条件", doubted, presumed=True),)
    return groups


def _settled(lists: Iterable[MarkedList], given: Set[str]) -> Iterator[str]:
    """What the lines answer: what they say themselves, and what a denial says of the rest.

    A figure given beside a line stays in sight as long as it counts, which only a line marked 有 or 没有 can end.
    """
    for line in (line for marked in lists for line in marked.lines):
        if line.mark is Mark.NO:
            yield from {*line.line.ticked, *line.line.unticked}
        elif line.mark is Mark.YES:
            yield from line.line.ticked
        else:
            keys = line.line.unticked if line.mark is Mark.UNSURE else line.line.ticked
            yield from (key for key in keys if key not in given)


def _needed(assessment: Assessment) -> tuple[set[str], set[str]]:
    """What the clauses spoken of, and the combination, wait for; and what they presume."""
    needed: set[str] = set()
    presumed: set[str] = set()
    for policy in assessment.policies:
        needed.update(policy.plan.unasked if policy.plan is not None else ())
        for result in policy.measures:
            if result.verdict != INELIGIBLE and spoken_of(result):
                needed.update(result.open.deciding, result.open.figures)
                presumed.update(result.open.confirming)
    return needed, presumed


def _marked(catalogue: Catalogue, assessment: Assessment, lists: Iterable[MarkedList]) -> set[str]:
    """What to ask about the lines marked 有, as far as these documents look at it."""
    asked = facts_of(catalogue.engine, [policy.policy.id for policy in assessment.policies])
    lines = (line for marked in lists for line in marked.lines if line.mark is Mark.YES)
    return {key for line in lines for key in line.follow_ups if key in asked}


def _by_topic(facts: Iterable[Fact]) -> tuple[FieldGroup, ...]:
    found: dict[str, list[Fact]] = {}
    for fact in sorted(facts, key=lambda fact: not fact.topics):  # what belongs to no topic comes last
        found.setdefault(fact.topics[0] if fact.topics else GENERAL, []).append(fact)
    return tuple(FieldGroup(title, tuple(fields)) for title, fields in found.items())


def values_of(groups: Iterable[FieldGroup]) -> Mapping[str, Fact]:
    """The facts of all groups by key."""
    return {fact.key: fact for group in groups for fact in group.fields}
