"""The serving processes: Telegram by long polling, and the web application (with Telegram's webhook where one is set)."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import signal
import socket
import time
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from datetime import datetime

import structlog
import typer
import uvicorn
from fastapi import APIRouter
from telegram.error import InvalidToken, TelegramError

from bot.assembly import Parts, assemble
from bot.channels.channel import SendError
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.client import make_bot
from bot.channels.telegram.commands import offer_commands
from bot.channels.telegram.failures import BAD_TOKEN, meaning
from bot.channels.telegram.inline import Find
from bot.channels.telegram.polling import Polling
from bot.channels.telegram.webhook import set_webhook, webhook
from bot.clauses import clauses
from bot.secret import secret_key
from bot.sender import backoff
from bot.settings import Settings, SettingsError
from bot.staff import Accounts
from bot.store.api_keys import ApiKeys
from bot.store.figures import Figures
from bot.store.staff import Staff
from bot.turns import ZONE
from bot.web.api.app import PATH, Api, create_api
from bot.web.app import create_app
from bot.web.chat.router import chat_router
from bot.web.desk.routes import desk_router
from bot.web.health import health_router
from bot.web.policies.router import policies_router
from bot.web.policies.view import Documents
from dialogs.advance import Dialog

_log = structlog.get_logger(__name__)


async def poll(settings: Settings, dialog: Dialog) -> None:
    """Serve Telegram by long polling until told to stop (SIGTERM, SIGINT); then finish what is under way.

    Raises:
        SettingsError: without a token, or when Telegram refuses it.
        StoreError: when the store cannot be opened.
        PollingError: when polling cannot go on.
    """
    async with _telegram(settings) as channel:
        parts = assemble(settings, dialog, [channel])
        async with parts.running():
            _log.info("polling", bot=channel.bot.username)
            polling = Polling(channel, parts.runner.receive, time.time, _find(dialog))
            await _until_stopped(polling.run())


async def serve(settings: Settings, dialog: Dialog) -> None:
    """Serve the web application until told to stop; with a token and an address, Telegram's webhook too.

    Raises:
        SettingsError: when Telegram refuses the token, or the address to serve on cannot be had.
        StoreError: when the store cannot be opened.
    """
    if settings.telegram_token is None or settings.webhook_url is None:
        await _web(settings, dialog, assemble(settings, dialog, []), [])
        return
    async with _telegram(settings) as channel:
        parts = assemble(settings, dialog, [channel])
        secret = _webhook_secret(settings)
        await _insist_webhook(channel, settings.webhook_url, secret)
        await _web(settings, dialog, parts, [webhook(channel, secret, parts.runner.receive, time.time, _find(dialog))])


async def _web(settings: Settings, dialog: Dialog, parts: Parts, routers: list[APIRouter]) -> None:
    health = health_router(parts.store, lambda: parts.runner.working)
    chat = chat_router(
        parts.store,
        dialog,
        secret_key(settings),
        settings.retention_days,
        gaps=settings.log_gaps,
        attendance=parts.attendance,
    )
    documents = Documents(dialog.engine.corpus)
    secret, staff = secret_key(settings), Staff(parts.database, settings.audit_days * 86_400.0)
    accounts = Accounts(staff, secret, time.time)
    desk = desk_router(parts.database, accounts, dialog, documents, secret, time.time, parts.handovers)
    app = create_app(
        [health, chat, policies_router(documents, time.time), desk, *routers],
        parts.running,
        {PATH: create_api(_api(settings, dialog, parts))},
    )
    config = uvicorn.Config(
        app, host=settings.host, port=settings.port, log_config=None, access_log=False, server_header=False
    )
    with _listening(settings) as listening:
        await _Server(config).serve(sockets=[listening])


def _listening(settings: Settings) -> socket.socket:
    """The socket to serve on.

    Raises:
        SettingsError: when the address cannot be had.
    """
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        return socket.create_server((settings.host, settings.port), family=family, backlog=2048)
    except OSError as error:
        place = f"{settings.host}:{settings.port}"
        raise SettingsError(
            f"监听不了 {place}：可能已经有一个程序在用，或者没有权限用这个端口。换一个 HUIQI_PORT，或先停掉那个程序。"
        ) from error


def _api(settings: Settings, dialog: Dialog, parts: Parts) -> Api:
    return Api(
        parts.store,
        ApiKeys(parts.database),
        dialog,
        secret_key(settings),
        settings.api_rate,
        Figures(parts.database),
        gaps=settings.log_gaps,
        attendance=parts.attendance,
    )


class _Server(uvicorn.Server):
    """Tells the address when it can be opened."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        for server in self.servers if self.started else ():
            host, port = server.sockets[0].getsockname()[:2]
            typer.echo(f"在浏览器里打开 http://{f'[{host}]' if ':' in host else host}:{port}　（按 Ctrl+C 停止）")


@asynccontextmanager
async def _telegram(settings: Settings) -> AsyncIterator[TelegramChannel]:
    """The channel, connected; Telegram is waited for, since everything already received can be kept waiting."""
    if settings.telegram_token is None:
        raise SettingsError("没有设 HUIQI_TELEGRAM_TOKEN。请把 BotFather 给的令牌设为这个环境变量。")
    secret = secret_key(settings)
    bot = make_bot(settings.telegram_token.get_secret_value(), api=settings.telegram_api)
    failures = 0
    while True:
        try:
            await bot.initialize()
            await offer_commands(bot)
            break
        except InvalidToken:
            raise SettingsError(f"{BAD_TOKEN}。") from None
        except TelegramError as error:
            failures += 1
            _log.warning("telegram_unreachable", why=str(meaning(error)))
            await asyncio.sleep(min(backoff(failures), 60.0))
    try:
        yield TelegramChannel(bot, secret)
    finally:
        await bot.shutdown()


def _find(dialog: Dialog) -> Find:
    """What answers inline queries."""
    return clauses(dialog.engine.corpus, dialog.searcher, lambda: datetime.now(ZONE).date())


def _webhook_secret(settings: Settings) -> str:
    """The secret set, or one that every process of this installation derives alike."""
    if settings.webhook_secret is not None:
        return settings.webhook_secret.get_secret_value()
    return hmac.new(secret_key(settings), b"telegram webhook", hashlib.sha256).hexdigest()


async def _insist_webhook(channel: TelegramChannel, url: str, secret: str) -> None:
    failures = 0
    while True:
        try:
            await set_webhook(channel, url, secret)
        except SendError as error:
            failures += 1
            _log.warning("webhook_not_set", why=str(error))
            await asyncio.sleep(min(backoff(failures), 60.0))
        else:
            _log.info("webhook_set", bot=channel.bot.username)
            return


async def _until_stopped(job: Coroutine[None, None, None]) -> None:
    """Run a job until it ends or the process is told to stop."""
    task = asyncio.create_task(job)
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, task.cancel)
    try:
        await task
    except asyncio.CancelledError:
        _log.info("stopping")
