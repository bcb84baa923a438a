"""The API's description: what FastAPI reads off the routes, with the facts of the corpus and the problems written in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.web.api.problems import MEDIA_TYPE, Problem
from policies.model.fact import Fact

_SIDE = {"anyOf": [{"type": "number"}, {"type": "string", "maxLength": 100}]}
_SPAN = {
    "type": "object",
    "properties": dict.fromkeys(("at_least", "more_than", "at_most", "less_than"), _SIDE),
    "additionalProperties": False,
    "minProperties": 1,
}
_NUMBER = {"anyOf": [*_SIDE["anyOf"], _SPAN, {"type": "null"}]}
_TOLD = {
    "400": "请求体读不出来",
    "401": "没有带密钥，或者密钥不对",
    "404": "没有找到",
    "409": "那次对话已经删除",
    "413": "请求体太大",
    "415": "请求体不是 JSON",
    "422": "有一项不合要求，errors 里写明是哪一项",
    "429": "太频繁，等 Retry-After 秒再试",
    "500": "程序出错",
    "503": "现在存不了也读不出对话",
}
_WITH_BODY, _WITH_KEY, _WITH_PATH = ("400", "413", "415", "422"), ("401", "503"), ("404",)


def described(plain: dict[str, Any], facts: Mapping[str, Fact]) -> dict[str, Any]:
    """The description with everything FastAPI does not know.

    Args:
        plain: as FastAPI made it; changed in place.
        facts: the vocabulary, each fact becoming a property of what ``assess`` takes.
    """
    schemas = plain["components"]["schemas"]
    schemas["Problem"] = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas.update(schemas["Problem"].pop("$defs"))
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    properties = {key: _answer(fact) for key, fact in facts.items()}
    schemas["AssessRequest"]["properties"]["facts"] |= {
        "properties": properties,
        "additionalProperties": False,
        "description": "要素: 值；null 是不清楚。金额可以写数（元）或“1200万元”“八千多万”",
    }
    for path, operations in plain["paths"].items():
        for operation in operations.values():
            _with_problems(path, operation)
    return plain


def _answer(fact: Fact) -> dict[str, Any]:
    told = {"title": fact.label, "description": fact.question}
    if fact.type == "bool":
        return {"anyOf": [{"type": "boolean"}, {"enum": ["是", "否"]}, {"type": "null"}], **told}
    if fact.type == "choice":
        return {"enum": [*fact.choices, None], **told}
    if fact.type == "set":
        return {
            "anyOf": [{"type": "array", "items": {"enum": list(fact.choices)}, "maxItems": 100}, {"type": "null"}],
            **told,
        }
    return {**_NUMBER, **told}


def _with_problems(path: str, operation: dict[str, Any]) -> None:
    statuses = ["429", "500"]
    statuses += _WITH_BODY if "requestBody" in operation else ()
    statuses += _WITH_KEY if "security" in operation else ()
    statuses += _WITH_PATH if "{" in path else ()
    statuses += ["422"] if operation.get("parameters") else []
    statuses += ["409"] if path == "/conversations" else []
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    operation["responses"].pop("422", None)
    for status in sorted(set(statuses)):
        operation["responses"][status] = {"description": _TOLD[status], "content": content}
