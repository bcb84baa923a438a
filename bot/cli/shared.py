"""What the commands share: loading the corpus once, and ending with one clear message."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from dialogs.commands import BadDateError, read_day
from policies.engine.engine import Engine
from policies.law import Corpus
from policies.load import OWN_CORPUS, OWN_FACTS, load
from policies.problems import CorpusError

USAGE = 2
DayOption = Annotated[str | None, typer.Option("--as-of", help="按哪一天算，例如 2024-03-15（默认今天）")]


@dataclass(frozen=True)
class Options:
    """Which corpus the commands work on."""

    corpus_folder: Path | None
    facts_file: Path | None

    @property
    def folder(self) -> Path:
        """The folder of documents."""
        return self.corpus_folder or OWN_CORPUS

    @property
    def vocabulary(self) -> Path:
        """The vocabulary file."""
        return self.facts_file or OWN_FACTS

    def corpus(self) -> Corpus:
        """Load the corpus; refused documents are named on standard error, an unusable corpus ends the command."""
        try:
            corpus = load(self.folder, self.vocabulary)
        except CorpusError as error:
            for problem in error.problems:
                typer.echo(str(problem), err=True)
            fail("没有可用的政策文件。", code=1)
        for problem in corpus.refused:
            typer.echo(f"这份文件有错，整份停用：{problem}", err=True)
        return corpus

    def engine(self) -> Engine:
        """The corpus ready for judging."""
        return Engine(self.corpus())


def fail(message: str, *, code: int = USAGE) -> NoReturn:
    """End with one message on standard error."""
    typer.echo(message, err=True)
    raise SystemExit(code)


def read_date(text: str | None) -> date | None:
    """A date option, or ``None`` when it is not given."""
    if text is None:
        return None
    try:
        return read_day(text)
    except BadDateError as error:
        fail(str(error))
