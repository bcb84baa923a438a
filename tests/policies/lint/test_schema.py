"""The JSON Schemas are those of the models, accept the rule files and refuse what the models refuse."""

from __future__ import annotations

import json
import re
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from policies.lint import schemas_are_current, write_schemas
from policies.lint.schema import OWN_SCHEMAS, schemas
from policies.load import OWN_CORPUS, OWN_FACTS

from .edited import FIXTURE

FILES = [
    OWN_FACTS,
    *sorted(OWN_CORPUS.glob("*/policy.yaml")),
    *sorted(OWN_CORPUS.glob("*/article-*.yaml")),
    *sorted(OWN_CORPUS.glob("*/phrasings.yaml")),
]
INVENTED = [path for path in sorted(FIXTURE.glob("*.yaml")) if path.name != "boundary.yaml"]
COMMENT = re.compile(r"# yaml-language-server: \$schema=(\S+)\n")


def plain(node: Any) -> Any:
    """As JSON has it: dates are strings."""
    if isinstance(node, dict):
        return {key: plain(value) for key, value in node.items()}
    if isinstance(node, list):
        return [plain(value) for value in node]
    return node.isoformat() if isinstance(node, date) else node


@cache
def validator(name: str) -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(json.loads(schemas()[f"{name}.schema.json"]))


def article(**measure: Any) -> dict[str, Any]:
    complete = {
        "id": "1", "title": "奖励", "quote": "奖励5万元", "beneficiary": "企业",
        "award": {"fixed": "5万元", "words": "奖励5万元"}, **measure,
    }  # fmt: skip
    return {"article": "1", "measures": [complete]}


def test_the_committed_schemas_are_current(tmp_path: Path) -> None:
    assert schemas_are_current()
    assert not schemas_are_current(tmp_path)
    write_schemas(tmp_path)
    assert schemas_are_current(tmp_path)
    (tmp_path / "facts.schema.json").write_text("{}", encoding="utf-8")
    assert not schemas_are_current(tmp_path)


@pytest.mark.parametrize("path", [*FILES, *INVENTED], ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_rule_file_names_its_schema_and_fits_it(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    named = COMMENT.match(text)
    assert named, "the first line tells editors the schema"
    schema = (path.parent / named[1]).resolve()
    assert schema.parent == OWN_SCHEMAS
    assert schema.name.split(".")[0] == path.stem.split("-")[0]
    tree = plain(yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader)))
    validator(schema.name.split(".")[0]).validate(tree)


@pytest.mark.parametrize("name", ["facts", "policy", "article"])
def test_the_schemas_are_schemas(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(validator(name).schema)


LEAF = {"revenue": {"at_least": "1亿元", "words": "1亿元以上"}}


@pytest.mark.parametrize(
    "condition",
    [
        LEAF,
        {"all": [LEAF, {"any": [LEAF, {"not": LEAF}]}]},
        {"sum_of": ["a", "b"], "at_least": "6家+3家", "words": "6家、3家"},
        {"kinds": {"has_any": "平台", "words": "平台"}},
    ],
)
def test_conditions_as_officers_write_them(condition: dict[str, Any]) -> None:
    assert validator("article").is_valid(article(requires=[condition]))


@pytest.mark.parametrize(
    "condition",
    [
        {"revenue": {"at_least": "1亿元"}},
        {"revenue": {"at_least": "1亿元", "at_most": "2亿元", "words": "1亿元"}},
        {"revenue": {"atleast": "1亿元", "words": "1亿元"}},
        {"revenue": {"at_least": "一亿", "words": "一亿"}},
        {"any": LEAF},
        {"any": []},
        {**LEAF, "profit": LEAF["revenue"]},
        {"all": [{"any": [{"revenue": {"words": "1亿元"}}]}]},
        {"sum_of": ["a", "b"], "is": True, "words": "6家"},
        {"sum_of": "a", "at_least": "6家", "words": "6家"},
    ],
)
def test_conditions_that_are_refused(condition: dict[str, Any]) -> None:
    assert not validator("article").is_valid(article(requires=[condition]))


def test_one_item_stands_for_a_list_of_one() -> None:
    assert validator("article").is_valid(article(topics="平台"))
    assert validator("article").is_valid(article(topics=["平台"]))
    assert not validator("article").is_valid(article(topics=3))


def test_a_wrong_key_is_refused() -> None:
    assert validator("article").is_valid(article())
    assert not validator("article").is_valid(article(benificiary="企业"))
