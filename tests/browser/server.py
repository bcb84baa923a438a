"""``huiqi serve`` as a process of its own on loopback, which can be ended at once and started again."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
HUIQI = [sys.executable, "-c", "from bot.cli import main; main()"]


class Server:
    """One address and one folder through all its lives."""

    def __init__(self, data: Path) -> None:
        self._data = data
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port: int = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{self._port}"
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Return when it can be opened."""
        self._process = subprocess.Popen(
            [*HUIQI, "serve"], env=self._environment(), stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )
        assert self._process.stdout is not None
        assert self.address in self._process.stdout.readline()

    def add_operator(self, name: str, password: str) -> None:
        """An account for the desk, made as an administrator makes it."""
        self.run("desk", "add-user", name, given=f"{password}\n")

    def run(self, *arguments: str, given: str = "") -> None:
        """Run another command over the same folder."""
        subprocess.run(
            [*HUIQI, *arguments],
            env=self._environment(),
            input=given,
            text=True,
            encoding="utf-8",
            check=True,
            capture_output=True,
        )

    def _environment(self) -> dict[str, str]:
        environment = {key: value for key, value in os.environ.items() if not key.startswith("HUIQI_")}
        return environment | {
            "HUIQI_DATA": str(self._data),
            "HUIQI_PORT": str(self._port),
            "HUIQI_LOG_LEVEL": "error",
            "PYTHONPATH": str(ROOT),
            "PYTHONUNBUFFERED": "1",
        }

    def kill(self) -> None:
        """End it as a crash would, if it runs."""
        if self._process is not None:
            self._process.send_signal(signal.SIGKILL)
            self._process.wait()
            if self._process.stdout is not None:
                self._process.stdout.close()
            self._process = None

    def restart(self) -> None:
        self.kill()
        self.start()
