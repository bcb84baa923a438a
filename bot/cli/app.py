"""The commands of ``huiqi`` and what they share."""

from __future__ import annotations

import errno
import io
import sys
import uuid
from datetime import date
from pathlib import Path
from typing import Annotated, cast

import typer

from bot.cli import api_keys, assessing, desk, listing, reporting
from bot.cli.shared import Options, fail, read_date
from bot.store.errors import StoreError
from policies.problems import CorpusError

app = typer.Typer(
    help="惠企政策助手：按条文逐条核对企业能对上哪些政策，给出原文和估算范围。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(api_keys.app, name="api-key")
app.add_typer(desk.app, name="desk")
CorpusOption = Annotated[
    Path | None, typer.Option("--corpus", envvar="HUIQI_CORPUS", help="政策文件夹（默认用自带的五份文件）")
]
FactsOption = Annotated[Path | None, typer.Option("--facts-file", envvar="HUIQI_FACTS", help="要素表 facts.yaml")]
DayOption = Annotated[str | None, typer.Option("--as-of", help="按哪一天算，例如 2024-03-15（默认今天）")]


@app.callback()
def common(context: typer.Context, corpus: CorpusOption = None, facts_file: FactsOption = None) -> None:
    """惠企政策助手。"""
    context.obj = Options(corpus, facts_file)


@app.command()
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


@app.command()
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


@app.command()
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


@app.command()
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


@app.command()
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


@app.command()
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


@app.command()
def facts(
    context: typer.Context,
    word: Annotated[str | None, typer.Argument(help="只列名称或说明里有这个词的")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON")] = False,
) -> None:
    """列出全部要素：编号、名称、类型、单位、选项。"""
    options: Options = context.obj
    listing.facts(options.corpus(), word, as_json=as_json)


@app.command()
def policies(
    context: typer.Context,
    as_of: DayOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON")] = False,
) -> None:
    """列出收有的文件和它们在某一天的时效。"""
    options: Options = context.obj
    listing.policies(options.corpus(), read_date(as_of) or date.today(), as_json=as_json)


@app.command()
def show(
    context: typer.Context,
    id_: Annotated[str, typer.Argument(metavar="ID", help="文件、条款、事项或要素的编号，例如 haizhu-2022/3.1.a")],
) -> None:
    """显示一份文件、一条条款、一个事项或一个要素。"""
    options: Options = context.obj
    listing.show(options.corpus(), id_)


@app.command()
def lint(
    context: typer.Context,
    write: Annotated[bool, typer.Option("--write", help="重新生成边界用例和 JSON Schema")] = False,
) -> None:
    """检查规则文件，指出哪个文件哪一行有什么问题、怎么改。"""
    from bot.cli import linting  # noqa: PLC0415 - only this command needs the lint

    options: Options = context.obj
    linting.run(options, write=write)


@app.command()
def telegram(context: typer.Context) -> None:
    """用长轮询在 Telegram 里服务（要设 HUIQI_TELEGRAM_TOKEN）。"""
    from bot.cli import operating  # noqa: PLC0415 - only commands that serve need settings

    operating.poll(context.obj)


@app.command()
def serve(context: typer.Context) -> None:
    """启动网页服务；设了 HUIQI_TELEGRAM_TOKEN 和 HUIQI_WEBHOOK_URL，也收 Telegram 的 webhook。"""
    from bot.cli import operating  # noqa: PLC0415

    operating.serve(context.obj)


@app.command()
def config() -> None:
    """显示生效的设置（环境变量 HUIQI_…），密钥只显示有没有设。"""
    from bot.cli import operating  # noqa: PLC0415 - only commands that serve need settings

    operating.config()


@app.command()
def outbox(
    limit: Annotated[int, typer.Option("--limit", min=1, help="最多列出几条")] = 50,
) -> None:
    """列出等待发送、发不出去和没能处理的消息。"""
    from bot.cli import operating  # noqa: PLC0415 - only commands that serve need settings

    operating.outbox(limit)


@app.command()
def backup(target: Annotated[Path, typer.Argument(help="备份写到这个文件")]) -> None:
    """在运行中备份全部对话记录。"""
    from bot.cli import operating  # noqa: PLC0415 - only commands that serve need settings

    operating.backup(target)


_FILE_ERRORS = {
    errno.ENOENT: "没有这个文件或文件夹",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "这里只能读，不能写",
    errno.ENOSPC: "磁盘满了",
    errno.EISDIR: "这是文件夹，不是文件",
    errno.ENOTDIR: "路径里有一段不是文件夹",
    errno.EEXIST: "已有同名的文件",
}
_UsageError = cast(type[Exception], typer.BadParameter.__base__)  # typer exports only this child of it


_USAGE_WORDS = {
    "No such option:": "没有选项",
    "No such command": "没有命令",
    "Missing parameter:": "少写了",
    "Got unexpected extra argument": "多写了",
    "Option": "选项",
    "requires an argument.": "后面要写值。",
}


def _in_chinese(message: str) -> str:
    """The common usage errors of the command-line library in Chinese; what is not known stays as it is."""
    for english, chinese in _USAGE_WORDS.items():
        message = message.replace(english, chinese)
    return message


def main() -> None:
    """Run the command line; nothing a person types ends in a traceback."""
    _use_utf8()
    try:
        code = app(prog_name="huiqi", standalone_mode=False)
        sys.exit(code if isinstance(code, int) else 0)
    except _UsageError as error:
        fail(
            f"命令写法不对：{_in_chinese(str(error))}\n用 huiqi --help 或 huiqi 命令 --help 看用法。"
            if str(error)
            else ""
        )
    except typer.Abort:
        fail("已停止。", code=130)
    except (StoreError, CorpusError) as error:
        fail(str(error), code=1)
    except OSError as error:
        place = f"（{error.filename}）" if error.filename else ""
        fail(f"读写文件出错：{_FILE_ERRORS.get(error.errno or 0, error.strerror or error)}{place}", code=1)


def _use_utf8() -> None:
    """Chinese and JSON in UTF-8 whatever the locale is; what is no text is shown by its code."""
    for stream, errors in ((sys.stdin, "replace"), (sys.stdout, "backslashreplace"), (sys.stderr, "backslashreplace")):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors=errors)
