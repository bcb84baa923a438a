"""From the published bytes to articles: nothing is lost, nothing is moved, sentences are whole."""

from __future__ import annotations

import hashlib
import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.document import Article, Cut, CutError, Layout, cut, mend
from policies.law import Corpus
from policies.load import OWN_CORPUS

# The documents as received, byte for byte.
SOURCES = {
    "haizhu-2022": "83c1417b78c31e87159e8d9acac16e69c217d76c55d18f39f066069a8f989fcc",
    "huangpu-2019": "69970a3b74fbb32fe1644d24083af4dc8935d1d7b90206f1e61d6c2707f0f535",
    "foshan-2020": "a07787155da3d5a1f407b38b04b358ab8873304d34ef368f63fe71dd6f3b8757",
    "baoan-2022-draft": "40907c036d36deac5e8a81a7fe215fd51efcf2ede1630eb0de60262e92eb8f28",
    "baiyun-draft": "be2248ec2558b4f0b8c37dea27ee638b277eb8ac2b42321eaae73b003da0cad2",
}
ARTICLES = {
    "haizhu-2022": "notice 1 2 3 3.1 3.2 4 5 6 7 8 9 10 11 11.1 11.2 11.3 12 13 14 15 16",
    "huangpu-2019": "title 1 2 3 4 5 6 7 8 9 10",
    "foshan-2020": "preface 1 2 3 4 5 6 7 8 closing",
    "baoan-2022-draft": "title background principles scope measures 1 2 3 4 5 6 7",
    "baiyun-draft": "title preface 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18",
}
WHOLE = [
    ("baiyun-draft", "8", "加快推动标识解析"),  # the source has a page number in the middle
    ("baiyun-draft", "18", "有效期至2025年12月31日"),
    ("haizhu-2022", "5", "不少于15家"),
    ("haizhu-2022", "12", "同一企业年度获取本办法的奖励总金额不超过600万元"),
    ("haizhu-2022", "16", "2019年12月27日"),
    ("foshan-2020", "3", "最高按项目建设金额的30%（含）给予项目牵头单位补贴"),
    ("foshan-2020", "closing", "有效期至2023年12月31日"),
    ("huangpu-2019", "10", "有效期 3 年"),
    ("baoan-2022-draft", "1", "在各级财政资助总金额不超过其投资总额50%的前提下"),
]
LABELS = [
    ("haizhu-2022", "3.1", "第三条第（一）项"),
    ("foshan-2020", "3", "三、"),
    ("baoan-2022-draft", "2", "三（二）2"),
    ("baiyun-draft", "8", "（八）"),
]


@pytest.mark.parametrize("name", SOURCES)
def test_source_is_the_document_as_received(name: str) -> None:
    assert hashlib.sha256((OWN_CORPUS / name / "source.txt").read_bytes()).hexdigest() == SOURCES[name]


@pytest.mark.parametrize("name", SOURCES)
def test_no_character_is_lost(name: str, corpus: Corpus) -> None:
    mended = corpus.policies[name].mended
    kept = {offset: char for offset, char in zip(mended.offsets, mended.text, strict=True) if offset >= 0}
    dropped = {offset: mended.source[offset] for offset in mended.layout}
    assert not kept.keys() & dropped.keys()
    together = kept | dropped
    assert "".join(together[offset] for offset in range(len(mended.source))) == mended.source
    assert mended.source.encode() == (OWN_CORPUS / name / "source.txt").read_bytes()


@pytest.mark.parametrize("name", SOURCES)
def test_only_white_space_and_a_page_number_are_dropped(name: str, corpus: Corpus) -> None:
    mended = corpus.policies[name].mended
    dropped = "".join(mended.source[offset] for offset in mended.layout).replace(" ", "").replace("\n", "")
    assert dropped == ("5" if name == "baiyun-draft" else "")


@pytest.mark.parametrize("name", SOURCES)
def test_articles_are_those_of_the_document(name: str, corpus: Corpus) -> None:
    assert list(corpus.policies[name].articles) == ARTICLES[name].split()


@pytest.mark.parametrize("name", SOURCES)
def test_an_articles_span_is_its_text_in_the_source(name: str, corpus: Corpus) -> None:
    policy = corpus.policies[name]
    for article in policy.articles.values():
        published = policy.mended.source[article.start : article.end]
        page_numbers = re.sub(r"\n\s*5\s*\n", "\n", published) if policy.header.layout is Layout.PDF else published
        assert squeezed(page_numbers) == squeezed(article.text), article.id


@pytest.mark.parametrize("name", SOURCES)
def test_top_level_articles_cover_the_whole_text_in_order(name: str, corpus: Corpus) -> None:
    policy = corpus.policies[name]
    top = [article for article in policy.articles.values() if article.parent is None]
    assert "".join(squeezed(article.text) for article in top) == squeezed(policy.mended.text)
    for before, after in pairwise(top):
        assert before.start < before.end <= after.start
        assert not policy.mended.source[before.end : after.start].strip()


@pytest.mark.parametrize("name", SOURCES)
def test_items_lie_in_their_parent(name: str, corpus: Corpus) -> None:
    articles = corpus.policies[name].articles
    for article in articles.values():
        if article.parent is not None:
            parent = articles[article.parent]
            assert article.text in parent.text
            assert parent.start <= article.start < article.end <= parent.end


