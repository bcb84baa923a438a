"""Reading a posted form: small, of the right kind, from a page of this address."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from fastapi import Request

LARGEST = 32 * 1024  # bytes of a form; a long answer takes a tenth of it
_MOST = 120  # fields; a list to tick has a dozen


class BadFormError(ValueError):
    """A form that is not taken; the message (Chinese) says why and what to do, ``status`` is the answer's."""

    def __init__(self, why: str, status: int = 400) -> None:
        """Keep the status."""
        super().__init__(why)
        self.status = status


async def read_fields(request: Request, lists: Collection[str] = ()) -> dict[str, Any]:
    """The fields of the form a request carries: the last value of each, all values of those in ``lists``.

    Raises:
        BadFormError: when it is too large, of another kind, from elsewhere, or no form.
    """
    if not _from_here(request):
        raise BadFormError("这个请求不是从本页面发出的，没有处理。请回到首页再试。", 403)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded":
        raise BadFormError("看不懂这种格式的请求，没有处理。请回到首页再试。", 415)
    body = await _limited(request)
    try:
        pairs = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=_MOST, errors="strict")
    except ValueError as error:  # also what is no UTF-8
        raise BadFormError("这一页的表单不完整，没有处理。请回到首页再试。") from error
    fields: dict[str, Any] = {}
    for name, value in pairs:
        if name in lists:
            fields.setdefault(name, []).append(value)
        else:
            fields[name] = value
    return fields


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
