"""Fixtures every test may use: the project's own corpus, made ready once."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings

from policies.engine.engine import Engine
from policies.law import Corpus
from policies.load import load
from tests.strategies import Enterprises

# The same examples in every run, and no limit on time: a slow machine fails no test.
settings.register_profile("steady", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("steady")


@pytest.fixture(scope="session")
def corpus() -> Corpus:
    return load()


@pytest.fixture(scope="session")
def engine(corpus: Corpus) -> Engine:
    return Engine(corpus)


@pytest.fixture(scope="session")
def enterprises(engine: Engine) -> Enterprises:
    return Enterprises(engine)
