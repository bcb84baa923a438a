"""``huiqi lint``: the policy officer's compiler."""

from __future__ import annotations

import typer

from bot.cli.shared import Options
from knowledge.faq.lint import lint_faq
from knowledge.faq.schema_file import faq_schema_is_current, write_faq_schema
from policies.lint.run import lint, write_boundaries
from policies.lint.schema import schemas_are_current, write_schemas
from policies.load import OWN_CORPUS, load
from policies.problems import CorpusError, Problem


def run(options: Options, *, write: bool) -> None:
    """Check the corpus; ``write`` renews the generated files first. Ends with code 1 when something is wrong."""
    own = options.folder == OWN_CORPUS
    if write:
        _write(options, own=own)
    problems = lint(options.folder, options.vocabulary) + (_faq(options) if own else [])
    for problem in problems:
        typer.echo(str(problem))
    stale = _stale() if own else []
    for folder in stale:
        typer.echo(f"{folder} 与模型不一致。改法：运行 huiqi lint --write")
    if problems or stale:
        typer.echo(f"共 {len(problems) + len(stale)} 个问题。", err=True)
        raise SystemExit(1)
    typer.echo("没有问题。")


def _faq(options: Options) -> list[Problem]:
    """The FAQ is written about the project's own documents and checked with them."""
    try:
        return lint_faq(load(options.folder, options.vocabulary))
    except CorpusError:  # told by the lint of the documents
        return []


def _stale() -> list[str]:
    checks = (("policies/schema", schemas_are_current), ("knowledge/faq/schema", faq_schema_is_current))
    return [folder for folder, current in checks if not current()]


def _write(options: Options, *, own: bool) -> None:
    try:
        changed = write_boundaries(options.folder, options.vocabulary)
    except CorpusError as error:
        for problem in error.problems:
            typer.echo(str(problem))
        raise SystemExit(1) from error
    if own:
        write_schemas()
        write_faq_schema()
    for path in changed:
        typer.echo(f"已更新 {path.parent.name}/{path.name}，请看差异是否符合原文。")
