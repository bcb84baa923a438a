"""Timing several things by turns, and a table of the medians."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Mapping, Sequence
from statistics import median

ROUNDS = 41


def medians(work: Mapping[str, Callable[[], object]], repeat: int = 20) -> dict[str, float]:
    """Median microseconds of one call of each, taken by turns so that a busy machine slows all alike."""
    taken: dict[str, list[float]] = {name: [] for name in work}
    for _ in range(ROUNDS):
        for name, call in work.items():
            start = time.perf_counter()
            for _ in range(repeat):
                call()
            taken[name].append((time.perf_counter() - start) / repeat * 1e6)
    return {name: median(times) for name, times in taken.items()}


def timed(call: Callable[[], object]) -> float:
    """Microseconds of a single call."""
    start = time.perf_counter()
    call()
    return (time.perf_counter() - start) * 1e6


def show(title: str, head: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print a table to the terminal."""
    lines = [head, *([f"{cell:.1f}" if isinstance(cell, float) else str(cell) for cell in row] for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    sys.stdout.write(f"\n{title}\n")
    for line in lines:
        sys.stdout.write("  " + "  ".join(cell.rjust(width) for cell, width in zip(line, widths, strict=True)) + "\n")
