"""Replies as calls: what Telegram would refuse never goes out, nothing said is lost, one message holds the question."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.markup import LIMIT, html_of, lines_of, pieces, size
from bot.channels.telegram.rendering import ANSWER, BARE, EDIT, FILE, SEND, render
from bot.messages import Inbound, Message, Operation, Started, Tapped, Typed, Unsupported
from dialogs.replies import Ask, Choice, Document, Menu, Reply, Text
from tests.bot.telegram.standin.checks import keyboard
from tests.bot.telegram.standin.markup import message_text, units

TYPED: Message = Typed(text="海珠区")
TAPPED: Message = Tapped(question="where", revision=0, keys=("0",))
ASK = Ask(
    "fact:std_national", 3, "有几项？", (Choice("0", "1项"), Choice("unsure", "不清楚")), (Choice("跳过", "跳过"),)
)


def shown(
    replies: list[Reply], message: Message = TYPED, *, late: bool = False, address: str = "7", tap: bool = False
) -> tuple[Operation, ...]:
    callback = "77" if tap or isinstance(message, Tapped) else None
    to = Inbound(
        channel="telegram", dedupe_key="1", conversation="c", address=address, message=message, arrived=0.0, ref="11",
        callback=callback,
    )  # fmt: skip
    return render(replies, to, late=late)


def kinds(operations: tuple[Operation, ...]) -> list[str]:
    return [operation.kind for operation in operations]


def buttons(operation: Operation) -> list[str]:
    return [label for row in operation.body["keyboard"] for label, _ in row]


# -- anything that may be said

_WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=60) | st.sampled_from(
    ["<b>x</b>", "&amp;", "a & b < c > d", "**粗**", "****", "** **", '"', "① 第三条", "😀" * 30, "办" * 300, ""]
)
_TEXTS = st.lists(_WORDS, min_size=1, max_size=40).map("\n".join) | st.builds(
    lambda word, times: word * times, _WORDS, st.integers(1, 200)
)
_LABELS = st.text(st.characters(categories=("L", "N")), min_size=1, max_size=40)
_NUMBERED = st.lists(_LABELS, max_size=12).map(
    lambda labels: tuple(Choice(str(n), one) for n, one in enumerate(labels))
)
_ASKS = st.builds(
    lambda choices, rest, commands, multiple, ticked, **more: Ask(
        "list:done:0", 7, choices=choices + rest, commands=commands, multiple=multiple,
        ticked=frozenset(one.key for one in choices[:ticked]), **more,
    ),
    _NUMBERED,
    st.sampled_from([(), (Choice("none", "都没有"), Choice("rest", "其余不清楚"), Choice("unsure", "不清楚"))]),
    st.sampled_from([(), (Choice("为什么问", "为什么问"), Choice("跳过", "跳过"))]),
    st.booleans(),
    st.integers(0, 3),
    text=_TEXTS,
    help=st.none() | _TEXTS,
    about=st.none() | st.integers(1, 9),
)  # fmt: skip
_MENUS = st.lists(_LABELS, max_size=120).map(lambda labels: Menu(tuple(Choice(one, one) for one in labels)))
_REPLIES = st.lists(
    st.builds(Text, _TEXTS) | _ASKS | _MENUS | st.builds(Document, st.just("惠企政策核对.txt"), _TEXTS), max_size=5
)
_MESSAGES = st.sampled_from([TYPED, TAPPED, Started(), Unsupported(what="button")])


@given(_REPLIES, _MESSAGES, st.booleans(), st.booleans(), st.sampled_from(["7", "-1007", "-1007:3"]))
def test_telegram_takes_everything(replies: list[Reply], message: Message, tap: bool, late: bool, address: str) -> None:
    operations = shown(replies, message, late=late, address=address, tap=tap)
    said = ""
    for operation in operations:
        json.dumps(operation.model_dump(mode="json"))
        if operation.kind in (SEND, EDIT):
            text, _ = message_text(operation.body["text"], "HTML")
            rows = [
                [{"text": label, "callback_data": data} for label, data in row] for row in operation.body["keyboard"]
            ]
            keyboard({"reply_markup": {"inline_keyboard": rows}})
            said += text
        elif operation.kind == FILE:
            said += operation.body["text"]
    for text in texts(replies):
        assert bare(text) in bare(said)
    assert sum(operation.anchor for operation in operations) == sum(isinstance(reply, Ask) for reply in replies)


def texts(replies: list[Reply]) -> list[str]:
    told: list[str] = []
    for reply in replies:
        if isinstance(reply, Document):
            told.append(reply.text.replace("**", ""))
        elif isinstance(reply, Text | Ask):
            told.append(reply.text)
    return told


def bare(text: str) -> str:
    """Without marks and spaces, which may differ."""
    return re.sub(r"[\s*]", "", text)


@given(_TEXTS, st.integers(50, 300))
def test_pieces_fit_and_hold_everything(text: str, limit: int) -> None:
    cut = pieces(lines_of(text), limit)
    told = [message_text(html_of(piece), "HTML")[0] for piece in cut]
    assert all(units(one) <= limit for one in told)
    assert all(size(piece) <= limit for piece in cut)
    whole = re.sub(r"\*\*(.+?)\*\*", r"\1", text)
    assert re.sub(r"\s", "", "".join(told)) == re.sub(r"\s", "", whole)


# -- where texts are cut


def test_a_long_result_is_cut_where_a_measure_begins() -> None:
    measures = [
        f"{mark} 第三条　平台建设资助\n　“{'按不超过总额的30%予以资助' * 12}”" for mark in "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
    ]
    operations = shown([Text("\n".join(measures * 3))])
    assert len(operations) > 2
    assert all(operation.body["text"][0] in "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳" for operation in operations)


def test_a_question_that_does_not_fit_below_a_text_stays_whole() -> None:
    form = Ask("form:standards", 1, "请一次填好下面几个数：\n　· 国际标准\n　· 国家标准")
    (_, text, question) = shown([Text("办" * 4090), form])
    assert text.body["text"] == "办" * 4090
    assert question.body["text"] == "<b>请一次填好下面几个数：</b>\n　· 国际标准\n　· 国家标准"


def test_a_bold_line_that_is_cut_stays_bold() -> None:
    first, second = pieces(lines_of(f"**{'一二三四五' * 1000}**"))
    assert html_of(first).startswith("<b>")
    assert html_of(first).endswith("</b>")
    assert html_of(second).startswith("<b>")


def test_an_escape_is_never_cut() -> None:
    operations = shown([Text("<&>" * 3000)])
    texts_ = [operation.body["text"] for operation in operations]
    assert "".join(texts_) == "&lt;&amp;&gt;" * 3000
    assert all(message_text(text, "HTML") for text in texts_)


# -- what becomes of the messages there are


def test_a_tap_on_a_question_turns_it_into_the_next_one() -> None:
    answer, edit = shown([Text("记下：1项"), ASK], TAPPED)
    assert (answer.kind, answer.body) == (ANSWER, {"id": "77"})
    assert (edit.kind, edit.body["message"], edit.anchor) == (EDIT, "11", True)
    assert edit.body["text"] == "记下：1项\n\n<b>有几项？</b>"
    assert buttons(edit) == ["1项", "不清楚", "跳过"]


def test_typed_words_are_answered_below_and_the_old_keyboard_goes() -> None:
    bare_, sent = shown([ASK])
    assert (bare_.kind, bare_.body) == (BARE, {"message": None})
    assert (sent.kind, sent.anchor) == (SEND, True)


def test_what_asks_nothing_leaves_the_question_alone() -> None:
    assert kinds(shown([Text("看不了图片")], Unsupported(what="图片"))) == [SEND]


@pytest.mark.parametrize(
    "replies", [[Text("结果"), Menu((Choice("详情 1", "详情 1"),)), ASK], [Document("a.txt", "a"), ASK]]
)
def test_a_tap_answered_with_more_than_a_question_is_answered_below(replies: list[Reply]) -> None:
    operations = shown(replies, TAPPED)
    assert kinds(operations)[:2] == [ANSWER, BARE]
    assert operations[1].body == {"message": "11"}
    assert EDIT not in kinds(operations)


def test_a_pressed_menu_stays() -> None:
    operations = shown([Text("详情")], Typed(text="详情 1"), tap=True)
    assert kinds(operations) == [ANSWER, SEND]


def test_a_late_tap_is_shown_anew() -> None:
    operations = shown([ASK], TAPPED, late=True)
    assert kinds(operations) == [BARE, SEND]
    assert operations[0].body == {"message": "11"}


def test_a_forged_button_stops_waiting() -> None:
    assert kinds(shown([Text("认不出来"), ASK], Unsupported(what="button"), tap=True)) == [ANSWER, BARE, SEND]


def test_in_groups_the_answer_names_the_message_it_answers() -> None:
    (first, second) = shown([Text("一" * 4000), Text("二" * 4000)], address="-1007")
    assert first.body["reply"] == "11"
    assert second.body["reply"] is None
    assert shown([Text("一")])[0].body["reply"] is None


# -- questions


def test_boxes_show_what_is_ticked_and_how_many() -> None:
    choices = (Choice("0", "平台"), Choice("1", "标准"), Choice("none", "都没有"), Choice("rest", "其余不清楚"))
    ask = Ask("list:done:0", 1, "做过哪些？可多选", choices, multiple=True)
    (_, sent) = shown([ask])
    assert buttons(sent) == ["平台", "标准", "都没有", "其余不清楚"]
    assert sent.body["text"].endswith("（点一下就勾上，选完按“选好了”）")
    ticked = Ask("list:done:0", 1, "做过哪些？可多选", choices, multiple=True, ticked=frozenset({"1"}))
    (_, edited) = shown([ticked], TAPPED)
    assert buttons(edited) == ["平台", "✓ 标准", "选好了（1 项）", "都没有", "其余不清楚"]
    assert "选完按" not in edited.body["text"]
    data: dict[str, Any] = {label: data for row in edited.body["keyboard"] for label, data in row}
    assert data["✓ 标准"] == "t1|1|list:done:0"
    assert data["选好了（1 项）"] == "s1||list:done:0"
    assert data["其余不清楚"] == "s1|rest|list:done:0"


def test_a_question_shows_its_help_and_how_many_are_left() -> None:
    ask = Ask("fact:x", 1, "多少<钱>？\n按不含税算", help="见第七条\n“主导”", about=3)
    (_, sent) = shown([ask])
    told = "<b>多少&lt;钱&gt;？</b>\n按不含税算\n（最多还有 3 问）\n<i>见第七条</i>\n<i>“主导”</i>"
    assert sent.body["text"] == told


def test_a_label_too_long_for_a_phone_is_told_above() -> None:
    long = "被国家或省级主管部门认定为工业互联网产业示范基地的园区运营单位"
    (_, sent) = shown([Ask("fact:x", 1, "是哪一种？", (Choice("0", long), Choice("1", "都不是")))])
    assert f"· {long}" in sent.body["text"]


def test_buttons_share_rows_as_their_labels_allow() -> None:
    labels = [["是", "否", "不清楚"], ["一二三四五六七八", "二", "三", "四"], ["一" * 11, "二"]]
    asks = [Ask("fact:x", 1, "？", tuple(Choice(str(n), one) for n, one in enumerate(row))) for row in labels]
    rows = [[len(row) for row in shown([ask])[1].body["keyboard"]] for ask in asks]
    assert rows == [[3], [2, 2], [1, 1]]


def test_the_limit_is_telegrams() -> None:
    (sent,) = shown([Text("办" * LIMIT)])
    assert message_text(sent.body["text"], "HTML")
    assert len(shown([Text("办" * (LIMIT + 1))])) == 2
    assert len(shown([Text("😀" * (LIMIT // 2 + 1))])) == 2
