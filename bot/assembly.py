"""Puts the parts of a serving process together as the settings say."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bot.channels.channel import Channel
from bot.handover.handing_over import Attendance
from bot.runner import Runner
from bot.sender import Sender
from bot.settings import Settings
from bot.store.database import Database
from bot.store.durable import DurableStore
from bot.store.handover.leases import HandOvers
from bot.store.open import open_database
from bot.store.store import Scope, Store
from bot.turns import Turns
from dialogs.advance import Dialog


@dataclass(frozen=True)
class Parts:
    """One process: where conversations are kept, the database they and everything else stand in, and what runs them."""

    store: Store
    database: Database
    runner: Runner
    handovers: HandOvers
    attendance: Attendance

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Work from entering to leaving; then everything under way is drained and the store closed."""
        self.runner.start()
        try:
            yield
        finally:
            await self.runner.stop()
            self.store.close()


def assemble(
    settings: Settings, dialog: Dialog, channels: Sequence[Channel], clock: Callable[[], float] = time.time
) -> Parts:
    """The parts of a process that serves some channels; ``clock`` gives epoch seconds.

    Raises:
        StoreError: when the store cannot be opened.
    """
    database = open_database(settings.store)
    store = DurableStore(database)
    named = {channel.name: channel for channel in channels}
    scope = Scope(tuple(named))
    sender = Sender(store, named, scope, clock)
    handovers = HandOvers(database, settings.lease_minutes * 60.0)
    attendance = Attendance(settings.waiting_minutes * 60.0, settings.hours)
    turns = Turns(dialog, named, clock, gaps=settings.log_gaps, attendance=attendance)
    keep = settings.retention_days * 86_400.0
    runner = Runner(
        store, turns, named, sender, scope, clock, workers=settings.workers, keep=keep, sweep=handovers.sweep
    )
    return Parts(store, database, runner, handovers, attendance)
