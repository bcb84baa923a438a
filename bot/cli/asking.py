"""``huiqi ask``: a question in, articles and a reply out."""

from __future__ import annotations

import json
from datetime import date
from typing import Any, BinaryIO, TextIO

import typer

from bot.cli import jsonl
from bot.cli.shared import fail
from bot.contract import RequestError
from bot.gaps import GapLog
from bot.lookup import Lookup, read_question
from policies.law import Corpus


def stream(corpus: Corpus, gaps: GapLog | None, lines: BinaryIO, out: TextIO, today: date) -> None:
    """Answer one JSON object a line, in order; a line that cannot be answered gets its error on its own line."""
    lookup = Lookup(corpus)

    def answer(raw: object) -> dict[str, Any]:
        request = read_question(raw)
        found = lookup.find(request, today)
        if gaps is not None:
            gaps.keep(request.question, found.outcome, today)
        return lookup.json(found)

    jsonl.stream(answer, lines, out)


def single(corpus: Corpus, gaps: GapLog | None, question: str, day: date, *, as_json: bool) -> None:
    """Answer one question."""
    lookup = Lookup(corpus)
    try:
        request = read_question({"question": question})
    except RequestError as error:
        fail(str(error).replace("question", "问题"))
    found = lookup.find(request, day)
    if gaps is not None:
        gaps.keep(question, found.outcome, date.today())
    text = json.dumps(lookup.json(found), ensure_ascii=False, indent=2) if as_json else lookup.text(found)
    typer.echo(text if as_json else text.replace("**", ""))


def list_gaps(gaps: GapLog, csv_file: TextIO | None) -> None:
    """List the questions that had no answer, the most frequent first, or write them as CSV."""
    rows = gaps.rows()
    if csv_file is not None:
        gaps.write_csv(csv_file)
        typer.echo(f"已写出 {len(rows)} 行。", err=True)
        return
    if not rows:
        typer.echo("还没有记下答不上的问题。")
    for row in rows:
        typer.echo(f"{row.times} 次　{row.last}　{row.outcome}　{row.question}")
