"""What may be done with a conversation: go on elsewhere, take it along, erase it, compare districts."""

from __future__ import annotations

import json
import re

from bot.web.common.charts import WIDTH, bar
from dialogs.advance import Dialog
from dialogs.compare import compared, everywhere
from dialogs.session import State
from dialogs.wording import range_text
from tests.bot.web.browser import Browser
from tests.bot.web.conftest import Site, answer_all
from tests.bot.web.test_conversation import conversation_of
from tests.bot.word import words_of

LINK = re.compile(r'href="http://testserver(/r/r-[A-Za-z0-9_-]{22})"')


def link_from(browser: Browser) -> str:
    browser.press("换设备接着答")
    found = LINK.search(browser.page.html)
    assert found is not None
    return found[1]


def test_a_link_goes_on_with_the_conversation_in_another_browser(site: Site, browser: Browser):
    answer_all(browser, 3)
    link = link_from(browser)
    phone = site.browser()
    phone.open(link)
    assert site.store.backlog().conversations == 1  # a link that is merely looked at changes nothing
    phone.press("接着答")
    assert phone.answers == browser.answers
    assert phone.question == "平台是否列入国家试点示范项目？"


def test_a_new_link_revokes_the_old_one(site: Site, browser: Browser):
    answer_all(browser, 2)
    old, new = link_from(browser), link_from(browser)
    assert old != new
    phone = site.browser()
    phone.open(old)
    phone.press("接着答")
    assert "这个口令不对，或者已经换过、删掉了" in phone.page.text
    assert phone.answers == []
    phone.open(new)
    assert len(phone.press("接着答").text) > 0
    assert phone.answers == browser.answers


def test_a_link_warns_before_it_replaces_answers_given_here(site: Site, browser: Browser):
    answer_all(browser, 2)
    link = link_from(browser)
    other = site.browser()
    other.open()
    other.press("黄埔区")
    assert "会换成那边的" in other.open(link).text


def test_no_link_no_page(browser: Browser):
    for address in ("/r/r-short", "/r/<script>alert(1)</script>", "/r/" + "r-" + "a" * 500):
        answer = browser.client.get(address)
        assert answer.status_code == 404
        assert "<script>alert" not in answer.text


def test_everything_is_erased_on_request_at_once(site: Site, browser: Browser):
    answer_all(browser, 4)
    before = conversation_of(browser)
    browser.press("删除我的数据")
    assert "已经删除" in browser.page.text
    assert browser.answers == []
    assert site.store.export(before) is None
    assert site.store.backlog().conversations == 0


def test_the_data_kept_are_given_as_a_file(browser: Browser):
    answer_all(browser, 3)
    answer = browser.client.get("/data")
    assert answer.headers["content-disposition"].startswith("attachment; filename*=UTF-8''")
    assert "跨行业跨领域工业互联网平台" in json.dumps(answer.json(), ensure_ascii=False)


def test_the_data_kept_of_nobody_are_none(site: Site):
    assert site.browser().client.get("/data").json() == {}


def test_the_report_is_given_as_a_file(browser: Browser):
    answer_all(browser)
    answer = browser.client.get("/report")
    assert "560万元" in answer.text
    assert "**" not in answer.text
    file = browser.client.get("/report.docx")
    assert file.headers["content-disposition"].startswith("attachment")
    assert "560万元" in words_of(file.content)


def test_a_report_asked_for_in_words_can_be_saved(browser: Browser):
    answer_all(browser)
    browser.say("报告")
    addresses = [given.get("href") for _, given in browser.page.tags]
    assert {"/report", "/report.docx"} <= set(addresses)


def test_districts_are_compared_by_the_same_numbers_in_chart_table_and_assessment(
    site: Site, browser: Browser, dialog: Dialog
):
    answer_all(browser)
    page = browser.open("/compare")
    session = site.store.session(conversation_of(browser))
    assert session is not None
    rows, others = compared(everywhere(dialog.engine, State(session).facts, State(session).as_of))
    assert len(rows) >= 3
    top = max(row.high or 0 for row in rows)
    drawn = [given for tag, given in page.tags if tag == "rect" and given["class"] == "most"]
    for row, rect in zip(rows, drawn, strict=True):
        assert page.text.count(range_text(row.low, row.high)) >= 2
        assert int(rect["width"] or 0) == bar(row.low, row.high, top).most
        assert row.status.replace("**", "")[:12] in page.text
    assert all(name in page.text for name in others)
    assert int(drawn[0]["width"] or 0) == WIDTH


def test_nothing_to_compare_before_anything_was_said(browser: Browser):
    assert "没有可比的" in browser.open("/compare").text
