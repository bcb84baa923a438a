"""The quick check as an operator uses it: by keyboard while somebody talks, and without losing a keystroke."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import Route, expect

from tests.browser.conftest import Someone
from tests.browser.person import Person
from tests.browser.server import Server
from tests.browser.test_access import SCREENS, problems, reach

SAID = "我们在海珠，做跨行业跨领域的工业互联网平台，进了国家试点示范，平台前后投了两千三百万，牵头做了国家标准两项"
INVESTED = "#f-cross_platform_investment-1"
CHECK = "/desk/check"


@pytest.fixture(scope="module")
def account(server: Server) -> tuple[str, str]:
    name, password = "chen", "correct horse 8"
    server.run("desk", "add-user", name, given=f"{password}\n")
    return name, password


Operator = Callable[..., Person]


@pytest.fixture
def operator(someone: Someone, account: tuple[str, str]) -> Operator:
    """Signs in and opens the check."""

    def new(path: str = CHECK, **options: object) -> Person:
        person = someone(**options)
        person.open("/desk/login")
        person.page.fill("#name", account[0])
        person.page.fill("#password", account[1])
        person.page.get_by_role("button", name="登录").click()
        person.open(path)
        return person

    return new


def tell(person: Person, words: str = SAID) -> None:
    person.page.fill("#sentence", words)
    person.page.get_by_role("button", name="听写").click()
    expect(person.page.locator(".heard")).to_be_visible()


def fill(person: Person, field: str, words: str) -> None:
    """Type into a field, leave it, and wait for what comes of it."""
    with person.page.expect_response(lambda response: CHECK in response.url and response.ok):
        person.page.fill(field, words)
        person.page.locator(field).blur()
    expect(person.page.locator("[data-check][aria-busy]")).to_have_count(0)


def given(person: Person) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(person.page.url).query))


def test_a_check_by_keyboard_alone(operator: Operator):
    person = operator()
    keys = person.page.keyboard
    keys.press("/")
    keys.type(SAID)
    keys.press("Enter")
    expect(person.page.locator(".heard")).to_contain_text("投了两千三百万")
    expect(person.page.locator(".brief")).to_contain_text("0–560万元")
    assert SAID not in person.page.url
    keys.press("n")
    name = str(person.focused.get_attribute("name"))
    assert name.startswith("mark.")
    keys.press("ArrowRight")
    expect(person.page.locator(".brief")).to_be_visible()
    person.page.wait_for_url(f"**{name}=yes**")
    assert person.focused.get_attribute("name") == name
    assert person.focused.get_attribute("value") == "yes"
    keys.press("c")
    expect(person.page.locator(".copied")).to_have_text("已复制")
    reach(person, lambda: person.focused.get_attribute("id") == "f-std_national-1")
    keys.press("Control+A")
    keys.type("三项")
    keys.press("Enter")
    expect(person.page.locator(".brief")).to_contain_text("0–590万元")
    assert person.focused.get_attribute("id") == "f-std_national-1"


def test_what_if_says_the_difference_and_the_clauses(operator: Operator):
    person = operator()
    tell(person)
    person.page.locator("#if").select_option(label="列入国家试点示范项目")
    expect(person.page.locator("#if-value")).to_contain_text("现在：是")
    person.page.locator("#if-value").get_by_label("否", exact=True).check()
    changes = person.page.locator("#what-if")
    expect(changes).to_contain_text("合计 0–560万元 → 0–60万元（下限不变，上限 −500万元）")
    expect(changes).to_contain_text("符合 → 不符合")
    expect(person.page.locator(".brief")).to_contain_text("0–560万元")  # what was said stays as it is
    person.page.locator("#if-value").get_by_label("是", exact=True).check()
    expect(changes).to_contain_text("结果不变")


def test_a_mistake_is_told_and_nothing_else_is_lost(operator: Operator):
    person = operator()
    tell(person)
    fill(person, INVESTED, "2300")
    expect(person.page.locator("#f-cross_platform_investment-wrong")).to_contain_text("元还是")
    assert person.page.input_value(INVESTED) == "2300"
    assert person.page.input_value("#f-std_national-1") == "2项"
    fill(person, INVESTED, "1000万")
    expect(person.page.locator("#f-cross_platform_investment-wrong")).to_have_count(0)
    expect(person.page.locator(".brief")).to_contain_text("0–360万元")


def test_what_is_typed_while_an_answer_is_under_way_stays(operator: Operator):
    person = operator()
    tell(person)
    held: list[Route] = []

    def hold_the_first(route: Route) -> None:
        if held:
            route.continue_()
        held.append(route)

    person.page.route(f"**{CHECK}?*", hold_the_first)
    person.page.fill("#f-std_national-1", "3项")
    person.page.locator("#f-std_national-1").blur()
    person.page.locator(INVESTED).focus()
    person.page.keyboard.press("Control+A")
    person.page.keyboard.type("1500")
    assert len(held) == 1
    with person.page.expect_response(lambda response: CHECK in response.url):
        held[0].continue_()
    person.page.keyboard.type("万")
    person.page.keyboard.press("Tab")
    expect(person.page.locator(".brief")).to_contain_text("0–540万元")
    assert person.page.input_value(INVESTED) == "1500万"


def test_the_address_is_the_whole_check(operator: Operator):
    person = operator()
    tell(person)
    fill(person, "#f-std_national-1", "四项")
    before = person.page.locator(".brief").inner_text()
    kept = given(person)
    assert kept["f.std_national"] == "四项"
    person.page.reload()
    assert person.page.locator(".brief").inner_text() == before
    colleague = operator(person.page.url.removeprefix(person.address))
    assert colleague.page.locator(".brief").inner_text() == before
    assert colleague.page.input_value("#sentence") == ""


def test_a_lost_connection_loses_nothing(operator: Operator):
    person = operator()
    tell(person)
    person.page.context.set_offline(True)
    person.page.fill("#f-std_national-1", "3项")
    person.page.locator("#f-std_national-1").blur()
    expect(person.page.locator("[data-trouble]")).to_contain_text("连不上")
    assert person.page.input_value("#f-std_national-1") == "3项"
    person.page.context.set_offline(False)
    person.page.get_by_role("button", name="算", exact=True).click()
    expect(person.page.locator(".brief")).to_contain_text("0–590万元")
    expect(person.page.locator("[data-trouble]")).to_have_count(0)
    person.errors = [error for error in person.errors if "ERR_INTERNET_DISCONNECTED" not in error]


def test_without_a_script(operator: Operator):
    person = operator(script=False)
    tell(person)
    person.page.fill("#f-std_national-1", "3项")
    person.page.locator("#m-event_held").get_by_label("没有", exact=True).check(force=True)
    with person.page.expect_navigation():
        person.page.get_by_role("button", name="算", exact=True).click()
    expect(person.page.locator(".brief")).to_contain_text("0–590万元")
    assert given(person)["mark.event_held"] == "no"
    with person.page.expect_navigation():
        person.page.get_by_role("button", name="其余都没有").last.click()
    assert person.page.locator("#m-core_ip").get_by_label("没有", exact=True).is_checked()


@pytest.mark.parametrize(("width", "scheme"), SCREENS)
def test_the_check_has_no_serious_problem_and_fits(operator: Operator, width: int, scheme: str):
    person = operator(width=width, height=800, color_scheme=scheme)
    assert problems(person) == []
    assert person.fits()
    tell(person)
    person.page.locator("#if").select_option(label="跨行业跨领域平台建设投入总额")
    person.page.locator("#if-value input").fill("1000")
    person.page.locator("#if-value input").blur()
    expect(person.page.locator("#if-wrong")).to_be_visible()
    fill(person, INVESTED, "多" * 150)
    for fold in person.page.locator("summary").all():
        fold.click()
    assert problems(person) == []
    assert person.fits()
