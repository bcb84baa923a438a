"""``--jsonl``: one JSON object a line in, one a line out, in order."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, BinaryIO, TextIO

from bot.contract import RequestError

Json = dict[str, Any]


def stream(answer: Callable[[object], Json], lines: BinaryIO, out: TextIO) -> None:
    """Answer each line; one that cannot be answered gets its error on its own line, and the rest goes on.

    Args:
        answer: from a decoded line to its answer; raises ``RequestError`` for a request that cannot be answered.
        lines: JSON, one object a line; blank lines are left out.
        out: where the answers go, each written at once.
    """
    for line in lines:
        if line.strip():
            out.write(_one_line(_answered(answer, line)) + "\n")
            out.flush()


def _answered(answer: Callable[[object], Json], line: bytes) -> Json:
    try:
        raw = json.loads(line)
    except (ValueError, RecursionError):  # not JSON, not UTF-8, or nested without end
        return _error("bad_json", "", "这一行不是完整的 JSON 对象")
    try:
        return answer(raw)
    except RequestError as error:
        return _error("bad_request", error.field, str(error))


def _error(code: str, field: str, message: str) -> Json:
    return {"error": {"code": code, "field": field, "message": message}}


def _one_line(answer: Json) -> str:
    """JSON without line breaks; half a surrogate pair, which UTF-8 cannot write, stays the escape it came as."""
    return json.dumps(answer, ensure_ascii=False).encode("utf-8", "backslashreplace").decode()
