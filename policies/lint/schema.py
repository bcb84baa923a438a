"""JSON Schema of the rule files, generated from the models, so that an editor can help while an officer writes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from policies.model.condition import COMPARISONS, SCHEMA_PLACEHOLDER, Test
from policies.model.fact import Vocabulary
from policies.model.measure import ArticleFile
from policies.model.phrasings import Phrasings
from policies.model.policy import Policy

OWN_SCHEMAS = Path(__file__).parent.parent / "schema"
_REF = "#/$defs/{model}"
_FILES: dict[str, tuple[type[BaseModel], str]] = {
    "facts": (Vocabulary, "要素表 facts.yaml"),
    "policy": (Policy, "一份文件的 policy.yaml"),
    "article": (ArticleFile, "一条的 article-NN.yaml"),
    "phrasings": (Phrasings, "一份文件的 phrasings.yaml"),
}


def schemas() -> dict[str, str]:
    """File name to contents, for facts.yaml and the files of a document."""
    return {f"{name}.schema.json": schema_text(model, title) for name, (model, title) in _FILES.items()}


def write_schemas(folder: Path = OWN_SCHEMAS) -> None:
    """Write the schema files into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in schemas().items():
        (folder / name).write_text(text, encoding="utf-8")


def schemas_are_current(folder: Path = OWN_SCHEMAS) -> bool:
    """Whether the schema files of a folder are the ones the models give now."""
    return all(
        (folder / name).is_file() and (folder / name).read_text(encoding="utf-8") == text
        for name, text in schemas().items()
    )


def schema_text(model: type[BaseModel], title: str) -> str:
    """The JSON Schema of one kind of file, as written to disk."""
    schema = model.model_json_schema(ref_template=_REF)
    definitions = {**schema.pop("$defs", {})}
    if f'"$comment": "{SCHEMA_PLACEHOLDER}"' in json.dumps(definitions):
        test = Test.model_json_schema(ref_template=_REF)
        definitions |= {**test.pop("$defs", {}), "Test": _one_test(test)}
    definitions = {name: _open(definition) for name, definition in definitions.items()}
    if "Test" in definitions:
        definitions["Condition"] = _condition(definitions["Test"])
    whole = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **_open(schema),
        "title": title,
        "$defs": dict(sorted(definitions.items())),
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _open(node: Any) -> Any:
    """Put the condition's shape where a model leaves the placeholder; let one item stand for a list of one."""
    if isinstance(node, list):
        return [_open(item) for item in node]
    if not isinstance(node, dict):
        return node
    if node.get("$comment") == SCHEMA_PLACEHOLDER:
        return {"$ref": _REF.format(model="Condition")}
    if node.get("type") == "array" and node.get("items") == {"type": "string"}:
        rest = {key: value for key, value in node.items() if key not in ("type", "items")}
        return {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}], **rest}
    return {key: _open(value) for key, value in node.items()}


def _one_test(test: dict[str, Any]) -> dict[str, Any]:
    """Exactly one way of testing is written."""
    kinds = ("is", "in", "has_any", *COMPARISONS)
    return {**test, "oneOf": [{"required": [kind]} for kind in kinds]}


def _condition(test: dict[str, Any]) -> dict[str, Any]:
    """The five shapes a condition is written in; three of them hold conditions again."""
    itself = {"$ref": _REF.format(model="Condition")}
    several = {"type": "array", "items": itself, "minItems": 1}
    ours = ["all", "any", "not", "sum_of"]
    total = {
        "type": "object",
        "properties": {"sum_of": {"type": "array", "items": {"type": "string"}, "minItems": 2}, **test["properties"]},
        "required": ["sum_of", "words"],
        "oneOf": [{"required": [kind]} for kind in COMPARISONS],
        "additionalProperties": False,
    }
    one_fact = {
        "type": "object",
        "minProperties": 1,
        "maxProperties": 1,
        "propertyNames": {"pattern": "^[a-z][a-z0-9_]*$", "not": {"enum": ours}},
        "additionalProperties": {"$ref": _REF.format(model="Test")},
    }
    joined = [_single("all", several), _single("any", several), _single("not", itself)]
    return {"description": "一个条件", "oneOf": [*joined, total, one_fact]}


def _single(key: str, value: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": {key: value}, "required": [key], "additionalProperties": False}
