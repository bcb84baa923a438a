"""Figures on the desk: the same numbers as tables, bars and CSV; questions without an answer are dealt with."""

from __future__ import annotations

import csv
import html
import io

import pytest
from fastapi.testclient import TestClient

from bot.store.figures import Figures
from bot.store.gaps import Gaps
from bot.store.store import Gap, Noted
from tests.bot.web.desk.conftest import Served, token_of

DAY = "2026-11-20"
NASTY = '=<script>alert("1")</script>'


@pytest.fixture
def counted(served: Served, operator: TestClient) -> TestClient:
    figures = Figures(served.database)
    figures.add(
        Noted(
            DAY, (("begun", "web"), ("begun", "web"), ("begun", "telegram"), ("asked", "list:done"), ("finished", ""))
        )
    )
    figures.add(
        Noted(DAY, (("met", "haizhu-2022/3.1.a"), ("lookup", "not_covered")), gaps=(Gap(NASTY, "not_covered"),))
    )
    figures.add(Noted("2020-01-01", (("begun", "web"),)))
    return operator


def table(operator: TestClient, name: str, **period: str) -> list[dict[str, str]]:
    answer = operator.get(f"/desk/figures/{name}.csv", params=period)
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_the_page_shows_days_questions_measures_and_gaps(counted: TestClient) -> None:
    page = counted.get("/desk/figures").text
    text = html.unescape(page)
    assert DAY in page and "2020-01-01" not in page
    assert "国家试点示范·跨行业跨领域工业互联网平台建设资助" in text
    assert 'href="/policies/haizhu-2022#3.1.a"' in page
    assert "<script>alert" not in page and NASTY in text
    assert 'aria-label="新对话 3"' in page


def test_a_period_can_be_chosen_and_a_bad_one_is_told(counted: TestClient) -> None:
    assert "2020-01-01" in counted.get("/desk/figures", params={"from": "2019-12-31", "to": "2020-01-02"}).text
    for given in ({"from": "x"}, {"from": "2026-01-02", "to": "2026-01-01"}, {"from": "1900-01-01"}):
        page = counted.get("/desk/figures", params=given)
        assert page.status_code == 200
        assert "最近 30 天" in page.text


def test_tables_are_taken_away_and_that_is_recorded(served: Served, counted: TestClient) -> None:
    assert [(row["channel"], row["begun"]) for row in table(counted, "days")] == [
        ("telegram", "1"),
        ("web", "2"),
        ("", "0"),
    ]
    assert [row["question"] for row in table(counted, "questions")] == ["list:done"]
    assert [(row["id"], row["met"]) for row in table(counted, "measures")] == [("haizhu-2022/3.1.a", "1")]
    assert [row["question"] for row in table(counted, "gaps")] == [f"'{NASTY}"]
    assert {"day": DAY, "what": "met", "key": "haizhu-2022/3.1.a", "times": "1"} in table(counted, "counts")
    assert counted.get("/desk/figures/else.csv").status_code == 404
    assert [entry.about for entry in served.staff.recorded(5)] == ["counts", "gaps", "measures", "questions", "days"]


def test_a_question_is_dealt_with_by_a_form_of_ours(served: Served, counted: TestClient) -> None:
    token = token_of(counted.get("/desk/figures").text)
    assert counted.post("/desk/figures/settled", data={"question": NASTY, "token": "x"}).status_code == 403
    assert counted.post("/desk/figures/settled", data={"question": "别的", "token": token}).status_code == 404
    assert counted.post("/desk/figures/settled", data={"token": token}).status_code == 400
    assert len(Gaps(served.database).listed(settled=False)) == 1
    assert counted.post("/desk/figures/settled", data={"question": NASTY, "token": token}).status_code == 303
    assert Gaps(served.database).listed(settled=False) == []
    assert "没有还没处理的" in counted.get("/desk/figures").text
