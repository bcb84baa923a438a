"""The API against its own description: schemathesis makes requests that fit and requests that do not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.checks import CHECKS, load_all_checks

from tests.bot.web.api.conftest import OPERATIONS, Service, bearer

load_all_checks()
# A request that fits its schema may still be refused (422): whether an answer fits its fact, only the vocabulary knows.
BEYOND_THE_SCHEMA: list[Any] = CHECKS.get_by_names(["positive_data_acceptance"])
FEW = settings(
    max_examples=25, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)  # fmt: skip


@dataclass
class Served:
    """The whole application, a key of it, and a conversation of that key."""

    app: Any
    holder: dict[str, str]
    service: Service
    client: TestClient

    def there(self, names: Iterable[str]) -> dict[str, str]:
        """Path parameters that lead somewhere."""
        known = {"policy": "haizhu-2022", "article": "3.1", "key": "std_national"}
        return {name: known[name] if name in known else self.conversation() for name in names}

    def conversation(self) -> str:
        """One that is there."""
        name = str(self.client.post("conversations", json={}, headers=self.holder).json()["conversation"])
        self.client.post(
            f"conversations/{name}/messages", json={"kind": "typed", "text": "海珠区"}, headers=self.holder
        )
        return name


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, dialog) -> Iterator[Served]:
    path: Path = tmp_path_factory.mktemp("described") / "huiqi.db"
    service = Service(path, dialog, a_minute=1_000_000)
    for client in service.open():
        yield Served(client.app, bearer(service, "schemathesis"), service, client)


@pytest.fixture(scope="module")
def description(served: Served) -> Any:
    return schemathesis.openapi.from_asgi("/api/v1/openapi.json", served.app)


@pytest.mark.parametrize("mode", GenerationMode)
@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_every_answer_is_as_described(
    served: Served, description: Any, method: str, path: str, mode: GenerationMode
) -> None:
    @FEW
    @given(description[path][method].as_strategy(generation_mode=mode), st.booleans())
    def holds(case: Case[Any], there: bool) -> None:
        if there and mode.is_positive:
            case.path_parameters.update(served.there(case.path_parameters))
        case.call_and_validate(headers=served.holder, excluded_checks=BEYOND_THE_SCHEMA)

    holds()


def test_the_operations_are_all_of_them(description: Any) -> None:
    assert {(found.ok().method, found.ok().path) for found in description.get_all_operations()} == set(OPERATIONS)
