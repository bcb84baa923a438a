"""``huiqi lint``: the policy officer's compiler."""

from __future__ import annotations

import typer

from bot.cli.shared import Options
from policies.lint.run import lint, write_boundaries
from policies.lint.schema import schemas_are_current, write_schemas
from policies.load import OWN_CORPUS
from policies.problems import CorpusError


def run(options: Options, *, write: bool) -> None:
    """Check the corpus; ``write`` renews the generated files first. Ends with code 1 when something is wrong."""
    own = options.folder == OWN_CORPUS
    if write:
        _write(options, own=own)
    problems = lint(options.folder, options.vocabulary)
    for problem in problems:
        typer.echo(str(problem))
    stale = own and not schemas_are_current()
    if stale:
        typer.echo("policies/schema 与模型不一致。改法：运行 huiqi lint --write")
    if problems or stale:
        typer.echo(f"共 {len(problems) + stale} 个问题。", err=True)
        raise SystemExit(1)
    typer.echo("没有问题。")


def _write(options: Options, *, own: bool) -> None:
    try:
        changed = write_boundaries(options.folder, options.vocabulary)
    except CorpusError as error:
        for problem in error.problems:
            typer.echo(str(problem))
        raise SystemExit(1) from error
    if own:
        write_schemas()
    for path in changed:
        typer.echo(f"已更新 {path.parent.name}/{path.name}，请看差异是否符合原文。")
