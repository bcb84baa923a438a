"""``facts``, ``policies``, ``show`` and ``lint``: what is in the corpus."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from bot.cli import listing
from bot.cli.shared import DayOption, Options, read_date


def facts(
    context: typer.Context,
    word: Annotated[str | None, typer.Argument(help="只列名称或说明里有这个词的")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON")] = False,
) -> None:
    """列出全部要素：编号、名称、类型、单位、选项。"""
    options: Options = context.obj
    listing.facts(options.corpus(), word, as_json=as_json)


def policies(
    context: typer.Context,
    as_of: DayOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON")] = False,
) -> None:
    """列出收有的文件和它们在某一天的时效。"""
    options: Options = context.obj
    listing.policies(options.corpus(), read_date(as_of) or date.today(), as_json=as_json)


def show(
    context: typer.Context,
    id_: Annotated[str, typer.Argument(metavar="ID", help="文件、条款、事项或要素的编号，例如 haizhu-2022/3.1.a")],
) -> None:
    """显示一份文件、一条条款、一个事项或一个要素。"""
    options: Options = context.obj
    listing.show(options.corpus(), id_)


def lint(
    context: typer.Context,
    write: Annotated[bool, typer.Option("--write", help="重新生成边界用例和 JSON Schema")] = False,
) -> None:
    """检查规则文件，指出哪个文件哪一行有什么问题、怎么改。"""
    from bot.cli import linting  # noqa: PLC0415 - only this command needs the lint

    options: Options = context.obj
    linting.run(options, write=write)
