"""What was found, in words: conclusion, status of the document, clause and sentence, formula, whom to ask next."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from knowledge.faq import render
from knowledge.lookup_rows import Rows, by_ceiling
from knowledge.said import measures_under, sentences_of, told
from knowledge.search.found import Found, Hit
from policies.days import day_text
from policies.document import Article
from policies.engine.formula import AT_MOST
from policies.law import Corpus, LoadedPolicy

_OFFERS = 8  # measures named of a document when nothing but its place was asked
_RELATED = 0.6  # articles that fit this much worse than the best are not mentioned beside it
_ALL_NAMED = 6  # documents named one by one; more are counted
_NUMERALS = "零一二三四五六七八九十"


class Replies:
    """Renders what a search found. Made once; the wording is in ``templates/``."""

    def __init__(self, corpus: Corpus) -> None:
        """Load the templates."""
        self._corpus = corpus
        self._rows = Rows(corpus)
        # Plain text for every channel; a channel that shows markup escapes what it is given.
        self._env = Environment(
            loader=PackageLoader("knowledge"),
            trim_blocks=True,
            lstrip_blocks=True,
            undefined=StrictUndefined,
            autoescape=False,  # noqa: S701
        )

    def text(self, found: Found) -> str:
        """The reply to a question, in short lines of plain Chinese; ``**`` marks the conclusion."""
        if found.entry is not None and found.outcome in ("answer", "not_covered"):
            return render(found.entry, self._corpus, found.as_of)
        heard = found.question
        asked = [self._corpus.policies[policy] for policy in heard.policies]
        rows = [self._rows.row(hit, found.as_of, heard.kinds) for hit in found.hits]
        if not heard.compares:
            rows = [row for row in rows if row.score >= _RELATED * rows[0].score]
        shown = {row.policy for row in rows}
        values: dict[str, Any] = {
            "rows": rows,
            "comparing": heard.compares,
            "highest": by_ceiling(rows) if "comparison" in heard.kinds else "",
            "lacking": [policy.header.short for policy in asked if policy.id not in shown],
            "related": rows[1:],
            "day": day_text(found.as_of),
            "kinds": heard.kinds,
            "each": heard.each,
            "asked": "、".join(policy.header.short for policy in asked) or f"收有的{self._count()}份文件",
            "absent": found.absent,
            "part": heard.part,
            "inside": heard.inside,
            "whole": "、".join(district for policy in asked for district in policy.header.districts),
            "elsewhere": () if asked else heard.elsewhere,
            "unstated": _unstated(found),
            "matter": _other_matter(found),
            "strange": heard.strange,
            "count": self._count(),
            "all": self._all(),
            "offers": [offer for policy in asked for offer in _offers(policy)] if not heard.text else [],
            "contacts": _contacts(asked),
            "kind": heard.chat,
            "instruction": heard.instruction,
            "next": self._next(found),
        }
        return self._env.get_template(f"{found.outcome}.j2").render(values).strip()

    def said(self, policy: LoadedPolicy, article: Article, as_of: date) -> str:
        """What an operator says of an article: conclusion, status, clause, sentences. Plain text, a line each."""
        concerned = tuple(loaded.id for loaded in measures_under(policy, article))
        hit = Hit(policy.id, article.id, article.label, sentences_of(policy, article), 0.0, concerned)
        sums = self._rows.sums(policy, concerned, len(concerned))
        at_most = bool(sums) and all(text.endswith(AT_MOST) for text in sums)  # then said once for all
        in_kind = [
            f"{loaded.measure.title}：{loaded.measure.award.in_kind or loaded.measure.award.unspecified}"
            for loaded in measures_under(policy, article)
            if not loaded.monetary and (loaded.measure.award.in_kind or loaded.measure.award.unspecified)
        ]
        return (
            self._env.get_template("said.j2")
            .render(
                row=self._rows.row(hit, as_of),
                sums=[text.removesuffix(f"；{AT_MOST}") for text in sums] if at_most else sums,
                in_kind=in_kind,
                at_most=AT_MOST if at_most else None,
                told=[words for words, _ in told(policy, article)],
            )
            .strip()
        )

    def _next(self, found: Found) -> str:
        """Whom to ask what the text leaves open: of the first document quoted."""
        if not found.hits:
            return ""
        policies = dict.fromkeys(hit.policy for hit in found.hits)
        return "\n".join(_contacts([self._corpus.policies[policy] for policy in list(policies)[:1]]))

    def _count(self) -> str:
        count = len(self._corpus.policies)
        return _NUMERALS[count] if count < len(_NUMERALS) else str(count)

    def _all(self) -> str:
        names = [policy.header.short for policy in self._corpus.policies.values()]
        return "、".join(names) if len(names) <= _ALL_NAMED else f"{len(names)}份文件"


def _offers(policy: LoadedPolicy) -> list[str]:
    """Titles of what a document pays for, in the order of the text."""
    return [loaded.measure.title for loaded in policy.measures if loaded.monetary][:_OFFERS]


def _unstated(found: Found) -> str | None:
    """What is usually left to the yearly call, if that is asked about."""
    if found.left_open is not None and found.left_open.yearly:
        return found.left_open.name
    unstated = found.question.unstated
    return None if unstated is None else unstated.name


def _other_matter(found: Found) -> str | None:
    """What other policies are about, if that is asked about."""
    if found.left_open is not None and not found.left_open.yearly:
        return found.left_open.name
    return found.question.matter


def _contacts(policies: Iterable[LoadedPolicy]) -> list[str]:
    """Who interprets each document, or whom to ask where it does not say."""
    lines = []
    for policy in policies:
        header = policy.header
        if header.interpreter.value is not None:
            lines.append(f"{header.short}的解释部门：{header.interpreter.value}。")
        elif header.ask_next:
            lines.append(f"{header.short}可以问：{'；'.join(header.ask_next)}。")
    return lines
