"""What every rule file model shares: strictness, quantities, citations."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, GetJsonSchemaHandler, PlainSerializer
from pydantic_core import CoreSchema, PydanticCustomError

from policies.notation import NotationError, Quantity, quantity


class Model(BaseModel):
    """A part of a rule file: unknown keys are errors, values never change after loading."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class _QuantitySchema:
    """Shows a quantity as a string with its pattern in the JSON Schema."""

    def __init__(self, example: str, pattern: str) -> None:
        self.example = example
        self.pattern = pattern

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"type": "string", "pattern": self.pattern, "examples": [self.example]}


def _reader(kind: str | None) -> BeforeValidator:
    def read(raw: object) -> Quantity:
        if isinstance(raw, Quantity):
            return raw
        if not isinstance(raw, str):
            raise PydanticCustomError("notation", "应写成带单位的数，例如 1200万元、30%、30家")
        try:
            read_quantity = quantity(raw)
        except NotationError as error:
            raise PydanticCustomError("notation", "{reason}", {"reason": str(error)}) from error
        if kind == "money" and not read_quantity.is_money:
            raise PydanticCustomError("notation", "“{raw}”应是金额，例如 1200万元", {"raw": raw})
        if kind == "share" and not read_quantity.is_share:
            raise PydanticCustomError("notation", "“{raw}”应是比例，例如 30%、5‰、1:1", {"raw": raw})
        return read_quantity

    return BeforeValidator(read)


_AS_TEXT = PlainSerializer(lambda value: value.text, return_type=str)
_NUMBER = r"\d+(\.\d+)?"
AnyQuantity = Annotated[Quantity, _reader(None), _AS_TEXT, _QuantitySchema("30家", rf"^({_NUMBER}|1:1)\S*$")]
Money = Annotated[Quantity, _reader("money"), _AS_TEXT, _QuantitySchema("500万元", rf"^{_NUMBER}(万|亿|万亿)?元$")]
Share = Annotated[Quantity, _reader("share"), _AS_TEXT, _QuantitySchema("30%", rf"^({_NUMBER}[%‰](×.+)?|\d+:\d+)$")]


class Cite(Model):
    """A verbatim sentence and the article it stands in (the article's id within the document)."""

    article: str
    quote: str


def as_tuple(raw: object) -> object:
    """Let an officer write one item without a list."""
    if raw is None or isinstance(raw, list | tuple):
        return raw
    return (raw,)


OneOrMore = BeforeValidator(as_tuple)
Names = Annotated[tuple[str, ...], OneOrMore]
