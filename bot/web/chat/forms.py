"""Reading a posted form: small, of the right kind, from our own page, and checked before anything is done with it."""

from __future__ import annotations

from typing import Annotated, Any, Self
from urllib.parse import parse_qsl, urlsplit

from fastapi import Request
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

LARGEST = 32 * 1024  # bytes of a form; a long answer takes a tenth of it
_MOST = 120  # fields; a list to tick has a dozen
_LISTS = {"key", "figure"}


class BadFormError(ValueError):
    """A form that is not taken; the message (Chinese) says why and what to do, ``status`` is the answer's."""

    def __init__(self, why: str, status: int = 400) -> None:
        """Keep the status."""
        super().__init__(why)
        self.status = status


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
    if not _from_here(request):
        raise BadFormError("这个请求不是从本页面发出的，没有处理。请回到首页再试。", 403)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded":
        raise BadFormError("看不懂这种格式的请求，没有处理。请回到首页再试。", 415)
    body = await _limited(request)
    try:
        pairs = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=_MOST, errors="strict")
        fields: dict[str, Any] = {}
        for name, value in pairs:
            if name in _LISTS:
                fields.setdefault(name, []).append(value)
            else:
                fields[name] = value
        return Form.model_validate(fields)
    except (UnicodeDecodeError, ValidationError, ValueError) as error:
        raise BadFormError("这一页的表单不完整，没有处理。请回到首页再试。") from error


async def _limited(request: Request) -> bytes:
    """The body, read no further than is allowed."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST:
            raise BadFormError("这一条太长，没有读。请写短一些（1000 字以内）。", 413)
    return bytes(body)


def _from_here(request: Request) -> bool:
    """Whether a form was posted by a page of this address, as far as the browser tells."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("host")
