"""Enterprises and their reports."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.contract import read_facts
from bot.reports.reports import Reports
from dialogs.present import Presenter
from dialogs.replies import Report
from policies.engine.engine import Engine
from policies.values import to_data


@pytest.fixture(scope="session")
def presenter(engine: Engine) -> Presenter:
    return Presenter(engine)


@pytest.fixture(scope="session")
def reports(engine: Engine, presenter: Presenter) -> Reports:
    return Reports(engine, presenter)


def report_on(engine: Engine, presenter: Presenter, case: dict[str, Any]) -> Report:
    """What the report on an enterprise of ``enterprises.yaml`` is made from."""
    facts = read_facts(engine, {key: raw for key, raw in case["facts"].items() if key in engine.corpus.facts})
    data = {key: to_data(value) for key, value in facts.items()}
    told = presenter.told({key: value for key, value in facts.items() if value is not None})
    return Report(date.fromisoformat(case["as_of"]), data, tuple(case["policies"]), tuple(told))
