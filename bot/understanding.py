"""The JSON that ``huiqi understand`` speaks: a sentence in, facts out, in the form ``huiqi assess`` takes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.contract import AsOf, Json, RequestError
from knowledge.amounts import Quantity
from knowledge.understand import Reader, Uncertain, Understood
from policies.answers import to_given
from policies.model.fact import Fact
from policies.notation import FEN_PER_YUAN, MONEY
from policies.vocabulary import PLACE

LONGEST = 2000  # characters of one sentence; nobody tells more of an enterprise at once


class UnderstandRequest(BaseModel):
    """What ``understand`` takes; ``district``: the choice of the fact the talk is about already."""

    model_config = ConfigDict(extra="forbid", strict=True)

    text: Annotated[str, Field(max_length=LONGEST)]
    as_of: AsOf = None
    district: str | None = None


def read_request(raw: object) -> UnderstandRequest:
    """Validate a request.

    Raises:
        RequestError: naming the field at fault.
    """
    if not isinstance(raw, dict):
        raise RequestError("", '一行应是一个 JSON 对象，例如 {"text": "我们在海珠，做双跨平台"}')
    try:
        return UnderstandRequest.model_validate(raw)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        raise RequestError(field, _mistake(field, first["type"])) from error


def _mistake(field: str, kind: str) -> str:
    if kind == "extra_forbidden":
        return f"没有“{field}”这一项；可写 text、as_of、district"
    if kind == "string_too_long":
        return f"这段话太长了，请分成几段，每段不超过 {LONGEST} 字"
    if field == "as_of":
        return "as_of 应是存在的日期，写成 2024-03-15"
    return {"text": "text 应是一句话（文字）", "district": "district 应是“所在地区”的一个选项或 null"}.get(
        field, "写法不对"
    )


def run(reader: Reader, known: Mapping[str, Fact], request: UnderstandRequest, today: date) -> Json:
    """Answer a request.

    Raises:
        RequestError: when ``district`` is no choice of the fact.
    """
    if request.district is not None and (PLACE not in known or request.district not in known[PLACE].choices):
        choices = "、".join(known[PLACE].choices) if PLACE in known else ""
        raise RequestError("district", f"没有地区“{request.district}”；可写：{choices}")
    return understood_json(known, reader.read(request.text, request.as_of or today, request.district))


def understood_json(known: Mapping[str, Fact], understood: Understood) -> Json:
    """What was understood as the contract's object."""
    return {
        "district": understood.district,
        "elsewhere": understood.elsewhere,
        "facts": {key: to_given(known[key], value) for key, value in understood.facts.items()},
        "uncertain": [_uncertain(known[doubt.key], doubt) for doubt in understood.uncertain],
        "evidence": {key: list(span) for key, span in understood.evidence.items()},
        "correction": understood.correction,
        "numbers": [_number(quantity) for quantity in understood.numbers],
    }


def _uncertain(fact: Fact, doubt: Uncertain) -> Json:
    return {
        "fact": doubt.key,
        "value": to_given(fact, doubt.value),
        "why": doubt.why,
        "question": doubt.question,
        "span": [doubt.start, doubt.end],
    }


def _number(quantity: Quantity) -> Json:
    scale = FEN_PER_YUAN if quantity.unit == MONEY else 1
    shown: Json = {
        "span": [quantity.start, quantity.end],
        "text": quantity.text,
        "low": _bound(quantity.low, scale),
        "high": _bound(quantity.high, scale),
        "unit": quantity.unit,
    }
    for name in ("measure", "currency", "qualifier"):
        if getattr(quantity, name) is not None:
            shown[name] = getattr(quantity, name)
    for name in ("low_open", "high_open"):
        if getattr(quantity, name):
            shown[name] = True
    return shown


def _bound(bound: Fraction | date | None, scale: int) -> int | float | str | None:
    if bound is None:
        return None
    if isinstance(bound, date):
        return bound.isoformat()
    number = bound / scale
    return number.numerator if number.denominator == 1 else float(number)
