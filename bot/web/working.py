"""Turns of conversations whose people (or programs) come and ask: the request itself works off what waits."""

from __future__ import annotations

import time
from collections.abc import Callable

import structlog

from bot.metrics import TURN_SECONDS, TURNS
from bot.store.store import Delivery, Scope, Store, StoreError
from bot.traces import frames
from bot.turns import Turns

_AT_ONCE = 50  # messages of one conversation worked off in one request; more wait for the next one
_log = structlog.get_logger(__name__)


def recover(store: Store, channel: str) -> None:
    """What an earlier process was about to show is to be shown again.

    Raises:
        StoreError: when the store fails.
    """
    with store.sending(Scope((channel,))):
        pass


def work_off(store: Store, turns: Turns, scope: Scope, clock: Callable[[], float], until: str | None = None) -> None:
    """Process the messages that wait in one conversation; one that fails is tried again at once, set aside in the end.

    Args:
        store: where they wait.
        turns: what processes them.
        scope: the conversation.
        clock: epoch seconds.
        until: the dedupe key of the last one that is known to wait.

    Raises:
        StoreError: when the store fails.
    """
    channel = scope.channels[0]
    for _ in range(_AT_ONCE):
        begun = time.perf_counter()
        try:
            done = store.turn(turns.work, scope, clock())
        except StoreError:
            raise
        except Exception as error:
            TURNS.labels(channel, "failed").inc()
            _log.error("turn_failed", error=type(error).__name__, at=frames(error))
            continue
        if done is None:
            return
        TURNS.labels(channel, "done").inc()
        TURN_SECONDS.observe(time.perf_counter() - begun)
        if done.dedupe_key == until:
            return


def taken(store: Store, scope: Scope, now: float) -> list[Delivery]:
    """What was said and not yet shown, in order; it counts as shown from now on.

    Raises:
        StoreError: when the store fails.
    """
    said: list[Delivery] = []
    while deliveries := store.claim(scope, 1, now):
        for delivery in deliveries:
            said.append(delivery)
            store.sent(delivery, None)
    return said
