"""The client of the Bot API."""

from __future__ import annotations

import logging
import warnings
from dataclasses import dataclass

from telegram import Bot
from telegram.request import HTTPXRequest
from telegram.warnings import PTBDeprecationWarning

API = "https://api.telegram.org"


@dataclass(frozen=True, slots=True)
class Limits:
    """How the client uses the network. Times in seconds.

    ``pool``: connections for calls; long polls have their own.
    """

    pool: int = 32
    connect: float = 5.0
    read: float = 20.0
    write: float = 20.0
    wait_for_pool: float = 5.0


def make_bot(token: str, limits: Limits = Limits(), api: str = API) -> Bot:
    """A client that is not connected yet; enter it as a context or call its ``initialize``.

    Raises:
        ValueError: when the token is empty.
    """
    if not token:
        raise ValueError("没有给 Telegram 机器人的令牌。请把 BotFather 给的令牌设为 HUIQI_TELEGRAM_TOKEN")
    _keep_quiet()
    return Bot(
        token,
        base_url=f"{api.rstrip('/')}/bot",
        base_file_url=f"{api.rstrip('/')}/file/bot",
        request=_request(limits, limits.pool),
        get_updates_request=_request(limits, 2),
    )


def _request(limits: Limits, pool: int) -> HTTPXRequest:
    return HTTPXRequest(
        connection_pool_size=pool,
        connect_timeout=limits.connect,
        read_timeout=limits.read,
        write_timeout=limits.write,
        media_write_timeout=limits.write,
        pool_timeout=limits.wait_for_pool,
    )


def _keep_quiet() -> None:
    """The libraries log addresses, which hold the token, and calls, which hold what is said.

    The warning is of a type that is going to change; both are read (``failures.seconds_of``).
    """
    for name in ("httpx", "httpcore", "telegram"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # what fails is raised as well
    warnings.filterwarnings("ignore", "(?s).*attribute `retry_after`", PTBDeprecationWarning)
