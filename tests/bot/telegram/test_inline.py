"""Clauses found from any chat, ready to paste."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from bot.channels.telegram.inline import MOST, Clause
from dialogs.advance import Dialog
from tests.bot.telegram.desk import Desk
from tests.bot.telegram.person import Person
from tests.bot.telegram.standin.faults import Fault
from tests.bot.telegram.standin.markup import message_text
from tests.bot.telegram.standin.server import Standin

QUOTE = "最高按项目建设金额的30%（含）给予项目牵头单位补贴"


def clause(number: int) -> Clause:
    title, status = "佛山市工业互联网扶持办法 <试行>", "佛山措施已届满（最后一日：2023年12月31日）。"
    return Clause(f"foshan-2020/{number}", "佛山措施", title, f"第{number}条", status, QUOTE)


def find(text: str) -> Sequence[Clause]:
    return [clause(number) for number in range(int(text))] if text.isdigit() else []


@pytest.fixture
def person(standin: Standin, dialog: Dialog, tmp_path: Path) -> Iterator[Person]:
    with Desk(standin, dialog, tmp_path, find) as desk:
        yield Person(standin.world, 7, desk.settle)


def test_a_clause_is_pasted_with_its_document_and_status(person: Person) -> None:
    (result,) = person.ask_inline("1")["results"]
    assert result["title"] == "佛山措施　第0条"
    assert "已届满" in result["description"]
    text, _ = message_text(result["input_message_content"]["message_text"], "HTML")
    told = "佛山市工业互联网扶持办法 <试行>　第0条\n佛山措施已届满（最后一日：2023年12月31日）。"
    assert text == f"{told}\n“{QUOTE}”"


def test_nothing_typed_gets_a_hint(person: Person) -> None:
    offered = person.ask_inline("  ")
    assert offered["results"] == []
    assert "标识解析" in offered["button"]["text"]


def test_nothing_found_says_so(person: Person) -> None:
    assert "没有找到" in person.ask_inline("今天天气")["button"]["text"]


def test_no_more_than_can_be_shown(person: Person) -> None:
    assert len(person.ask_inline("99")["results"]) == MOST


def test_a_question_that_cannot_be_answered_disturbs_nobody(person: Person, standin: Standin) -> None:
    standin.faults.order(Fault("bad_gateway", "answerInlineQuery"))
    assert person.ask_inline("1") == {}
    assert person.start()
