"""The desk's search over 10,000 articles, beside SQLite FTS5 over the same texts in the same run.

FTS5 gets the characters and their pairs as words, asked any of which, best twelve by its own BM25. The desk also understands
what was typed, tells what the documents lack, applies filters, picks the sentence and renders the list; its request goes
through the whole application, with the session checked in the database. Over HTTP: bench_desk_http.py.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from statistics import median

from fastapi.testclient import TestClient

from bot.store.open import open_database
from dialogs.advance import Dialog
from knowledge.search.grams import grams, plain
from policies.engine.engine import Engine
from policies.law import Corpus
from tests.benchmarks.bench_search import spent
from tests.benchmarks.grown import grown
from tests.benchmarks.table import show
from tests.bot.web.desk.conftest import Served

ARTICLES = 10_000
TYPED = (
    "佛", "佛山", "佛山 二级", "佛山 二级节点", "佛山 二级节点 上限", "标识解析", "论坛", "海珠 论坛 补贴", "600万", "30%", "国家标准",
    "工业互联网平台", "企业上云", "第十四条", "佛山办行业论坛有没有场地补贴", "海珠的申报截止是哪天", "企业", "贷款贴息 担保",
)  # fmt: skip
FILTERS = {
    "without a filter": {},
    "drafts": {"status": "draft"},
    "a topic": {"topic": "标准"},
    "rules": {"kind": "rules"},
}


def with_fts5(texts: list[str]) -> Callable[[str], object]:
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE article USING fts5 (words, tokenize = 'unicode61')")
    database.executemany("INSERT INTO article VALUES (?)", [(" ".join(grams(plain(text))),) for text in texts])

    def ask(question: str) -> object:
        words = " OR ".join(f'"{gram}"' for gram in dict.fromkeys(grams(plain(question))))
        return database.execute(
            "SELECT rowid FROM article WHERE article MATCH ? ORDER BY rank LIMIT 12", (words,)
        ).fetchall()

    return ask


def requests(operator: TestClient, filters: dict[str, str]) -> Callable[[str], object]:
    def ask(question: str) -> object:
        answer = operator.get("/desk/search", params={"q": question, **filters}, headers={"X-Part": "1"})
        assert answer.status_code == 200
        return answer

    return ask


def test_a_list_as_one_types_beside_fts5(corpus: Corpus, tmp_path: Path) -> None:
    larger = grown(corpus, ARTICLES)
    texts = [article.text for policy in larger.policies.values() for article in policy.articles.values()]
    asked = list(TYPED)
    rows = []
    with closing(open_database(tmp_path / "huiqi.db")) as database:
        operator = Served(database, Dialog(Engine(larger))).signed_in()
        works = {f"the desk, {name}": requests(operator, filters) for name, filters in FILTERS.items()}
        for name, work in {"FTS5, ids alone": with_fts5(texts), **works}.items():
            times = spent(work, asked)
            rows.append((name, median(times), times[-1]))
    show(f"{len(texts)} articles, {len(asked)} things typed (ms)", ("", "median", "slowest"), rows)
    fts5, *ours = rows
    assert all(each[1] < 20 * max(fts5[1], 1.0) for each in ours)
