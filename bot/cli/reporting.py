"""``huiqi assess --report`` and ``--receipt``: a report written, and a receipt checked."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import BinaryIO

import typer

from bot.cli.assessing import judged
from bot.cli.shared import fail
from bot.contract import RequestError
from dialogs.present import Presenter
from policies.engine.engine import Engine
from policies.values import to_data


def write(engine: Engine, pairs: list[str], policy: str | None, day: date, path: Path) -> None:
    """Write the report on facts given as ``key=value`` words: a Word file or a page, by the name's ending."""
    from bot.reports.reports import Reports  # noqa: PLC0415 - few commands make a report
    from dialogs.replies import Report  # noqa: PLC0415

    if path.suffix.lower() not in (".docx", ".html"):
        fail(f"{path} 的结尾要是 .docx（Word 文件）或 .html（网页）。")
    facts, assessment = judged(engine, pairs, policy, day)
    presenter = Presenter(engine)
    report = Report(
        day,
        {key: to_data(value) for key, value in facts.items()},
        tuple(one.policy.id for one in assessment.policies),
        tuple(presenter.told(facts)),
    )
    reports = Reports(engine, presenter)
    path.write_bytes(reports.word(report) if path.suffix.lower() == ".docx" else reports.page(report).encode())
    typer.echo(f"已写入 {path}。")


def check(engine: Engine, source: Path | BinaryIO) -> None:
    """Make a receipt's assessment again: print it, and say on standard error whether it is the same. Differs: code 1."""
    from bot.reports.receipt import check as checked  # noqa: PLC0415

    try:
        found = checked(engine, source.read_bytes() if isinstance(source, Path) else source.read())
    except RequestError as error:
        fail(str(error))
    typer.echo(found.assessment)
    day, version = found.receipt.as_of.isoformat(), found.receipt.corpus_version
    if found.same:
        typer.echo(f"相符：按收据重算，结果逐字节相同（政策文件版本 {version}，基准日 {day}）。", err=True)
        return
    if not found.same_corpus:
        fail(
            f"政策文件已经不是收据那一版：收据 {version}，现在 {found.corpus_version}。"
            "上面是按现在的文件重算的结果，不能与收据逐字节比较。要比较，请用那一版的文件（--corpus）。",
            code=1,
        )
    fail(f"不符：政策文件是同一版（{version}），重算的结果与收据不同。收据被改过，或者程序版本不同。", code=1)
