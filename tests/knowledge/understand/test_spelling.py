"""Misspelt words are set right, well-spelt ones are left alone."""

from __future__ import annotations

import re
from functools import cache

import pytest

from knowledge.places import Places
from knowledge.plain_text import plain
from knowledge.understand.lexicon import Lexicon
from knowledge.understand.spelling import Speller
from policies.load import load


@cache
def speller() -> Speller:
    corpus = load()
    return Speller(corpus, (entry.phrase for entry in Lexicon(corpus).entries), Places(corpus).forms)


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("双夸平台", "双跨平台"),
        ("国家示点", "国家试点"),
        ("在海朱", "在海珠"),
        ("工业互连网服务商", "工业互联网服务商"),
        ("标识解稀二级结点", "标识解析二级节点"),
        ("专精特薪", "专精特新"),
    ],
)
def test_a_slip_is_mended(wrong: str, right: str) -> None:
    assert speller().mended(plain(wrong)).text == right


@pytest.mark.parametrize(
    "text", ["购买云服务", "国家给了2000万", "去年上云花了30万", "营收整两千万", "传统行业", "注销公司", "大海里"]
)
def test_a_word_that_only_looks_like_another_stays(text: str) -> None:
    assert speller().mended(plain(text)).text == plain(text).text


def test_what_the_documents_and_the_questions_say_stays() -> None:
    corpus = load()
    articles = [article.text for policy in corpus.policies.values() for article in policy.articles.values()]
    texts = [part for text in articles for part in re.split("[。；]", text)]
    texts += [text for fact in corpus.vocabulary.facts for text in (fact.question, fact.label, fact.help or "")]
    assert [text for text in texts if speller().mended(plain(text)).text != plain(text).text] == []
