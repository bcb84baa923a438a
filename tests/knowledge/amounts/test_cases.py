"""What people say, case by case (``tests/cases/amounts*.yaml``)."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from knowledge.amounts import AmountError, find, read
from tests.knowledge.amounts.notation import REFUSED, expected, reading

FOLDER = Path(__file__).parents[2] / "cases"
FILES = [yaml.safe_load(path.read_text("utf-8")) for path in sorted(FOLDER.glob("amounts*.yaml"))]


def cases(group: str) -> list[tuple[str, Any, date]]:
    """Text, meaning and as-of day of every case of a group."""
    return [(str(say), meant, file["as_of"]) for file in FILES for say, meant in file[group].items()]


WHOLE = [case for case in cases("whole") if case[1] != REFUSED]
SENTENCES = cases("sentence")
NOT_READ = [(say, day) for say, meant, day in cases("whole") if meant == REFUSED] + [
    (say, file["as_of"]) for file in FILES for say in file["refused"]
]


@pytest.mark.parametrize(("say", "meant", "as_of"), WHOLE)
def test_read(say: str, meant: object, as_of: date) -> None:
    assert reading(read(say, as_of)) == expected(meant)


@pytest.mark.parametrize(("say", "as_of"), NOT_READ)
def test_refused(say: str, as_of: date) -> None:
    with pytest.raises(AmountError) as caught:
        read(say, as_of)
    assert "例如" in str(caught.value)


@pytest.mark.parametrize(("say", "meant", "as_of"), WHOLE)
def test_found_alone(say: str, meant: object, as_of: date) -> None:
    """What is read as a whole text is found as a sentence with the same value, or left out; never another."""
    for quantity in find(say, as_of):
        assert reading(quantity) == expected(meant)


@pytest.mark.parametrize(("say", "meant", "as_of"), SENTENCES)
def test_found(say: str, meant: dict[object, object], as_of: date) -> None:
    wanted = {str(words): expected(value) for words, value in meant.items()}
    assert {quantity.text: reading(quantity) for quantity in find(say, as_of)} == wanted


def test_cases_are_many() -> None:
    assert len(WHOLE) + len(NOT_READ) + len(SENTENCES) > 1400
