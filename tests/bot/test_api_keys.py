"""Keys of programs: made, listed and revoked at the command line; kept so that nobody can use what is kept."""

from __future__ import annotations

import re
from contextlib import closing
from pathlib import Path

import pytest

from bot.settings import read_settings
from bot.store.api_keys import ApiKeys
from bot.store.open import open_database


def test_a_key_is_shown_once_and_good_until_it_is_revoked(run) -> None:
    made = run("api-key", "add", "hotline-crm")
    key = made.out.strip()
    assert made.code == 0
    assert re.fullmatch(r"hq_[\w-]{43}", key)
    assert "只显示这一次" in made.err
    path = Path(read_settings().store)
    with closing(open_database(path)) as database:
        assert ApiKeys(database).name_of(key) == "hotline-crm"
        assert ApiKeys(database).name_of(key[:-1] + ("A" if key[-1] != "A" else "B")) is None
    listed = run("api-key", "list")
    assert listed.out.startswith("hotline-crm　20")
    assert key not in listed.out
    assert run("api-key", "revoke", "hotline-crm").out == "已停用 hotline-crm 的密钥。\n"
    with closing(open_database(path)) as database:
        assert ApiKeys(database).name_of(key) is None
    assert key.encode() not in path.read_bytes()


def test_a_name_has_one_key(run) -> None:
    first = run("api-key", "add", "前台").out
    again = run("api-key", "add", "前台")
    assert (again.code, again.out) == (1, "")
    assert "已经有密钥" in again.err
    assert run("api-key", "revoke", "前台").code == 0
    assert run("api-key", "add", "前台").out != first


@pytest.mark.parametrize("name", ["", "a b", "a\nb", "x" * 65, "../x"])
def test_a_name_that_cannot_be_one(run, name: str) -> None:
    done = run("api-key", "add", name)
    assert (done.code, done.out) == (2, "")
    assert "不能作名称" in done.err


def test_a_key_that_is_not_there(run) -> None:
    done = run("api-key", "revoke", "nobody")
    assert (done.code, done.out) == (1, "")
    assert "没有“nobody”的密钥" in done.err
    assert "还没有密钥" in run("api-key", "list").err
