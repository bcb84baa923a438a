"""``--jsonl``: one JSON object a line in, one a line out, in order; a line that cannot be answered gets its error."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import BinaryIO, TextIO

from bot.contract import TOO_LONG, Json, RequestError, one_line


def stream(answer: Callable[[object], Json], lines: BinaryIO, out: TextIO) -> None:
    """Answer every line that is not empty, each before the next is read.

    Args:
        answer: gives the answer to one object; raises ``RequestError`` when there is none.
        lines: UTF-8, one JSON object a line.
        out: where the answers go, one a line.
    """
    for line in lines:
        if line.strip():
            out.write(one_line(_answered(answer, line)) + "\n")
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
    except ValueError:  # Python neither reads nor writes whole numbers of several thousand digits
        return _error("bad_request", "facts", TOO_LONG)


def _error(code: str, field: str, message: str) -> Json:
    return {"error": {"code": code, "field": field, "message": message}}
