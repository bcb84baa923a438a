"""Nobody gets in without an account; too many tries pause; sessions end when they should."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

import pytest
from argon2 import PasswordHasher
from fastapi.testclient import TestClient
from itsdangerous import URLSafeSerializer
from starlette.routing import BaseRoute, Route

from bot.staff import ACCOUNT_TRIES, ADDRESS_TRIES, LONGEST, PAUSE, Accounts
from bot.web.desk.sessions import COOKIE, IDLE, LASTS, local
from tests.bot.web.desk.conftest import PASSWORD, SECRET, Served, sign_in, token_of


def _paths(routes: Iterable[BaseRoute]) -> Iterator[Route]:
    """All addresses of the desk, those of routers within routers included."""
    for route in routes:
        inner = getattr(route, "original_router", None)
        if inner is not None:
            yield from _paths(inner.routes)
        elif isinstance(route, Route) and route.path.startswith("/desk"):
            yield route


def test_no_page_of_the_desk_opens_without_an_account(served: Served) -> None:
    routes = list(_paths(served.app.routes))
    assert len(routes) > 3
    for route in routes:
        for method in (route.methods or set()) & {"GET", "POST"}:
            if route.path == "/desk/login":
                continue
            path = route.path.replace("{id}", "x").replace("{number:int}", "1")
            answer = served.browser().request(method, path)
            assert answer.status_code == 303, (method, path)
            assert answer.headers["location"].startswith("/desk/login")
            part = served.browser().request(method, path, headers={"X-Part": "1"})
            assert part.status_code == 401, (method, path)


def test_signing_in_leads_where_one_wanted_to_go(served: Served) -> None:
    browser = served.browser()
    asked = browser.get("/desk/search?q=标识解析").headers["location"]
    page = browser.get(asked).text
    assert "标识解析" in page or "%E6%A0%87" in page
    assert sign_in(browser, "li", PASSWORD, "/desk/search?q=%E6%A0%87") == 303
    assert browser.get("/desk/search?q=%E6%A0%87").status_code == 200


@pytest.mark.parametrize(
    "to",
    ["/desk", "/desk/search?q=600%E4%B8%87,(%E5%90%AB)*~&kind=money&open=haizhu-2022/3.1", "/desk/check?f=a%20b"],
)
def test_one_comes_back_to_the_page_of_the_desk_one_wanted(to: str) -> None:
    assert local(to) == to


ELSEWHERE = (
    "https://evil.example/", "//evil.example", "/desk//evil.example", "/\\evil", "/", "javascript:alert(1)",
    "/desk/x\r\nSet-Cookie: a=b",
)  # fmt: skip


@pytest.mark.parametrize("to", ELSEWHERE)
def test_nobody_is_sent_elsewhere(served: Served, to: str) -> None:
    answer = served.browser().post("/desk/login", data={"name": "li", "password": PASSWORD, "next": to})
    assert answer.headers["location"] == "/desk" == local(to)


def test_wrong_passwords_and_unknown_names_are_told_alike(served: Served) -> None:
    wrong = served.browser().post("/desk/login", data={"name": "li", "password": "wrong password"})
    unknown = served.browser().post("/desk/login", data={"name": "wang", "password": "wrong password"})
    assert wrong.status_code == unknown.status_code == 401
    assert (
        wrong.text.replace("li", "") == unknown.text.replace("wang", "").replace("li", "")
        or "名称或密码不对" in unknown.text
    )
    assert "wrong password" not in wrong.text


def test_an_account_pauses_after_too_many_tries_and_opens_again(served: Served) -> None:
    for number in range(ACCOUNT_TRIES):
        assert sign_in(served.browser(f"198.51.100.{number}"), "li", "wrong password") == 401
    locked = served.browser("203.0.113.1").post("/desk/login", data={"name": "li", "password": PASSWORD})
    assert locked.status_code == 429
    assert "15 分钟" in locked.text
    served.now[0] += PAUSE + 1
    assert sign_in(served.browser(), "li", PASSWORD) == 303


def test_an_address_pauses_after_too_many_names(served: Served) -> None:
    for number in range(ADDRESS_TRIES):
        assert sign_in(served.browser(), f"name{number}", "wrong password") == 401
    assert sign_in(served.browser(), "li", PASSWORD) == 429
    assert sign_in(served.browser("203.0.113.1"), "li", PASSWORD) == 303


def test_an_address_that_pauses_can_pause_no_name(served: Served) -> None:
    for number in range(ADDRESS_TRIES):
        assert sign_in(served.browser(), f"name{number}", "wrong password") == 401
    for _ in range(ACCOUNT_TRIES):
        assert sign_in(served.browser(), "li", "wrong password") == 429
    assert sign_in(served.browser("203.0.113.1"), "li", PASSWORD) == 303


def test_a_password_counts_to_its_last_character(served: Served) -> None:
    long = "a" * LONGEST
    served.accounts.add("wang", long)
    assert sign_in(served.browser(), "wang", long + "b") == 401
    assert sign_in(served.browser(), "wang", long) == 303


def test_whoever_is_signed_in_is_not_asked_again(operator: TestClient) -> None:
    answer = operator.get("/desk/login?next=/desk/search?q=1")
    assert (answer.status_code, answer.headers["location"]) == (303, "/desk/search?q=1")


def test_the_pause_is_told_in_minutes_not_too_few(served: Served) -> None:
    for _ in range(ACCOUNT_TRIES):
        sign_in(served.browser(), "li", "wrong password")
    served.now[0] += PAUSE - 70
    assert "请过 2 分钟再试" in served.browser().post("/desk/login", data={"name": "li", "password": PASSWORD}).text


def test_an_office_that_signs_in_rightly_is_never_paused(served: Served) -> None:
    for _ in range(ADDRESS_TRIES * 2):
        assert sign_in(served.browser(), "li", PASSWORD) == 303


def test_a_session_ends_when_nobody_is_there_and_in_any_case(served: Served) -> None:
    browser = served.signed_in()
    for _ in range(int(LASTS / IDLE * 2) - 1):
        served.now[0] += IDLE / 2
        assert browser.get("/desk/search").status_code == 200
    served.now[0] += IDLE / 2 + 1
    assert browser.get("/desk/search").status_code == 303
    browser = served.signed_in()
    served.now[0] += IDLE + 1
    assert browser.get("/desk/search").status_code == 303


def test_a_session_ends_with_its_password_and_its_account(served: Served) -> None:
    browser = served.signed_in()
    served.accounts.change("li", "another password")
    assert browser.get("/desk/search").status_code == 303
    browser = served.signed_in(password="another password")
    served.staff.remove("li")
    assert browser.get("/desk/search").status_code == 303
    served.now[0] += 1
    served.accounts.add("li", "another password")
    assert browser.get("/desk/search").status_code == 303


@pytest.mark.parametrize("cookie", ["", "x", "x" * 1000, "WyJsaSJd.x", '["li",1,2,3]'])
def test_forged_cookies_open_nothing(served: Served, cookie: str) -> None:
    forged = URLSafeSerializer(b"another secret", salt="desk.cookie").dumps(["li", 1, served.now[0], served.now[0]])
    for value in (cookie, str(forged)):
        answer = served.browser().get("/desk/search", headers={"Cookie": f"{COOKIE}={value}"})
        assert answer.status_code == 303


def test_signing_out_needs_the_forms_token_and_ends_the_session(served: Served, operator: TestClient) -> None:
    page = operator.get("/desk/search").text
    assert operator.post("/desk/logout", data={"token": "x"}).status_code == 403
    assert operator.get("/desk/search").status_code == 200
    other = served.signed_in()
    served.now[0] += 61
    stolen = token_of(served.signed_in().get("/desk/search").text)
    assert other.post("/desk/logout", data={"token": stolen}).status_code == 403
    assert operator.post("/desk/logout", data={"token": token_of(page)}).headers["location"] == "/desk/login"
    assert operator.get("/desk/search").status_code == 303
    assert served.staff.recorded(10)[0].what == "退出"


def test_a_form_from_another_site_is_refused(served: Served, operator: TestClient) -> None:
    token = token_of(operator.get("/desk/search").text)
    answer = operator.post("/desk/logout", data={"token": token}, headers={"Origin": "https://evil.example"})
    assert answer.status_code == 403
    assert operator.get("/desk/search").status_code == 200


def test_cookies_are_for_the_desk_and_for_no_script(served: Served) -> None:
    answer = served.browser().post("/desk/login", data={"name": "li", "password": PASSWORD})
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie and "samesite=lax" in cookie and "path=/desk" in cookie


def test_signing_in_is_recorded_without_the_address(served: Served, operator: TestClient) -> None:
    (entry,) = served.staff.recorded(10)
    assert (entry.who, entry.what, entry.about) == ("li", "登录", "")


def test_an_unknown_name_costs_as_much_as_a_wrong_password(served: Served) -> None:
    checked: list[str] = []

    class Counting(PasswordHasher):
        def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:  # noqa: A002 - argon2's name
            checked.append(str(password))
            return super().verify(hash, password)

    accounts = Accounts(served.staff, SECRET, served.clock, Counting(1, 8, 1))
    assert accounts.sign_in("nobody", "wrong password", "a") is None
    assert accounts.sign_in("li", "wrong password", "a") is None
    assert checked == ["wrong password"] * 2


@pytest.mark.parametrize("field", ["name", "next", "password"])
def test_whatever_is_typed_when_signing_in_is_only_shown(served: Served, field: str) -> None:
    nasty = '"><script>alert(1)</script>'
    given = {"name": "li", "password": "wrong password", "next": "/desk"} | {field: nasty}
    answer = served.browser().post("/desk/login", data=given)
    assert answer.status_code == 401
    assert "<script>alert" not in answer.text
    assert "<script>alert" not in served.browser().get("/desk/login", params={"next": nasty}).text


@pytest.mark.parametrize(
    "given",
    [{}, {"name": "li"}, {"name": "li", "password": PASSWORD, "more": "x"}, {"name": "l" * 200, "password": PASSWORD}],
)
def test_a_form_that_is_not_ours_is_refused_in_words(served: Served, given: dict[str, str]) -> None:
    answer = served.browser().post("/desk/login", data=given)
    assert 400 <= answer.status_code < 500
    assert "没有处理" in answer.text


def test_nobody_is_signed_in_from_another_site(served: Served) -> None:
    given = {"name": "li", "password": PASSWORD}
    answer = served.browser().post("/desk/login", data=given, headers={"Origin": "https://evil.example"})
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


def test_a_store_that_fails_is_told_and_lets_nobody_in(served: Served, operator: TestClient) -> None:
    served.database.close()
    for answer in (
        operator.get("/desk/search"),
        served.browser().post("/desk/login", data={"name": "li", "password": PASSWORD}),
    ):
        assert answer.status_code == 503
        assert "请过一会儿再试" in answer.text


def test_an_account_made_anew_does_not_revive_old_sessions(served: Served) -> None:
    browser = served.signed_in()
    served.staff.remove("li")
    served.now[0] += 1
    served.accounts.add("li", PASSWORD)
    assert browser.get("/desk/search").status_code == 303