@pytest.mark.parametrize(("name", "article", "sentence"), WHOLE)
def test_sentences_are_mended(name: str, article: str, sentence: str, corpus: Corpus) -> None:
    assert sentence in corpus.policies[name].articles[article].text


@pytest.mark.parametrize(("name", "article", "label"), LABELS)
def test_labels_are_the_documents_own(name: str, article: str, label: str, corpus: Corpus) -> None:
    assert corpus.policies[name].articles[article].label == label


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


# ── any text ─────────────────────────────────────────────────────────────────

LAYOUTS = st.sampled_from(Layout)


@given(
    source=st.text(st.sampled_from("政策奖励1 2\t\n。；（一）一、"), max_size=120) | st.text(max_size=60),
    layout=LAYOUTS,
)
def test_mending_keeps_every_character_in_its_place(source: str, layout: Layout) -> None:
    mended = mend(source, layout)
    kept = [offset for offset in mended.offsets if offset >= 0]
    assert kept == sorted(set(kept))
    assert sorted((*kept, *mended.layout)) == list(range(len(source)))
    assert all(mended.source[o] == c if o >= 0 else c == "\n" for c, o in zip(mended.text, mended.offsets, strict=True))
    lines = {number for number, line in enumerate(source.split("\n")) if re.fullmatch(r"[ \t]*\d{1,3}[ \t]*", line)}
    for offset in mended.layout:
        page_number = layout is Layout.PDF and source.count("\n", 0, offset) in lines
        assert source[offset].isspace() or page_number


SENTENCE = st.text(st.sampled_from("对企业给予最高补贴元，（）的平台"), min_size=2, max_size=90).map(
    lambda text: f"甲{text}。"
)


@given(
    sentences=st.lists(SENTENCE, min_size=1, max_size=4),
    widths=st.lists(st.integers(3, 40), min_size=1),
    data=st.data(),
)
def test_a_wrapped_sentence_becomes_whole(sentences: list[str], widths: list[int], data: st.DataObject) -> None:
    """However a PDF export wraps its lines, and wherever it puts spaces and page numbers, the sentence is one again."""
    lines: list[str] = []
    for sentence in sentences:
        rest = sentence
        while rest:
            width = widths[len(lines) % len(widths)]
            line, rest = rest[:width], rest[width:]
            if rest and not (line[-1] == "。" or rest[0] == "（"):
                lines += [data.draw(st.sampled_from((line, f" {line} ", f"{line[0]} {line[1:]}")))]
                lines += data.draw(st.sampled_from(([], [""], ["  12 "])))
            else:
                rest, line = "", line + rest
                lines.append(line)
    assert mend("\n".join(lines), Layout.PDF).text == "\n".join(sentences)


def test_a_plain_text_breaks_after_short_lines_only() -> None:
    long = "对" * 40
    assert mend(f"标题\n{long}\n续行。\n一、下一条", Layout.PLAIN).text == f"标题\n{long}续行。\n一、下一条"


@pytest.mark.parametrize(("length", "text"), [(33, "\n"), (34, "")], ids=["short", "long enough to be wrapped"])
def test_how_long_a_wrapped_line_is(length: int, text: str) -> None:
    line = "对" * length
    assert mend(f"{line}\n续行", Layout.PLAIN).text == f"{line}{text}续行"


def test_spaces_stay_in_a_plain_text() -> None:
    assert mend("有效期 3 年", Layout.PLAIN).text == "有效期 3 年"
    assert mend("有效期 3 年", Layout.PDF).text == "有效期3年"


# ── cutting ──────────────────────────────────────────────────────────────────

TEXT = "某办法\n第一条为了发展。\n第二条适用于企业：\n（一）甲；\n（二）乙。\n第三条附则。"
CUTS = [
    Cut("title", "标题", "某办法"),
    Cut("1", "第一条", "第一条"),
    Cut("2", "第二条", "第二条"),
    Cut("2.1", "第二条第（一）项", "（一）", parent="2"),
    Cut("2.2", "第二条第（二）项", "（二）", parent="2"),
    Cut("3", "第三条", "第三条"),
]


def test_items_are_part_of_their_article() -> None:
    found = {article.id: article.text for article in cut(mend(TEXT, Layout.PLAIN), CUTS)}
    assert found["2"] == "第二条适用于企业：\n（一）甲；\n（二）乙。"
    assert (found["2.1"], found["2.2"]) == ("（一）甲；", "（二）乙。")
    assert found["3"] == "第三条附则。"


def test_spans_point_into_the_source() -> None:
    articles = cut(mend(TEXT, Layout.PLAIN), CUTS)
    assert [TEXT[article.start : article.end] for article in articles] == [article.text for article in articles]
    assert all(isinstance(article, Article) for article in articles)


@pytest.mark.parametrize(
    ("cuts", "article", "words"),
    [
        ([*CUTS, Cut("4", "第四条", "第四条")], "4", "找不到条款 4"),
        ([CUTS[0], CUTS[2], CUTS[1]], "1", "它出现在前一条之前"),
        (CUTS[1:], "1", "之前还有文字“某办法"),
    ],
    ids=["missing", "out of order", "text before the first"],
)
def test_a_wrong_beginning_is_refused(cuts: list[Cut], article: str, words: str) -> None:
    with pytest.raises(CutError, match=words) as caught:
        cut(mend(TEXT, Layout.PLAIN), cuts)
    assert caught.value.cut.id == article
