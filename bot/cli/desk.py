"""``huiqi desk``: accounts of staff, and the record of who read or wrote what."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from bot.cli.shared import fail

if TYPE_CHECKING:
    from bot.staff import Accounts
    from bot.store.staff import Staff

app = typer.Typer(help="管理热线台的账号：热线台在 huiqi serve 的 /desk。", no_args_is_help=True)
Name = Annotated[str, typer.Argument(metavar="NAME", help="登录用的名称，例如 li")]


@app.command()
def add_user(name: Name) -> None:
    """新建账号；密码要输两次，或从标准输入读一行。"""
    from bot.staff import NAME  # noqa: PLC0415

    if not NAME.fullmatch(name):
        fail(f"“{name}”不能作名称：用 40 个以内的字母、汉字、数字、点、横线。")
    with _accounts() as (accounts, _):
        added = _with_password(accounts.add, name)
    if not added:
        fail(f"“{name}”已经有账号。换密码用 huiqi desk set-password {name}。", code=1)
    typer.echo(f"已建账号 {name}。")


@app.command()
def set_password(name: Name) -> None:
    """换密码；已经登录的要重新登录。"""
    with _accounts() as (accounts, staff):
        if staff.of(name) is None:
            _no_account(name)
        _with_password(accounts.change, name)
    typer.echo(f"已换 {name} 的密码。")


@app.command()
def remove(name: Name) -> None:
    """去掉账号，立即生效。"""
    with _accounts() as (_, staff):
        if not staff.remove(name):
            _no_account(name)
    typer.echo(f"已去掉账号 {name}。")


@app.command(name="list")
def list_() -> None:
    """列出账号。"""
    with _accounts() as (_, staff):
        listed = staff.listed()
    for account in listed:
        typer.echo(f"{account.name}　{_time(account.made)}")
    if not listed:
        typer.echo("还没有账号。用 huiqi desk add-user 名称 新建。", err=True)


@app.command()
def audit(limit: Annotated[int, typer.Option(min=1, max=100_000, help="最多几行")] = 100) -> None:
    """列出谁看了、做了什么，新的在前。"""
    with _accounts() as (_, staff):
        for entry in staff.recorded(limit):
            typer.echo(f"{_time(entry.at)}　{entry.who}　{entry.what}　{entry.about}".rstrip("　"))


@contextmanager
def _accounts() -> Iterator[tuple[Accounts, Staff]]:
    from bot.cli.operating import settings_or_end  # noqa: PLC0415 - the other commands need no database
    from bot.secret import secret_key  # noqa: PLC0415
    from bot.settings import SettingsError  # noqa: PLC0415
    from bot.staff import Accounts  # noqa: PLC0415
    from bot.store.open import open_database  # noqa: PLC0415
    from bot.store.staff import Staff  # noqa: PLC0415

    settings = settings_or_end()
    try:
        secret = secret_key(settings)
    except SettingsError as error:
        fail(str(error), code=1)
    database = open_database(settings.store)
    try:
        staff = Staff(database)
        yield Accounts(staff, secret, time.time), staff
    finally:
        database.close()


def _with_password(act: Callable[[str, str], bool], name: str) -> bool:
    from bot.staff import BadPasswordError  # noqa: PLC0415

    try:
        return act(name, _password())
    except BadPasswordError as error:
        fail(str(error))


def _password() -> str:
    """Never as an argument, which other users of the machine could read."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    return str(typer.prompt("密码", hide_input=True, confirmation_prompt="再输一次"))


def _no_account(name: str) -> NoReturn:
    fail(f"没有“{name}”这个账号。用 huiqi desk list 查看。", code=1)


def _time(epoch: float) -> str:
    return datetime.fromtimestamp(epoch).astimezone().strftime("%Y-%m-%d %H:%M")
