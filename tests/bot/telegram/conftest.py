"""A Bot API on loopback, and the assistant answering there."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from dialogs.advance import Dialog
from policies.engine.engine import Engine
from tests.bot.telegram.desk import Desk
from tests.bot.telegram.standin.server import Standin

NOON = 1710475200.0  # 2024-03-15, noon in Guangzhou


class Clock:
    """Epoch seconds that pass as they do, from a moment tests set."""

    def __init__(self) -> None:
        self.now = NOON
        self._begun = time.monotonic()

    def __call__(self) -> float:
        return self.now + time.monotonic() - self._begun


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def dialog(engine: Engine) -> Dialog:
    return Dialog(engine)


@pytest.fixture(scope="session")
def serving() -> Iterator[Standin]:
    with Standin() as running:
        yield running


@pytest.fixture
def standin(serving: Standin, clock: Clock) -> Standin:
    serving.forget(clock)
    return serving


@pytest.fixture
def desk(standin: Standin, dialog: Dialog, tmp_path: Path) -> Iterator[Desk]:
    with Desk(standin, dialog, tmp_path) as running:
        yield running
