"""What people say, case by case (``tests/cases/amounts.yaml``)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml

from knowledge.amounts import AmountError, find, read
from tests.knowledge.amounts.notation import REFUSED, expected, reading

CASES = yaml.safe_load((Path(__file__).parents[2] / "cases/amounts.yaml").read_text("utf-8"))
AS_OF: date = CASES["as_of"]
READ = {str(say): meant for say, meant in CASES["whole"].items() if meant != REFUSED}
NOT_READ = [*(str(say) for say, meant in CASES["whole"].items() if meant == REFUSED), *CASES["refused"]]


@pytest.mark.parametrize("say", READ)
def test_read(say: str) -> None:
    assert reading(read(say, AS_OF)) == expected(READ[say])


@pytest.mark.parametrize("say", NOT_READ)
def test_refused(say: str) -> None:
    with pytest.raises(AmountError) as caught:
        read(say, AS_OF)
    assert "例如" in str(caught.value)


@pytest.mark.parametrize("say", READ)
def test_found_alone(say: str) -> None:
    """What is read as a whole text is found as a sentence with the same value, or left out; never another."""
    for quantity in find(say, AS_OF):
        assert reading(quantity) == expected(READ[say])


@pytest.mark.parametrize("say", CASES["sentence"])
def test_found(say: str) -> None:
    meant = {str(words): expected(value) for words, value in CASES["sentence"][say].items()}
    found = {quantity.text: reading(quantity) for quantity in find(say, AS_OF)}
    assert found == meant
