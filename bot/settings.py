"""Settings: from the environment (``HUIQI_…``), checked once at the start. Secrets come from nowhere else."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import typer
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.handover.hours import Hours, read_hours

PREFIX = "HUIQI_"


class Settings(BaseSettings):
    """Everything that can be set; the description is what ``huiqi config`` and docs/operation.md tell."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_ignore_empty=True, extra="ignore", frozen=True)

    telegram_token: SecretStr | None = Field(None, description="Telegram 机器人的令牌")
    telegram_api: str = Field("https://api.telegram.org", description="Bot API 的地址（自建 Bot API 服务器时改）")
    webhook_url: str | None = Field(None, description="对外的 https 地址；设了就由 huiqi serve 收 Telegram 消息")
    webhook_secret: SecretStr | None = Field(None, description="webhook 请求头里的密钥；不设就由 secret_key 推出")
    secret_key: SecretStr | None = Field(None, description="给聊天编号做散列的密钥；不设就在 data 里生成一份")
    database_url: SecretStr | None = Field(None, description="PostgreSQL 地址；不设就用 data 里的 SQLite")
    data: Path = Field(default_factory=lambda: Path(typer.get_app_dir("huiqi")), description="存放对话记录的文件夹")
    retention_days: int = Field(180, ge=1, le=3650, description="多少天没有人说话，就删除对话")
    audit_days: int = Field(365, ge=1, le=3650, description="热线台里谁看了、做了什么，记录留多少天")
    log_gaps: bool = Field(True, description="把对话和接口里文件答不上的问题记下来，供 huiqi gaps 查看（去掉个人信息）")
    host: str = Field("127.0.0.1", description="huiqi serve 监听的地址")
    api_rate: int = Field(120, ge=1, le=1_000_000, description="接口每分钟收一个来源（密钥或地址）几次请求")
    port: int = Field(8000, ge=0, le=65535, description="huiqi serve 监听的端口")
    waiting_minutes: int = Field(15, ge=1, le=24 * 60, description="转人工等几分钟没有人接，就告诉企业另找谁")
    lease_minutes: int = Field(10, ge=1, le=24 * 60, description="人工接入后几分钟没有说话，对话就交还给助手")
    service_hours: str | None = Field(
        None, description="人工服务时间，如“周一至周五 9:00-12:00 14:00-17:30”；不设就不限"
    )
    workers: int = Field(1, ge=1, le=32, description="同时处理几个对话（PostgreSQL 时可以多几个）")
    log_level: Literal["debug", "info", "warning", "error"] = Field("info", description="日志级别")
    log_format: Literal["json", "text"] = Field("json", description="日志格式")

    @field_validator("database_url")
    @classmethod
    def _postgres(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not value.get_secret_value().startswith(("postgresql://", "postgres://")):
            raise ValueError("要以 postgresql:// 开头")
        return value

    @field_validator("secret_key", "webhook_secret")
    @classmethod
    def _long_enough(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and len(value.get_secret_value()) < 16:
            raise ValueError("太短，至少 16 个字符")
        return value

    @field_validator("service_hours")
    @classmethod
    def _hours(cls, value: str | None) -> str | None:
        if value is not None:
            read_hours(value)
        return value

    @field_validator("webhook_url")
    @classmethod
    def _https(cls, value: str | None) -> str | None:
        if value is not None and not value.startswith("https://"):
            raise ValueError("要以 https:// 开头")
        return value

    @property
    def store(self) -> str | Path:
        """Where conversations are kept: a PostgreSQL address, or a file."""
        if self.database_url is not None:
            return self.database_url.get_secret_value()
        return self.data / "huiqi.db"

    @property
    def hours(self) -> Hours | None:
        """When the desk answers; ``None``: at all times."""
        return None if self.service_hours is None else read_hours(self.service_hours)


class SettingsError(ValueError):
    """Settings that cannot be used; the message (Chinese) names the variable and the mend."""


def read_settings() -> Settings:
    """The settings in force.

    Raises:
        SettingsError: when a variable has a value that cannot be used. The value itself is not repeated.
    """
    try:
        return Settings()
    except ValidationError as error:
        raise SettingsError("\n".join(_told(item) for item in error.errors())) from None


def masked(settings: Settings) -> dict[str, str]:
    """Every setting by its variable, as text; a secret only by whether it is set."""
    shown = {}
    for name in Settings.model_fields:
        value = getattr(settings, name)
        text = "" if value is None else "（已设置，不显示）" if isinstance(value, SecretStr) else str(value)
        shown[f"{PREFIX}{name.upper()}"] = text
    return shown


_WRONG = {
    "int_parsing": "要写整数",
    "greater_than_equal": "太小",
    "less_than_equal": "太大",
    "literal_error": "只能是其中一个",
}


def _told(item: ErrorDetails) -> str:
    name = str(item["loc"][0])
    field = Settings.model_fields[name]
    context = item.get("ctx", {})
    wrong = _WRONG.get(item["type"], "")
    limits = "、".join(str(context[key]) for key in ("ge", "le", "expected") if key in context)
    if item["type"] == "value_error":
        wrong = str(context.get("error", ""))
    return f"设置 {PREFIX}{name.upper()} 用不了：{wrong or '写法不对'}{limits and f'（{limits}）'}。它是：{field.description}。"
