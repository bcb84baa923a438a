"""The authoring guide names every key an officer may write."""

from __future__ import annotations

import re
from pathlib import Path
from types import ModuleType

import pytest
from pydantic import BaseModel

from knowledge.faq import model as faq
from policies.model import award, base, condition, fact, heard, measure, policy

GUIDE = (Path(__file__).parents[2] / "docs" / "authoring.md").read_text(encoding="utf-8")
PARTS = {
    name: part
    for module in (award, base, condition, fact, faq, heard, measure, policy)
    for name, part in vars(module).items()
    if isinstance(part, type) and issubclass(part, BaseModel) and isinstance(module, ModuleType)
    if part.__module__ == module.__name__ and name not in ("Model", "Leaf")  # a leaf is written as {fact: test}
}


@pytest.mark.parametrize("name", PARTS)
def test_every_key_is_in_the_guide(name: str) -> None:
    keys = [field.alias or key for key, field in PARTS[name].model_fields.items()]
    assert [key for key in keys if not re.search(rf"\b{re.escape(key)}\b", GUIDE)] == []
