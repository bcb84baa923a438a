"""Accounts of staff: passwords kept as argon2 hashes, and a pause after too many wrong ones."""

from __future__ import annotations

import re
from collections.abc import Callable

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from bot.identity import conversation_of
from bot.store.staff import Account, Staff

SHORTEST = 10  # characters of a password
LONGEST = 200
NAME = re.compile(r"[\w.-]{1,40}")
ACCOUNT_TRIES = 5
ADDRESS_TRIES = 20  # an office of many has one address
PAUSE = 15 * 60.0  # seconds


class LockedError(Exception):
    """Too many tries; the next one may come in ``seconds``."""

    def __init__(self, seconds: float) -> None:
        """Keep how long to wait."""
        super().__init__(f"locked for {seconds:.0f} s")
        self.seconds = seconds


class BadPasswordError(ValueError):
    """A password that cannot be set; the message (Chinese) says why."""


class Accounts:
    """Makes accounts and checks who signs in. ``clock`` gives epoch seconds."""

    def __init__(
        self, staff: Staff, secret: bytes, clock: Callable[[], float], hasher: PasswordHasher | None = None
    ) -> None:
        """``secret``: the installation's own; addresses are kept only as keyed hashes. ``hasher``: argon2's usual one if none."""
        self.staff, self._secret, self._clock = staff, secret, clock
        self._hasher = hasher or PasswordHasher()
        self._nobody = self._hasher.hash("nobody")  # an unknown name takes as long as a wrong password

    def add(self, name: str, password: str) -> bool:
        """A new account; false when there is one of that name.

        Raises:
            BadPasswordError: when the password cannot be set.
        """
        return self.staff.add(name, self._hashed(password), self._clock())

    def change(self, name: str, password: str) -> bool:
        """Another password; false when there is no such account.

        Raises:
            BadPasswordError: when the password cannot be set.
        """
        return self.staff.change(name, self._hashed(password))

    def sign_in(self, name: str, password: str, address: str) -> Account | None:
        """The account, when the password is right.

        Raises:
            LockedError: when there were too many tries, whether or not the password is right.
        """
        now = self._clock()
        # The address first: one that is paused can neither pause names nor fill the table with invented ones.
        keys = {self._key("address", address): ADDRESS_TRIES, self._key("name", name): ACCOUNT_TRIES}
        for key, limit in keys.items():
            until = self.staff.tried(key, now, limit, PAUSE)
            if until is not None:
                raise LockedError(until - now)
        account = self.staff.of(name)
        if not self._right(self._nobody if account is None else account.hash, password) or account is None:
            return None
        self.staff.signed_in(*keys)
        return account

    def _right(self, hashed: str, password: str) -> bool:
        try:
            return self._hasher.verify(hashed, password)
        except (VerificationError, InvalidHashError):
            return False

    def _hashed(self, password: str) -> str:
        if not SHORTEST <= len(password) <= LONGEST:
            raise BadPasswordError(f"密码要有 {SHORTEST} 到 {LONGEST} 个字符。")
        return self._hasher.hash(password)

    def _key(self, kind: str, value: str) -> str:
        return conversation_of(self._secret, f"sign in by {kind}", value)
