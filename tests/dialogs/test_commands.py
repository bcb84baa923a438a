"""Words that steer the conversation."""

from __future__ import annotations

from datetime import date

import pytest

from dialogs.commands import BadDateError, Command, Name, read_command, read_day


@pytest.mark.parametrize("name", list(Name))
def test_every_command_is_its_own_word(name: Name) -> None:
    assert read_command(f" {name.value} ") == Command(name)


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("返回", Command(Name.BACK)),
        ("为什么", Command(Name.WHY)),
        ("/why", Command(Name.WHY)),
        ("换个区", Command(Name.WHERE)),
        ("/help", Command(Name.HELP)),
        ("待确认什么", Command(Name.MISSING)),
        ("详情 3", Command(Name.DETAIL, number=3)),
        ("详情3", Command(Name.DETAIL, number=3)),
        ("修改 第2", Command(Name.EDIT, number=2)),
        ("换日期 2024-03-15", Command(Name.DATE, day=date(2024, 3, 15))),
        ("日期2024年3月15日", Command(Name.DATE, day=date(2024, 3, 15))),
        ("/asof 2024.3.15", Command(Name.DATE, day=date(2024, 3, 15))),
    ],
)
def test_commands(text: str, command: Command) -> None:
    assert read_command(text) == command


@pytest.mark.parametrize("text", ["", "1", "海珠区", "结果怎么样", "详情", "修改一下", "不清楚", "1200万", "详情 三"])
def test_answers_are_no_commands(text: str) -> None:
    assert read_command(text) is None or text == "详情"


@pytest.mark.parametrize("text", ["换日期 明天", "换日期 2024-13-01", "换日期 2023-02-29", "日期 0000-01-01"])
def test_a_day_that_does_not_exist_is_refused(text: str) -> None:
    with pytest.raises(BadDateError, match="2024-03-15"):
        read_command(text)


def test_days() -> None:
    assert read_day("2024/3/5") == date(2024, 3, 5)
