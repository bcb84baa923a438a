"""The conversation over the project's own corpus, made ready once."""

from __future__ import annotations

import pytest

from dialogs.advance import Dialog
from policies.engine.engine import Engine


@pytest.fixture(scope="session")
def dialog(engine: Engine) -> Dialog:
    return Dialog(engine)
