"""Reading a Word file in a test."""

from __future__ import annotations

import io
from typing import Any

from docx import Document


def opened(made: bytes) -> Any:
    """The file as a word processor opens it."""
    return Document(io.BytesIO(made))


def words_of(made: bytes) -> str:
    """All its text, tables included, a paragraph a line."""
    return "\n".join(node.text or "" for node in opened(made).element.body.iter() if node.tag.endswith("}t"))
