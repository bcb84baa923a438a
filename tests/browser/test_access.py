"""Whether everybody can use the chat page: by keyboard, by screen reader, on a small screen, in the dark."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.conftest import Someone
from tests.browser.person import ANSWERS, Person

SERIOUS = ("serious", "critical")
SCREENS = [(360, "light"), (360, "dark"), (1440, "light"), (1440, "dark")]


def problems(person: Person) -> list[str]:
    """What axe finds, of weight."""
    found = Axe().run(person.page).response["violations"]
    return [f"{rule['id']}: {rule['nodes'][0]['html']}" for rule in found if rule["impact"] in SERIOUS]


@pytest.mark.parametrize(("width", "scheme"), SCREENS)
def test_every_page_has_no_serious_problem_and_fits(someone: Someone, width: int, scheme: str):
    person = someone(width=width, height=800, color_scheme=scheme)
    for step in (lambda _: None, *ANSWERS):
        step(person)
        assert problems(person) == []
        assert person.fits()
    for fold in person.page.locator("summary").all():
        fold.click()
    person.say("我也不知道说什么好" * 20)
    assert problems(person) == []
    assert person.fits()
    for path in ("/result", "/compare", "/r/r-aaaaaaaaaaaaaaaaaaaaaa"):
        person.open(path)
        assert problems(person) == []
        assert person.fits()


def test_dark_is_dark_and_light_is_light(someone: Someone):
    ground = "getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number)[0]"
    assert someone(color_scheme="dark").page.evaluate(ground) < 60
    assert someone(color_scheme="light").page.evaluate(ground) > 200


def reach(person: Person, wanted: Callable[[], bool]) -> None:
    """Press Tab until the focus is where it is wanted."""
    for _ in range(80):
        if wanted():
            return
        person.page.keyboard.press("Tab")
    raise AssertionError("not reached by keyboard")


def by_keyboard(person: Person, *labels: str, last: str) -> None:
    def focused(label: str) -> Callable[[], bool]:
        return lambda: bool(
            person.page.evaluate(
                "label => { const at = document.activeElement; if (!at) return false;"
                " const words = at.labels?.length ? at.labels[0].innerText : at.innerText;"
                " return (words ?? '').trim() === label; }",
                label,
            )
        )

    for label in labels:
        reach(person, focused(label))
        person.page.keyboard.press("Space")
    reach(person, focused(last))
    person.answer(lambda: person.page.keyboard.press("Enter"))


def test_the_whole_conversation_by_keyboard_alone(someone: Someone):
    person = someone()
    person.page.keyboard.press("Tab")
    assert person.focused.inner_text() == "跳到正文"
    person.page.keyboard.press("Enter")
    by_keyboard(person, last="海珠区")
    assert person.focused.inner_text() == person.question  # after every answer one stands at the next question
    by_keyboard(person, "牵头（主导）制定标准", last="选好了")
    assert person.focused.inner_text() == person.question
    reach(person, lambda: person.focused.get_attribute("name") == "figure")
    person.page.keyboard.press("Tab")
    person.page.keyboard.type("2项")
    person.answer(lambda: person.page.keyboard.press("Enter"))
    while person.question != "结果":
        by_keyboard(person, last="不清楚")
    assert person.focused.inner_text() == "结果"
    reach(person, lambda: person.focused.evaluate("at => at.matches('.measure summary')"))
    person.page.keyboard.press("Enter")
    expect(person.page.locator(".measure[open] blockquote").first).to_be_visible()


def test_what_is_said_is_announced(someone: Someone):
    person = someone()
    person.answer_all(6)
    person.say("一个多亿美元")
    expect(person.page.get_by_role("status")).to_contain_text("“一个多亿美元”是外币")


def test_a_tab_come_back_to_shows_what_was_answered_elsewhere(someone: Someone):
    first = someone()
    second = type(first)(first.page.context.new_page(), first.address)
    second.open()
    second.press("海珠区")
    first.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(first.page.locator(".answers li")).to_have_count(1)
