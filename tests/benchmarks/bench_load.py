"""Starting up: importing the engine and loading the corpus, in a process of its own.

Budgets: 300 ms from the first line of Python to an engine that answers; 120 MB resident. Printed, not asserted.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from statistics import median

from tests.benchmarks.table import show

ROOT = Path(__file__).parents[2]
RUNS = 11
STEPS = ("import", "load", "engine", "first answer")
SCRIPT = """
import time
marks = [time.perf_counter()]
from policies.engine.engine import Engine
from policies.load import load
marks.append(time.perf_counter())
corpus = load()
marks.append(time.perf_counter())
engine = Engine(corpus)
marks.append(time.perf_counter())
from datetime import date
engine.assess({"district": "海珠区", "national_pilot": True}, date(2024, 1, 1))
marks.append(time.perf_counter())
import json, resource
rss = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps({"marks": marks, "rss": rss}))
"""


def test_start_up() -> None:
    runs = [started() for _ in range(RUNS)]
    steps = [median(run.steps[index] for run in runs) for index in range(len(STEPS))]
    whole = median(sum(run.steps) for run in runs)
    resident = median(run.resident for run in runs)
    show("start-up (ms, MB)", (*STEPS, "all", "resident"), [(*steps, whole, resident)])


@dataclass(frozen=True)
class Start:
    """Milliseconds of each step, and megabytes resident at the end."""

    steps: tuple[float, ...]
    resident: float


def started() -> Start:
    """Start one fresh process."""
    done = subprocess.run([sys.executable, "-c", SCRIPT], cwd=ROOT, capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    marks = found["marks"]
    unit = 1024**2 if sys.platform == "darwin" else 1024
    return Start(tuple((after - before) * 1000 for before, after in pairwise(marks)), found["rss"] / unit)
