"""An entry as a good operator would say it: conclusion, status, clause and sentence, questions, formula, next step."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from knowledge.faq.model import Entry
from knowledge.faq.references import PLACEHOLDER
from knowledge.standing import status_text
from policies.days import window_text
from policies.law import Corpus, LoadedPolicy


def render(entry: Entry, corpus: Corpus, as_of: date) -> str:
    """The entry as plain text for a date.

    Args:
        entry: one of ``load_faq``; its documents are in the corpus.
        corpus: the documents.
        as_of: the date asked about; every status in the text is the one on that day.
    """

    def filled(text: str) -> str:
        return PLACEHOLDER.sub(lambda match: _value(match, corpus, as_of), text)

    told = {match[1].partition(":")[2] for match in PLACEHOLDER.finditer(entry.answer) if match[1].startswith("status")}
    headers = {policy: corpus.policies[policy].header for policy in entry.policies}
    return (
        _template()
        .render(
            answer=filled(entry.answer).strip(),
            status=[
                f"{header.short}{_number(corpus.policies[policy])}{status_text(header, as_of)}。"
                for policy, header in headers.items()
                if policy not in told
            ],
            cites=[
                (headers[cite.policy].short, corpus.policies[cite.policy].articles[cite.article].label, cite.quote)
                for cite in entry.cites
            ],
            silent=[(headers[silence.policy].short, silence.about) for silence in entry.silent],
            outside=entry.outside,
            questions=entry.counter_questions,
            formula=filled(entry.formula) if entry.formula else None,
            next_step=filled(entry.next_step),
        )
        .strip()
    )


@cache
def _template() -> Template:
    env = Environment(
        loader=PackageLoader("knowledge.faq"),
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701 - plain text for every channel
    )
    return env.get_template("entry.j2")


def _value(match: re.Match[str], corpus: Corpus, as_of: date) -> str:
    name, _, policy = match[1].partition(":")
    header = corpus.policies[policy].header
    if name == "status":
        return status_text(header, as_of)
    return window_text(header.effective.starts if name == "starts" else header.effective.ends)


def _number(policy: LoadedPolicy) -> str:
    return f"（{policy.header.number.value}）" if policy.header.number.value else ""
