"""The desk's search over HTTP at 10,000 articles, beside FastAPI with SQLite's FTS5 (trigrams) and the same template.

Each is a process of its own with the load in this one: 1, 10 and 100 operators on loopback, each asking again when the list is
there, and 100 who take a second in between. The peer has no accounts, statuses, refusals or filters. Seconds are printed; the
medians of one operator may not be further apart than :data:`AT_MOST`.
"""

from __future__ import annotations

import asyncio
import re
import sqlite3
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import yaml

from bot.web.common.pages import environment
from bot.web.desk.search.finder import SHOWN
from policies.law import Corpus
from tests.benchmarks.over_http import exchange, milliseconds, resident, served
from tests.benchmarks.table import show
from tests.bot.web.desk.conftest import PASSWORD

ARTICLES = 10_000
CASES = Path(__file__).parents[1] / "cases"
LOADS = ((1, 0.0), (10, 0.0), (100, 0.0), (100, 1.0))  # operators, seconds each takes before the next search
SEARCHES = 600
AT_MOST = 20
OURS = f"""
from bot.store.open import open_database
from dialogs.advance import Dialog
from policies.engine.engine import Engine
from policies.load import load
from tests.benchmarks.grown import grown
from tests.bot.web.desk.conftest import Served
dialog = Dialog(Engine(grown(load(), {ARTICLES})))
run(Served(open_database(Path(FOLDER) / "huiqi.db"), dialog).app)
"""
PEER = f"""
from fastapi import APIRouter
from fastapi.responses import HTMLResponse
from policies.load import load
from tests.benchmarks.bench_desk_http import listed, trigrams
from tests.benchmarks.grown import grown
find, router = trigrams(grown(load(), {ARTICLES})), APIRouter()

@router.get("/desk/search")
def search(q: str):
    return HTMLResponse(listed(find(q)))

@router.post("/desk/login")
async def login():
    return HTMLResponse("", headers={{"Set-Cookie": "huiqi_desk=x"}})

serve(router)
"""
TEMPLATE = environment("bot.web.desk").get_template("results.html")


def questions() -> list[str]:
    text = (CASES / "questions_analyst.yaml").read_text(encoding="utf-8")
    return [case["q"] for case in yaml.safe_load(text)["questions"]]


def listed(rows: list[dict[str, Any]]) -> str:
    """The list of results as the desk shows it."""
    return TEMPLATE.render(
        results={"rows": rows, "told": None, "outcome": "answer", "answering": len(rows), "more": 0}, wrong={}, chosen="",
        link=lambda row: "/desk/search?" + urlencode({"open": f"{row['id']}/{row['article']}"}),
    )  # fmt: skip


def trigrams(corpus: Corpus) -> Callable[[str], list[dict[str, Any]]]:
    """The peer: FTS5 over titles and texts; any trigram of the words counts, the best by BM25 come first."""
    database = sqlite3.connect(":memory:", check_same_thread=False)
    database.execute(
        "CREATE VIRTUAL TABLE articles USING fts5(words, id UNINDEXED, article UNINDEXED, name UNINDEXED,"
        " titles UNINDEXED, quote UNINDEXED, tokenize='trigram')"
    )
    for policy in corpus.policies.values():
        for article in policy.articles.values():
            titles = "；".join(each.measure.title for each in policy.measures if each.article.id == article.id)
            name = f"{policy.header.short} {article.label}"
            words = " ".join((*policy.header.districts, name, titles, article.text))
            row = (words, policy.id, article.id, name, titles, article.text)
            database.execute("INSERT INTO articles VALUES (?, ?, ?, ?, ?, ?)", row)

    def find(words: str) -> list[dict[str, Any]]:
        text = re.sub(r'[\s"？?，。]', "", words)
        wanted = " OR ".join(f'"{text[at : at + 3]}"' for at in range(max(1, len(text) - 2)))
        found = database.execute(
            "SELECT id, article, name, titles, quote FROM articles WHERE articles MATCH ? ORDER BY rank LIMIT ?",
            (wanted, SHOWN),
        )
        names = ("id", "article", "name", "titles", "quote")
        rows = [dict(zip(names, row, strict=True)) for row in found]
        return [{**row, "titles": row["titles"].split("；"), "standing": "", "in_force": False} for row in rows]

    return find


def test_over_http(tmp_path: Path) -> None:
    rows: list[tuple[str, str, float, float, float, int]] = []
    for name, script in (("huiqi", OURS), ("FastAPI + FTS5 trigram", PEER)):
        with served(script, tmp_path) as (port, process):
            asyncio.run(_load(port, 10, 0.0, 200))
            for operators, pause in LOADS:
                at = f"{operators}, {'a second apart' if pause else 'at once'}"
                began = time.perf_counter()
                spent = sorted(asyncio.run(_load(port, operators, pause, SEARCHES)))
                rate = len(spent) / (time.perf_counter() - began)
                figures = milliseconds(spent, 0.5), milliseconds(spent, 0.99), resident(process.pid)
                rows.append((name, at, rate, *figures))
    show(
        f"the desk's search over HTTP, {ARTICLES} articles",
        ("", "operators", "a second", "median ms", "p99 ms", "resident MB"),
        rows,
    )
    ours, peer = rows[: len(LOADS)], rows[len(LOADS) :]
    assert ours[0][3] < AT_MOST * peer[0][3]


async def _load(port: int, operators: int, pause: float, searches: int) -> list[float]:
    asked, spent = questions(), list[float]()
    left = iter(asked[number % len(asked)] for number in range(searches))
    cookie = await _sign_in(port)
    await asyncio.gather(
        *(_operator(port, cookie, pause * (1 + number / operators), left, spent) for number in range(operators))
    )
    return spent


async def _sign_in(port: int) -> str:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    body = urlencode({"name": "li", "password": PASSWORD})
    head, _ = await exchange(
        reader, writer,
        "POST /desk/login HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(body)}\r\n\r\n{body}",
    )  # fmt: skip
    writer.close()
    found = re.search(r"set-cookie: (huiqi_desk=[^;\r]+)", head, re.IGNORECASE)
    assert found is not None, head
    return found[1]


async def _operator(port: int, cookie: str, pause: float, left: Iterator[str], spent: list[float]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for words in left:
        await asyncio.sleep(pause)
        request = f"GET /desk/search?q={quote(words)} HTTP/1.1\r\nHost: a\r\nCookie: {cookie}\r\nX-Part: 1\r\n\r\n"
        began = time.perf_counter()
        head, _ = await exchange(reader, writer, request)
        spent.append(time.perf_counter() - began)
        assert head.startswith("HTTP/1.1 200"), head
    writer.close()
