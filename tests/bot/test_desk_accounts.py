"""``huiqi desk``: accounts from the command line."""

from __future__ import annotations

import pytest

from tests.bot.conftest import Run


def test_an_account_is_made_changed_listed_and_removed(run: Run) -> None:
    assert "还没有账号" in run("desk", "list").err
    assert run("desk", "add-user", "li", given="correct horse 8\n").code == 0
    assert run("desk", "list").out.startswith("li　")
    again = run("desk", "add-user", "li", given="correct horse 8\n")
    assert again.code == 1 and "set-password" in again.err
    assert run("desk", "set-password", "li", given="another horse 9\n").code == 0
    assert run("desk", "remove", "li").code == 0
    assert run("desk", "remove", "li").code == 1
    assert run("desk", "set-password", "li").code == 1
    assert run("desk", "audit").code == 0


@pytest.mark.parametrize(
    ("name", "password", "told"), [("li", "short", "10 到 200"), ("l i", "correct horse 8", "不能作名称")]
)
def test_what_cannot_be_an_account_is_told(run: Run, name: str, password: str, told: str) -> None:
    ended = run("desk", "add-user", name, given=password)
    assert ended.code == 2 and told in ended.err
    assert password not in ended.err + ended.out
