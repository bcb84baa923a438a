"""The chat page in a real browser: a whole conversation, and everything that may happen in its middle."""

from __future__ import annotations

from playwright.sync_api import Route, expect

from tests.bot.word import words_of
from tests.browser.conftest import Someone
from tests.browser.person import ANSWERS
from tests.browser.server import Server


def test_a_whole_conversation_without_loading_the_page_again(someone: Someone):
    person = someone()
    person.page.evaluate("window.same = true")
    person.answer_all()
    assert person.question == "结果"
    assert person.page.evaluate("window.same")
    expect(person.page.get_by_text("560万元").first).to_be_visible()
    card = person.page.locator(".measure").nth(1)
    card.locator("summary").click()
    expect(card.get_by_text("对牵头制定国际、国家标准（规范）的企业")).to_be_visible()
    expect(card.get_by_text("30万元×牵头（主导）制定的国家标准（2项）＝60万元；没有超过封顶")).to_be_visible()


def test_an_answer_is_changed(someone: Someone):
    person = someone()
    person.answer_all()
    person.answer(person.page.get_by_role("button", name="修改").nth(-3).click)
    assert "正在改第 7 项" in person.page.inner_text("#turn")
    person.say("一千万")
    assert person.question == "结果"
    assert "跨行业跨领域平台建设投入总额：1000万元" in person.answers
    assert person.page.get_by_text("0–300万元").first.is_visible()


def test_a_reload_in_the_middle(someone: Someone):
    person = someone()
    for step in ANSWERS:
        step(person)
        before = person.answers, person.question
        person.page.reload()
        assert (person.answers, person.question) == before
    assert person.question == "结果"


def test_a_server_that_is_killed_and_started_in_the_middle(someone: Someone, server: Server):
    person = someone()
    for step in ANSWERS:
        server.restart()
        step(person)
    assert person.question == "结果"
    assert len(person.answers) == len(ANSWERS)
    person.errors.clear()  # the browser reports every connection that failed


def test_a_server_that_is_down_when_an_answer_is_pressed(someone: Someone, server: Server):
    person = someone()
    person.answer_all(6)
    person.page.locator("#text").fill("两千三百万")
    server.kill()
    person.page.clock.install()
    person.page.get_by_role("button", name="发送").click()
    trouble = person.page.get_by_role("alert")
    while not trouble.is_visible():
        person.page.clock.run_for(5_000)
    assert "没有连上，填的内容还在" in trouble.inner_text()
    assert person.page.locator("#text").input_value() == "两千三百万"
    server.start()
    person.answer(person.page.get_by_role("button", name="再试一次").click)
    assert person.answers[-1] == "跨行业跨领域平台建设投入总额：2300万元"
    assert len(person.answers) == 7
    person.errors.clear()  # the browser reports every connection that failed


def test_an_answer_whose_reply_is_lost_is_asked_for_again_and_counts_once(someone: Someone):
    person = someone()
    lost: list[str] = []

    def lose_first(route: Route) -> None:
        if not lost:
            lost.append(route.fetch().text())  # the server has it, the browser does not
            route.abort()
        else:
            route.continue_()

    person.page.route("**/chat", lose_first)
    person.press("海珠区")
    assert person.answers == ["所在地区：海珠区"]
    assert "哪些事" in person.question
    person.errors.clear()


def test_two_tabs_do_not_fight(someone: Someone):
    first = someone()
    second = type(first)(first.page.context.new_page(), first.address)
    second.open()
    first.press("海珠区")
    second.press("黄埔区")
    assert "那一题已经过去了" in second.page.inner_text("#turn")
    assert second.answers == ["所在地区：海珠区"]
    second.press("都没有")
    first.choose("有自己的平台（工业互联网、产业互联网交易、智能制造等）")
    assert "那一题已经过去了" in first.page.inner_text("#turn")
    assert len(first.answers) == 2


def test_without_javascript(someone: Someone):
    person = someone(script=False)
    person.answer_all()
    assert person.question == "结果"
    assert len(person.answers) == len(ANSWERS)
    person.say("还差什么")
    assert "还差什么" in person.page.inner_text("#turn")


def test_going_on_on_another_device(someone: Someone):
    desk, phone = someone(), someone(width=360, height=740)
    desk.answer_all(4)
    desk.page.get_by_text("换设备、导出、删除").click()
    desk.press("换设备接着答")
    link = desk.page.locator("a.token").inner_text()
    phone.page.goto(link)
    phone.page.get_by_role("button", name="接着答").click()
    phone.page.wait_for_url(phone.address + "/")
    assert phone.answers == desk.answers


def test_a_report_is_taken_away(someone: Someone):
    person = someone()
    person.answer_all()
    person.page.get_by_role("link", name="报告", exact=True).click()
    assert "560万元" in person.page.locator("body").inner_text()
    with person.page.expect_download() as download:
        person.page.get_by_role("link", name="下载 Word 文件").click()
    assert "560万元" in words_of(download.value.path().read_bytes())
