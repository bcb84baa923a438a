"""``huiqi chat`` as a person meets it: at a true terminal, interrupted and taken up again, with its files in the way."""

from __future__ import annotations

import os
import pty
import re
import select
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

import pytest

from tests.bot.conftest import LAUNCH

PATIENCE = 60.0  # seconds; reached only when something hangs
CTRL_C, CTRL_D = b"\x03", b"\x04"
_CONTROLS = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b[=>]|\r")


class Screen:
    """``huiqi chat`` in a pseudo-terminal."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self.shown, self._raw, self._from = "", b"", 0
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.chdir(folder)
            os.environ |= {"TERM": "xterm", "PROMPT_TOOLKIT_NO_CPR": "1"}  # nobody here can tell where the cursor is
            os.execv(LAUNCH[0], [*LAUNCH, "chat", *arguments])

    def __enter__(self) -> Screen:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        os.close(self.fd)
        if kind is not None:
            os.kill(self.pid, 9)
            os.waitpid(self.pid, 0)

    def wait_for(self, words: str) -> None:
        """Read until the words stand on the screen after what was waited for before."""
        deadline = time.monotonic() + PATIENCE
        while (found := self.shown.find(words, self._from)) < 0:
            if not self._read(deadline):
                raise AssertionError(f"{words!r} never came; the screen shows:\n{self.shown}")
        self._from = found + len(words)

    def wait_for_prompt(self) -> None:
        """Until a line can be typed."""
        self.wait_for("\n>")

    def wait_for_question(self) -> None:
        """Until a question after the first is asked."""
        self.wait_for("结果）")
        self.wait_for_prompt()

    def type(self, text: str) -> None:
        os.write(self.fd, text.encode() + b"\r")

    def press(self, key: bytes) -> None:
        os.write(self.fd, key)

    def press_until(self, key: bytes, words: str) -> None:
        """Press a key until it works: a terminal forgets Ctrl-D when the program takes over line editing just then."""
        deadline = time.monotonic() + PATIENCE
        while words not in self.shown[self._from :] and time.monotonic() < deadline:
            self.press(key)
            while words not in self.shown[self._from :] and select.select([self.fd], [], [], 2.0)[0]:
                self._read(deadline)
        self.wait_for(words)

    def end(self) -> int:
        """Read to the end and give the exit code."""
        deadline = time.monotonic() + PATIENCE
        while self._read(deadline):
            pass
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])

    def _read(self, deadline: float) -> bool:
        left = deadline - time.monotonic()
        if left <= 0 or not select.select([self.fd], [], [], left)[0]:
            raise AssertionError(f"nothing more came; the screen shows:\n{self.shown}")
        try:
            got = os.read(self.fd, 65536)
        except OSError:  # Linux says so when the other side is closed
            return False
        self._raw += got
        self.shown = _CONTROLS.sub("", self._raw.decode(errors="ignore"))
        return bool(got)


def options(screen: str) -> list[str]:
    """The numbered choices of the last question on a screen."""
    return re.findall(r"　(\d+\. .*)", screen[screen.rindex("　1. ") :])


@pytest.fixture
def folder(home: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "work"
    folder.mkdir()
    return folder


@pytest.fixture
def database(home: Path, run) -> Iterator[Path]:
    """The file of conversations, with one conversation in it."""
    assert run("chat", given="海珠\n都没有\n").code == 0
    (path,) = home.rglob("huiqi.db")
    yield path


def test_ctrl_c_leaves_and_resume_continues_at_the_same_question(folder):
    with Screen(folder, "--as-of", "2024-03-15") as screen:
        screen.wait_for("2024年3月15日")
        screen.wait_for_prompt()
        screen.type("海珠")
        screen.wait_for_question()
        screen.type("1")
        screen.wait_for_question()
        screen.press(CTRL_C)
        screen.wait_for("已保存。下次用 huiqi chat --resume 接着来。")
        assert screen.end() == 0
    asked = options(screen.shown)
    with Screen(folder, "--resume") as again:
        again.wait_for("接着上次的来。")
        again.wait_for_question()
        assert options(again.shown) == asked
        again.type("1")
        again.wait_for_question()
        assert options(again.shown) != asked
        again.type("我的回答")
        again.wait_for("按 2024年3月15日 计算")
        again.wait_for("1. 所在地区：海珠区")
        again.wait_for_prompt()
        again.press(CTRL_D)
        assert again.end() == 0
    assert "Traceback" not in screen.shown + again.shown


@pytest.mark.parametrize("key", [CTRL_C, CTRL_D])
def test_leaving_in_the_middle_of_a_line_or_a_page(folder, key):
    with Screen(folder, "--as-of", "2024-03-15") as screen:
        screen.wait_for_prompt()
        screen.type("还没定，想比一比")
        screen.wait_for_question()
        screen.type("其他支持")
        screen.wait_for("回车看下一页")
        screen.press_until(key, "已保存。下次用 huiqi chat --resume 接着来。")
        assert screen.end() == 0
    assert "Traceback" not in screen.shown


def test_a_page_goes_on_with_return(folder):
    with Screen(folder, "--as-of", "2024-03-15") as screen:
        screen.wait_for_prompt()
        screen.type("还没定，想比一比")
        screen.wait_for_question()
        screen.type("其他支持")
        screen.wait_for("回车看下一页")
        screen.type("")
        screen.wait_for("可以输入：")
        screen.wait_for_prompt()
        screen.press(CTRL_C)
        assert screen.end() == 0


def test_resume_keeps_the_date_and_says_so(run, database):
    done = run("chat", "--resume", "--as-of", "2020-01-01", given="我的回答\n")
    assert "日期不变" in done.err
    assert "按 2020年1月1日 计算" not in done.out


def test_resume_without_a_conversation_begins_one(run):
    done = run("chat", "--resume", given="退出\n")
    assert done.code == 0
    assert "没有可以接着的对话，从头开始。" in done.err
    assert "您好" in done.out


def test_resume_after_the_rules_changed_says_so(run, database):
    with sqlite3.connect(database) as db:
        db.execute("update logs set corpus_version = 'older'")
    done = run("chat", "--resume", given="退出\n")
    assert done.code == 0
    assert "有更新" in done.out
    assert "接着上次的来。" in done.out


def test_a_new_conversation_leaves_the_old_one_alone(run, database):
    assert run("chat", given="佛山\n").code == 0
    with sqlite3.connect(database) as db:
        assert db.execute("select count(*) from conversations").fetchone() == (2,)
        assert db.execute("select count(*) from events").fetchone() == (3,)
    assert "佛山" in run("chat", "--resume", given="我的回答\n").out


@pytest.mark.parametrize(
    "damage",
    [
        "update events set event = '{'",
        'update events set event = \'{"kind": "eaten"}\'',
        "update logs set as_of = '昨天'",
    ],
)
def test_a_damaged_conversation_is_told_and_kept_and_goes_on_anew(run, database, damage):
    with sqlite3.connect(database) as db:
        db.execute(damage)
        before = db.execute("select event from events").fetchall()
    done = run("chat", "--resume", given="佛山\n")
    assert (done.code, done.err) == (0, "")
    assert "上次的记录坏了，读不出来" in done.out
    with sqlite3.connect(database) as db:
        assert set(before) <= set(db.execute("select event from events").fetchall())
    assert "佛山" in run("chat", "--resume", given="我的回答\n").out


def test_a_file_that_is_no_store_is_named(run, database):
    database.write_bytes(b"junk" * 100)
    done = run("chat", given="退出\n")
    assert (done.code, done.out) == (1, "")
    assert f"对话记录 {database} 坏了" in done.err
    assert len(done.err.splitlines()) == 1


def test_a_folder_that_cannot_be_made_is_named(run, home):
    (home / ".config").write_text("")  # on every system but Linux the folder is another one
    (home / "huiqi").write_text("")
    (home / "Library").write_text("")
    done = run("chat", given="退出\n")
    assert (done.code, done.out) == (1, "")
    assert "请检查这个文件夹能不能写" in done.err
    assert len(done.err.splitlines()) == 1


def test_a_transcript_that_cannot_be_written_is_named(run, tmp_path):
    place = tmp_path / "nowhere" / "t.txt"
    done = run("chat", "--transcript", str(place), given="退出\n")
    assert done.code == 1
    assert done.err == f"读写文件出错：没有这个文件或文件夹（{place}）\n"


def test_the_transcript_of_a_process(process, tmp_path):
    place = tmp_path / "t.txt"
    assert process("chat", "--transcript", str(place), given="海珠\n", PYTHONIOENCODING="ascii").code == 0
    assert "用户　海珠" in place.read_text(encoding="utf-8")


def test_an_impossible_date_starts_nothing(run, home):
    done = run("chat", "--as-of", "2024-02-30", given="海珠\n")
    assert (done.code, done.out) == (2, "")
    assert "没有“2024-02-30”这一天" in done.err
    assert not list(home.rglob("huiqi.db"))
