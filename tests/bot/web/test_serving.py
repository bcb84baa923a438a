"""``huiqi serve`` as a process, where it cannot serve."""

from __future__ import annotations

import socket

from tests.bot.conftest import Run


def test_an_address_already_in_use_is_told_in_one_line(process: Run):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ended = process("serve", HUIQI_PORT=str(port))
    assert ended.code == 1
    assert f"监听不了 127.0.0.1:{port}" in ended.err
    assert "Traceback" not in ended.err
