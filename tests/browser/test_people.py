"""Handing over between two browsers: an enterprise at the chat page, an operator at the desk."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Someone
from tests.browser.person import Person
from tests.browser.server import Server
from tests.browser.test_access import SCREENS, problems

PASSWORD = "correct horse 8"


@pytest.fixture(scope="module", autouse=True)
def accounts(server: Server) -> None:
    for name in ("李娜", "wang"):
        server.run("desk", "add-user", name, given=f"{PASSWORD}\n")


def signed_in(someone: Someone, name: str = "李娜", **options: object) -> Person:
    """Somebody signed in, at the list of those who wait."""
    person = someone(**options)
    person.open("/desk/people")
    person.page.get_by_label("名称").fill(name)
    person.page.get_by_label("密码").fill(PASSWORD)
    person.page.keyboard.press("Enter")
    expect(person.page.get_by_role("heading", name="等候的人")).to_be_visible()
    return person


def operator(someone: Someone, name: str = "李娜", **options: object) -> Page:
    return signed_in(someone, name, **options).page


def waiting(someone: Someone, **options: object) -> Person:
    """An enterprise that has answered twice and asks for a person."""
    person = someone(**options)
    person.answer_all(2)
    person.press("转人工")
    return person


def open_first(desk: Page) -> None:
    desk.locator(".found a").first.click()
    expect(desk.get_by_role("heading", name="已经说过的")).to_be_visible()


def done(desk: Page, person: Person) -> None:
    """Leave nothing open for the next test."""
    desk.get_by_role("button", name="交还给助手").click()
    expect(desk.locator("#exchange")).to_contain_text("已经结束")


def test_asked_for_taken_answered_and_given_back(someone: Someone) -> None:
    desk = operator(someone)
    expect(desk.get_by_text("现在没有人在等")).to_be_visible()
    person = waiting(someone)
    question = person.page.locator("#question").inner_text()
    expect(person.page.get_by_role("heading", name="在等人工")).to_be_visible()
    expect(desk.get_by_role("heading", name="在等 1 位")).to_be_visible()  # without loading the page again
    open_first(desk)
    expect(desk.locator(".people")).to_contain_text("海珠区")
    desk.get_by_role("button", name="接手").click()
    expect(desk.get_by_label("对企业说")).to_be_focused()
    expect(person.page.get_by_role("heading", name="人工正在回答")).to_be_visible()
    expect(person.page.locator("#question")).to_have_count(0)
    person.say("几点上班？<b>")
    expect(desk.locator(".exchange")).to_contain_text("几点上班？<b>")
    desk.get_by_label("对企业说").fill("九点。<script>alert(1)</script>")
    desk.keyboard.press("Control+Enter")
    expect(person.page.locator(".exchange .operator")).to_contain_text("九点。<script>alert(1)</script>")
    expect(person.page.locator(".exchange .operator")).to_contain_text("人工（李）")
    expect(desk.locator(".exchange")).not_to_contain_text("还没有看到")
    person.page.reload()
    expect(person.page.locator(".exchange .operator")).to_contain_text("九点。")
    done(desk, person)
    expect(person.page.locator("#question")).to_have_text(question)
    expect(person.page.locator("#turn").get_by_text("人工已经把对话交还给助手，助手接着来。")).to_be_visible()
    person.choose("跨行业跨领域工业互联网平台")
    assert len(person.answers) == 3


def test_what_is_being_typed_stays_when_the_other_side_says_something(someone: Someone) -> None:
    person = waiting(someone)
    person.page.locator("#text").fill("还没写完")
    at_desk = signed_in(someone)
    desk = at_desk.page
    open_first(desk)
    desk.get_by_role("button", name="接手").click()
    expect(person.page.get_by_role("heading", name="人工正在回答")).to_be_visible()
    expect(person.page.locator("#text")).to_have_value("还没写完")
    expect(person.page.locator("#text")).to_be_focused()
    desk.get_by_label("对企业说").fill("先写一半")
    person.page.locator("#text").fill("写完了")
    person.press("发送")
    expect(desk.locator(".exchange")).to_contain_text("写完了")
    expect(desk.get_by_label("对企业说")).to_have_value("先写一半")
    person.press("回到助手")
    expect(desk.locator("#exchange")).to_contain_text("对方不要人工了")
    expect(desk.get_by_label("对企业说")).to_have_value("先写一半")
    desk.get_by_role("button", name="发出").click()
    expect(desk.get_by_role("alert")).to_contain_text("对方已经不要人工了")
    expect(desk.locator("#text")).to_have_value("先写一半")
    at_desk.errors.clear()  # the browser reports that the words were refused


def test_of_two_operators_one_holds_it(someone: Someone) -> None:
    person = waiting(someone)
    first, second = operator(someone), operator(someone, "wang")
    open_first(first)
    open_first(second)
    first.get_by_role("button", name="接手").click()
    expect(first.get_by_label("对企业说")).to_be_visible()
    expect(second.locator("#exchange")).to_contain_text("李娜 接着这次对话")
    expect(second.get_by_role("button", name="接手")).to_have_count(0)
    done(first, person)


def test_without_a_script_by_loading_the_pages_again(someone: Someone) -> None:
    person = waiting(someone, script=False)
    desk = operator(someone, script=False)
    open_first(desk)
    desk.get_by_role("button", name="接手").click()
    desk.get_by_label("对企业说").fill("您好")
    desk.get_by_role("button", name="发出").click()
    person.page.reload()
    expect(person.page.locator(".exchange .operator")).to_contain_text("您好")
    person.say("在")
    desk.reload()
    expect(desk.locator(".exchange .enterprise")).to_contain_text("在")
    done(desk, person)


@pytest.mark.parametrize(("width", "scheme"), SCREENS)
def test_no_serious_problem_on_any_screen(someone: Someone, width: int, scheme: str) -> None:
    person = waiting(someone, width=width, color_scheme=scheme)
    assert problems(person) == []
    assert person.fits()
    at_desk = signed_in(someone, width=width, color_scheme=scheme)
    assert problems(at_desk) == []
    assert at_desk.fits()
    open_first(at_desk.page)
    at_desk.page.get_by_role("button", name="接手").click()
    expect(at_desk.page.get_by_label("对企业说")).to_be_visible()
    at_desk.page.get_by_label("对企业说").fill("您好，请把去年的投入说一下。")
    at_desk.page.get_by_role("button", name="发出").click()
    expect(person.page.locator(".exchange .operator")).to_contain_text("您好")
    person.say("两千三百万，长" + "字" * 120)
    expect(at_desk.page.locator(".exchange .enterprise").first).to_be_visible()
    for one in (person, at_desk):
        assert problems(one) == []
        assert one.fits()
    done(at_desk.page, person)
