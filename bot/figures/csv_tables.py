"""Tables to take away: CSV that spreadsheets open as it was meant."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from typing import TextIO

_FORMULA = "=+-@\t\r"


def write_csv(heading: Sequence[str], rows: Iterable[Sequence[object]], out: TextIO) -> None:
    """Write rows under a heading; no text is taken for a formula."""
    writer = csv.writer(out)
    writer.writerow(heading)
    writer.writerows([[_cell(cell) for cell in row] for row in rows])


def _cell(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(tuple(_FORMULA)) else cell
