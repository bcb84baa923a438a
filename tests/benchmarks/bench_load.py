"""Starting up: importing the engine and loading the corpus, in a process of its own; and a corpus of many documents.

Budgets: 300 ms from the first line of Python to an engine that answers; 120 MB resident. Printed, not asserted. The
processor time beside it is what the same takes on a machine that does nothing else.
``HUIQI_BENCH_DOCUMENTS=10000`` makes the large corpus ten times as large as it is by default.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from statistics import median

from policies.load import OWN_CORPUS
from tests.benchmarks.table import show

ROOT = Path(__file__).parents[2]
RUNS = 11
STEPS = ("import", "load", "engine", "first answer")
SCRIPT = """
import resource, time
def resident(): return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
marks, busy = [time.perf_counter()], [time.process_time()]
from policies.engine.engine import Engine
from policies.load import OWN_CORPUS, load
import sys
from pathlib import Path
marks.append(time.perf_counter())
before = resident()
busy.append(time.process_time())
corpus = load(Path(sys.argv[1]) if len(sys.argv) > 1 else OWN_CORPUS)
busy.append(time.process_time())
marks.append(time.perf_counter())
engine = Engine(corpus)
marks.append(time.perf_counter())
from datetime import date
names = list(corpus.policies)[:5]
engine.assess({"district": "海珠区", "national_pilot": True}, date(2024, 1, 1), names)
marks.append(time.perf_counter())
busy.append(time.process_time())
import json
print(json.dumps({"marks": marks, "busy": busy, "rss": resident(), "grown": resident() - before, "documents": len(corpus.policies)}))
"""


def test_start_up() -> None:
    runs = [started() for _ in range(RUNS)]
    rows = [
        (
            name,
            *(middle(run.steps[index] for run in runs) for index in range(len(STEPS))),
            middle(sum(run.steps) for run in runs),
            middle(sum(run.busy) for run in runs),
            middle(run.resident for run in runs),
        )
        for name, middle in (("median", median), ("least", min))
    ]
    show("start-up (ms, MB)", ("", *STEPS, "all", "processor", "resident"), rows)


def test_many_documents(tmp_path: Path) -> None:
    count = int(os.environ.get("HUIQI_BENCH_DOCUMENTS", "1000"))
    folders = sorted(path for path in OWN_CORPUS.iterdir() if path.is_dir())
    for number in range(count):
        folder = folders[number % len(folders)]
        left_out = shutil.ignore_patterns("boundary.yaml")  # loading does not read it
        shutil.copytree(folder, tmp_path / f"{folder.name}-{number}", ignore=left_out)
    run = started(str(tmp_path))
    assert run.documents == count
    load, engine, first = run.steps[1:]
    row = (count, load / 1000, load / count, run.busy[1] / count, run.grown / count * 1024, engine, first)
    show(
        "a large corpus",
        ("documents", "load s", "ms each", "processor", "KB each", "engine ms", "first answer ms"),
        [row],
    )


@dataclass(frozen=True)
class Start:
    """Milliseconds of each step, and of the processor: of import, of load, of all the rest.

    Megabytes resident at the end, and how many of them came with the corpus.
    """

    steps: tuple[float, ...]
    busy: tuple[float, ...]
    resident: float
    grown: float
    documents: int


def started(*arguments: str) -> Start:
    """Start one fresh process."""
    command = [sys.executable, "-c", SCRIPT, *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    steps, busy = (tuple((b - a) * 1000 for a, b in pairwise(found[name])) for name in ("marks", "busy"))
    unit = 1024**2 if sys.platform == "darwin" else 1024
    return Start(steps, busy, found["rss"] / unit, found["grown"] / unit, found["documents"])
