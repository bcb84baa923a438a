"""The committed schema is the model's, accepts the entries and refuses what the model refuses."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from knowledge.faq.load import OWN_ENTRIES
from knowledge.faq.schema_file import OWN_SCHEMA, faq_schema, faq_schema_is_current, write_faq_schema

FILES = sorted(OWN_ENTRIES.glob("*.yaml"))


def validator() -> Any:
    return jsonschema.Draft202012Validator(json.loads(faq_schema()))


def test_the_committed_schema_is_current(tmp_path: Path) -> None:
    assert faq_schema_is_current()
    other = tmp_path / "faq.schema.json"
    assert not faq_schema_is_current(other)
    write_faq_schema(other)
    assert faq_schema_is_current(other)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_file_names_its_schema_and_fits_it(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    first = text.split("\n", 1)[0]
    assert first.startswith("# yaml-language-server: $schema=")
    assert (path.parent / first.split("=", 1)[1]).resolve() == OWN_SCHEMA
    validator().validate(yaml.safe_load(text))


def test_what_the_model_refuses_is_refused() -> None:
    tree = yaml.safe_load(FILES[0].read_text(encoding="utf-8"))
    assert validator().is_valid(tree)
    for change in ({"kind": "money"}, {"asks": ["一"]}, {"counter_questions": ["一", "二", "三"]}, {"extra": 1}):
        assert not validator().is_valid({"entries": [{**tree["entries"][0], **change}]})
