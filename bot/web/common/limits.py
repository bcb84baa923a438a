"""How much may be asked at once and how often: sizes by what a request brings, rates by a token bucket a caller."""

from __future__ import annotations

import ipaddress
import math
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from fastapi import HTTPException, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LARGEST = 64 * 1024  # bytes of a body; the longest honest one is a few thousand
_CALLERS = 10_000  # buckets kept; the caller not heard of longest is forgotten, and its bucket would be the fullest
_ROUNDING = 1e-6  # of what flows in; whoever waits as long as told must not find a bucket a hair short
_TOO_LARGE = f"请求体超过 {LARGEST // 1024} KB。请只发需要的内容，或分几次"


class Buckets:
    """A token bucket for every caller: so many requests a minute, all at once or spread.

    ``clock`` gives seconds that never go back. Safe for threads; each process counts by itself.
    """

    def __init__(self, a_minute: int, clock: Callable[[], float]) -> None:
        """``a_minute``: how many requests a caller has in a minute, and how many in one go."""
        self._full, self._a_second, self._clock = float(a_minute), a_minute / 60, clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = Lock()

    def take(self, caller: str) -> int:
        """Take one request of a caller's: 0 when there was one, else the seconds (1 or more) to wait for the next."""
        now = self._clock()
        with self._lock:
            left, since = self._left.pop(caller, (self._full, now))
            left = min(self._full, left + (now - since) * self._a_second)
            taken = left > 1 - _ROUNDING
            self._left[caller] = (left - 1 if taken else left, now)
            while len(self._left) > _CALLERS:
                self._left.popitem(last=False)
        return 0 if taken else max(1, math.ceil((1 - left) / self._a_second - _ROUNDING))

    def demand(self, caller: str) -> None:
        """Take one request of a caller's.

        Raises:
            HTTPException: 429 when there is none left.
        """
        wait = self.take(caller)
        if wait:
            told = f"请求太频繁，请过 {wait} 秒再试"
            raise HTTPException(429, told, {"Retry-After": str(wait)})


def address_of(request: Request) -> str:
    """Who calls, as far as the network tells; a household or office with IPv6 is one caller (its /64)."""
    host = request.client.host if request.client is not None else ""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return f"address:{host}"
    if isinstance(address, ipaddress.IPv6Address):
        return f"address:{ipaddress.ip_network((address, 64), strict=False)}"
    return f"address:{address}"


class BodyLimit:
    """ASGI middleware: a body larger than :data:`LARGEST` is refused, by its announced length or while it comes in."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap an application."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, counting what it brings."""
        taken = 0

        async def counted() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > LARGEST:
                raise HTTPException(413, _TOO_LARGE)
            return message

        await self._app(scope, counted, send)
