"""What may be logged of a fault: where it happened, never what anybody wrote."""

from __future__ import annotations

import traceback
from pathlib import Path


def frames(error: BaseException) -> list[str]:
    """``file:line function`` of each frame, innermost last. The message is left out: it may quote a person."""
    found = traceback.extract_tb(error.__traceback__)
    return [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in found[-8:]]
