"""Who is signed in: a signed cookie, good as long as its account and password, and not for ever."""

from __future__ import annotations

import hmac
import re
from collections.abc import Callable
from dataclasses import dataclass

from fastapi import Request, Response
from itsdangerous import BadSignature, URLSafeSerializer

from bot.store.staff import Account, Staff

COOKIE = "huiqi_desk"
PATH = "/desk"
IDLE = 60 * 60.0  # seconds without a request, after which one signs in again
LASTS = 12 * 60 * 60.0  # seconds after which one signs in again in any case
_FRESH = 60.0  # seconds a cookie is not worth renewing
_LONGEST = 400  # characters of a cookie of ours
_LOCAL = re.compile(r"/desk(/[\w.=&%:-]+)*(\?[^\s\\<>\"]*)?")


@dataclass(frozen=True, slots=True)
class Operator:
    """Somebody signed in. ``begun``, ``seen``: when they signed in and were last seen (epoch seconds)."""

    name: str
    version: int
    begun: float
    seen: float


class Sessions:
    """Gives cookies and knows them again. ``clock`` gives epoch seconds."""

    def __init__(self, staff: Staff, secret: bytes, clock: Callable[[], float]) -> None:
        """``secret``: the installation's own; signs cookies and forms."""
        self._staff, self._clock = staff, clock
        self._cookies = URLSafeSerializer(secret, salt="desk.cookie")
        self._forms = URLSafeSerializer(secret, salt="desk.form")

    def begin(self, account: Account, request: Request, response: Response) -> None:
        """Sign in: the cookie is set anew."""
        now = self._clock()
        self._set(Operator(account.name, account.version, now, now), request, response)

    def of(self, request: Request) -> Operator | None:
        """Who sends a request; ``None`` when the cookie is missing, not ours, too old, or its account has changed.

        Raises:
            StoreError: when the store fails.
        """
        operator = self._read(request.cookies.get(COOKIE, ""))
        if operator is None:
            return None
        now = self._clock()
        if now - operator.seen > IDLE or now - operator.begun > LASTS:
            return None
        account = self._staff.of(operator.name)
        return operator if account is not None and account.version == operator.version else None

    def renew(self, operator: Operator, request: Request, response: Response) -> None:
        """Let the cookie last from now on."""
        now = self._clock()
        if now - operator.seen > _FRESH:
            self._set(Operator(operator.name, operator.version, operator.begun, now), request, response)

    def end(self, response: Response) -> None:
        """Sign out."""
        response.delete_cookie(COOKIE, path=PATH)

    def form_token(self, operator: Operator) -> str:
        """What every form of an operator carries: another site cannot know it."""
        return str(self._forms.dumps([operator.name, operator.version, operator.begun]))

    def carried(self, operator: Operator, token: str) -> bool:
        """Whether a form's token was made for this operator's session."""
        return hmac.compare_digest(self.form_token(operator).encode(), token.encode())

    def _set(self, operator: Operator, request: Request, response: Response) -> None:
        value = str(self._cookies.dumps([operator.name, operator.version, operator.begun, operator.seen]))
        response.set_cookie(
            COOKIE, value, path=PATH, httponly=True, samesite="lax", secure=request.url.scheme == "https"
        )

    def _read(self, text: str) -> Operator | None:
        if len(text) > _LONGEST:
            return None
        try:
            name, version, begun, seen = self._cookies.loads(text)
        except (BadSignature, ValueError, TypeError):
            return None
        return Operator(name, version, begun, seen)


def local(address: str) -> str:
    """Where to go after signing in: a page of the desk, whatever was asked for."""
    return address if _LOCAL.fullmatch(address) else PATH
