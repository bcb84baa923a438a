"""The command line run in this process or as a true process, with its home in a temporary folder."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.cli import main
from policies.load import OWN_CORPUS

ROOT = Path(__file__).parents[2]
LAUNCH = [sys.executable, "-c", "from bot.cli import main; main()"]
HOMES = ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "APPDATA", "LOCALAPPDATA")
SETTINGS = ("PYTHONUNBUFFERED", "PYTHONUTF8", "PYTHONIOENCODING")


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str


Run = Callable[..., Ended]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own, so that conversations are kept there; no setting of the developer's counts."""
    folder = tmp_path / "home"
    folder.mkdir()
    for name in HOMES:
        monkeypatch.setenv(name, str(folder))
    for name in (*SETTINGS, *(name for name in os.environ if name.startswith("HUIQI_"))):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    return folder


@pytest.fixture
def run(home: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """``huiqi`` in this process: arguments in; code, output and messages out. An exception is a failed test."""

    def run_huiqi(*arguments: str, given: bytes | str = b"") -> Ended:
        raw = given.encode() if isinstance(given, str) else given
        out, err = io.BytesIO(), io.BytesIO()
        with monkeypatch.context() as patch:
            patch.setattr(sys, "argv", ["huiqi", *arguments])
            patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw), encoding="utf-8"))
            patch.setattr(sys, "stdout", io.TextIOWrapper(out, encoding="utf-8", write_through=True))
            patch.setattr(sys, "stderr", io.TextIOWrapper(err, encoding="utf-8", write_through=True))
            with pytest.raises(SystemExit) as exit_:
                main()
            sys.stdout.flush()
            sys.stderr.flush()
            code = exit_.value.code
            assert isinstance(code, int)
            return Ended(code, out.getvalue().decode(), err.getvalue().decode())

    return run_huiqi


@pytest.fixture
def process(home: Path, tmp_path: Path) -> Run:
    """``huiqi`` as a process of its own, in an empty folder."""

    def run_process(*arguments: str, given: bytes | str = b"", **environment: str) -> Ended:
        raw = given.encode() if isinstance(given, str) else given
        done = subprocess.run(
            [*LAUNCH, *arguments],
            input=raw,
            capture_output=True,
            cwd=tmp_path,
            env={**os.environ, **environment},
            check=False,
            timeout=120,
        )
        return Ended(done.returncode, done.stdout.decode(), done.stderr.decode())

    return run_process


@pytest.fixture
def two_documents(tmp_path: Path) -> Path:
    """A corpus of two documents that a test may break."""
    folder = tmp_path / "corpus"
    for name in ("foshan-2020", "haizhu-2022"):
        shutil.copytree(OWN_CORPUS / name, folder / name)
    return folder
