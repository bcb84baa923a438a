"""A whole conversation on the page without JavaScript, and everything that may happen in its middle."""

from __future__ import annotations

import pytest
from starlette.requests import Request

from bot.channels.web import Posted, WebChannel
from bot.store.store import Scope
from bot.web.chat.visitor import COOKIE, Visitors
from dialogs.session import State
from tests.bot.web.browser import Browser
from tests.bot.web.conftest import ANSWERS, NOON, SECRET, Site, answer_all


def conversation_of(browser: Browser) -> str:
    cookie = f"{COOKIE}={browser.client.cookies[COOKIE]}".encode()
    request = Request({"type": "http", "headers": [(b"cookie", cookie)]})
    return Visitors(SECRET, 1).of(request).conversation


def test_a_whole_conversation_ends_with_the_result_its_quotes_and_formulas(browser: Browser):
    assert "企业注册在哪里？" in browser.page.text
    answer_all(browser)
    text = browser.page.text
    assert browser.question == "结果"
    for words in (
        "560万元",
        "历史口径",
        "30%×跨行业跨领域平台建设投入总额（2300万元）＝690万元",
        "对牵头制定国际、国家标准（规范）的企业，在标准（规范）公告并执行后分别给予50万元、30万元奖励，年度累计最高不超过100万元。",
        "同一企业一年从本办法最多600万元：没有触发",
    ):
        assert words in text
    assert len(browser.answers) == len(ANSWERS)


def test_a_reload_shows_the_same_answers_and_question_and_repeats_nothing(browser: Browser):
    answer_all(browser, 5)
    before = browser.answers, browser.question
    browser.open()
    assert (browser.answers, browser.question) == before
    assert len(browser.answers) == 5


def test_nothing_is_kept_of_somebody_who_only_looks(site: Site, browser: Browser):
    browser.open("/result")
    browser.open("/compare")
    assert site.store.backlog().conversations == 0


def test_a_restart_in_the_middle_loses_nothing_and_asks_nothing_twice(site: Site, browser: Browser):
    for step in ANSWERS:
        label, tick, fill = step
        site.restart()
        browser.press(label, tick=tick, fill=fill)
    assert browser.question == "结果"
    assert len(browser.answers) == len(ANSWERS)


def test_a_form_posted_twice_counts_once(browser: Browser):
    fields = browser.fields(browser.page.button("海珠区"))
    assert browser.post(fields).headers["location"] == "/"
    again = browser.post(fields)
    assert again.headers["location"] == "/?again=1"
    page = browser.open(again.headers["location"])
    assert "没有重复记" in page.text
    assert browser.answers == ["所在地区：海珠区"]


def test_a_button_of_a_page_left_behind_brings_the_current_question(browser: Browser):
    left = browser.tab()
    browser.press("海珠区")
    left.press("黄埔区")
    assert "那一题已经过去了" in left.page.text
    assert left.answers == ["所在地区：海珠区"]
    assert "哪些事" in left.question


def test_words_typed_on_a_page_left_behind_answer_no_other_question(browser: Browser):
    answer_all(browser, 4)
    left = browser.tab()
    browser.press("确定", fill=("1", "2"))
    left.say("3")
    assert "没有记下" in left.page.text
    assert "3" in left.page.text  # what was typed is still there to be copied
    assert left.answers[-1] == "数量：国际标准 1项，国家标准 2项"
    assert len(left.answers) == 5


def test_two_tabs_see_one_conversation(browser: Browser):
    other = browser.tab()
    browser.press("海珠区")
    other.open()
    other.press("都没有")
    browser.open()
    assert browser.answers == other.answers
    assert len(browser.answers) == 2


def test_what_was_received_but_not_yet_processed_is_processed_by_the_next_look(site: Site, browser: Browser):
    browser.press("海珠区")
    posted = Posted(conversation=conversation_of(browser), nonce="n", revision=1, text="为什么问")
    inbound = WebChannel().read(posted, NOON)
    assert inbound is not None
    site.store.receive([inbound])  # and then the process ended
    site.restart()
    assert "您说：" in browser.open().text


