"""Commands for whoever runs the assistant: settings, what waits or failed, backups."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from bot.cli.shared import Options, fail
from bot.handover.handing_over import Attendance
from bot.settings import Settings, SettingsError, masked, read_settings
from bot.store.database import Database
from bot.store.durable import DurableStore
from bot.store.figures import Figures
from bot.store.handover.leases import HandOvers
from bot.store.open import open_database, open_store
from bot.store.store import Store

if TYPE_CHECKING:
    from bot.terminal import Desk
    from dialogs.advance import Dialog

_STATES = {"queued": "等待", "sending": "发送中", "dead": "发不出去"}


def settings_or_end() -> Settings:
    """The settings; a variable that cannot be used ends the command."""
    try:
        return read_settings()
    except SettingsError as error:
        fail(str(error), code=1)


def poll(options: Options) -> None:
    """Serve Telegram by long polling."""
    from bot import serving  # noqa: PLC0415 - loads the client and the web server

    _run(serving.poll, options)


def serve(options: Options) -> None:
    """Serve the web application."""
    from bot import serving  # noqa: PLC0415

    _run(serving.serve, options)


def _run(service: Callable[[Settings, Dialog], Coroutine[None, None, None]], options: Options) -> None:
    from bot.channels.telegram.polling import PollingError  # noqa: PLC0415
    from bot.logs import configure_logs  # noqa: PLC0415
    from dialogs.advance import Dialog  # noqa: PLC0415

    settings = settings_or_end()
    configure_logs(settings)
    try:
        asyncio.run(service(settings, Dialog(options.engine())))
    except (SettingsError, PollingError) as error:
        fail(str(error), code=1)


def config() -> None:
    """Print every setting by its variable; secrets only as set or not."""
    described = [field.description for field in Settings.model_fields.values()]
    for (variable, value), description in zip(masked(settings_or_end()).items(), described, strict=True):
        typer.echo(f"# {description}\n{variable}={value}")


def outbox(limit: int) -> None:
    """Print what waits to be sent, what could not be sent, and messages that could not be processed."""
    with opened() as store:
        backlog = store.backlog()
        typer.echo(
            f"待处理 {backlog.inbox} 条，待发送 {backlog.outbox} 条，发不出去 {backlog.dead} 条，暂停的对话 {backlog.paused} 个。"
        )
        for row in store.outbox(limit):
            typer.echo(
                f"{row.id}  {_STATES[row.state]}  {row.channel}/{row.conversation[:12]}  {row.kind}  "
                f"试了 {row.attempts} 次  {_time(row.made)}{f'  {row.error}' if row.error else ''}"
            )
        for message in store.set_aside(limit):
            typer.echo(
                f"没能处理  {message.channel}/{message.conversation[:12]}  {_time(message.arrived)}  {message.error}"
            )


def backup(target: Path) -> None:
    """Write a consistent copy of the conversations while everything goes on."""
    if target.exists():
        fail(f"{target} 已经有了，没有覆盖。请换一个名字。", code=1)
    with opened() as store:
        store.backup(target)
    typer.echo(f"已备份到 {target}。恢复方法见 docs/operation.md。")


@contextmanager
def opened_database() -> Iterator[Database]:
    """The database the settings name."""
    with closing(open_database(settings_or_end().store)) as database:
        yield database


@contextmanager
def figures(*, wanted: bool) -> Iterator[Figures | None]:
    """Where lookups are counted; ``None`` unless ``wanted``."""
    if not wanted:
        yield None
        return
    with opened_database() as database:
        yield Figures(database)


@contextmanager
def opened() -> Iterator[Store]:
    """The store the settings name."""
    settings = settings_or_end()
    with closing(open_store(settings.store)) as store:
        yield store


def _time(epoch: float) -> str:
    return datetime.fromtimestamp(epoch).astimezone().strftime("%Y-%m-%d %H:%M")


@contextmanager
def own_conversations() -> Iterator[tuple[Store, Desk]]:
    """Where conversations at a terminal are kept, and whom they may be handed over to."""
    from bot.terminal import Desk  # noqa: PLC0415 - loads the channel

    settings = settings_or_end()
    with closing(open_database(settings.data / "huiqi.db")) as database:
        handovers = HandOvers(database, settings.lease_minutes * 60.0)
        yield DurableStore(database), Desk(Attendance(settings.waiting_minutes * 60.0, settings.hours), handovers.sweep)
