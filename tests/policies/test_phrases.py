"""The notation of phrases: what it matches, and that every mistake is told."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.phrases import Part, PhraseError, parse

WORDS = {"投入": ("投了", "总投资")}


def sign(part: Part) -> str:
    return {"…": ".{0,3}?", "#": "9", "{": "5"}[part.sign]


@pytest.mark.parametrize(
    ("written", "matches", "misses"),
    [
        ("双跨(平台|)", ["双跨", "双跨平台"], ["平台"]),
        ("规上?企业", ["规上企业", "规企业"], ["上企业"]),
        ("列入…试点", ["列入试点", "列入国家试点"], ["列入了一二三四五试点"]),
        ("<投入>#", ["投了9", "总投资9"], ["投资9"]),
        ("{5000万元}以上#", ["5以上9"], ["以上9"]),
        ("A+b(c|d(e|f))?", ["a+b", "a+bc", "a+bdf"], ["a+bd", "aab"]),
    ],
)
def test_what_a_phrase_matches(written: str, matches: list[str], misses: list[str]) -> None:
    pattern = re.compile(parse(written, WORDS).regex(sign))
    assert [text for text in (*matches, *misses) if pattern.fullmatch(text)] == matches


def test_a_range_in_braces_has_two_ends() -> None:
    ((low, high),) = parse("{2000万元~5000万元}的#", {}).limits
    assert high is not None
    assert (low.value, high.value) == (2_000_0000_00, 5_000_0000_00)


@pytest.mark.parametrize("written", ["(a", "a)", "a|b", "<没有>", "<投入", "{5000}", "…", "#", "(a|)", "a?", "…?a", ""])
def test_a_mistake_is_told(written: str) -> None:
    with pytest.raises(PhraseError, match="“"):
        parse(written, WORDS)


@pytest.mark.parametrize(
    ("written", "anchors"),
    [("列入…国家试点", {"国家试点"}), ("(拿|领)过钱", {"过钱"}), ("(实缴|实收)#", {"实缴", "实收"})],
)
def test_anchors_are_what_a_match_cannot_do_without(written: str, anchors: set[str]) -> None:
    assert parse(written, {}).anchors == anchors


@given(st.text(alphabet="ab(|)?…<>{}#投入", max_size=12))
def test_any_text_is_read_or_refused(written: str) -> None:
    try:
        phrase = parse(written, WORDS)
    except PhraseError:
        return
    assert phrase.anchors
    re.compile(phrase.regex(sign))


@pytest.mark.parametrize(
    ("written", "gap"), [("国家试点", False), ("列入…试点", True), ("<平台>", True), ("<投入>#", False)]
)
def test_a_gap_within_a_group_of_words_counts(written: str, gap: bool) -> None:
    assert parse(written, {"平台": ("面向…的平台",), "投入": ("投了",)}).has_gap is gap


@pytest.mark.parametrize(
    ("written", "beginnings"),
    [
        ("列入…国家试点", ({"列入"}, {"国家"})),
        ("(买|采购)(了|)安全产品", ({"安全"}, {"买", "采购"})),
        ("规上?企业", ({"企业"}, {"规"})),
        ("(没有|(还|尚)未)入池", ({"入池"}, {"没有", "未"})),
    ],
)
def test_what_a_phrase_needs_begins_so(written: str, beginnings: tuple[set[str], ...]) -> None:
    assert sorted(map(sorted, parse(written, {}).beginnings)) == sorted(map(sorted, beginnings))
