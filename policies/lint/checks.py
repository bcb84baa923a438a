"""All checks of one document, in the order in which a mistake is easiest to understand."""

from __future__ import annotations

from collections.abc import Iterator

from policies.engine.engine import Engine
from policies.law import LoadedPolicy
from policies.lint.boundaries.render import Boundary
from policies.lint.caps import check_caps
from policies.lint.coverage import check_coverage
from policies.lint.dates import check_dates
from policies.lint.figures import figures
from policies.lint.findings import Finding
from policies.lint.places import measures
from policies.lint.readings import check_reading_differs, check_reading_ids
from policies.lint.stated import check_ceiling, check_comparator, check_numbers_stand
from policies.lint.tiers import check_tiers
from policies.lint.worked import check_cases


def text_findings(policy: LoadedPolicy) -> Iterator[Finding]:
    """What the text alone shows: numbers, comparators, 最高, coverage, tiers, caps, dates, ids of readings."""
    found = list(figures(policy))
    for figure in found:
        yield from check_numbers_stand(figure)
        yield from check_comparator(policy, figure)
        yield from check_ceiling(policy, figure)
    yield from check_coverage(policy, found)
    yield from check_tiers(policy)
    yield from check_caps(policy)
    yield from check_dates(policy)
    yield from check_reading_ids(policy)


def computed_findings(engine: Engine, boundary: Boundary) -> Iterator[Finding]:
    """What needs the engine: worked examples, and readings that make no difference."""
    policy = boundary.policy
    yield from check_cases(engine, policy)
    for index, (_, path) in enumerate(measures(policy)):
        outcomes = [tried.outcome for group in boundary.groups(index) for tried in group.tried]
        yield from check_reading_differs(boundary.trial.rules[index], path, outcomes)
