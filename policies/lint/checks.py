"""All checks of one document, in the order in which a mistake is easiest to understand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from policies.engine.engine import Engine
from policies.findings import Finding
from policies.law import LoadedPolicy
from policies.lint.boundaries.render import Boundary
from policies.lint.caps import check_caps
from policies.lint.coverage import check_coverage, check_one_file_each
from policies.lint.dates import check_dates
from policies.lint.figures import figures
from policies.lint.readings import check_reading_differs, check_reading_ids
from policies.lint.stated import check_ceiling, check_comparator, check_not_zero, check_numbers_stand
from policies.lint.tiers import check_tiers
from policies.lint.vacuous import check_vacuous
from policies.lint.worked import check_cases, check_every_award_has_a_case
from policies.model.fact import Fact
from policies.places import measures


def not_computable(policy: LoadedPolicy) -> list[Finding]:
    """Mistakes after which nothing can be computed; the other checks wait until they are mended."""
    return [finding for figure in figures(policy) for finding in check_not_zero(figure)]


def text_findings(policy: LoadedPolicy, facts: Mapping[str, Fact]) -> Iterator[Finding]:
    """What the text alone shows: numbers, comparators, 最高, coverage, tiers, caps, dates, ids of readings."""
    found = list(figures(policy))
    for figure in found:
        yield from check_numbers_stand(figure)
        yield from check_comparator(policy, figure)
        yield from check_ceiling(policy, figure)
    yield from check_vacuous(policy, facts)
    yield from check_one_file_each(policy)
    yield from check_coverage(policy, found)
    yield from check_tiers(policy)
    yield from check_caps(policy)
    yield from check_dates(policy)
    yield from check_reading_ids(policy)
    yield from check_every_award_has_a_case(policy)


def computed_findings(engine: Engine, boundary: Boundary) -> Iterator[Finding]:
    """What needs the engine: worked examples, and readings that make no difference."""
    policy = boundary.policy
    yield from check_cases(engine, policy)
    for index, (_, path) in enumerate(measures(policy)):
        outcomes = [tried.outcome for group in boundary.groups(index) for tried in group.tried]
        yield from check_reading_differs(boundary.trial.rules[index], path, outcomes)
