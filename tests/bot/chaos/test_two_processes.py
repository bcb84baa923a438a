"""Two processes with a webhook over one PostgreSQL, one of them killed in the middle: every session is exact.

Updates go to either, some to both; what the killed one had not acknowledged comes again. The stand-in also plays the proxy
that ends TLS: it passes what is brought to the registered https address on to the processes on loopback.
"""

from __future__ import annotations

import random
import signal
import socket
import sys
import threading
import time
from pathlib import Path

import httpx

from bot.lateness import PUT_IN_ORDER
from bot.sender import AT_ONCE
from bot.store.open import open_store
from dialogs.advance import Dialog
from policies.engine.engine import Engine
from tests.bot.chaos.course import LASTS, SECRET, exact, judge, settled, write
from tests.bot.chaos.crowd import SAID, TwoHanded, crowd
from tests.bot.chaos.process import Process
from tests.bot.telegram.standin.server import Standin
from tests.postgres import Server, postgres

__all__ = ["postgres"]

CHATS, TWO_HANDED, ANSWERS = 12, 6, 20


def test_two_processes_are_one_assistant(engine: Engine, postgres: Server, tmp_path: Path) -> None:
    dialog, chance = Dialog(engine), random.Random(20260202)
    url, ports = postgres.database(), free_ports(2)
    with Standin() as standin:
        standin.takes = 0.02
        standin.world.on_the_way = lambda queue: 1.0 if queue.startswith("user") else 0.0  # buttons come late
        standin.world.behind = tuple(f"http://127.0.0.1:{port}" for port in ports)
        people = crowd(standin.world, CHATS, ANSWERS, chance)
        others = [
            TwoHanded(standin.world, 500 + number, chance.choices(SAID, k=ANSWERS), chance=chance)
            for number in range(TWO_HANDED)
        ]
        processes = [process(standin, url, port, tmp_path) for port in ports]
        began = time.time()
        try:
            for one, port in zip(processes, ports, strict=True):
                one.start()
                ready(port, one)
            writing = threading.Thread(target=write, args=([*people, *others], chance))
            writing.start()
            for one, port in zip(processes, ports, strict=True):
                time.sleep(LASTS / 3)
                one.kill()  # the other one goes on meanwhile
                time.sleep(LASTS / 10)
                one.start()
                ready(port, one)
            writing.join()
            store = open_store(url)
            settled(standin, store, *processes)
            twice = sum(judge(engine, store, person, began) for person in people)
            for person in others:
                session = exact(engine, store, person, began).session
                asked = dialog.current(session) if session is not None else None
                assert asked is None or asked.text.split("\n")[0] in person.read[-1], person.read[-1]
            store.close()
            assert {one.stop() for one in processes} <= {0, -signal.SIGTERM}  # by the signal, once it has drained
            assert not any("Traceback" in one.told for one in processes), [one.told for one in processes]
        finally:
            for one in processes:
                one.end()
    shares = [sum(1 for brought in standin.delivery.attempts if brought[1] == status) for status in (200, 503, 0)]
    late = sum(text.startswith(PUT_IN_ORDER) for person in others for text in person.read)
    sys.stdout.write(f"\nbrought, refused, unreachable: {shares}; {late} put in order; {twice} messages came twice\n")
    postgres.drop(url)
    assert standin.at_once == []
    assert late
    assert twice <= len(processes) * AT_ONCE


def process(standin: Standin, url: str, port: int, folder: Path) -> Process:
    return Process(
        "serve", folder / f"log-{port}", HUIQI_DATA=str(folder / f"data-{port}"), HUIQI_DATABASE_URL=url,
        HUIQI_SECRET_KEY=SECRET, HUIQI_PORT=str(port), HUIQI_WEBHOOK_URL="https://huiqi.example", HUIQI_WORKERS="2",
        HUIQI_TELEGRAM_TOKEN=standin.world.token, HUIQI_TELEGRAM_API=standin.url,
    )  # fmt: skip


def free_ports(count: int) -> list[int]:
    """Ports nobody listens on now."""
    taken = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [one.getsockname()[1] for one in taken]
    for one in taken:
        one.close()
    return ports


def ready(port: int, one: Process) -> None:
    """Wait until a process serves."""
    end = time.monotonic() + 30
    while time.monotonic() < end:
        try:
            if httpx.get(f"http://127.0.0.1:{port}/readyz").is_success:
                return
        except httpx.HTTPError:
            time.sleep(0.05)
    raise AssertionError(one.told)
