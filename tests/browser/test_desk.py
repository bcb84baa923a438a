"""The hotline desk in a browser: a clause found and copied by keyboard alone, on every screen, without a script too."""

from __future__ import annotations

import re
import time

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Someone
from tests.browser.person import Person
from tests.browser.server import Server
from tests.browser.test_access import SCREENS, problems

PASSWORD = "correct horse 8"


@pytest.fixture(scope="module", autouse=True)
def account(server: Server) -> None:
    server.add_operator("li", PASSWORD)


def sign_in(person: Person, path: str = "/desk") -> Page:
    person.open(path)
    person.page.get_by_label("名称").fill("li")
    person.page.get_by_label("密码").fill(PASSWORD)
    person.page.keyboard.press("Enter")
    person.page.wait_for_url(re.compile("/desk/search"))
    return person.page


def opened(page: Page, id_: str) -> None:
    """Wait until an article stands beside the list."""
    expect(page.locator(f'[data-open="{id_}"]')).to_be_visible()


def test_a_clause_is_found_and_copied_by_keyboard_alone(someone: Someone) -> None:
    person = someone(permissions=["clipboard-read", "clipboard-write"])
    page = sign_in(person)
    assert person.focused.get_attribute("id") == "q"
    page.keyboard.type("佛山 二级节点 上限")
    opened(page, "foshan-2020/3")
    page.keyboard.press("Enter")
    expect(page.locator("#article")).to_be_focused()
    page.keyboard.press("c")
    expect(page.locator("#article .copied")).to_have_text("已复制")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("佛山措施 三") and "封顶 200万元" in copied and copied.endswith("由主管部门决定。")
    page.keyboard.press("/")
    assert person.focused.get_attribute("id") == "q"
    page.keyboard.type("海珠 论坛")  # what was there is selected, and replaced
    opened(page, "haizhu-2022/10")
    page.keyboard.press("Escape")
    expect(page.locator("#q")).to_have_value("")
    opened(page, "baiyun-draft/title")


def test_arrows_move_and_the_clause_follows(someone: Someone) -> None:
    page = sign_in(someone())
    page.keyboard.type("标识解析")
    opened(page, "huangpu-2019/5")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#results [aria-current]")).to_contain_text("白云")
    opened(page, "baiyun-draft/8")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    opened(page, "huangpu-2019/5")
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowDown")
    opened(page, "baiyun-draft/8")
    page.keyboard.press("Escape")
    expect(page.locator("#q")).to_be_focused()
    expect(page.locator("#q")).to_have_value("标识解析")


def test_the_same_topic_elsewhere_opens_beside(someone: Someone) -> None:
    page = sign_in(someone())
    page.keyboard.type("佛山 二级节点 上限")
    opened(page, "foshan-2020/3")
    page.locator(".elsewhere").get_by_role("link", name=re.compile("黄埔办法 第五条")).click()
    opened(page, "huangpu-2019/5")


def test_a_filter_and_another_day_are_kept_when_the_page_is_loaded_again(someone: Someone) -> None:
    page = sign_in(someone())
    page.get_by_label("地区").select_option("海珠区")
    page.get_by_label("按哪一天").fill("2024-03-15")
    page.locator("#q").fill("标准")
    opened(page, "haizhu-2022/7")
    expect(page.locator("#say")).to_contain_text("有效")
    page.reload()
    expect(page.get_by_label("地区")).to_have_value("海珠区")
    opened(page, "haizhu-2022/7")
    expect(page.locator("#say")).to_contain_text("2024年3月15日")


def test_an_answer_that_comes_late_is_not_shown(someone: Someone) -> None:
    page = sign_in(someone())
    held: list[Route] = []
    page.route(re.compile("/desk/search.*%E8%AE%BA%E5%9D%9B"), lambda route: held.append(route))  # noqa: PLW0108 - Playwright marks what it is given
    page.locator("#q").fill("海珠 论坛")
    while not held:
        page.wait_for_timeout(20)
    page.locator("#q").fill("佛山 二级节点 上限")
    opened(page, "foshan-2020/3")
    with page.expect_response(lambda response: "%E8%AE%BA" in response.url):
        held[0].continue_()
    page.wait_for_timeout(200)
    opened(page, "foshan-2020/3")
    expect(page.locator("#results [aria-current]")).to_contain_text("佛山措施 三")


