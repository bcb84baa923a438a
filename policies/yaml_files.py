"""Reading rule files: YAML to validated models, with the line of every mistake."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TypeVar

import ryaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from policies.lines import line_of
from policies.problems import Problem

ModelT = TypeVar("ModelT", bound=BaseModel)

_PLACE = re.compile(r"at line (\d+) column")
_TWICE = re.compile(r"duplicate entry with key [\"`]?(.*?)[\"`]?(?: at line \d+ column \d+)?$")


_MENDS = {
    "invalid_key": (
        "键写成了别的东西（YAML 把不带引号的 true、false、1 当作真假值和数）",
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
    return as_model(read_text(path, shown), model, shown)


def read_text(path: Path, shown: str) -> str:
    """Read one file as text.

    Raises:
        RuleFileError: when it is missing or not UTF-8.
    """
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise RuleFileError([Problem(shown, 0, "读不了这个文件", "文件存在且可读", str(error.strerror))]) from error
    except UnicodeDecodeError as error:
        raise RuleFileError([Problem(shown, 0, "不是 UTF-8 编码", "UTF-8 文本", "用 UTF-8 另存一次")]) from error


def as_model(text: str, model: type[ModelT], shown: str) -> ModelT:
    """Read a text as a model.

    Raises:
        RuleFileError: when it is no YAML or does not fit the model.
    """
    try:
        raw = ryaml.loads(text)
    except ValueError as error:  # InvalidYamlError, and a list used as a key
        raise RuleFileError([_syntax_problem(str(error), text, shown)]) from error
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        raise RuleFileError(_model_problems(error, text, shown)) from error


def _syntax_problem(told: str, text: str, shown: str) -> Problem:
    """What the YAML reader says, in words an officer understands; ``told`` names the line where it knows it."""
    place = _PLACE.search(told)
    line = int(place[1]) if place else 0
    twice = _TWICE.search(told)
    if twice:
        line = line or line_of(text, (twice[1],))
        return Problem(shown, line, f"{twice[1]} 写了两次", "同一处每一项只写一次", "合成一处，或删掉一处")
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
