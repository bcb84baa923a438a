"""Reading amounts, beside cn2an on the numerals it reads; whole sentences without a peer.

Budget: 50 µs each (median over a typical list). Times are printed; only the ratio is asserted, generously.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

import cn2an

from knowledge.amounts import find, read
from tests.benchmarks.table import medians, show
from tests.knowledge.amounts.test_cases import SENTENCES, WHOLE

DAY = date(2026, 11, 21)
PLAIN = (
    "一千二百万",
    "两千三百万",
    "一亿二千万",
    "三百五十万",
    "一百零五",
    "壹佰贰拾万",
    "1.2亿",
    "3500万",
    "一百二十亿三千万",
    "两万零五百",
)
_IMPORT = "import policies.answers, time; t = time.perf_counter(); import knowledge.amounts; print((time.perf_counter() - t) * 1e3)"


def timed(call: Callable[..., Any], texts: list[str], *rest: object) -> list[float]:
    taken = medians({text: lambda text=text: call(text, *rest) for text in texts}, repeat=3)  # type: ignore[misc]
    return sorted(taken.values())


def line(name: str, times: list[float]) -> tuple[object, ...]:
    return name, len(times), median(times), times[len(times) * 95 // 100], times[-1]


def test_beside_cn2an() -> None:
    rows = []
    ratios = []
    for text in PLAIN:
        taken = medians({"read": lambda text=text: read(text), "cn2an": lambda text=text: cn2an.cn2an(text, "smart")})  # type: ignore[misc]
        ratios.append(taken["cn2an"] / taken["read"])
        rows.append((text, taken["read"], taken["cn2an"], ratios[-1]))
    show("plain numerals beside cn2an (µs)", ("numeral", "read", "cn2an", "ratio"), rows)
    assert median(ratios) > 0.2


def test_typical_lists() -> None:
    whole, sentences = [case[0] for case in WHOLE], [case[0] for case in SENTENCES]
    rows = [
        line("read: one quantity", timed(read, whole, DAY)),
        line("find: a sentence", timed(find, sentences, DAY)),
    ]
    show("the case list (µs)", ("work", "texts", "median", "p95", "max"), rows)


def test_import(tmp_path: Path) -> None:
    """With the compiled files there, as after the first run of an installed program."""
    command = [sys.executable, "-X", f"pycache_prefix={tmp_path}", "-c", _IMPORT]
    writing = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    taken = [float(subprocess.check_output(command, env=writing)) for _ in range(8)][1:]
    show("import of knowledge.amounts on top of policies (ms)", ("median", "least"), [(median(taken), min(taken))])
