"""``huiqi figures``: what staff may know of many conversations, nothing of any one."""

from __future__ import annotations

import time
from datetime import date, timedelta
from typing import TextIO

import typer

from bot.figures.csv_tables import write_csv
from bot.figures.summary import Summary, summary
from bot.store.database import Database
from bot.store.figures import Figures
from dialogs.advance import Dialog

DAYS = 30
STOPPED = 86_400.0  # seconds without a word, after which a conversation counts as left


def listed(dialog: Dialog, database: Database, first: date | None, last: date) -> None:
    """Print where people stop, the clauses results come to, and each day."""
    shown = _summary(dialog, database, first, last)
    typer.echo("问到的题（停在这里的多者在前）")
    for row in shown.questions:
        typer.echo(f"　停在这里 {row.left}　问过 {row.asked}　答了 {row.answered}　不清楚 {row.unsure}　{row.text}")
    typer.echo("结果里的条款（次数多者在前）")
    for measure in shown.measures:
        times = f"符合 {measure.met}　两可 {measure.disputed}　可争取 {measure.near}　待确认 {measure.open}"
        typer.echo(f"　{times}　{measure.policy} {measure.label} {measure.title}")
    typer.echo("每天")
    for day in shown.days:
        begun = "　".join(f"{channel} {times}" for channel, times in day.begun.items()) or "0"
        typer.echo(f"　{day.day}　新对话 {begun}　出结果 {day.finished}　查条文 {sum(day.lookups.values())}")
    if not shown.days:
        typer.echo("　这段时间没有记录。")


def write(database: Database, out: TextIO, first: date | None, last: date) -> None:
    """Write the counts as CSV: day, what, key, times."""
    counts = Figures(database).counts(*_period(first, last))
    write_csv(("day", "what", "key", "times"), [(row.day, row.what, row.key, row.times) for row in counts], out)


def _summary(dialog: Dialog, database: Database, first: date | None, last: date) -> Summary:
    figures = Figures(database)
    return summary(dialog, figures.counts(*_period(first, last)), figures.left_at(time.time() - STOPPED))


def _period(first: date | None, last: date) -> tuple[str, str]:
    return (first or last - timedelta(DAYS - 1)).isoformat(), last.isoformat()
