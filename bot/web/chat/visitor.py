"""Who a browser is: an unguessable id in a signed cookie, and the conversation and form tokens that follow from it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from fastapi import Request, Response
from itsdangerous import BadSignature, URLSafeSerializer

from bot.channels.web import NAME
from bot.identity import conversation_of

COOKIE = "huiqi"
_LONGEST = 200  # characters of a cookie or token of ours


@dataclass(frozen=True, slots=True)
class Visitor:
    """A browser. ``conversation``: keyed hash of its id. ``known``: it brought its cookie along."""

    id: str
    conversation: str
    known: bool


class Visitors:
    """Gives ids, and knows them again."""

    def __init__(self, secret: bytes, keep: int) -> None:
        """``keep``: seconds a cookie lasts after the last visit."""
        self._secret, self._keep = secret, keep
        self._cookies = URLSafeSerializer(secret, salt="web.cookie")
        self._forms = URLSafeSerializer(secret, salt="web.form")

    def of(self, request: Request) -> Visitor:
        """The visitor a request comes from; a new one where the cookie is missing or not ours."""
        found = _loaded(self._cookies, request.cookies.get(COOKIE, ""))
        visitor = found if isinstance(found, str) else secrets.token_urlsafe(16)
        return Visitor(visitor, conversation_of(self._secret, NAME, visitor), isinstance(found, str))

    def remember(self, visitor: Visitor, request: Request, response: Response) -> None:
        """Set the cookie (again: it lasts from the last visit on)."""
        response.set_cookie(
            COOKIE,
            str(self._cookies.dumps(visitor.id)),
            max_age=self._keep,
            httponly=True,
            samesite="lax",
            secure=request.url.scheme == "https",
        )

    def form_token(self, visitor: Visitor) -> str:
        """A token for the forms of one page: good once, for this visitor only."""
        return str(self._forms.dumps([visitor.conversation[:16], secrets.token_urlsafe(16)]))

    def nonce(self, visitor: Visitor, token: str) -> str | None:
        """The nonce of a form token, or ``None`` when the token was not made for this visitor."""
        found = _loaded(self._forms, token)
        if not isinstance(found, list) or len(found) != 2 or found[0] != visitor.conversation[:16]:
            return None
        return str(found[1])


def _loaded(signed: URLSafeSerializer, text: str) -> object:
    if len(text) > _LONGEST:
        return None
    try:
        loaded: object = signed.loads(text)
    except BadSignature:
        return None
    return loaded
