"""``chat``, ``assess``, ``understand`` and ``ask``: what is done with the law."""

from __future__ import annotations

import sys
import uuid
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from bot.cli import assessing, reporting
from bot.cli.shared import DayOption, Options, fail, read_date


def chat(
    context: typer.Context,
    as_of: DayOption = None,
    resume: Annotated[bool, typer.Option("--resume", help="接着上次的对话")] = False,
    transcript: Annotated[Path | None, typer.Option("--transcript", help="把对话写进这个文件")] = None,
) -> None:
    """在终端里一问一答，最后给出结果。"""
    from bot.channels.terminal import NAME  # noqa: PLC0415 - the other commands keep no conversation
    from bot.cli import operating  # noqa: PLC0415
    from bot.messages import Started  # noqa: PLC0415
    from bot.terminal import Terminal  # noqa: PLC0415
    from dialogs.advance import Dialog  # noqa: PLC0415

    options: Options = context.obj
    day = read_date(as_of)
    dialog = Dialog(options.engine())
    with operating.own_conversations() as (store, desk):
        before = store.latest(NAME) if resume else None
        if resume and before is None:
            typer.echo("没有可以接着的对话，从头开始。", err=True)
        if before is not None and day is not None:
            typer.echo("接着上次的对话时日期不变；要换请在对话里输入“换日期”。", err=True)
        opening = Started(argument=None if before is not None or day is None else day.isoformat())
        try:
            Terminal(dialog, store, before or uuid.uuid4().hex, transcript=transcript, desk=desk).run(opening)
        except (KeyboardInterrupt, EOFError):  # in the middle of a turn, or at the end of a page
            typer.echo("\n已保存。下次用 huiqi chat --resume 接着来。")


def assess(
    context: typer.Context,
    facts: Annotated[
        list[str] | None, typer.Argument(help="要素=值，例如 national_pilot=是 main_revenue=1.2亿元")
    ] = None,
    policy: Annotated[str | None, typer.Option("--policy", help="只看这一份文件，例如 haizhu-2022")] = None,
    as_of: DayOption = None,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="从标准输入逐行读 JSON，逐行写 JSON")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON")] = False,
    report: Annotated[Path | None, typer.Option("--report", help="写成报告：文件名以 .docx 或 .html 结尾")] = None,
    receipt: Annotated[
        Path | None, typer.Option("--receipt", help="按这份收据（或报告）重新计算并比较；- 从标准输入读")
    ] = None,
) -> None:
    """按给出的要素逐条核对，输出结论。"""
    options: Options = context.obj
    if receipt is not None:
        if facts or policy or as_of or jsonl or report:
            fail("用了 --receipt，要素、文件和日期都在收据里，不写在命令里。")
        reporting.check(options.engine(), sys.stdin.buffer if str(receipt) == "-" else receipt)
        return
    if jsonl and (facts or policy or report):
        fail("用了 --jsonl，要素和文件写在每一行的 JSON 里，不写在命令里。")
    engine, day = options.engine(), read_date(as_of) or date.today()
    if jsonl:
        assessing.stream(engine, sys.stdin.buffer, sys.stdout, day)
    elif report is not None:
        reporting.write(engine, facts or [], policy, day, report)
    else:
        assessing.single(engine, facts or [], policy, day, as_json=as_json)


def understand(
    context: typer.Context,
    text: Annotated[str | None, typer.Argument(help="一句话，例如 “我们在海珠，做双跨平台，投了2000万”")] = None,
    as_of: DayOption = None,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="从标准输入逐行读 JSON，逐行写 JSON")] = False,
) -> None:
    """从一句话里听出要素、地区和数。"""
    from bot.cli import understanding  # noqa: PLC0415 - the other commands read no sentences

    if jsonl == (text is not None):
        fail("写一句话，或用 --jsonl 从标准输入读（二选一）。")
    options: Options = context.obj
    corpus, day = options.corpus(), read_date(as_of) or date.today()
    if text is None:
        understanding.stream(corpus, sys.stdin.buffer, sys.stdout, day)
    else:
        understanding.single(corpus, text, day)


def ask(
    context: typer.Context,
    question: Annotated[str | None, typer.Argument(help="要问的话，例如 “佛山 二级节点 上限”")] = None,
    as_of: DayOption = None,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="从标准输入逐行读 JSON，逐行写 JSON")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON")] = False,
    log_gaps: Annotated[bool, typer.Option("--log-gaps", help="把文件答不上的问题记下来（去掉个人信息）")] = False,
) -> None:
    """查条文：回答一句问话，给出条款和原文；文件没有写的，说没有写。"""
    from bot.cli import asking, operating  # noqa: PLC0415 - only this command needs the search

    if (question is None) != jsonl:
        fail("写上要问的话，例如 huiqi ask 佛山二级节点补多少；或者用 --jsonl 从标准输入读，二者选一。")
    options: Options = context.obj
    corpus, day = options.corpus(), read_date(as_of) or date.today()
    with operating.figures(wanted=log_gaps) as figures:
        if question is None:
            asking.stream(corpus, figures, sys.stdin.buffer, sys.stdout, day)
        else:
            asking.single(corpus, figures, question, day, as_json=as_json)
