"""What a turn is counted as: nothing of who said it, each answer once, whatever is delivered twice or begun anew."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.figures.noted import question_key
from bot.figures.summary import summary
from bot.messages import Inbound, Message, Tapped, Typed
from bot.store.durable import DurableStore
from bot.store.figures import Count, Figures
from bot.store.gaps import Gaps
from bot.store.open import open_database
from bot.store.store import Scope
from bot.turns import Turns
from dialogs.advance import Dialog
from dialogs.session import Answered
from policies.engine.engine import Engine
from policies.load import load
from tests.bot.conftest import Run
from tests.bot.inprocess import InProcess

NOON = 1_710_475_200.0  # 2024-03-15 12:00 in Shanghai
FRIDAY = "2024-03-15"
SCOPE = Scope(("inprocess",))
DIALOG = Dialog(Engine(load()))
WORDS = ("海珠区", "佛山", "不清楚", "跳过", "上一步", "修改 1", "是", "都没有", "两千三百万", "海珠的申报截止是哪天", "结果",
         "为什么问", "你好", "从头来", "办过论坛")  # fmt: skip


class Counted:
    """A database in which people talk; what is counted of it."""

    def __init__(self, folder: Path, *, gaps: bool = True) -> None:
        self._path, self._gaps, self.number = folder / "huiqi.db", gaps, 0

    def say(self, *said: str | Message, chat: str = "a", twice: bool = False, again: bool = False) -> None:
        """Words one after another; ``twice``: each is delivered twice. ``again``: with a new process each time."""
        with closing(open_database(self._path)) as database:
            store = DurableStore(database)
            channel = InProcess()
            turns = Turns(DIALOG, {channel.name: channel}, lambda: NOON, gaps=self._gaps)
            for words in said:
                self.number += 1
                message = Typed(text=words) if isinstance(words, str) else words
                inbound = Inbound(
                    channel="inprocess", dedupe_key=str(self.number), conversation=chat, address=chat, message=message,
                    arrived=NOON,
                )  # fmt: skip
                for _ in range(2 if twice else 1):
                    store.receive([inbound])
                while store.turn(turns.work, SCOPE, NOON):
                    pass

    @property
    def counts(self) -> Counter[tuple[str, str]]:
        with closing(open_database(self._path)) as database:
            rows = Figures(database).counts("2000-01-01", "2100-01-01")
            assert all(isinstance(row, Count) and row.day == FRIDAY for row in rows)
            return Counter({(row.what, row.key): row.times for row in rows})

    @property
    def gaps(self) -> list[str]:
        with closing(open_database(self._path)) as database:
            return [gap.question for gap in Gaps(database).listed()]

    def recounted(self, chats: Sequence[str]) -> Counter[tuple[str, str]]:
        """The answers as the logs have them."""
        with closing(open_database(self._path)) as database:
            store = DurableStore(database)
            found: Counter[tuple[str, str]] = Counter()
            for chat in chats:
                session = store.session(chat)
                for event in session.events if session else ():
                    if isinstance(event, Answered):
                        known = any(value is not None for value in event.facts.values())
                        told = event.question.startswith("told:")
                        what = "told" if told else "answered" if known else "unsure"
                        found[what, question_key(event.question)] += 1
            return found


@pytest.fixture
def counted(tmp_path: Path) -> Counted:
    return Counted(tmp_path)


def test_a_conversation_is_counted_from_its_beginning_to_its_result(counted: Counted) -> None:
    counted.say("海珠区", "都没有", chat="a")
    first = counted.counts
    assert first["begun", "inprocess"] == 1
    assert first["asked", "where"] == 0  # told with the first words: nobody had to be asked
    assert first["answered", "where"] == 1
    assert first["asked", "list:done"] == 1
    for _ in range(12):
        counted.say("不清楚")
    done = counted.counts
    assert done["finished", ""] == 1
    assert (
        sum(times for (what, _), times in done.items() if what == "asked")
        == sum(times for (what, _), times in done.items() if what in ("answered", "unsure"))
        - first["answered", "where"]
    )


def test_what_a_result_comes_to_is_counted_by_measure(counted: Counted) -> None:
    counted.say("我们在海珠做跨行业跨领域的平台，去年进了国家试点，前后砸了两千三百万", *["不清楚"] * 12)
    assert counted.counts["met", "haizhu-2022/3.1.a"] == 1


def test_lookups_are_counted_and_kept_when_they_fail(counted: Counted) -> None:
    counted.say("海珠区", "海珠的申报截止是哪天", "海珠上云补多少", "我叫李小明，海珠的申报截止是哪天")
    assert counted.counts["lookup", "not_covered"] == 2
    assert counted.counts["lookup", "answer"] == 1
    assert set(counted.gaps) == {"海珠的申报截止是哪天", "我叫〔姓名〕，海珠的申报截止是哪天"}


def test_no_question_is_kept_where_that_is_not_wished(tmp_path: Path) -> None:
    counted = Counted(tmp_path, gaps=False)
    counted.say("海珠区", "海珠的申报截止是哪天")
    assert counted.gaps == []
    assert counted.counts["lookup", "not_covered"] == 1


def test_going_back_and_changing_are_counted_where_they_happen(counted: Counted) -> None:
    counted.say("海珠区", "上一步", "海珠区", "修改 1")
    assert counted.counts["back", "list:done"] == 1
    assert counted.counts["changed", "where"] == 1


def test_a_box_ticked_asks_nothing_new(counted: Counted) -> None:
    counted.say("海珠区")
    before = counted.counts
    counted.say(Tapped(question="list:done:0", revision=1, keys=("0",), toggle=True))
    assert counted.counts == before


def test_nothing_is_counted_of_what_is_erased(counted: Counted) -> None:
    counted.say("海珠区")
    before = counted.counts
    counted.say("删除我的数据")
    assert counted.counts == before


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from(WORDS), st.booleans()), max_size=12))
def test_counts_equal_a_recount_of_the_logs(said: list[tuple[str, str, bool]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        counted = Counted(Path(folder))
        for chat, words, twice in said:
            counted.say(words, chat=chat, twice=twice)
        counts = counted.counts
        answers = {key: times for key, times in counts.items() if key[0] in ("answered", "unsure", "told")}
        assert answers == dict(counted.recounted(("a", "b")))
        assert counts["begun", "inprocess"] == len({chat for chat, _, _ in said})


def test_the_summary_names_what_it_counts() -> None:
    counts = [
        Count(FRIDAY, "asked", "list:done", 3), Count(FRIDAY, "answered", "list:done", 1), Count(FRIDAY, "asked", "fact:gone", 1),
        Count(FRIDAY, "met", "haizhu-2022/3.1.a", 2), Count("2024-03-16", "near", "haizhu-2022/3.1.a", 1),
        Count("2024-03-16", "begun", "web", 4), Count("2024-03-16", "lookup", "not_covered", 1),
    ]  # fmt: skip
    shown = summary(DIALOG, counts, {"list:done": 2})
    first, second = shown.questions
    assert (first.text[:2], first.asked, first.answered, first.left) == ("做过", 3, 1, 2)
    assert (second.text, second.asked, second.left) == ("fact:gone", 1, 0)
    (measure,) = shown.measures
    assert (measure.label, measure.met, measure.near, measure.shown) == ("第三条第（一）项", 2, 1, 3)
    assert [(day.day, dict(day.begun), day.lookups["not_covered"]) for day in shown.days] == [
        (FRIDAY, {}, 0), ("2024-03-16", {"web": 4}, 1)
    ]  # fmt: skip


def test_figures_on_the_command_line(run: Run, tmp_path: Path) -> None:
    assert "没有记录" in run("figures").out
    run("ask", "海珠的申报截止是哪天", "--log-gaps")
    assert "查条文 1" in run("figures").out
    file = tmp_path / "figures.csv"
    assert run("figures", "--csv", str(file)).code == 0
    assert file.read_text(encoding="utf-8-sig").splitlines()[0] == "day,what,key,times"
    assert "lookup,not_covered,1" in file.read_text(encoding="utf-8-sig")
