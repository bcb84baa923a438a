"""The turns of one browser: each request works off what its conversation was sent, and takes what was said to it."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime

import structlog

from bot.channels.web import NAME, Posted, Spoken, WebChannel
from bot.metrics import RECEIVED, TURN_SECONDS, TURNS
from bot.store.store import Scope, Store, StoreError
from bot.traces import frames
from bot.turns import ZONE, Turns
from dialogs.advance import Dialog
from dialogs.session import Session, taken_over

_AT_ONCE = 50  # messages of one conversation worked off in one request; more wait for the next one
_log = structlog.get_logger(__name__)


class Talk:
    """Conversations of browsers over a store. ``clock`` gives epoch seconds."""

    def __init__(self, store: Store, dialog: Dialog, clock: Callable[[], float]) -> None:
        """The channel is made here: no other process part serves it."""
        self._store, self._dialog, self._clock = store, dialog, clock
        self._channel = WebChannel()
        self._turns = Turns(dialog, {NAME: self._channel}, clock)

    def recover(self) -> None:
        """What an earlier process was about to show is to be shown again.

        Raises:
            StoreError: when the store fails.
        """
        with self._store.sending(Scope((NAME,))):
            pass

    def post(self, posted: Posted) -> bool:
        """Keep what was posted and answer it; false when it was known already, and nothing changes.

        Raises:
            StoreError: when it could not be kept: nothing has happened, it may be posted again.
        """
        inbound = self._channel.read(posted, self._clock())
        new = inbound is not None and self._store.receive([inbound]) > 0
        RECEIVED.labels(NAME, "new" if new else "known").inc()
        self.work_off(posted.conversation, until=posted.nonce)
        return new

    def take(self, conversation: str) -> list[Spoken]:
        """What was said and not yet shown.

        Raises:
            StoreError: when the store fails.
        """
        scope, said = Scope((NAME,), conversation), []
        while deliveries := self._store.claim(scope, 1, self._clock()):
            for delivery in deliveries:
                said.append(Spoken.model_validate(delivery.operation.body))
                self._store.sent(delivery, None)
        return said

    def session(self, conversation: str) -> Session:
        """The conversation as the next message will find it; a new one where there is none.

        Raises:
            StoreError: when the store fails.
        """
        session = self._store.session(conversation)
        corpus = self._dialog.engine.corpus
        if session is None:
            return self.fresh()
        if session.corpus_version != corpus.version:
            return taken_over(session, session.id, corpus.facts, corpus.version)
        return session

    def fresh(self) -> Session:
        """A conversation not yet begun."""
        return self._dialog.start("", datetime.fromtimestamp(self._clock(), ZONE).date())

    def work_off(self, conversation: str, until: str | None = None) -> None:
        """Process the messages that wait; one that fails is tried again at once, and set aside in the end.

        Args:
            conversation: whose messages.
            until: the nonce of the last one that is known to wait.

        Raises:
            StoreError: when the store fails.
        """
        scope = Scope((NAME,), conversation)
        for _ in range(_AT_ONCE):
            begun = time.perf_counter()
            try:
                done = self._store.turn(self._turns.work, scope, self._clock())
            except StoreError:
                raise
            except Exception as error:
                TURNS.labels(NAME, "failed").inc()
                _log.error("turn_failed", error=type(error).__name__, at=frames(error))
                continue
            if done is None:
                return
            TURNS.labels(NAME, "done").inc()
            TURN_SECONDS.observe(time.perf_counter() - begun)
            if done.dedupe_key == until:
                return