def test_who_is_signed_out_meanwhile_is_asked_to_sign_in(someone: Someone, server: Server) -> None:
    person = someone()
    page = sign_in(person)
    server.run("desk", "set-password", "li", given=f"{PASSWORD}\n")
    page.locator("#q").fill("佛山 二级节点 上限")
    page.wait_for_url(re.compile("/desk/login"))
    page.get_by_label("名称").fill("li")
    page.get_by_label("密码").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator("#q")).to_have_value("佛山 二级节点 上限")  # nothing typed is lost
    opened(page, "foshan-2020/3")
    person.errors.clear()  # the browser reports the 401


@pytest.mark.parametrize("words", ["佛山 二级节点 上限", "佛山办行业论坛有没有场地补贴"])
def test_the_desk_works_without_a_script(someone: Someone, words: str) -> None:
    page = sign_in(someone(script=False))
    page.locator("#q").fill(words)
    page.get_by_role("button", name="查", exact=True).click()
    second = page.locator("[data-article]").nth(1)
    id_ = second.get_attribute("data-article")
    second.click()
    assert page.locator("[data-open]").get_attribute("data-open") == id_
    assert page.locator("#results [aria-current]").get_attribute("data-article") == id_
    expect(page.locator("#say")).to_be_visible()
    for of_the_script in (".keys", "#article [data-copy]"):
        expect(page.locator(of_the_script)).to_be_hidden()
    page.get_by_role("button", name="退出").click()
    expect(page.get_by_label("名称")).to_be_focused()


@pytest.mark.parametrize(("width", "scheme"), SCREENS)
def test_every_page_of_the_desk_has_no_serious_problem_and_fits(someone: Someone, width: int, scheme: str) -> None:
    person = someone(width=width, height=800, color_scheme=scheme)
    person.open("/desk/login")
    assert problems(person) == [] and person.fits()
    person.page.get_by_label("名称").fill("nobody")
    person.page.get_by_label("密码").fill("wrong password")
    person.page.keyboard.press("Enter")
    expect(person.page.get_by_role("alert")).to_be_visible()
    person.errors.clear()  # the browser reports the 401
    assert problems(person) == [] and person.fits()
    page = sign_in(person)
    for words in (
        "",
        "佛山 二级节点 上限",
        "标识解析",
        "佛山办行业论坛有没有场地补贴",
        "海珠的申报截止是哪天",
        "啊" * 100,
    ):
        page.locator("#q").fill(words)
        settled(page)
        for fold in page.locator("summary").all():
            fold.click()
        assert problems(person) == [], words
        assert person.fits(), words
    for part in page.locator("header nav a").all():
        person.open(str(part.get_attribute("href")))
        assert problems(person) == [] and person.fits()


@pytest.mark.parametrize(("width", "scheme"), SCREENS)
def test_every_document_has_no_serious_problem_and_fits(someone: Someone, width: int, scheme: str) -> None:
    person = someone(width=width, height=800, color_scheme=scheme)
    for path in ("/policies", "/policies/haizhu-2022#3.1.a", "/policies/baoan-2022-draft", "/policies/x"):
        person.open(path)
        person.errors.clear()  # the browser reports the 404
        assert problems(person) == [] and person.fits(), path


def test_a_measure_is_opened_at_its_address(someone: Someone) -> None:
    person = someone()
    person.open("/policies/haizhu-2022#3.1.a")
    expect(person.page.locator(":target")).to_be_in_viewport()
    expect(person.page.locator(":target")).to_contain_text("跨行业跨领域")


def test_a_document_prints_its_text_and_nothing_of_the_site(someone: Someone) -> None:
    person = someone(color_scheme="dark")
    person.open("/policies/haizhu-2022")
    person.page.emulate_media(media="print", color_scheme="dark")
    expect(person.page.locator("header nav")).to_be_hidden()
    expect(person.page.locator(".contents")).to_be_hidden()
    expect(person.page.locator('[id="16"] blockquote')).to_be_visible()
    for name in ("color", "backgroundColor"):
        ink = person.page.evaluate(f"getComputedStyle(document.querySelector('.document dd')).{name}")
        assert ink in ("rgb(0, 0, 0)", "rgba(0, 0, 0, 0)")
    assert len(person.page.pdf()) > 10_000


