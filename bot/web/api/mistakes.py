"""What a validation found, in plain Chinese: which field, what is wrong with it, what would be right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.contract import BAD_DAY

_KINDS = ("typed", "tapped")  # of a message; pydantic names the kind before the field
_PLACES = ("body", "query", "path", "header")
_WORDS = {
    "missing": "少了这一项",
    "extra_forbidden": "没有这一项，请去掉",
    "string_type": "应是文字",
    "string_too_short": "不能少于 {min_length} 个字",
    "string_too_long": "太长，最多 {max_length} 个字",
    "string_pattern_mismatch": "写法不对",
    "string_unicode": "有不成对的字符，请检查编码",
    "int_type": "应是整数",
    "int_parsing": "应是整数",
    "int_parsing_size": "数太大",
    "int_from_float": "应是整数",
    "bool_type": "应是 true 或 false",
    "greater_than_equal": "不能小于 {ge}",
    "less_than_equal": "不能大于 {le}",
    "list_type": "应是一个列表",
    "tuple_type": "应是一个列表",
    "too_long": "太多，最多 {max_length} 项",
    "too_short": "至少要有 {min_length} 项",
    "dict_type": "应是一个 JSON 对象",
    "model_type": "应是一个 JSON 对象",
    "model_attributes_type": "应是一个 JSON 对象",
    "union_tag_not_found": "少了 kind，应是 " + " 或 ".join(_KINDS),
    "union_tag_invalid": "kind 应是 " + " 或 ".join(_KINDS),
    "literal_error": "应是 {expected}",
}


@dataclass(frozen=True, slots=True)
class Mistake:
    """One part of a request at fault; ``detail`` says what would be right."""

    place: str
    field: str
    detail: str

    @property
    def told(self) -> str:
        """The mistake as a sentence that names its field."""
        if self.detail == BAD_DAY:
            return self.detail
        return f"{self.field}：{self.detail}" if self.field else f"请求体{self.detail}"


def mistakes(errors: Sequence[Mapping[str, Any]]) -> list[Mistake]:
    """What pydantic found, in the order it was found; at least one.

    Args:
        errors: as of ``ValidationError.errors()``, the first part of each ``loc`` being the place.
    """
    return [_mistake(error) for error in errors[:20]]


def _mistake(error: Mapping[str, Any]) -> Mistake:
    place, *path = [str(part) for part in error["loc"]]
    field = ".".join(path[1:] if path and path[0] in _KINDS else path)
    if place not in _PLACES:
        place, field = "body", ".".join((place, field)).strip(".")
    if field == "as_of":
        return Mistake(place, field, BAD_DAY)
    context = {key: str(value).replace("'", "").replace(" or ", " 或 ") for key, value in error.get("ctx", {}).items()}
    words = _WORDS.get(error["type"], "写法不对")
    return Mistake(place, field, words.format_map(context))
