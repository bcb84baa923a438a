"""A receipt reproduces its assessment byte for byte; whatever is changed is noticed, and told for what it is."""

from __future__ import annotations

import json
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.contract import RequestError, assessment_json, one_line
from bot.reports.receipt import check, receipt
from tests.strategies import POLICIES

FACTS = ["district=海珠区", "std_national=2项", "std_in_effect=是", "main_revenue=八千多万"]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.data())
def test_any_assessment_is_made_again(engine, enterprises, data: st.DataObject) -> None:
    names = data.draw(st.lists(st.sampled_from(POLICIES), min_size=1, max_size=5, unique=True))
    facts = data.draw(enterprises.answers(names[0]))
    assessment = engine.assess(facts, data.draw(st.dates(date(2019, 1, 1), date(2027, 1, 1))), names)
    made = receipt(engine, facts, assessment)
    found = check(engine, made.line().encode())
    assert found.same and found.same_corpus
    assert found.assessment == one_line(assessment_json(engine, assessment))
    assert found.receipt == made
    assert list(json.loads(made.line())) == sorted(json.loads(made.line()))


@pytest.fixture
def page(run, tmp_path: Path) -> str:
    path = tmp_path / "a.html"
    done = run("assess", *FACTS, "--policy", "haizhu-2022", "--as-of", "2024-03-15", "--report", str(path))
    assert done.out == f"已写入 {path}。\n"
    return path.read_text(encoding="utf-8")


@pytest.fixture
def line(page: str) -> str:
    return unescape(page[page.index('<code class="receipt">') + 22 : page.index("</code>")])


def test_the_command_prints_the_assessment_as_jsonl_does(run, line: str) -> None:
    done = run("assess", "--receipt", "-", given=line)
    told = {"policy": "haizhu-2022", "as_of": "2024-03-15", "facts": json.loads(line)["facts"]}
    assert done.code == 0
    assert done.out == run("assess", "--jsonl", given=json.dumps(told)).out
    assert "相符" in done.err


@pytest.mark.parametrize("ending", ["docx", "html", "DOCX"])
def test_a_whole_report_is_taken_too(run, tmp_path, ending: str) -> None:
    path = tmp_path / f"a.{ending}"
    assert run("assess", *FACTS, "--report", str(path)).code == 0
    assert run("assess", "--receipt", str(path)).code == 0


def test_a_receipt_copied_from_paper_may_have_line_breaks(run, line: str) -> None:
    broken = "收据\n" + "\r\n".join(line[start : start + 40] for start in range(0, len(line), 40)) + "\n第 5 页"
    assert run("assess", "--receipt", "-", given=broken).code == 0


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"std_national":2', '"std_national":3'),
        ('"std_in_effect":true', '"std_in_effect":false'),
        ('"as_of":"2024-03-15"', '"as_of":"2026-03-15"'),
        ('"policies":["haizhu-2022"]', '"policies":["foshan-2020"]'),
        ('"less_than":90000000', '"less_than":90000001'),
        ('"assessment_sha256":"', '"assessment_sha256":"0000'),
    ],
)
def test_a_receipt_that_was_changed_is_noticed(run, line: str, old: str, new: str) -> None:
    assert old in line
    changed = line.replace(old, new)
    if "sha256" in old:
        start = changed.index("0000")
        changed = changed[: start + 64] + changed[start + 68 :]
    done = run("assess", "--receipt", "-", given=changed)
    assert done.code == 1
    assert "不符" in done.err


def test_another_corpus_is_told_plainly(run, line: str, two_documents) -> None:
    done = run("--corpus", str(two_documents), "assess", "--receipt", "-", given=line)
    assert done.code == 1
    assert "不是收据那一版" in done.err
    assert json.loads(done.out)["assessments"][0]["policy"] == "haizhu-2022"


@pytest.mark.parametrize(
    ("given_", "told"),
    [
        (b"", "没有收据"),
        (b"PK\x03\x04 not a file", "打不开"),
        ("收据丢了".encode("gbk"), "没有收据"),
        (b'{"as_of":"2024-03-15","policies":[]}', "不完整"),
        (b'{"as_of":"2024-13-15","policies":[]}', "as_of"),
    ],
)
def test_what_holds_no_receipt(run, given_: bytes, told: str) -> None:
    done = run("assess", "--receipt", "-", given=given_)
    assert (done.code, done.out) == (2, "")
    assert told in done.err


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('["haizhu-2022"]', '["atlantis-2030"]', "没有收录"),
        ('"std_national":2', '"std_nationa":2', "没有要素"),
        ('"std_national":2', '"std_national":"谁知道"', "没看懂"),
    ],
)
def test_a_receipt_that_cannot_be_judged(engine, line: str, old: str, new: str, told: str) -> None:
    with pytest.raises(RequestError, match=told):
        check(engine, line.replace(old, new).encode())


def test_what_stands_in_the_receipt_is_not_given_again(run, line: str) -> None:
    for more in (["std_national=3"], ["--as-of", "2024-01-01"], ["--policy", "haizhu-2022"], ["--jsonl"]):
        done = run("assess", "--receipt", "-", *more, given=line)
        assert (done.code, done.out) == (2, "")
        assert "收据里" in done.err


def test_a_report_s_name_says_what_it_is(run, tmp_path) -> None:
    done = run("assess", *FACTS, "--report", str(tmp_path / "a.pdf"))
    assert done.code == 2
    assert ".docx" in done.err
