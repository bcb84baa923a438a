"""Reading rule files: YAML to validated models, with the line of every mistake."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from policies.problems import Problem

ModelT = TypeVar("ModelT", bound=BaseModel)


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Leaves dates as text: the models read them, and say what is wrong with one that does not exist."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_MENDS = {
    "invalid_key": (
        "键写成了别的东西（YAML 把不带引号的 yes、no、1 当作真假值和数）",
        "键是文字",
        "给键加引号，或换一个词",
    ),
    "string_type": ("应是文字", "一段文字；数字、日期要加引号", "加引号"),
    "bool_type": ("应是 true 或 false", "true 或 false", "改成 true 或 false"),
    "bool_parsing": ("应是 true 或 false", "true 或 false", "改成 true 或 false"),
    "dict_type": ("应是“名字: 值”的写法", "名字: 值", "检查缩进和冒号"),
    "model_type": ("应是“名字: 值”的写法", "名字: 值", "检查缩进和冒号"),
    "tuple_type": ("应是一个列表", "用 [ ] 或 - 列出", "写成列表"),
    "date_from_datetime_parsing": ("不是日期", "2022-07-04 这样的日期", "改成存在的日期"),
    "date_parsing": ("不是日期", "2022-07-04 这样的日期", "改成存在的日期"),
    "extra_forbidden": ("没有这一项", "只写文档列出的项（见 docs/authoring.md）", "删掉它，或改成正确的名字"),
    "missing": ("少写了一项", "写上这一项", "补上它"),
}


class RuleFileError(Exception):
    """A rule file cannot be used; ``problems`` says where and why."""

    def __init__(self, problems: list[Problem]) -> None:
        """Keep the findings."""
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


def read_model(path: Path, model: type[ModelT], shown: str) -> ModelT:
    """Read one file as a model; ``shown`` is the name used in messages.

    Raises:
        RuleFileError: when the file is missing, is no YAML or does not fit the model.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise RuleFileError([Problem(shown, 0, "读不了这个文件", "文件存在且可读", str(error.strerror))]) from error
    except UnicodeDecodeError as error:
        raise RuleFileError([Problem(shown, 0, "不是 UTF-8 编码", "UTF-8 文本", "用 UTF-8 另存一次")]) from error
    try:
        raw = yaml.load(text, Loader=_Loader)  # noqa: S506 - the C form of SafeLoader
    except yaml.YAMLError as error:
        raise RuleFileError([_syntax_problem(error, shown)]) from error
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        raise RuleFileError(_model_problems(error, text, shown)) from error


def line_of(text: str, path: tuple[str | int, ...]) -> int:
    """The 1-based line of a value in a YAML text, by keys and indexes; of its nearest parent if it has no line."""
    node = yaml.compose(text, Loader=_Loader)
    line = 1
    for step in path:
        child = _child(node, step)
        if child is None:
            continue
        node, line = child
    return line


def _child(node: yaml.Node | None, step: str | int) -> tuple[yaml.Node, int] | None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == str(step):
                return value, key.start_mark.line + 1
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        item = node.value[step]
        return item, item.start_mark.line + 1
    return None


def _syntax_problem(error: yaml.YAMLError, shown: str) -> Problem:
    mark = getattr(error, "problem_mark", None)
    line = mark.line + 1 if mark else 0
    return Problem(shown, line, "YAML 写法有误", "冒号后有空格、缩进对齐、引号成对", "检查这一行和上一行")


def _model_problems(error: ValidationError, text: str, shown: str) -> list[Problem]:
    problems = []
    for item in error.errors():
        place = ".".join(str(step) for step in item["loc"])
        found, expected, mend = _MENDS.get(item["type"], ("写法不对", _expected(item), "按此改正"))
        problems.append(Problem(shown, line_of(text, item["loc"]), f"{place}：{found}", expected, mend))
    return problems


def _expected(item: ErrorDetails) -> str:
    if item["type"] == "literal_error":
        return f"其中之一：{item['ctx']['expected']}"
    if item["type"] == "too_short":
        return f"至少 {item['ctx']['min_length']} 项"
    if item["type"] == "too_long":
        return f"最多 {item['ctx']['max_length']} 项"
    if item["type"] in ("value_error", "notation"):
        return item["msg"].removeprefix("Value error, ")
    return "本项允许的写法（见 docs/authoring.md）"
