"""Running it: settings checked and masked, every setting documented, health, metrics, and what no log may hold."""

from __future__ import annotations

import io
import json
import logging
import stat
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import structlog
from fastapi.testclient import TestClient

from bot.logs import configure_logs
from bot.secret import secret_key
from bot.settings import Settings, SettingsError, masked, read_settings
from bot.store.open import open_store
from bot.store.store import StoreError
from bot.traces import frames
from bot.web.app import create_app
from bot.web.health import health_router

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("HUIQI_PORT", "eight", "要写整数"),
        ("HUIQI_PORT", "70000", "太大"),
        ("HUIQI_RETENTION_DAYS", "0", "太小"),
        ("HUIQI_SECRET_KEY", "short", "至少 16 个字符"),
        ("HUIQI_DATABASE_URL", "mysql://a:geheim@b/c", "postgresql:"),
        ("HUIQI_WEBHOOK_URL", "http://a.example", "https"),
        ("HUIQI_LOG_FORMAT", "xml", "json"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(run, monkeypatch, name: str, value: str, told: str) -> None:
    monkeypatch.setenv(name, value)
    done = run("config")
    assert (done.code, done.out) == (1, "")
    assert name in done.err
    assert told in done.err
    assert "geheim" not in done.err


def test_secrets_are_shown_only_as_set(run, monkeypatch) -> None:
    monkeypatch.setenv("HUIQI_TELEGRAM_TOKEN", "123:geheim")
    monkeypatch.setenv("HUIQI_DATABASE_URL", "postgresql://u:geheim@h/d")
    monkeypatch.setenv("HUIQI_SECRET_KEY", "geheim-geheim-geheim")
    done = run("config")
    assert "geheim" not in done.out
    assert done.out.count("已设置") == 3
    assert "geheim" not in repr(read_settings())


def test_every_setting_is_told_in_the_guide(home: Path) -> None:
    guide = (ROOT / "docs" / "operation.md").read_text(encoding="utf-8")
    for variable in masked(read_settings()):
        assert f"`{variable}`" in guide


def test_an_empty_variable_is_no_value(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUIQI_TELEGRAM_TOKEN", "")
    assert read_settings().telegram_token is None


def test_the_secret_is_made_once_and_is_the_owners(home: Path) -> None:
    settings = read_settings()
    first = secret_key(settings)
    assert len(first) == 64
    assert secret_key(settings) == first
    assert stat.S_IMODE((settings.data / "secret.key").stat().st_mode) == 0o600


def test_several_processes_must_be_given_their_secret(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUIQI_DATABASE_URL", "postgresql://u@h/d")
    with pytest.raises(SettingsError, match="HUIQI_SECRET_KEY"):
        secret_key(read_settings())


def test_a_service_without_a_token_says_what_to_set(run) -> None:
    done = run("telegram")
    assert (done.code, done.out) == (1, "")
    assert "HUIQI_TELEGRAM_TOKEN" in done.err


def test_health_follows_the_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = open_store(tmp_path / "huiqi.db")

    @asynccontextmanager
    async def running() -> AsyncIterator[None]:
        yield

    ready = [True]
    with TestClient(create_app([health_router(store, lambda: ready[0])], running)) as client:
        assert client.get("/healthz").status_code == 200
        assert client.get("/readyz").status_code == 200
        assert 'huiqi_rows{kind="conversations"} 0.0' in client.get("/metrics").text

        def broken() -> None:
            raise StoreError("满了")

        with monkeypatch.context() as patch:
            patch.setattr(store, "backlog", broken)
            assert client.get("/healthz").status_code == 200
            assert client.get("/readyz").status_code == 503
            assert "huiqi_turn_seconds" in client.get("/metrics").text
        ready[0] = False
        assert client.get("/readyz").status_code == 503
    store.close()


def test_logs_are_one_object_a_line_also_from_libraries(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = io.StringIO()
    monkeypatch.setattr("sys.stderr", shown)
    root = logging.getLogger()
    kept, level = root.handlers[:], root.level
    try:
        configure_logs(Settings(log_level="info"))
        structlog.get_logger("x").info("event", why="原因")
        logging.getLogger("somebody.else").warning("told")
        logging.getLogger("httpx").info("https://api.telegram.org/bot123:geheim/getMe")
    finally:
        root.handlers[:] = kept
        root.setLevel(level)
        structlog.reset_defaults()
    lines = [json.loads(line) for line in shown.getvalue().splitlines()]
    assert [line["event"] for line in lines] == ["event", "told"]
    assert all("timestamp" in line and "level" in line for line in lines)


def test_a_fault_is_logged_by_its_place_only() -> None:
    try:
        raise ValueError("客户说了什么")
    except ValueError as error:
        (frame,) = frames(error)
    assert frame.startswith("test_operation.py:")
    assert "客户" not in frame


def test_a_backup_is_written_once(run, tmp_path: Path) -> None:
    assert run("chat", given="海珠\n").code == 0
    target = tmp_path / "backup.db"
    assert "已备份" in run("backup", str(target)).out
    assert open_store(target).latest("terminal") is not None
    again = run("backup", str(target))
    assert again.code == 1
    assert "没有覆盖" in again.err


def test_the_outbox_of_a_quiet_house(run) -> None:
    assert "待发送 0 条" in run("outbox").out
