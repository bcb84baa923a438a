"""``huiqi api-key``: keys of the programs that may hold conversations over HTTP."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.shared import fail

if TYPE_CHECKING:
    from bot.store.api_keys import ApiKeys

app = typer.Typer(help="管理接口密钥：通过接口进行对话的程序要带密钥。", no_args_is_help=True)
_NAME = re.compile(r"[\w.-]{1,64}")
Name = Annotated[str, typer.Argument(metavar="NAME", help="给谁用的，例如 hotline-crm")]


@app.command()
def add(name: Name) -> None:
    """新建一个密钥，只显示这一次。"""
    if not _NAME.fullmatch(name):
        fail(f"“{name}”不能作名称：用 64 个以内的字母、汉字、数字、点、横线。")
    with _keys() as keys:
        key = keys.add(name, time.time())
    if key is None:
        fail(f"“{name}”已经有密钥。要换新的，先用 huiqi api-key revoke {name} 停用旧的。", code=1)
    typer.echo(f"{name} 的密钥只显示这一次，请存好（这里只留散列）：", err=True)
    typer.echo(key)


@app.command(name="list")
def list_() -> None:
    """列出密钥的名称和建立时间。"""
    with _keys() as keys:
        listed = keys.listed()
    for key in listed:
        typer.echo(f"{key.name}　{datetime.fromtimestamp(key.made).astimezone():%Y-%m-%d %H:%M}")
    if not listed:
        typer.echo("还没有密钥。用 huiqi api-key add 名称 新建。", err=True)


@app.command()
def revoke(name: Name) -> None:
    """停用一个密钥，立即生效；对话还在，同名的新密钥可以接着用。"""
    with _keys() as keys:
        revoked = keys.revoke(name)
    if not revoked:
        fail(f"没有“{name}”的密钥。用 huiqi api-key list 查看。", code=1)
    typer.echo(f"已停用 {name} 的密钥。")


@contextmanager
def _keys() -> Iterator[ApiKeys]:
    from bot.cli.operating import settings_or_end  # noqa: PLC0415 - the other commands need no database
    from bot.store.api_keys import ApiKeys  # noqa: PLC0415
    from bot.store.open import open_database  # noqa: PLC0415

    with closing(open_database(settings_or_end().store)) as database:
        yield ApiKeys(database)
