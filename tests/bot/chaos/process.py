"""The assistant as a process of its own, killed without a word and started again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
LAUNCH = [sys.executable, "-c", "from bot.cli import main; main()"]


class Process:
    """``huiqi`` with a command and an environment; its log is kept in a file."""

    def __init__(self, command: str, log: Path, **environment: str) -> None:
        self._command, self._log = command, log
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("HUIQI_")}
        self._environment = {**inherited, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", **environment}
        self.kills = 0
        self._running: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self._log.open("ab") as log:
            self._running = subprocess.Popen(
                [*LAUNCH, self._command], env=self._environment, stdout=log, stderr=log, cwd=self._log.parent
            )

    def kill(self) -> None:
        """End it as a power cut would."""
        assert self._running is not None
        assert self._running.poll() is None, self.told
        self._running.kill()
        self._running.wait()
        self.kills += 1

    def stop(self) -> int:
        """Ask it to end; its exit code."""
        assert self._running is not None
        self._running.send_signal(signal.SIGTERM)
        return self._running.wait(30)

    def end(self) -> None:
        """Leave nothing behind."""
        if self._running is not None and self._running.poll() is None:
            self._running.kill()
            self._running.wait()

    @property
    def told(self) -> str:
        return self._log.read_text(encoding="utf-8", errors="replace")[-4000:]
