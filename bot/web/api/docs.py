"""The description for people: one page made here from the OpenAPI object, with no script and nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from fastapi import APIRouter, Response
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from bot.web.common.asset_files import Assets

_TYPES = {
    "string": "文字",
    "integer": "整数",
    "number": "数",
    "boolean": "true / false",
    "null": "null",
    "object": "对象",
    "array": "列表",
}
_PLACES = {"path": "地址", "query": "查询", "header": "请求头"}


def docs_routes(description: Callable[[], dict[str, Any]]) -> APIRouter:
    """``/docs`` and its style sheet; ``description`` gives the OpenAPI object."""
    assets = Assets("bot.web.api", "/assets")
    env = Environment(
        loader=PackageLoader("bot.web.api"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    env.globals |= {"type_of": type_of, "properties_of": properties_of, "places": _PLACES}
    env.filters["coded"] = coded
    router = APIRouter(include_in_schema=False)
    router.include_router(assets.router())
    sheet = assets.url("docs.css").lstrip("/")

    @router.get("/docs")
    async def docs() -> Response:
        api = description()
        page = env.get_template("docs.html").render(api=api, groups=_by_tag(api), sheet=sheet)
        return HTMLResponse(page)

    return router


def _by_tag(api: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    groups: dict[str, list[dict[str, Any]]] = {}
    for path, operations in api["paths"].items():
        for method, operation in operations.items():
            groups.setdefault(operation["tags"][0], []).append({"method": method.upper(), "path": path, **operation})
    return groups


def coded(text: str) -> Markup:
    """A description: paragraphs, with what stands between backticks as code."""
    paragraphs = []
    for paragraph in text.split("\n\n"):
        parts = paragraph.replace("\n", "").split("`")
        told = [Markup("<code>{}</code>").format(part) if number % 2 else part for number, part in enumerate(parts)]
        paragraphs.append(Markup("<p>{}</p>").format(Markup("").join(told)))
    return Markup("\n").join(paragraphs)


def type_of(schema: dict[str, Any]) -> Markup:
    """A type in a few words; an object of ours by a link to it."""
    return Markup(" 或 ").join(dict.fromkeys(_types(schema)))


def _types(schema: dict[str, Any]) -> Iterator[Markup]:
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        yield Markup('<a href="#{0}">{0}</a>').format(name)
    elif "const" in schema or "enum" in schema:
        values = schema.get("enum", [schema.get("const")])
        yield Markup("、").join(
            Markup("<code>{}</code>").format("null" if value is None else value) for value in values
        )
    elif "anyOf" in schema or "oneOf" in schema:
        for other in schema.get("anyOf", schema.get("oneOf", ())):
            yield from _types(other)
    elif schema.get("type") == "array":
        yield _array(schema)
    elif schema.get("type") == "object" and isinstance(schema.get("additionalProperties"), dict):
        yield Markup("对象（值：{}）").format(type_of(schema["additionalProperties"]))
    elif schema.get("format") == "date":
        yield Markup("日期")
    else:
        yield Markup(_TYPES.get(schema.get("type", ""), "任意 JSON"))  # noqa: S704 - our own words


def _array(schema: dict[str, Any]) -> Markup:
    if "prefixItems" in schema:
        return Markup("[{}]").format(Markup("，").join(type_of(item) for item in schema["prefixItems"]))
    return Markup("列表（{}）").format(type_of(schema["items"]) if "items" in schema else "任意 JSON")


def properties_of(schema: dict[str, Any]) -> list[dict[str, Any]]:
    """The parts of an object: name, type, whether it must be there, and what it means."""
    required = schema.get("required", ())
    return [
        {
            "name": name,
            "type": type_of(part),
            "required": name in required,
            "told": part.get("description", ""),
        }
        for name, part in schema.get("properties", {}).items()
    ]
