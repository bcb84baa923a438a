"""A report says the same as a Word file and as a page; nothing of what people wrote becomes markup."""

from __future__ import annotations

import base64
import hashlib
import html
import io
import re
import zipfile
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml

from bot.reports.make_template import TEMPLATE, make
from bot.reports.receipt import check
from bot.reports.reports import PAGE_POLICY, Reports
from dialogs.replies import Report
from dialogs.report import DISCLAIMER
from tests.bot.reports.conftest import report_on
from tests.bot.word import opened, words_of

CASES = yaml.safe_load(Path(__file__).with_name("enterprises.yaml").read_text(encoding="utf-8"))
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</w:t></w:r><w:r><w:t>&amp; ]]>",
    "{{ 7*7 }}{% raw %}{%p if x %}",
    "a\x00\x0b\x1f\ud800\uffff\tb",
    "一行\n两行",
)
each = pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])


def leaves(part: Any) -> list[str]:
    if isinstance(part, dict):
        return [leaf for value in part.values() for leaf in leaves(value)]
    return [leaf for value in part for leaf in leaves(value)] if isinstance(part, list) else [str(part)]


def text_of(page: str) -> str:
    """The text of a page, as it is shown."""
    body = page[page.index("<body>") :]
    return html.unescape(re.sub(r"<[^>]*>", "\n", body))


@each
def test_both_say_everything(engine, presenter, reports: Reports, case: dict[str, Any]) -> None:
    report = report_on(engine, presenter, case)
    word, page = words_of(reports.word(report)), text_of(reports.page(report))
    words = reports.words(report)
    assert len(words["documents"]) == len(case["policies"])
    for leaf in leaves({key: value for key, value in words.items() if key not in ("several", "documents")}):
        assert leaf in word
        assert leaf in page
    for leaf in leaves(words["documents"]):
        assert (
            leaf in word
            or leaf == words["documents"][0]["short"]
            or leaf in leaves([d["short"] for d in words["documents"]])
        )
        assert leaf in page or leaf in leaves([d["short"] for d in words["documents"]])
    for said in case["says"]:
        assert said in word
        assert said in page
    assert DISCLAIMER in word
    assert "**" not in word + page
    assert "可申报" not in word + page


@each
def test_every_quote_is_the_documents(engine, presenter, reports: Reports, corpus, case: dict[str, Any]) -> None:
    words = reports.words(report_on(engine, presenter, case))
    for name, document in zip(case["policies"], words["documents"], strict=True):
        articles = {article.label: article.text for article in corpus.policies[name].articles.values()}
        for measure in document["measures"]:
            assert measure["quotes"]
            for quote in measure["quotes"]:
                assert quote["text"] in " ".join(articles[quote["label"]].split("\n"))


@each
def test_either_carries_its_receipt(engine, presenter, reports: Reports, case: dict[str, Any]) -> None:
    report = report_on(engine, presenter, case)
    for made in (reports.word(report), reports.page(report).encode()):
        found = check(engine, made)
        assert found.same
        assert found.receipt.as_of == report.as_of
        assert found.receipt.policies == list(report.policies)


def test_nobody_s_words_become_markup(engine, reports: Reports) -> None:
    report = Report(date(2024, 3, 15), {"district": "海珠区"}, ("haizhu-2022",), HOSTILE)
    page, made = reports.page(report), reports.word(report)
    assert not re.search(r"<(script|img)", page)
    assert "\x00" not in page
    with zipfile.ZipFile(io.BytesIO(made)) as file:
        for name in file.namelist():
            if name.endswith(".xml"):
                ElementTree.fromstring(file.read(name))  # well-formed
    word = words_of(made)
    for shown in ("<script>alert(1)</script>", "</w:t></w:r><w:r><w:t>&amp; ]]>", "{{ 7*7 }}{% raw %}{%p if x %}"):
        assert shown in word
        assert shown in text_of(page)
    assert "49" not in [line.split(". ")[-1] for line in word.splitlines()]
    assert check(engine, made).same


def test_a_long_list_is_whole(engine, reports: Reports) -> None:
    answers = tuple(f"第 {number} 个回答：{'很长的话' * 50}" for number in range(300))
    report = Report(date(2022, 6, 1), {}, tuple(engine.policies), answers)
    word = words_of(reports.word(report))
    assert all(answer in word for answer in answers)
    assert len([row for table in opened(reports.word(report)).tables for row in table.rows]) > 40


def test_a_page_needs_nothing_but_itself(engine, presenter, reports: Reports) -> None:
    page = reports.page(report_on(engine, presenter, CASES[0]))
    assert not re.search(r"<script|<link|style=|(?:src|href)=", page)
    (style,) = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in PAGE_POLICY
    assert "unsafe" not in PAGE_POLICY
    assert "url(" not in style


def test_the_template_can_be_edited_in_a_word_processor() -> None:
    """Every tag stands whole in one run, and the one committed opens; the script still makes one alike."""
    committed = opened(TEMPLATE.read_bytes())
    texts = [paragraph.text for paragraph in committed.element.body.iter() if paragraph.tag.endswith("}p")]
    assert sum("{%p" in text for text in texts) == sum("{%p" in (run.text or "") for run in committed.element.body.iter()
                                                       if run.tag.endswith("}t"))  # fmt: skip
    fresh = [paragraph.text for paragraph in make().paragraphs]
    assert {line for line in fresh if "{" in line} == {
        paragraph.text for paragraph in committed.paragraphs if "{" in paragraph.text
    }
