"""Lays out reports: the same words as a Word file and as a page to print."""

from __future__ import annotations

import base64
import hashlib
import io
import re
from functools import cached_property
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from bot.reports.receipt import receipt
from dialogs.present import Presenter
from dialogs.replies import Report
from dialogs.report import report_words
from policies.engine.engine import Engine
from policies.values import from_data

NAME = "惠企政策核对"
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # what no XML may hold

_STYLE = files("bot.reports").joinpath("templates/report.css").read_text(encoding="utf-8")
PAGE_POLICY = (
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    f"style-src 'sha256-{base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()}'"
)
"""The Content-Security-Policy of a page: nothing but its own style sheet, known by its hash."""


class Reports:
    """Makes reports over one corpus."""

    def __init__(self, engine: Engine, presenter: Presenter) -> None:
        """Use the engine and wording of the conversation. Templates are read when first needed."""
        self._engine, self._presenter = engine, presenter

    def word(self, report: Report) -> bytes:
        """A report as a Word file (``.docx``)."""
        from docxtpl import DocxTemplate  # noqa: PLC0415 - loads slowly, and few ask for a report

        template = DocxTemplate(io.BytesIO(self._template))
        template.render(self.words(report), autoescape=True)
        made = io.BytesIO()
        template.save(made)
        return made.getvalue()

    def page(self, report: Report, word: str | None = None) -> str:
        """A report as a page that is complete in itself: it can be kept as a file, and printed.

        Args:
            report: what it is made from.
            word: where the same report is to be had as a Word file.
        """
        return self._page.render(**self.words(report), word=word, style=Markup(_STYLE))  # noqa: S704 - our own sheet

    def words(self, report: Report) -> dict[str, Any]:
        """What a report says, its receipt included."""
        facts = {key: from_data(data) for key, data in report.facts.items()}
        assessment = self._engine.assess(facts, report.as_of, report.policies)
        told = report_words(self._presenter, assessment, report.answers)
        made = receipt(self._engine, facts, assessment)
        told["receipt"] = {"line": made.line(), "corpus_version": made.corpus_version, "sha256": made.assessment_sha256}
        printable: dict[str, Any] = _printable(told)
        return printable

    @cached_property
    def _template(self) -> bytes:
        return files("bot.reports").joinpath("templates/report.docx").read_bytes()

    @cached_property
    def _page(self) -> Template:
        env = Environment(
            loader=PackageLoader("bot.reports"),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            undefined=StrictUndefined,
        )
        return env.get_template("report.html")


def _printable(part: Any) -> Any:
    if isinstance(part, str):
        return _UNPRINTABLE.sub("", part)
    if isinstance(part, dict):
        return {key: _printable(value) for key, value in part.items()}
    return [_printable(value) for value in part] if isinstance(part, list) else part
