"""Whatever happens between the answers, the conversation ends as if nothing had."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.advance import Dialog
from policies.engine.engine import Engine
from tests.bot.web.browser import Browser
from tests.bot.web.conftest import ANSWERS, Site

DISTURBANCES = ("nothing", "reload", "restart", "posted twice", "old page", "look", "nonsense", "lost reply")


def disturb(kind: str, site: Site, browser: Browser, old: Browser, fields: list[tuple[str, str]]) -> None:
    if kind == "reload":
        browser.open()
    elif kind == "restart":
        site.restart()
    elif kind == "posted twice":
        assert browser.post(fields).headers["location"] == "/?again=1"
        browser.open()
    elif kind == "old page":
        old.post([*old.page.forms[0].hidden, ("key", "1")])
        old.post([*old.page.forms[1].hidden, ("text", "3")])
        browser.open()
    elif kind == "look":
        browser.open("/compare")
        browser.open("/result")
        browser.open()
    elif kind == "nonsense":
        browser.say("……")
    elif kind == "lost reply":
        browser.post(browser.fields(browser.page.button("发送"), fill=("帮助",)))
        browser.open()


@settings(max_examples=12)
@given(st.lists(st.sampled_from(DISTURBANCES), min_size=len(ANSWERS), max_size=len(ANSWERS)))
def test_disturbances_change_nothing(engine: Engine, kinds: list[str]):
    with TemporaryDirectory() as folder:
        site = Site(Path(folder) / "huiqi.db", Dialog(engine))
        browser, quiet = site.browser(), site.browser()
        browser.open()
        quiet.open()
        for (label, tick, fill), kind in zip(ANSWERS, kinds, strict=True):
            old = browser.tab()
            fields = browser.fields(browser.page.button(label), tick, fill)
            browser.press(label, tick=tick, fill=fill)
            quiet.press(label, tick=tick, fill=fill)
            disturb(kind, site, browser, old, fields)
        browser.open()
        quiet.open()
        assert browser.answers == quiet.answers
        assert len(browser.answers) == len(ANSWERS)
        assert browser.question == quiet.question == "结果"
        site.store.close()
