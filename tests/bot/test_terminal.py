"""The conversation over a pipe: what is shown, what is kept, and how it ends."""

from __future__ import annotations

import io
import re
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from threading import Event as Signal

import pytest

from bot.channels.terminal import NAME, TerminalChannel
from bot.handover.handing_over import Attendance
from bot.messages import Started
from bot.store.handover.leases import HandOvers
from bot.store.handover.model import Line
from bot.store.open import open_database, open_store
from bot.store.staff import Staff
from bot.store.store import Outcome, Scope, StoreError
from bot.terminal import Desk, Terminal
from bot.turns import Turns
from dialogs.advance import Dialog
from dialogs.session import Answered, Event, Reopened, Session, State
from policies.engine.engine import Engine
from policies.values import Value, to_data
from tests.bot.word import words_of

DAY = date(2024, 3, 15)
PILOT: dict[str, Value] = {
    "district": "海珠区",
    "national_pilot": True,
    "platform_kinds": frozenset({"跨行业跨领域工业互联网平台"}),
}
INVESTMENT = "fact:cross_platform_investment"
LEAVING = "已保存。下次用 huiqi chat --resume 接着来。"


@pytest.fixture(scope="module")
def dialog(engine: Engine) -> Dialog:
    return Dialog(engine)


class Talk:
    """Conversations with one dialog and one store, each line typed by somebody."""

    def __init__(self, dialog: Dialog, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.dialog, self.folder, self.monkeypatch = dialog, folder, monkeypatch
        self.store = open_store(folder / "huiqi.db")
        self.transcript = folder / "transcript.txt"

    def __call__(self, *lines: str, id_: str = "one", raw: bytes | None = None) -> tuple[Session, str]:
        typed = "".join(f"{line}\n" for line in lines).encode() if raw is None else raw
        shown = io.StringIO()
        self.monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(typed), encoding="utf-8"))
        self.monkeypatch.setattr("sys.stdout", shown)
        Terminal(self.dialog, self.store, id_, transcript=self.transcript).run(Started(argument=DAY.isoformat()))
        return self.session(id_), shown.getvalue()

    def session(self, id_: str = "one") -> Session:
        session = self.store.session(id_)
        assert session is not None
        return session

    def seed(self, *events: Event, corpus_version: str | None = None) -> None:
        """A conversation as it was left earlier."""
        version = self.dialog.engine.corpus.version if corpus_version is None else corpus_version
        session = Session(id="one:1", corpus_version=version, as_of=DAY, events=events)
        opened = TerminalChannel("one", print).read(Started(), 0.0)
        assert opened is not None
        self.store.receive([opened])
        self.store.turn(lambda pending, view: Outcome(session, ()), Scope((NAME,), "one"), 0.0)


@pytest.fixture
def talk(dialog: Dialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Talk]:
    monkeypatch.chdir(tmp_path)
    talk = Talk(dialog, tmp_path, monkeypatch)
    yield talk
    talk.store.close()


def answered(session: Session) -> list[str]:
    return list(State(session).answers)


def test_it_greets_asks_and_leaves(talk):
    session, shown = talk("退出")
    assert shown.startswith("您好，这里是惠企政策助手。")
    assert "2024年3月15日" in shown
    assert re.search(r"^　1\. 海珠区$", shown, re.MULTILINE)
    assert shown.rstrip().endswith("再见。")
    assert session.events == ()


@pytest.mark.parametrize("answer", ["1", "海珠区", "海珠", "  1  ", "1\r"])
def test_a_number_or_a_word_answers(talk, answer):
    session, shown = talk(answer)
    assert State(session).facts == {"district": "海珠区"}
    assert shown.rstrip().endswith(LEAVING)


@pytest.mark.parametrize("word", ["退出", "再见", "结束", "拜拜", "exit", "QUIT", "bye", " q "])
def test_words_that_leave(talk, word):
    session, shown = talk("1", word, "2")
    assert answered(session) == ["where"]
    assert shown.rstrip().endswith(LEAVING)


def test_a_whole_conversation_ends_with_the_result(talk):
    _, shown = talk("海珠", *["不清楚"] * 60)
    assert "海珠办法：结论（现行有效）" in shown
    assert "问题都问完了" in shown
    assert "可以输入：详情 1" in shown
    assert "可申报" not in shown


