"""A quick check on the server, beside jinja2 filling a page of the same size with ready words.

Budget: p99 below 50 ms with the five documents; printed, only the ratio is asserted, and generously. Each check is an
address of its own, made of one of the scenarios: read, judged, the next question chosen, other districts compared,
one fact supposed otherwise, and shown.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from datetime import date
from typing import Any
from urllib.parse import parse_qsl

from jinja2 import Environment

from bot.web.common.pages import environment
from bot.web.desk.check.filled import form_of
from bot.web.desk.check.query import COMPARE, IF, SUPPOSED, YES, address_of, read_query
from bot.web.desk.check.sheet import known_to, worked_out
from bot.web.desk.check.view import shown
from dialogs.advance import Dialog
from policies.answers import read_answers
from policies.engine.engine import Engine
from tests.benchmarks.table import show
from tests.policies.test_scenarios import ALL

DAY, ROUNDS = date(2026, 11, 25), 8
PEER = Environment(autoescape=True).from_string("{% for line in lines %}<li><span>{{ line }}</span></li>\n{% endfor %}")


def test_a_quick_check(engine: Engine) -> None:
    dialog = Dialog(engine)
    check, known = _check(dialog), known_to(dialog.catalogue)
    addresses = [_address(dialog, scenario.facts) for scenario in ALL]
    pages = [check(parse_qsl(address), known) for address in addresses]
    lines = [["牵头（主导）制定的国家标准：2项"] * (len(page) // 48) for page in pages]
    ours, peer = [], []
    for _ in range(ROUNDS):
        for address, ready in zip(addresses, lines, strict=True):
            ours.append(_spent(check, parse_qsl(address), known))
            peer.append(_spent(PEER.render, {"lines": ready}))
    rows = [
        (name, statistics.median(spent), sorted(spent)[int(len(spent) * 0.99)])
        for name, spent in (
            (f"check, {sum(map(len, pages)) // len(pages) // 1000} kB", ours),
            ("jinja2, as much", peer),
        )
    ]
    show("a quick check", ("", "median ms", "p99 ms"), rows)
    assert statistics.median(ours) < 200 * statistics.median(peer)


def _check(dialog: Dialog) -> Callable[..., str]:
    pages = environment("bot.web.desk")

    def check(items: list[tuple[str, str]], known: Any) -> str:
        query, strange = read_query(items, known)
        sheet = worked_out(dialog.catalogue, query, DAY)
        return pages.get_template("check/sheet.html").render(strange=strange, **shown(dialog, sheet))

    return check


def _address(dialog: Dialog, given: dict[str, Any]) -> str:
    """A scenario as its caller's form, with the first fact supposed not to be known."""
    facts = read_answers(given, dialog.engine.corpus.facts)
    query = form_of(dialog.catalogue, facts, DAY)
    supposed = "".join(f"&{IF}={key}&{SUPPOSED}=不清楚" for key in list(query.figures)[:1])
    return f"{address_of(query)}{supposed}&{COMPARE}={YES}"


def _spent(call: Callable[..., object], *arguments: object) -> float:
    began = time.perf_counter()
    call(*arguments)
    return (time.perf_counter() - began) * 1000
