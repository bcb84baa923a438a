"""``huiqi assess``: facts in, assessment out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any, BinaryIO, TextIO

import typer

from bot.cli import jsonl
from bot.cli.shared import fail
from bot.contract import TOO_LONG, AssessRequest, RequestError, read_facts, read_request, run
from dialogs.present import Presenter
from policies.engine.assessment import Assessment
from policies.engine.engine import Engine
from policies.values import Facts


def stream(engine: Engine, lines: BinaryIO, out: TextIO, today: date) -> None:
    """Answer one JSON object a line, in order; a line that cannot be answered gets its error on its own line."""
    jsonl.stream(lambda raw: run(engine, read_request(raw), today), lines, out)


def single(engine: Engine, pairs: list[str], policy: str | None, day: date, *, as_json: bool) -> None:
    """Assess facts given as ``key=value`` words; several choices of a set are joined by commas."""
    if as_json:
        given = _given(engine, pairs)
        with _told():
            answer = run(engine, AssessRequest(policy=policy, as_of=day, facts=given), day)
        typer.echo(json.dumps(answer, ensure_ascii=False, indent=2))
        return
    _, assessment = judged(engine, pairs, policy, day)
    typer.echo(Presenter(engine).result(assessment, whole=True).replace("**", ""))


def judged(engine: Engine, pairs: list[str], policy: str | None, day: date) -> tuple[Facts, Assessment]:
    """The facts given as ``key=value`` words, and their assessment; a mistake ends the command."""
    with _told():
        if policy is not None and policy not in engine.policies:
            raise RequestError("policy", f"没有文件“{policy}”；现有：{'、'.join(engine.policies)}")
        facts = read_facts(engine, _given(engine, pairs))
        return facts, engine.assess(facts, day, None if policy is None else [policy])


@contextmanager
def _told() -> Iterator[None]:
    """A mistake ends the command with what to do."""
    try:
        yield
    except RequestError as error:
        fail(str(error))
    except ValueError:
        fail(TOO_LONG)


def _given(engine: Engine, pairs: list[str]) -> dict[str, Any]:
    given: dict[str, Any] = {}
    for pair in pairs:
        key, sign, value = pair.partition("=")
        if not sign:
            fail(f"“{pair}”应写成 要素=值，例如 national_pilot=是")
        given[key.strip()] = _value(engine, key.strip(), value.strip())
    return given


def _value(engine: Engine, key: str, text: str) -> Any:
    fact = engine.corpus.facts.get(key)
    if text in ("", "不清楚", "null"):
        return None
    if fact is not None and fact.type == "set":
        return [part for part in text.replace("，", ",").replace("、", ",").split(",") if part]
    if text.lower() in ("true", "false") and (fact is None or fact.type == "bool"):
        return text.lower() == "true"
    return text
