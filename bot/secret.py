"""The secret that chat ids are hashed with: given by a setting, or made once and kept beside the database."""

from __future__ import annotations

import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path

from bot.settings import Settings, SettingsError

_NAME = "secret.key"


def secret_key(settings: Settings) -> bytes:
    """The secret in force; without a setting it is made on first use, readable by its owner only.

    Raises:
        SettingsError: with PostgreSQL and no setting (several processes must share one), or when it cannot be kept.
    """
    if settings.secret_key is not None:
        return settings.secret_key.get_secret_value().encode()
    if settings.database_url is not None:
        raise SettingsError("用 PostgreSQL 时要设 HUIQI_SECRET_KEY（几个进程用同一个，至少 16 个字符）。")
    path = settings.data / _NAME
    try:
        settings.data.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            _make(path)
        return path.read_bytes()
    except OSError as error:
        raise SettingsError(f"读写不了密钥文件 {path}：{error.strerror}。检查权限，或设 HUIQI_SECRET_KEY。") from error


def _make(path: Path) -> None:
    """Write whole or not at all; of two processes that start together, both read what the first one made."""
    handle, name = tempfile.mkstemp(dir=path.parent)  # readable by its owner only
    with os.fdopen(handle, "wb") as file:
        file.write(secrets.token_hex(32).encode())
    with suppress(FileExistsError):
        os.link(name, path)
    Path(name).unlink()
