"""What comes from outside and is not a person answering: forged, foreign, malformed, oversized, or meant to run."""

from __future__ import annotations

import asyncio
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from itsdangerous import URLSafeSerializer
from markupsafe import escape
from starlette.requests import Request

from bot.store.store import StoreError
from bot.web.chat.forms import read_form
from bot.web.chat.pages import Pages
from bot.web.chat.visitor import COOKIE
from bot.web.common.asset_files import Assets
from bot.web.common.forms import LARGEST, BadFormError
from bot.web.common.pages import marked, paragraphs
from bot.web.headers import HEADERS
from tests.bot.web.browser import Browser
from tests.bot.web.conftest import ANSWERS, Site, answer_all
from tests.bot.web.pages import Page

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'\"><svg/onload=alert(1)>",
    "javascript:alert(1)",
    "{{ 7*7 }}{% raw %}",
    "**<b onclick=alert(1)>**",
    "接着 r-<script>alert(1)</script>",
)
ADDRESSES = (
    "/",
    "/result",
    "/compare",
    "/report",
    "/report.docx",
    "/data",
    "/r/r-x",
    "/assets/chat/chat.js",
    "/nowhere",
    "/chat",
)


def harmless(html: str) -> None:
    """No script but ours, no handler, no address that runs; nothing typed was evaluated."""
    page = Page(html)
    scripts = [given for tag, given in page.tags if tag == "script"]
    assert all((given.get("src") or "").startswith("/assets/chat/chat.js") for given in scripts)
    for _, given_ in page.tags:
        assert not any(name.startswith("on") or name in ("style", "srcdoc") for name in given_)
        assert not any((given_.get(name) or "").lower().startswith("javascript:") for name in ("href", "src", "action"))
    assert not any(tag in ("img", "iframe", "object") for tag, _ in page.tags)
    assert "49{%" not in html


def test_whatever_is_typed_is_only_shown(browser: Browser):
    for step in [None, *ANSWERS]:
        if step is not None:
            browser.press(step[0], tick=step[1], fill=step[2])
        for hostile in HOSTILE:
            browser.say(hostile)
            harmless(browser.page.html)
    assert browser.question == "结果"


@pytest.mark.parametrize("name", ["text", "key", "figure", "question", "day", "token", "revision", "unknown"])
def test_no_field_runs_anything(browser: Browser, name: str):
    answer_all(browser, 4)
    for hostile in HOSTILE:
        asked = [field for field in browser.fields(browser.page.button("发送")) if field[0] not in (name, "text")]
        harmless(browser.post([*asked, (name, hostile)]).text)
        harmless(browser.post([*asked, ("question", "where"), ("key", "0"), (name, hostile)]).text)
        harmless(browser.open().html)


def test_nor_does_an_address_or_a_cookie(site: Site):
    browser = site.browser()
    for hostile in HOSTILE:
        for address in (f"/?again={quote(hostile)}", f"/r/{quote(hostile, safe='')}", f"/{quote(hostile)}"):
            answer = browser.client.get(address, headers={"Cookie": f"{COOKIE}={quote(hostile)}"})
            if "html" in answer.headers["content-type"]:
                harmless(answer.text)


def test_what_a_template_is_given_is_text_to_it():
    pages = Pages(Assets("bot.web.chat", "/assets/chat").url, 180)
    for hostile in HOSTILE:
        page = pages.render("failed.html", why=hostile)
        harmless(page)
        assert escape(hostile) in page


@given(st.text())
def test_text_becomes_html_only_by_its_own_marks(text: str):
    for html in (str(marked(text)), str(paragraphs(text, "http://here"))):
        bare = html
        for ours in ("<strong>", "</strong>", "<p>", '<p class="under">', "</p>"):
            bare = bare.replace(ours, "")
        assert "<" not in bare and ">" not in bare


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_answer_carries_the_headers(browser: Browser, address: str):
    headers = browser.client.get(address).headers
    for name, value in HEADERS.items():
        assert headers[name] == value
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]


def test_pages_hold_no_style_or_script_of_their_own(browser: Browser):
    answer_all(browser)
    for address in ("/", "/result", "/compare"):
        page = browser.open(address)
        assert not any(tag == "style" for tag, _ in page.tags)
        harmless(page.html)


def test_pages_are_kept_by_no_cache_and_the_cookie_by_no_script(site: Site):
    answer = site.browser().client.get("/")
    assert answer.headers["cache-control"] == "no-store"
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie and "samesite=lax" in cookie


@pytest.mark.parametrize("forged", ["", "x", "InZpc2l0b3Ii.AAAA", "a" * 5000, "null", "[]"])
def test_a_forged_cookie_opens_nobody_elses_conversation(site: Site, browser: Browser, forged: str):
    answer_all(browser, 2)
    other = site.browser()
    answer = other.client.get("/", headers={"Cookie": f"{COOKIE}={forged}"})
    assert "还没有回答" in answer.text
    assert answer.headers["set-cookie"]


