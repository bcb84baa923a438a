"""``huiqi understand``: a sentence in, facts out."""

from __future__ import annotations

from datetime import date
from typing import BinaryIO, TextIO

import typer

from bot.cli import jsonl
from bot.contract import Json
from bot.understanding import read_request, run
from knowledge.understand import Reader, Understood
from policies.answers import value_text
from policies.law import Corpus


def stream(corpus: Corpus, lines: BinaryIO, out: TextIO, today: date) -> None:
    """Read one sentence a line (JSON), in order; a line that cannot be read gets its error on its own line."""
    reader = Reader(corpus)

    def answer(raw: object) -> Json:
        return run(reader, corpus.facts, read_request(raw), today)

    jsonl.stream(answer, lines, out)


def single(corpus: Corpus, text: str, day: date) -> None:
    """Show what one sentence says, for a person."""
    typer.echo("\n".join(_lines(corpus, Reader(corpus).read(text, day))))


def _lines(corpus: Corpus, understood: Understood) -> list[str]:
    lines = ["我听到的是："] if understood.facts else ["没有听到可以直接记下的情况。"]
    for key, value in understood.facts.items():
        fact = corpus.facts[key]
        place = f"（{understood.elsewhere}）" if key == "district" and understood.elsewhere else ""
        lines.append(f"· {fact.label}：{value_text(fact, value)}{place}")
    if understood.district is not None and "district" not in understood.facts:
        lines.append(f"说的是：{understood.elsewhere or understood.district}")
    if understood.uncertain:
        lines += [
            "要问清楚的：",
            *(f"· {corpus.facts[doubt.key].label}：{doubt.question}" for doubt in understood.uncertain),
        ]
    if understood.numbers:
        lines.append("数：" + "、".join(number.text for number in understood.numbers))
    return lines
