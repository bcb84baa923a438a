"""The chat page while a person is asked for, answers, and gives the conversation back; without JavaScript."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest

from bot.store.handover.leases import HandOvers
from bot.store.open import open_database
from bot.store.staff import Staff
from tests.bot.web.browser import Browser
from tests.bot.web.conftest import NOON, Site, answer_all

EVIL = "<script>alert(1)</script><b>**粗**</b>"


@pytest.fixture
def desk(site: Site, browser: Browser) -> Iterator[HandOvers]:
    """The desk's side of the same file, with one account."""
    with closing(open_database(site.path)) as database:
        Staff(database).add("李娜", "hash", NOON)
        yield HandOvers(database, 600.0)


def take(desk: HandOvers) -> int:
    which = desk.board().waiting[0].id
    desk.take(which, "李娜", NOON)
    return which


def exchange(browser: Browser, state: str) -> str:
    answer = browser.client.get(f"/people?state={state}")
    return str(answer.text) if answer.status_code == 200 else ""


def test_whoever_asks_sees_that_somebody_was_asked_and_goes_on(desk: HandOvers, browser: Browser) -> None:
    answer_all(browser, 2)
    question = browser.question
    page = browser.press("转人工")
    assert "在等人工" in page.text
    assert browser.question == question
    answer_all(browser, 0)
    assert "在等人工" in browser.open().text  # also after a reload
    assert "不要人工了" in browser.press("不等了").html or "助手接着来" in browser.page.text
    assert desk.board().waiting == []


def test_the_place_in_the_queue(desk: HandOvers, site: Site, browser: Browser) -> None:
    before = site.browser()
    before.open()
    before.press("转人工")
    assert "前面还有 1 位" in browser.press("转人工").text
    take(desk)
    assert "前面还有" not in browser.open().text


def test_while_a_person_answers_nothing_is_asked_and_their_words_are_shown(desk: HandOvers, browser: Browser) -> None:
    answer_all(browser, 2)
    question, answers = browser.question, browser.answers
    browser.press("转人工")
    which = take(desk)
    page = browser.open()
    assert browser.question == "人工正在回答"
    assert question not in page.text
    assert "人工（李）已经接入" in page.text
    browser.say("几点上班")
    desk.write(which, "李娜", f"九点。{EVIL}", "k", NOON)
    page = browser.open()
    assert "几点上班" in page.text
    assert "九点。" in page.text
    assert "<script>alert" not in page.html
    assert "**粗**" in page.text  # an operator's words are shown as they were written
    desk.give_back(which, "李娜", NOON)
    page = browser.open()
    assert "交还给助手" in page.text
    assert browser.question == question
    assert browser.answers == answers
    assert "和人工说过的" in page.text
    assert "九点。" in browser.open().text


def test_back_to_the_assistant_by_a_button(desk: HandOvers, browser: Browser) -> None:
    browser.press("转人工")
    take(desk)
    browser.open()
    page = browser.press("回到助手")
    assert "已经结束和人工的对话" in page.text
    assert desk.board().held == []


def test_the_part_that_is_asked_for_again_and_again(desk: HandOvers, browser: Browser, site: Site) -> None:
    browser.press("转人工")
    assert 'data-state="waiting"' in exchange(browser, "waiting")
    which = take(desk)
    assert 'data-state="held"' in exchange(browser, "waiting")
    assert "已经接入" in browser.open().text  # what was said is not swallowed by the part
    desk.write(which, "李娜", "您好", "k", NOON)
    assert "您好" in exchange(browser, "held")
    found = desk.one(which)
    assert found is not None
    assert found.lines[-1].arrival == "sent"  # shown: the operator sees that it arrived
    desk.give_back(which, "李娜", NOON)
    assert 'data-state="ended"' in exchange(browser, "held")
    assert "交还给助手" in browser.open().text
    assert site.browser().client.get("/people").status_code == 204


def test_a_lapsed_lease_and_nobody_there_are_told_on_the_page(desk: HandOvers, browser: Browser) -> None:
    browser.press("转人工")
    take(desk)
    browser.open()
    desk.sweep(NOON + 601)
    assert "有一阵没有回话" in browser.open().text
    browser.press("转人工")
    desk.sweep(NOON + 100_000)
    page = browser.open()
    assert "还没有人接" in page.text
    assert "解释部门" in page.text


def test_a_restarted_server_goes_on(desk: HandOvers, browser: Browser, site: Site) -> None:
    browser.press("转人工")
    which = take(desk)
    desk.write(which, "李娜", "您好", "k", NOON)
    site.restart()
    assert "您好" in browser.open().text
    browser.say("在")
    site.restart()
    found = desk.one(which)
    assert found is not None
    assert [line.text for line in found.lines if line.by == "enterprise"] == ["在"]


def test_erased_in_the_middle(desk: HandOvers, browser: Browser) -> None:
    browser.press("转人工")
    which = take(desk)
    browser.open()
    browser.say("秘密")
    assert "已经删除" in browser.press("删除我的数据").text
    assert desk.one(which) is None
    assert "人工正在回答" not in browser.open().text


def test_the_data_to_take_along_holds_the_words(desk: HandOvers, browser: Browser) -> None:
    browser.press("转人工")
    desk.write(take(desk), "李娜", "您好", "k", NOON)
    kept = browser.client.get("/data").json()
    assert kept["handovers"][0]["lines"][-1]["text"] == "您好"


def test_without_accounts_the_departments_are_named(browser: Browser) -> None:
    assert "这里没有人工坐席" in browser.press("转人工").text
