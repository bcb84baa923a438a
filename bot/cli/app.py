"""The commands of ``huiqi`` and what they share."""

from __future__ import annotations

import errno
import io
import sys
from pathlib import Path
from typing import Annotated, cast

import typer

from bot.cli import api_keys, desk, documents, judging, running
from bot.cli.shared import Options, fail
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


@app.callback()
def common(context: typer.Context, corpus: CorpusOption = None, facts_file: FactsOption = None) -> None:
    """惠企政策助手。"""
    context.obj = Options(corpus, facts_file)


for _command in (
    judging.chat, judging.assess, judging.understand, judging.ask,
    documents.policies, documents.show, documents.facts, documents.lint,
    running.serve, running.telegram, running.config, running.outbox, running.gaps, running.figures, running.backup,
):  # fmt: skip
    app.command()(_command)

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
