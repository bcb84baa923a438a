"""``huiqi facts``, ``huiqi policies`` and ``huiqi show``: what is in the corpus."""

from __future__ import annotations

import json
from datetime import date

import typer

from bot.catalogue import fact_json, facts_with, measures_of, policy_row
from bot.cli.shared import fail
from dialogs.wording import range_text
from knowledge.standing import standing
from policies.days import window_text
from policies.engine.validity import validity
from policies.law import Corpus, LoadedMeasure, LoadedPolicy
from policies.model.fact import Fact

_TYPES = {"bool": "是否", "choice": "单选", "set": "多选", "money": "金额（元）", "count": "数量", "share": "比例"}


def facts(corpus: Corpus, word: str | None, *, as_json: bool) -> None:
    """List the vocabulary."""
    chosen = facts_with(corpus, word)
    if as_json:
        typer.echo(json.dumps([fact_json(fact) for fact in chosen], ensure_ascii=False, indent=2))
        return
    for fact in chosen:
        unit = f"　单位 {fact.unit}" if fact.unit else ""
        choices = f"　可选：{'、'.join(fact.choices)}" if fact.choices else ""
        typer.echo(f"{fact.key}　{fact.label}　[{_TYPES[fact.type]}]{unit}{choices}")
    if not chosen:
        fail(f"没有名称里带“{word}”的要素。", code=1)


def policies(corpus: Corpus, day: date, *, as_json: bool) -> None:
    """List the documents with their status on a date."""
    if as_json:
        rows = [policy_row(policy, day) for policy in corpus.policies.values()]
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for policy in corpus.policies.values():
        status = validity(policy.header, day)
        number = policy.header.number.value or "没有文号"
        typer.echo(f"{policy.id}　{policy.header.title}（{number}）")
        typer.echo(
            f"　{day.isoformat()}：{standing(status)}　施行 {window_text(status.starts)}　届满 {window_text(status.ends)}"
        )
        typer.echo(f"　条款 {len(policy.articles)}，惠企事项 {len(policy.measures)}")


def show(corpus: Corpus, id_: str) -> None:
    """Show whatever has this id: a document, one of its articles or measures, or a fact."""
    if id_ in corpus.policies:
        _policy(corpus.policies[id_])
    elif id_ in corpus.measures:
        _measure(corpus.measures[id_])
    elif id_ in corpus.facts:
        _fact(corpus.facts[id_])
    elif not _article(corpus, id_):
        fail(f"没有编号“{id_}”。文件看 huiqi policies，要素看 huiqi facts，条款写成 haizhu-2022/3.1", code=1)


def _article(corpus: Corpus, id_: str) -> bool:
    name, _, article_id = id_.partition("/")
    policy = corpus.policies.get(name)
    article = policy.articles.get(article_id) if policy is not None else None
    if policy is None or article is None:
        return False
    typer.echo(f"{policy.header.short} {article.label}（原文第 {article.start}–{article.end} 字）\n{article.text}")
    for loaded in measures_of(policy, article):
        typer.echo(f"　惠企事项 {loaded.id}　{loaded.measure.title}")
    return True


def _policy(policy: LoadedPolicy) -> None:
    header = policy.header
    typer.echo(
        f"{header.title}\n文号：{header.number.value or '文本没有'}\n发布机关：{header.issuer.value or '文本没有'}"
    )
    typer.echo(f"施行：{window_text(header.effective.starts)}　届满：{window_text(header.effective.ends)}")
    for article in policy.articles.values():
        typer.echo(f"　{policy.id}/{article.id}　{article.label}")
    for loaded in policy.measures:
        typer.echo(f"　　{loaded.id}　{loaded.measure.title}")


def _measure(loaded: LoadedMeasure) -> None:
    measure = loaded.measure
    typer.echo(f"{loaded.id}　{measure.title}\n{loaded.article.label}：")
    for quote in measure.quote:
        typer.echo(f"　“{quote}”")
    typer.echo(f"给谁：{measure.beneficiary}")
    if measure.award.cap is not None:
        typer.echo(f"封顶：{range_text(int(measure.award.cap.value), int(measure.award.cap.value))}")
    for reading in measure.readings:
        typer.echo(f"读法 {reading.id}：{reading.issue}　{reading.says}")


def _fact(fact: Fact) -> None:
    typer.echo(f"{fact.key}　{fact.label}　[{_TYPES[fact.type]}]\n{fact.question}")
    for text in (fact.help, "、".join(fact.choices) or None):
        if text:
            typer.echo(text)
    for source in fact.definitions:
        typer.echo(f"　{source.text}（{source.source}）")