def test_what_was_just_typed_is_opened_by_enter(someone: Someone) -> None:
    page = sign_in(someone())
    page.keyboard.type("佛山 二级节点 上限")
    page.keyboard.press("Enter")
    expect(page.locator("#article")).to_be_focused()
    opened(page, "foshan-2020/3")
    page.keyboard.press("/")
    page.keyboard.type("海珠 论坛")
    page.keyboard.press("Enter")
    opened(page, "haizhu-2022/10")


def test_letters_being_composed_are_left_alone(someone: Someone) -> None:
    page = sign_in(someone())
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/desk/" in request.url else None)
    page.clock.install()
    keyboard = page.context.new_cdp_session(page)
    for letters in ("h", "ha", "hai zhu"):
        keyboard.send("Input.imeSetComposition", {"text": letters, "selectionStart": 1, "selectionEnd": 1})
        page.clock.run_for(1000)
    assert asked == []
    with page.expect_response(lambda response: "/desk/search?q=%E6%B5%B7%E7%8F%A0" in response.url):
        keyboard.send("Input.insertText", {"text": "海珠"})
        page.clock.run_for(1000)
    expect(page.locator("#q")).to_have_value("海珠")


def test_the_address_leads_back_to_the_clause_that_was_open(someone: Someone) -> None:
    page = sign_in(someone())
    page.locator("#q").fill("标识解析")
    opened(page, "huangpu-2019/5")
    page.locator("#results a").nth(2).click()
    id_ = str(page.locator("#results [aria-current]").get_attribute("data-article"))
    opened(page, id_)
    page.wait_for_url(re.compile("open="))
    page.reload()
    opened(page, id_)
    expect(page.locator("#results [aria-current]")).to_have_attribute("data-article", id_)
    expect(page.locator("#q")).to_have_value("标识解析")


def test_the_box_and_the_words_to_say_stay_in_view_at_the_end_of_the_list(someone: Someone) -> None:
    page = sign_in(someone())
    page.locator("#q").fill("标识解析")
    opened(page, "huangpu-2019/5")
    for _ in page.locator("#results a").all():
        page.keyboard.press("ArrowDown")
    last = page.locator("#results a").last
    expect(last).to_have_attribute("aria-current", "true")
    for shown in (last, page.locator("#q"), page.locator("#say")):
        expect(shown).to_be_in_viewport()


def test_a_server_that_is_down_is_told_and_the_words_stay(someone: Someone, server: Server) -> None:
    person = someone()
    page = sign_in(person)
    server.kill()
    page.locator("#q").fill("佛山 二级节点 上限")
    expect(page.get_by_role("alert")).to_have_text("连不上，请检查网络后再试。")
    expect(page.locator("#q")).to_have_value("佛山 二级节点 上限")
    server.start()
    page.keyboard.press("Enter")
    opened(page, "foshan-2020/3")
    person.errors.clear()  # the browser reports every connection that failed


def test_a_browser_without_a_clipboard_copies_the_old_way(someone: Someone) -> None:
    page = sign_in(someone())
    page.evaluate("delete Navigator.prototype.clipboard")  # as on an address without https
    page.locator("#q").fill("佛山 二级节点 上限")
    opened(page, "foshan-2020/3")
    words = str(page.locator("#say").text_content())
    page.get_by_role("button", name="复制口径").click()
    expect(page.locator("#article .copied")).to_have_text("已复制")
    page.locator("#q").fill("")
    page.keyboard.press("ControlOrMeta+V")
    assert page.locator("#q").input_value()[:12] == words.strip()[:12]


def test_a_clause_prints_whole_with_nothing_to_press(someone: Someone) -> None:
    page = sign_in(someone())
    page.locator("#q").fill("佛山 二级节点 上限")
    opened(page, "foshan-2020/3")
    page.emulate_media(media="print")
    for gone in (".find", "#results", "[data-copy]", ".out", "header nav"):
        expect(page.locator(gone).first).to_be_hidden()
    expect(page.locator("#say")).to_be_visible()
    assert page.locator("#article").evaluate("at => at.scrollHeight <= at.clientHeight + 1")  # nothing is cut off


def settled(page: Page) -> None:
    """Wait until the list and the article are those of what stands in the box."""
    words = page.locator("#q").input_value()
    until = time.monotonic() + 20
    while time.monotonic() < until:
        page.wait_for_timeout(50)
        shown = page.evaluate("new URLSearchParams(location.search).get('q') ?? ''")
        if shown == words and page.locator("[aria-busy]").count() == 0:
            return
    raise AssertionError("not settled")
