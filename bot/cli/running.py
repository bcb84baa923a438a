"""``serve``, ``telegram`` and what whoever runs the assistant needs: settings, what waits, figures, backups."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.shared import Options, read_date


def serve(context: typer.Context) -> None:
    """启动网页服务；设了 HUIQI_TELEGRAM_TOKEN 和 HUIQI_WEBHOOK_URL，也收 Telegram 的 webhook。"""
    from bot.cli import operating  # noqa: PLC0415

    operating.serve(context.obj)


def telegram(context: typer.Context) -> None:
    """用长轮询在 Telegram 里服务（要设 HUIQI_TELEGRAM_TOKEN）。"""
    from bot.cli import operating  # noqa: PLC0415 - only commands that serve need settings

    operating.poll(context.obj)


def config() -> None:
    """显示生效的设置（环境变量 HUIQI_…），密钥只显示有没有设。"""
    from bot.cli import operating  # noqa: PLC0415 - only commands that serve need settings

    operating.config()


def outbox(
    limit: Annotated[int, typer.Option("--limit", min=1, help="最多列出几条")] = 50,
) -> None:
    """列出等待发送、发不出去和没能处理的消息。"""
    from bot.cli import operating  # noqa: PLC0415 - only commands that serve need settings

    operating.outbox(limit)


def gaps(
    csv: Annotated[Path | None, typer.Option("--csv", help="写成这个 CSV 文件")] = None,
) -> None:
    """列出文件答不上的问题，问得多的在前。"""
    from bot.cli import asking, operating  # noqa: PLC0415
    from bot.store.gaps import Gaps  # noqa: PLC0415

    with operating.opened_database() as database:
        kept = Gaps(database)
        if csv is None:
            asking.list_gaps(kept, None)
            return
        with csv.open("w", encoding="utf-8-sig", newline="") as file:  # the mark tells spreadsheets that it is UTF-8
            asking.list_gaps(kept, file)


def figures(
    context: typer.Context,
    since: Annotated[str | None, typer.Option("--from", help="从哪一天起；不写就是 30 天", metavar="日期")] = None,
    until: Annotated[str | None, typer.Option("--to", help="到哪一天；不写就是今天", metavar="日期")] = None,
    csv: Annotated[Path | None, typer.Option("--csv", help="写成这个 CSV 文件")] = None,
) -> None:
    """数字：哪一题停的人多，结果里有哪些条款，每天多少；不含任何人的资料。"""
    from bot.cli import figures as shown  # noqa: PLC0415
    from bot.cli import operating  # noqa: PLC0415

    first, last = read_date(since), read_date(until) or date.today()
    with operating.opened_database() as database:
        if csv is None:
            from dialogs.advance import Dialog  # noqa: PLC0415

            options: Options = context.obj
            shown.listed(Dialog(options.engine()), database, first, last)
            return
        with csv.open("w", encoding="utf-8-sig", newline="") as file:
            shown.write(database, file, first, last)


def backup(target: Annotated[Path, typer.Argument(help="备份写到这个文件")]) -> None:
    """在运行中备份全部对话记录。"""
    from bot.cli import operating  # noqa: PLC0415 - only commands that serve need settings

    operating.backup(target)