def test_what_was_about_to_be_shown_when_the_process_ended_is_shown_after_all(site: Site, browser: Browser):
    browser.press("海珠区")
    browser.post(browser.fields(browser.page.button("发送"), fill=("为什么问",)))
    assert site.store.claim(Scope(("web",), conversation_of(browser)), 1, NOON)  # and then the process ended
    site.restart()
    assert "您说：" in browser.open().text
    assert site.store.backlog().outbox == 0


def test_ticks_that_were_refused_stay_ticked(browser: Browser):
    browser.press("海珠区")
    browser.press("都没有", tick=("有自己的平台",))
    assert "不能和别的一起选" in browser.page.text
    box = browser.page.button("选好了").form.boxes
    assert [label for label, (_, _, on) in box.items() if on] == [
        "有自己的平台（工业互联网、产业互联网交易、智能制造等）"
    ]


def test_nothing_ticked_is_no_answer(browser: Browser):
    browser.press("海珠区")
    browser.press("选好了")
    assert "还没有选。都没有就选“都没有”" in browser.page.text
    assert len(browser.answers) == 1


def test_words_that_were_not_understood_are_said_back(browser: Browser):
    answer_all(browser, 6)
    browser.say("一个多亿美元")
    assert "“一个多亿美元”是外币" in browser.page.text
    assert len(browser.answers) == 6


def test_figures_left_empty_are_no_answer_and_some_left_empty_are_none(browser: Browser):
    answer_all(browser, 4)
    browser.press("确定")
    assert len(browser.answers) == 4
    browser.press("确定", fill=("", "1,000项"))
    assert browser.answers[-1] == "数量：国际标准 0项，国家标准 1000项"


def test_an_answer_is_changed_and_what_followed_stays(browser: Browser):
    answer_all(browser)
    browser.press("修改")  # the first one shown
    assert "正在改第" in browser.page.text
    assert "不改了" in [button.label for button in browser.page.buttons]
    browser.press("不改了")
    assert browser.question == "结果"
    assert len(browser.answers) == len(ANSWERS)


def test_one_step_back_takes_back_one_answer(browser: Browser):
    answer_all(browser, 3)
    browser.press("上一步")
    assert len(browser.answers) == 2


def test_why_a_question_is_asked_stands_beside_it(browser: Browser):
    browser.press("海珠区")
    assert "这一问关系到" in browser.page.text
    assert "第三条第（一）项" in browser.page.text


def test_another_day_is_asked_about(browser: Browser):
    browser.press("海珠区")
    browser.press("换日期", fill=("2024-03-15",))
    assert "按 2024年3月15日 计算" in browser.page.text
    browser.press("换日期", fill=("很久以前",))
    assert "没看懂日期" in browser.page.text


def test_the_result_so_far_can_be_seen_at_any_time(browser: Browser):
    assert "先说在哪里" in browser.open("/result").text
    browser.open()
    answer_all(browser, 5)
    page = browser.open("/result")
    assert "问题还没问完" in page.text
    assert "海珠办法" in page.text


@pytest.mark.parametrize(
    "words", ["结果", "还差什么", "没有计入", "不符合", "其他支持", "我的回答", "帮助", "转人工", "详情 1"]
)
def test_every_word_of_the_conversation_works_on_the_page(browser: Browser, words: str):
    answer_all(browser)
    browser.say(words)
    assert browser.question == "结果"
    assert len(browser.answers) == len(ANSWERS)


def test_the_script_gets_only_the_part_a_turn_changes(browser: Browser):
    fields = browser.fields(browser.page.button("海珠区"))
    answer = browser.post(fields, **{"X-Part": "turn"})
    assert answer.status_code == 200
    assert "<html" not in answer.text
    assert 'data-revision="1"' in answer.text


def test_what_is_shown_is_what_is_kept(site: Site, browser: Browser):
    answer_all(browser)
    session = site.store.session(conversation_of(browser))
    assert session is not None
    assert [answer.said for answer in State(session).answers.values()] == browser.answers