def test_figures_are_said_back_and_reach_the_result(talk):
    questions = {key: "where" if key == "district" else f"fact:{key}" for key in PILOT}
    told = [Answered(question=questions[key], facts={key: to_data(PILOT[key])}, said=key) for key in PILOT]
    talk.seed(*told, Reopened(question=INVESTMENT))
    _, shown = talk("1200万", "结果")
    assert re.search("记下：.*1200万元", shown)
    assert "360万元" in shown
    assert "第三条第（一）项" in shown


def test_nothing_is_left_of_the_marks_for_bold(talk):
    _, shown = talk("海珠", "1 3", *["不清楚"] * 20, "结果", "详情 1", "还差什么", "帮助")
    assert "*" not in shown


def test_what_is_not_understood_is_said_and_asked_again(talk):
    session, shown = talk("海珠", "九十九", "99", "")
    assert answered(session) == ["where"]
    assert "没看懂“九十九”" in shown
    assert "没有第 99 项" in shown
    assert shown.count("下面哪些事？") == 4


def test_brackets_are_shown_as_they_are(talk):
    _, shown = talk("[red]海珠[/red]", "[/]")
    assert "[red]海珠[/red]" in shown


def test_an_impossible_date_changes_nothing(talk):
    session, shown = talk("海珠", "换日期 2023-02-29", "换日期 2022-06-01")
    assert "没有“2023-02-29”这一天" in shown
    assert State(session).as_of == date(2022, 6, 1)


def test_the_end_of_the_input_leaves_with_everything_saved(talk):
    session, shown = talk(raw="海珠\n不清".encode())  # no line end: the pipe broke off
    assert answered(session) == ["where"]
    assert shown.rstrip().endswith(LEAVING)
    assert talk.store.latest(NAME) == "one"


def test_bytes_that_are_no_utf8_are_not_understood(talk):
    session, shown = talk(raw="海珠\n".encode("gbk") + b"\xff\xfe\x00\n" + "海珠\n".encode())
    assert answered(session) == ["where"]
    assert "没看懂" in shown


@pytest.mark.parametrize("line", ["1" * 5000, "长" * 300_000, "1 " * 100_000])
def test_a_very_long_line_is_not_read(talk, line):
    session, shown = talk("海珠", line, "都没有")
    assert len(session.events) == 2
    assert "太长了，没有读" in shown
    assert max(map(len, shown.splitlines())) < 1000
    assert line[:2000] not in talk.transcript.read_text(encoding="utf-8")


def test_what_was_only_opened_does_not_stand_before_the_last_conversation(talk):
    talk("海珠")
    talk("退出", id_="two")
    assert talk.store.latest(NAME) == "one"


def test_a_conversation_open_elsewhere_is_not_opened_again(talk):
    talk("海珠")
    with talk.store.sending(Scope((NAME,), "one")), pytest.raises(StoreError, match="另一个窗口"):
        talk("都没有")


def test_resuming_goes_on_with_the_same_question(talk):
    first, before = talk("海珠", "1 3")
    second, after = talk("不清楚")
    assert after.startswith("接着上次的来。")
    question = before.split("\n\n")[-3]
    assert question in after
    assert second.events[: len(first.events)] == first.events


def test_the_transcript_holds_both_sides(talk):
    _, shown = talk("海珠", "帮助", "退出")
    text = talk.transcript.read_text(encoding="utf-8")
    assert re.findall("^用户　(.*)$", text, re.MULTILINE) == ["海珠", "帮助", "退出"]
    assert "**" not in text
    said = [part.removeprefix("惠企　") for part in re.split(r"\n\n(?=用户　|惠企　)", text.strip())]
    for part in said:
        assert part in shown or part.startswith("用户　")


def test_the_transcript_grows(talk):
    talk("海珠")
    before = talk.transcript.read_text(encoding="utf-8")
    talk("都没有")
    assert talk.transcript.read_text(encoding="utf-8").startswith(before)


def test_the_report_is_a_file_in_the_folder(talk):
    _, shown = talk("海珠", "结果", "报告")
    (report,) = talk.folder.glob("惠企*.docx")
    assert f"已写入 {report.name}" in shown
    text = words_of(report.read_bytes())
    assert "海珠办法" in text
    assert "**" not in text


def test_a_report_that_cannot_be_written_ends_nothing(talk):
    (talk.folder / "惠企政策核对.docx").mkdir()
    session, shown = talk("海珠", "报告", "都没有")
    assert "写不了" in shown
    assert len(session.events) == 2


