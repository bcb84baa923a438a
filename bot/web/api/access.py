"""Who calls: anybody, counted by address, may look things up; conversations are held with a key, counted by its name."""

from __future__ import annotations

from typing import Annotated

from fastapi import HTTPException, Request, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from bot.store.api_keys import ApiKeys
from bot.web.common.limits import Buckets, address_of

_MISSING = "请在请求头里带密钥：Authorization: Bearer hq_…（密钥由管理员用 huiqi api-key add 建）"
_WRONG = "这个密钥不对，或者已经停用"
_CHALLENGE = {"WWW-Authenticate": 'Bearer realm="huiqi"'}
_BEARER = HTTPBearer(
    scheme_name="密钥", description="管理员用 `huiqi api-key add 名称` 建的密钥，以 hq_ 开头", auto_error=False
)


class Gate:
    """Lets callers in, at their rate."""

    def __init__(self, keys: ApiKeys, buckets: Buckets) -> None:
        """Use the keys and rates of this installation."""
        self._keys, self._buckets = keys, buckets

    async def anybody(self, request: Request) -> None:
        """A caller without a name.

        Raises:
            HTTPException: 429 when it asks too often.
        """
        self._buckets.demand(address_of(request))

    def holder(self, request: Request, given: Annotated[HTTPAuthorizationCredentials | None, Security(_BEARER)]) -> str:
        """The name of the key that a caller brings.

        Raises:
            HTTPException: 401 without a key in force, 429 when it is used too often.
        """
        name = None if given is None else self._keys.name_of(given.credentials)
        if name is not None:
            self._buckets.demand(f"key:{name}")
            return name
        self._buckets.demand(address_of(request))
        raise HTTPException(401, _MISSING if given is None else _WRONG, _CHALLENGE)
