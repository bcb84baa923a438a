"""The turns of one browser: each request works off what its conversation was sent, and takes what was said to it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.channels.web import NAME, Posted, Spoken, WebChannel
from bot.handover.exchange import Shown, shown
from bot.handover.handing_over import Attendance
from bot.metrics import RECEIVED
from bot.store.store import Scope, Store
from bot.turns import ZONE, Turns
from bot.web.working import recover, taken, work_off
from dialogs.advance import Dialog
from dialogs.session import Session, taken_over


class Talk:
    """Conversations of browsers over a store. ``clock`` gives epoch seconds."""

    def __init__(
        self, store: Store, dialog: Dialog, clock: Callable[[], float], *, gaps: bool, attendance: Attendance
    ) -> None:
        """The channel is made here: no other process part serves it. ``gaps``, ``attendance``: as :class:`bot.turns.Turns`."""
        self._store, self._dialog, self._clock = store, dialog, clock
        self._channel = WebChannel()
        self._turns = Turns(dialog, {NAME: self._channel}, clock, gaps=gaps, attendance=attendance)

    def recover(self) -> None:
        """What an earlier process was about to show is to be shown again.

        Raises:
            StoreError: when the store fails.
        """
        recover(self._store, NAME)

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
        said = taken(self._store, Scope((NAME,), conversation), self._clock())
        return [Spoken.model_validate(delivery.operation.body) for delivery in said]

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

    def handover(self, conversation: str) -> Shown | None:
        """The hand-over the conversation had last.

        Raises:
            StoreError: when the store fails.
        """
        return shown(self._store.handover(conversation))

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
        work_off(self._store, self._turns, Scope((NAME,), conversation), self._clock, until)