def test_a_cookie_signed_by_another_installation_is_a_strangers(site: Site, browser: Browser):
    answer_all(browser, 2)
    mine = URLSafeSerializer(b"another secret", salt="web.cookie").dumps("id")
    answer = site.browser().client.get("/", headers={"Cookie": f"{COOKIE}={mine}"})
    assert "还没有回答" in answer.text


def test_a_form_made_for_somebody_else_changes_nothing(site: Site, browser: Browser):
    fields = browser.fields(browser.page.button("海珠区"))
    other = site.browser()
    other.open()
    answer = other.post(fields)
    assert answer.status_code == 400
    assert "没有记下" in answer.text
    assert site.store.backlog().conversations == 0


def test_a_form_without_a_cookie_says_what_to_do(site: Site, browser: Browser):
    fields = browser.fields(browser.page.button("海珠区"))
    answer = site.browser().post(fields)
    assert answer.status_code == 400
    assert "cookie" in answer.text


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
    ],
)
def test_a_form_posted_by_another_site_changes_nothing(site: Site, browser: Browser, headers: dict[str, str]):
    answer = browser.post(browser.fields(browser.page.button("海珠区")), **headers)
    assert answer.status_code == 403
    assert site.store.backlog().conversations == 0


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://testserver"}, {}])
def test_a_form_posted_by_our_own_page_counts(browser: Browser, headers: dict[str, str]):
    assert browser.post(browser.fields(browser.page.button("海珠区")), **headers).status_code == 303


def test_too_much_is_not_read(browser: Browser):
    fields = browser.fields(browser.page.button("发送"), fill=("很" * LARGEST,))
    answer = browser.post(fields)
    assert answer.status_code == 413
    assert "太长" in answer.text


def test_a_long_message_is_told_so(browser: Browser):
    browser.say("很" * 1200)
    assert "太长了，没有读" in browser.page.text


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b'{"text": 1}', "application/json", 415),
        (b"", "application/x-www-form-urlencoded", 400),
        (b"\xff\xfe", "application/x-www-form-urlencoded", 400),
        (b"token=%ff%fe&revision=0", "application/x-www-form-urlencoded", 400),
        (b"token=x&revision=-1&text=x", "application/x-www-form-urlencoded", 400),
        (b"token=x&revision=99999999999999999999&text=x", "application/x-www-form-urlencoded", 400),
        (b"token=x&revision=0&" + b"key=1&" * 500, "application/x-www-form-urlencoded", 400),
        (b"token=x&revision=0&admin=1", "application/x-www-form-urlencoded", 400),
    ],
)
def test_what_is_no_form_of_ours_is_refused(browser: Browser, body: bytes, kind: str, status: int):
    answer = browser.client.post("/chat", content=body, headers={"Content-Type": kind})
    assert answer.status_code == status
    assert "没有处理" in answer.text


@given(st.binary(max_size=300))
def test_no_body_breaks_the_page(body: bytes):
    """Reading alone: what a form may hold is decided before anything else happens."""

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": body, "more_body": False}

    headers = [(b"content-type", b"application/x-www-form-urlencoded")]
    request = Request({"type": "http", "method": "POST", "headers": headers}, receive)
    try:
        asyncio.run(read_form(request))
    except BadFormError as error:
        assert error.status in (400, 413)


def test_lone_surrogates_and_zero_bytes_are_taken_as_text(browser: Browser):
    fields = browser.fields(browser.page.button("发送"))
    body = "&".join(f"{name}={quote(value)}" for name, value in fields if name != "text") + "&text=%00%41"
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    assert browser.client.post("/chat", content=body, headers=kind).status_code == 303
    assert browser.open()


def test_redirects_stay_here(browser: Browser):
    fields = browser.fields(browser.page.button("海珠区"))
    answer = browser.client.post(
        "/chat?next=https://elsewhere.example",
        content="&".join(f"{name}={quote(value)}" for name, value in fields),
        headers={"Content-Type": "application/x-www-form-urlencoded"},
    )
    assert answer.headers["location"] == "/"


@pytest.mark.parametrize(
    "address", ["/assets/chat/../router.py", "/assets/chat/%2e%2e/router.py", "/assets/chat/..%2frouter.py"]
)
def test_no_file_but_the_assets_is_served(browser: Browser, address: str):
    answer = browser.client.get(address)
    assert answer.status_code == 404
    assert "import" not in answer.text


def test_a_store_that_fails_loses_nothing_and_names_no_place(
    site: Site, browser: Browser, monkeypatch: pytest.MonkeyPatch
):
    def fail(*_: object) -> int:
        raise StoreError("对话记录 /somewhere/huiqi.db 写不下：磁盘满了，腾出地方再试。")

    fields = browser.fields(browser.page.button("海珠区"))
    with monkeypatch.context() as patch:
        patch.setattr(site.store, "receive", fail)
        answer = browser.post(fields)
        assert answer.status_code == 503
        assert "没有记下" in answer.text and "somewhere" not in answer.text
        assert browser.post(fields, **{"X-Part": "turn"}).headers["content-type"].startswith("text/plain")
    assert browser.post(fields).status_code == 303  # the same form, once it can be kept
    browser.open()
    assert browser.answers == ["所在地区：海珠区"]
