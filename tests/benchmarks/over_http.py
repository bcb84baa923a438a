"""Servers as processes of their own on loopback, and what a browser does with them, for benchmarks over HTTP."""

from __future__ import annotations

import asyncio
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
COMMON = """
import sys, time
sys.path.insert(0, ROOT)
import uvicorn
from contextlib import asynccontextmanager
from pathlib import Path
from bot.web.app import create_app

@asynccontextmanager
async def running():
    yield

def run(app):
    uvicorn.run(app, host="127.0.0.1", port=PORT, log_level="critical", access_log=False)

def serve(*routers):
    run(create_app(routers, running))
"""
"""What every served script begins with; ``ROOT``, ``FOLDER`` and ``PORT`` are filled in."""


@contextmanager
def served(script: str, folder: Path) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """A script served from a free port, until left; its own part, after :data:`COMMON`, ends with ``serve(…)`` or ``run(app)``."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    text = (
        (COMMON + script)
        .replace("ROOT", repr(str(ROOT)))
        .replace("FOLDER", repr(str(folder)))
        .replace("PORT", str(port))
    )
    process = subprocess.Popen([sys.executable, "-c", text])
    try:
        asyncio.run(up(port, process))
        yield port, process
    finally:
        process.kill()
        process.wait()


async def up(port: int, process: subprocess.Popen[bytes]) -> None:
    """Wait until the process takes connections."""
    while process.poll() is None:
        try:
            _reader, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.05)
        else:
            writer.close()
            return
    raise AssertionError("the server does not start")


async def exchange(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: str) -> tuple[str, str]:
    """Send a request as text; the head and the body of its answer."""
    writer.write(request.encode())
    head = (await reader.readuntil(b"\r\n\r\n")).decode()
    length = int(re.findall(r"content-length: (\d+)", head, re.IGNORECASE)[0])
    return head, (await reader.readexactly(length)).decode()


def milliseconds(spent: list[float], share: float) -> float:
    """Of sorted seconds, that below which a share of them lies, in milliseconds."""
    return spent[int(len(spent) * share)] * 1000


def resident(pid: int) -> int:
    """Memory of a process in MB (Linux)."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return int(re.findall(r"VmRSS:\s+(\d+)", status)[0]) // 1024
