"""The forms of the chat page, checked before anything is done with them."""

from __future__ import annotations

from typing import Annotated, Self

from fastapi import Request
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from bot.web.common.forms import BadFormError, read_fields

_LISTS = ("key", "figure")


class Form(BaseModel):
    """The fields of our forms.

    ``token``: made with the page. ``revision``: of the question shown. And one of: ``question`` with ``key``, choices
    pressed; ``text``, words; ``day``, a date to ask about; ``figure``, the figures of a question that asks for several.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    token: Annotated[str, Field(max_length=200)]
    revision: Annotated[int, Field(ge=0, le=1_000_000)]
    question: Annotated[str, Field(max_length=200)] | None = None
    key: Annotated[tuple[Annotated[str, Field(max_length=60)], ...], Field(max_length=100)] = ()
    text: str | None = None
    day: Annotated[str, Field(max_length=40)] | None = None
    figure: Annotated[tuple[str, ...], Field(max_length=20)] = ()

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        said = [self.question is not None, self.text is not None, self.day is not None, bool(self.figure)]
        if said.count(True) != 1:
            raise ValueError("a form says exactly one thing")
        return self


async def read_form(request: Request) -> Form:
    """The form a request carries.

    Raises:
        BadFormError: when it is too large, of another kind, from elsewhere, or not one of ours.
    """
    fields = await read_fields(request, _LISTS)
    try:
        return Form.model_validate(fields)
    except ValidationError as error:
        raise BadFormError("这一页的表单不完整，没有处理。请回到首页再试。") from error
