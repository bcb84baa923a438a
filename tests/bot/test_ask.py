"""``huiqi ask`` and ``huiqi gaps``: the contract of a line, bad lines, and the log without personal data."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cli.asking import stream
from bot.figures.gaps import without_personal_data, write_csv
from bot.store.gaps import KeptGap
from policies.load import load
from tests.bot.conftest import Run

TODAY = date(2026, 11, 25)
CORPUS = load()


def answers(*lines: object) -> list[dict[str, Any]]:
    raw = b"\n".join(line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines)
    out = io.StringIO()
    stream(CORPUS, None, io.BytesIO(raw), out, TODAY)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_a_line_in_a_line_out() -> None:
    answer, refused = answers(
        {"question": "佛山 二级节点 上限", "as_of": "2022-01-01"}, {"question": "海珠的申报截止是哪天"}
    )
    assert set(answer) == {"outcome", "answered", "articles", "text"}
    assert (answer["outcome"], answer["answered"]) == ("answer", True)
    first = answer["articles"][0]
    assert (first["policy"], first["article"], first["label"]) == ("foshan-2020", "3", "三、")
    assert first["quote"] in CORPUS.policies["foshan-2020"].articles["3"].text
    assert (refused["outcome"], refused["answered"], refused["articles"]) == ("not_covered", False, [])


def test_bad_lines_get_their_error_and_the_rest_goes_on() -> None:
    found = answers(
        b"{", [1], {}, {"question": ""}, {"question": 3}, {"question": "x" * 2000}, {"question": "海珠", "more": 1},
        {"question": "海珠", "as_of": "2024-02-30"}, {"question": "上云", "district": "天河区"}, {"question": "你好"},
    )  # fmt: skip
    fields = [line["error"]["field"] for line in found[:-1]]
    assert fields == ["", "", "question", "question", "question", "question", "more", "as_of", "district"]
    assert all(line["error"]["message"] for line in found[:-1])
    assert found[-1]["outcome"] == "chat"


def test_the_district_counts_where_no_place_is_named() -> None:
    there, elsewhere = answers(
        {"question": "标准奖励一项多少", "district": "海珠区"}, {"question": "佛山标准奖励", "district": "海珠区"}
    )
    assert there["articles"][0]["policy"] == "haizhu-2022"
    assert elsewhere["outcome"] == "near_miss"


def test_one_question_on_the_command_line(run: Run) -> None:
    ended = run("ask", "佛山 二级节点 上限", "--as-of", "2022-01-01")
    assert ended.code == 0 and "封顶 200万元" in ended.out and "**" not in ended.out
    assert json.loads(run("ask", "佛山 二级节点 上限", "--json").out)["answered"] is True
    assert run("ask").code == 2
    assert run("ask", " ").code == 0
    assert run("ask", "海珠", "--jsonl").code == 2


def test_unanswered_questions_are_kept_only_when_wished(run: Run, tmp_path: Path) -> None:
    run("ask", "海珠的申报截止是哪天")
    assert "还没有" in run("gaps").out
    for _ in range(2):
        run("ask", "海珠的申报截止是哪天", "--log-gaps")
    run("ask", "海珠标准奖一项多少", "--log-gaps")
    assert run("gaps").out.startswith("2 次") and "标准" not in run("gaps").out
    file = tmp_path / "gaps.csv"
    assert run("gaps", "--csv", str(file)).code == 0
    rows = list(csv.DictReader(file.open(encoding="utf-8-sig")))
    assert [(row["question"], row["times"], row["outcome"]) for row in rows] == [
        ("海珠的申报截止是哪天", "2", "not_covered")
    ]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("我叫李小明，电话13800138000", "我叫〔姓名〕，电话〔号码〕"),
        ("联系人：王五 138 0013 8000", "联系人：〔姓名〕 〔号码〕"),
        ("发到 a.b@example.com", "发到 〔邮箱〕"),
        ("营收1200万", "营收1200万"),
        ("2022年4号文", "2022年4号文"),
    ],
)
def test_personal_data_is_blotted_out(typed: str, kept: str) -> None:
    assert without_personal_data(typed) == kept


@given(st.text())
def test_no_long_number_stays(typed: str) -> None:
    kept = without_personal_data(typed + " 440106199001011234")
    assert "440106199001011234" not in kept and len(kept) <= 200


def test_a_formula_is_no_formula_in_the_csv() -> None:
    out = io.StringIO()
    write_csv([KeptGap("=1+1 社保", "not_covered", 1, "2026-11-25", "2026-11-25", None)], out)
    assert out.getvalue().splitlines()[1].startswith("'=1+1 社保,")
