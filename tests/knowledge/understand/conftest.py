from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache

import pytest

from knowledge.understand import Reader, Understood
from policies.law import Corpus
from policies.load import load

AS_OF = date(2023, 5, 1)


@cache
def _corpus() -> Corpus:
    return load()


@cache
def _reader() -> Reader:
    return Reader(_corpus())


@pytest.fixture(scope="session")
def corpus() -> Corpus:
    return _corpus()


@pytest.fixture(scope="session")
def reader() -> Reader:
    return _reader()


@pytest.fixture(scope="session")
def read(reader: Reader) -> Callable[[str], Understood]:
    return lambda text: reader.read(text, AS_OF)