def test_every_turn_is_saved_before_the_next_is_read(talk):
    counts: list[int] = []

    class Typed(io.StringIO):
        def __next__(self) -> str:  # type: ignore[override]  # typeshed has it as bytes
            with sqlite3.connect(talk.folder / "huiqi.db") as other:
                counts.append(other.execute("select count(*) from events").fetchone()[0])
            return super().__next__()

    talk.monkeypatch.setattr("sys.stdin", Typed("海珠\n都没有\n"))
    talk.monkeypatch.setattr("sys.stdout", io.StringIO())
    Terminal(talk.dialog, talk.store, "one").run(Started())
    assert counts == [0, 1, 2]


def test_facts_that_the_rules_no_longer_know_are_left_aside(talk):
    talk.seed(Answered(question="fact:gone", facts={"gone": True}, said="以前的要素：是"), corpus_version="older")
    session, shown = talk("海珠", "结果", "我的回答")
    assert "政策文件在上次之后有更新" in shown
    assert "海珠办法：结论" in shown
    assert answered(session) == ["where"]


def test_what_could_not_be_shown_is_shown_when_it_goes_on(talk, monkeypatch):
    def broken(channel, *_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(TerminalChannel, "send", broken)
        with pytest.raises(KeyboardInterrupt):
            talk("海珠")
    _, shown = talk("退出")
    assert "您好，这里是惠企政策助手。" in shown


def test_a_person_asked_for_at_a_terminal(talk: Talk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the desk says is shown with the next line; what nobody took ends with it too."""
    with closing(open_database(tmp_path / "huiqi.db")) as database:
        Staff(database).add("李娜", "hash", 1.0)
        handovers = HandOvers(database, 600.0)
        desk = Desk(Attendance(wait=900.0), handovers.sweep)
        shown = io.StringIO()
        monkeypatch.setattr("sys.stdout", shown)
        typed: list[str] = []

        def lines() -> Iterator[str]:
            yield "转人工\n"
            which = handovers.board().waiting[0].id
            handovers.take(which, "李娜", time.time())
            handovers.write(which, "李娜", "您好**", "k", time.time())
            typed.append(shown.getvalue())
            yield "几点上班\n"
            handovers.give_back(which, "李娜", time.time())
            yield "转人工\n"
            monkeypatch.setattr("time.time", lambda: 4e9)
            yield "帮助\n"

        class Typing(io.StringIO):
            def __iter__(self) -> Iterator[str]:  # type: ignore[override]
                return lines()

        monkeypatch.setattr("sys.stdin", Typing())
        Terminal(talk.dialog, talk.store, "one", desk=desk).run(Started(argument=DAY.isoformat()))
    assert "已经叫了人工" in typed[0]
    after = shown.getvalue()[len(typed[0]) :]
    assert [
        after.index(text) for text in ("人工（李）已经接入", "您好＊＊", "交还给助手", "已经叫了人工", "还没有人接")
    ] == sorted(
        after.index(text) for text in ("人工（李）已经接入", "您好＊＊", "交还给助手", "已经叫了人工", "还没有人接")
    )
    assert [line.text for line in handovers_lines(talk)] == ["asked", "unanswered", "帮助"][:2]


def handovers_lines(talk: Talk) -> list[Line]:
    exchange = talk.store.handover("one")
    assert exchange is not None
    return exchange.lines


def test_what_the_desk_says_is_shown_while_a_line_is_typed(talk: Talk, tmp_path: Path) -> None:
    with closing(open_database(tmp_path / "huiqi.db")) as database:
        Staff(database).add("李娜", "hash", 1.0)
        handovers = HandOvers(database, 600.0)
        heard = Signal()
        terminal = Terminal(talk.dialog, talk.store, "one", desk=Desk(Attendance(), handovers.sweep))
        terminal._show = lambda text: heard.set() if "您好" in text else None  # type: ignore[method-assign]
        terminal._channel = TerminalChannel("one", terminal._show)
        terminal._turns = Turns(talk.dialog, {NAME: terminal._channel}, time.time)
        terminal._turn(Started())
        terminal._turn("转人工")
        which = handovers.board().waiting[0].id
        handovers.take(which, "李娜", time.time())
        handovers.write(which, "李娜", "您好", "k", time.time())
        with terminal._listening():
            assert heard.wait(20)
