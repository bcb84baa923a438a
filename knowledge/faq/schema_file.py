"""JSON Schema of the FAQ files, generated from the model, so that an editor can help while an officer writes."""

from __future__ import annotations

from pathlib import Path

from knowledge.faq.model import FaqFile
from policies.lint.schema import schema_text

OWN_SCHEMA = Path(__file__).parent / "schema" / "faq.schema.json"


def faq_schema() -> str:
    """The schema as written to disk."""
    return schema_text(FaqFile, "一个主题的问答文件")


def write_faq_schema(path: Path = OWN_SCHEMA) -> None:
    """Write the schema file."""
    path.write_text(faq_schema(), encoding="utf-8")


def faq_schema_is_current(path: Path = OWN_SCHEMA) -> bool:
    """Whether the schema file is the one the model gives now."""
    return path.is_file() and path.read_text(encoding="utf-8") == faq_schema()
