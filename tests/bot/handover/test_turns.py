"""What a conversation says when a person is asked for, over a real store, with the desk at work."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import pytest

from bot.handover.handing_over import Attendance
from bot.handover.hours import read_hours
from bot.messages import Edited, Message, Started, Tapped, Typed, Unsupported
from bot.store.durable import DurableStore
from bot.store.handover.leases import HandOvers
from bot.store.open import open_database
from bot.store.staff import Staff
from bot.store.store import Scope
from bot.turns import ZONE, Turns
from dialogs.advance import Dialog
from dialogs.replies import Ask, Menu, Reply, Text
from policies.engine.engine import Engine
from tests.bot.inprocess import InProcess

NOON = datetime(2026, 11, 25, 12, tzinfo=ZONE).timestamp()
SCOPE = Scope(("inprocess",))


@pytest.fixture(scope="module")
def dialog(engine: Engine) -> Dialog:
    return Dialog(engine)


@dataclass
class Hall:
    """One enterprise, one desk."""

    path: Path
    dialog: Dialog
    now: float = NOON
    attendance: Attendance = field(default_factory=Attendance)
    channel: InProcess = field(default_factory=InProcess)

    def __post_init__(self) -> None:
        self.database = open_database(self.path)
        self.store = DurableStore(self.database)
        self.desk = HandOvers(self.database, 600.0)

    def staffed(self, name: str = "李娜") -> Hall:
        Staff(self.database).add(name, "hash", self.now)
        return self

    def say(self, message: str | Message) -> list[str]:
        raw = Typed(text=message) if isinstance(message, str) else message
        inbound = self.channel.read(raw, self.now)
        assert inbound is not None
        self.store.receive([inbound])
        return self.heard()

    def heard(self) -> list[str]:
        """What the enterprise is shown since it was asked last."""
        return [shown(reply) for reply in self.replies()]

    def replies(self) -> list[Reply]:
        turns = Turns(self.dialog, {"inprocess": self.channel}, lambda: self.now, attendance=self.attendance)
        while self.store.turn(turns.work, SCOPE, self.now) is not None:
            pass
        self.channel.sent.clear()
        while claimed := self.store.claim(SCOPE, 9, self.now):
            for one in claimed:
                asyncio.run(self.channel.send(one.address, one.operation, None))
                self.store.sent(one, None)
        return list(self.channel.sent)

    def take(self) -> int:
        number = self.desk.board().waiting[0].id
        self.desk.take(number, "李娜", self.now)
        return number

    @property
    def lines(self) -> list[tuple[str, str]]:
        exchange = self.store.handover("c")
        assert exchange is not None
        return [(line.by, line.text) for line in exchange.lines]


def shown(reply: Reply) -> str:
    if isinstance(reply, Menu):
        return "[" + "".join(choice.label for choice in reply.choices) + "]"
    assert isinstance(reply, Text | Ask)
    return reply.shown if isinstance(reply, Text) else f"问：{reply.question}"


@pytest.fixture
def hall(tmp_path: Path, dialog: Dialog) -> Iterator[Hall]:
    hall = Hall(tmp_path / "huiqi.db", dialog)
    with closing(hall.database):
        yield hall


def test_without_accounts_the_departments_are_named_at_once(hall: Hall) -> None:
    said = " ".join(hall.say("转人工"))
    assert "这里没有人工坐席" in said
    assert "广州市海珠区科技工业商务和信息化局" in said
    assert hall.store.handover("c") is None


def test_outside_of_the_hours_so_too_and_when_they_are_told(hall: Hall) -> None:
    hall.staffed().attendance = Attendance(hours=read_hours("周一至周五 14:00-17:30"))
    said = hall.say("转人工")
    assert "不是人工服务时间（周一至周五 14:00-17:30）" in said[0]
    assert "解释部门" in said[0]
    assert said[-1] == "问：where"
    hall.now += 2 * 3600
    assert "已经叫了人工" in hall.say("转人工")[0]


def test_asked_for_the_assistant_says_so_and_goes_on(hall: Hall) -> None:
    hall.staffed().attendance = Attendance(wait=900)
    said = hall.say("转人工")
    assert said[0].startswith("已经叫了人工。有人接了会告诉您；15 分钟内没有人接")
    assert said[1:] == ["[取消人工]", "问：where"]
    assert hall.say("人工")[0] == "还在等人工。不等了，输入“取消人工”。"
    assert hall.say("海珠区")[-1].startswith("问：list")
    assert hall.lines == [("event", "asked"), ("enterprise", "海珠区")]


def test_the_place_in_the_queue_is_told(hall: Hall) -> None:
    hall.staffed()
    for number in range(2):
        inbound = hall.channel.read(Typed(text="转人工"), NOON)
        assert inbound is not None
        other = inbound.model_copy(update={"conversation": f"other{number}", "dedupe_key": f"other{number}"})
        hall.store.receive([other])
    hall.heard()
    assert "，前面还有 2 位。" in hall.say("转人工")[0]
    hall.take()
    hall.heard()
    assert "前面还有 1 位" in hall.say("转人工")[0]


def test_taken_the_assistant_is_silent_and_the_words_go_to_the_operator(hall: Hall) -> None:
    hall.staffed().say("海珠区")
    hall.say("转人工")
    number = hall.take()
    assert hall.heard() == ["人工（李）已经接入，下面由人工回答，助手先不说话。\n输入“取消人工”，就回到助手。"]
    before = hall.store.session("c")
    tap = Tapped(question="list:done:0", revision=1, keys=("0",))
    for message in (
        "在吗",
        tap,
        Edited(text="在吗？"),
        Unsupported(what="图片"),
        Started(),
        "转人工",
        "导出我的数据",
        "  ",
    ):
        assert hall.say(message) == []
    assert hall.store.session("c") == before
    texts = [text for by, text in hall.lines if by == "enterprise"]
    assert texts[0] == "在吗"
    assert texts[1].startswith("（按了：")
    assert "旧按钮" not in texts[1]
    assert texts[2:] == [
        "（改了前面的一句）在吗？",
        "（发来图片，这里收不到）",
        "（重新打开了对话）",
        "转人工",
        "导出我的数据",
    ]
    hall.desk.write(number, "李娜", "您好，**不是粗体**<b>", "k", hall.now)
    assert hall.heard() == ["**人工（李）**\n您好，＊＊不是粗体＊＊<b>"]


def test_a_name_to_sign_in_with_is_not_shown(hall: Hall) -> None:
    hall.staffed("lina")
    hall.say("转人工")
    number = hall.desk.board().waiting[0].id
    hall.desk.take(number, "lina", hall.now)
    hall.desk.write(number, "lina", "您好", "k", hall.now)
    said = hall.heard()
    assert "lina" not in "".join(said)
    assert said[1] == "**人工**\n您好"


def test_given_back_the_question_returns(hall: Hall) -> None:
    hall.staffed().say("海珠区")
    hall.say("转人工")
    number = hall.take()
    hall.heard()
    before = hall.store.session("c")
    hall.desk.give_back(number, "李娜", hall.now)
    said = hall.heard()
    assert said[0] == "人工已经把对话交还给助手，助手接着来。"
    assert said[1].startswith("问：list")
    assert hall.say("都没有")
    assert hall.store.session("c") != before


def test_a_lease_that_lapsed_and_one_nobody_took(hall: Hall) -> None:
    hall.staffed().say("转人工")
    hall.take()
    hall.heard()
    hall.now += 601
    assert hall.desk.sweep(hall.now) == ["lapsed"]
    said = hall.heard()
    assert "有一阵没有回话" in said[0]
    assert said[-1] == "问：where"
    hall.say("转人工")
    hall.now += 901
    assert hall.desk.sweep(hall.now) == ["unanswered"]
    said = hall.heard()
    assert said[0].startswith("等到现在还没有人接，先不等了。要问人，可以找")
    assert said[-1] == "问：where"


def test_withdrawn(hall: Hall) -> None:
    hall.staffed()
    assert hall.say("取消人工")[0].startswith("现在没有在等人工")
    hall.say("转人工")
    assert hall.say("不等人工了") == ["不等人工了，助手接着来。", "问：where"]
    hall.say("转人工")
    hall.take()
    hall.heard()
    assert hall.say("取消人工") == ["已经结束和人工的对话，助手接着来。", "问：where"]
    assert hall.desk.board().held == []


def test_a_person_may_be_asked_for_as_the_very_first_thing_and_by_a_button(hall: Hall) -> None:
    hall.staffed()
    assert "已经叫了人工" in hall.say(Tapped(question="where", revision=0, keys=("转人工",)))[0]


def test_erased_in_the_middle(hall: Hall) -> None:
    hall.staffed().say("转人工")
    number = hall.take()
    hall.heard()
    assert "已经删除" in hall.say("删除我的数据")[0]
    assert hall.desk.one(number) is None
    assert hall.say("你好")[-1] == "问：where"


def test_a_word_to_go_on_elsewhere_is_not_shown_to_the_operator(hall: Hall) -> None:
    hall.staffed().say("转人工")
    hall.say("接着 r-" + "a" * 22)
    hall.take()
    hall.say("接着 r-" + "b" * 22)
    assert [text for by, text in hall.lines if by == "enterprise"] == ["（发来换设备的口令，这里不显示）"] * 2


def test_a_long_text_is_cut_visibly(hall: Hall) -> None:
    hall.staffed().say("转人工")
    hall.take()
    hall.say("长" * 2500)
    assert hall.lines[-1][1].endswith("……（后面还有 500 字，没有显示）")


def test_a_newer_corpus_is_told_only_when_the_assistant_speaks_again(hall: Hall) -> None:
    hall.staffed().say("海珠区")
    hall.say("转人工")
    number = hall.take()
    hall.heard()
    with hall.database.writing() as rows:
        rows.execute("UPDATE logs SET corpus_version = 'older'")
    hall.store = DurableStore(hall.database)
    assert hall.say("在吗") == []
    hall.desk.give_back(number, "李娜", hall.now)
    said = hall.heard()
    assert "政策文件在上次之后有更新" in said[0]
    assert "交还" in said[1]
