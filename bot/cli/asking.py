"""``huiqi ask``: a question in, articles and a reply out."""

from __future__ import annotations

import json
from datetime import date
from typing import Any, BinaryIO, TextIO

import typer

from bot.cli import jsonl
from bot.cli.shared import fail
from bot.contract import RequestError
from bot.figures import gaps
from bot.figures.noted import noted_lookup
from bot.lookup import Lookup, read_question
from bot.store.figures import Figures
from bot.store.gaps import Gaps
from dialogs.replies import LookedUp
from policies.law import Corpus


def stream(corpus: Corpus, figures: Figures | None, lines: BinaryIO, out: TextIO, today: date) -> None:
    """Answer one JSON object a line, in order; a line that cannot be answered gets its error on its own line."""
    lookup = Lookup(corpus)

    def answer(raw: object) -> dict[str, Any]:
        request = read_question(raw)
        found = lookup.find(request, today)
        if figures is not None:
            figures.add(noted_lookup(LookedUp(request.question, found.outcome), today, gaps=True))
        return lookup.json(found)

    jsonl.stream(answer, lines, out)


def single(corpus: Corpus, figures: Figures | None, question: str, day: date, *, as_json: bool) -> None:
    """Answer one question."""
    lookup = Lookup(corpus)
    try:
        request = read_question({"question": question})
    except RequestError as error:
        fail(str(error).replace("question", "问题"))
    found = lookup.find(request, day)
    if figures is not None:
        figures.add(noted_lookup(LookedUp(question, found.outcome), date.today(), gaps=True))
    text = json.dumps(lookup.json(found), ensure_ascii=False, indent=2) if as_json else lookup.text(found)
    typer.echo(text if as_json else text.replace("**", ""))


def list_gaps(kept: Gaps, csv_file: TextIO | None) -> None:
    """List the questions that had no answer, the most frequent first, or write them as CSV."""
    rows = kept.listed()
    if csv_file is not None:
        gaps.write_csv(rows, csv_file)
        typer.echo(f"已写出 {len(rows)} 行。", err=True)
        return
    if not rows:
        typer.echo("还没有记下答不上的问题。")
    for row in rows:
        typer.echo(f"{row.times} 次　{row.last}　{row.outcome}　{row.question}")
