"""What is typed in answer to each kind of question, and what is refused and asked back."""

from __future__ import annotations

import pytest

from dialogs.advance import Dialog
from dialogs.answers import NotUnderstoodError, picked, read_typed, unsure
from dialogs.questions import Line, Question, form_question
from policies.values import Span, Value, exactly

LIST = Question(
    "list:test:0",
    "list",
    "做过下面哪些事？",
    ("event_held", "security_product", "std_national"),
    lines=(
        Line("举办论坛、会议或赛事", {"event_held": True}, {"event_held": False}),
        Line("有工业信息安全产品", {"security_product": True}, {"security_product": False}),
        Line("牵头制定标准", {}, {"std_national": exactly(0)}),
    ),
)


def read(dialog: Dialog, question: Question, text: str) -> dict[str, Value | None]:
    return dict(read_typed(question, text, dialog.catalogue.facts).facts)


def refusal(dialog: Dialog, question: Question, text: str) -> str:
    with pytest.raises(NotUnderstoodError) as caught:
        read(dialog, question, text)
    return str(caught.value)


def fact(dialog: Dialog, key: str) -> Question:
    return dialog.catalogue.fact(key, {})


def form(dialog: Dialog, name: str) -> Question:
    return form_question(name, [one for one in dialog.catalogue.together(name) if one.short])


@pytest.mark.parametrize("text", ["是", "是的", "有", "对", "嗯", "没错", "YES", "y", "1", "是。", " 是 "])
def test_yes(dialog: Dialog, text: str) -> None:
    assert read(dialog, fact(dialog, "national_pilot"), text) == {"national_pilot": True}


@pytest.mark.parametrize("text", ["否", "不是", "没有", "无", "没", "还没有", "No", "n", "2"])
def test_no(dialog: Dialog, text: str) -> None:
    assert read(dialog, fact(dialog, "national_pilot"), text) == {"national_pilot": False}


@pytest.mark.parametrize(
    "text",
    [
        "不清楚",
        "不知道",
        "不确定",
        "？",
        "说不清",
        "这个我真不太清楚",
        "记不清了",
        "还没想好",
        "说不准",
        "拿不准啊",
        "没概念",
        "要回去查一下",
        "得先问一下",
        "唔知",
        "忘了",
    ],
)
@pytest.mark.parametrize("key", ["national_pilot", "venue_fee", "platform_kinds", "park_period"])
def test_not_known(dialog: Dialog, key: str, text: str) -> None:
    assert read(dialog, fact(dialog, key), text) == {key: None}


@pytest.mark.parametrize("text", ["可能吧", "3", "不一定是", "1200万"])
def test_yes_or_no_is_asked_back(dialog: Dialog, text: str) -> None:
    assert "“是”“否”" in refusal(dialog, fact(dialog, "national_pilot"), text)


@pytest.mark.parametrize(
    ("text", "chosen"),
    [
        ("1", "三年累计"),
        ("第二年", "第二年"),
        ("三年累积", "三年累计"),
    ],
)
def test_one_choice(dialog: Dialog, text: str, chosen: str) -> None:
    assert read(dialog, fact(dialog, "park_period"), text) == {"park_period": chosen}


def test_an_ambiguous_choice_is_asked_back(dialog: Dialog) -> None:
    said = refusal(dialog, fact(dialog, "park_period"), "年")
    assert "可能是" in said
    assert "三年累计" in said
    assert "第三年" in refusal(dialog, fact(dialog, "park_period"), "三年")
    assert "请选 1 到 4" in refusal(dialog, fact(dialog, "park_period"), "5")
    assert "没看懂" in refusal(dialog, fact(dialog, "park_period"), "随便")


@pytest.mark.parametrize(
    ("text", "district"), [("海珠", "海珠区"), ("黄埔区", "黄埔区"), ("我们在佛山市", "佛山市"), ("4", "宝安区")]
)
def test_where(dialog: Dialog, text: str, district: str) -> None:
    assert read(dialog, dialog.catalogue.where(), text) == {"district": district}


def test_where_not_decided_leaves_all_documents(dialog: Dialog) -> None:
    assert read(dialog, dialog.catalogue.where(), "还没定") == {"district": None}


def test_several_choices(dialog: Dialog) -> None:
    question = fact(dialog, "platform_kinds")
    both = frozenset({"跨行业跨领域工业互联网平台", "智能制造平台"})
    for text in ("1 5", "1，5", "跨行业跨领域、智能制造平台", "5；1；5"):
        assert read(dialog, question, text) == {"platform_kinds": both}
    assert "没有第 9 项" in refusal(dialog, question, "1 9")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1 3", {"event_held": True, "security_product": False}),
        ("论坛、标准", {"event_held": True, "security_product": False}),
        ("2 其余不清楚", {"event_held": None, "security_product": True, "std_national": None}),
        ("都没有", {"event_held": False, "security_product": False, "std_national": exactly(0)}),
        ("没有", {"event_held": False, "security_product": False, "std_national": exactly(0)}),
        ("不清楚", {"event_held": None, "security_product": None, "std_national": None}),
    ],
)
def test_lists(dialog: Dialog, text: str, said: dict[str, Value | None]) -> None:
    assert read(dialog, LIST, text) == said


def test_a_list_refuses_what_it_does_not_offer(dialog: Dialog) -> None:
    assert "没有第 4 项" in refusal(dialog, LIST, "1 4")
    assert "没看懂“园区”" in refusal(dialog, LIST, "论坛 园区")
    assert "没有看到" in refusal(dialog, LIST, "，，")


def test_picks_outside_the_question_are_refused(dialog: Dialog) -> None:
    with pytest.raises(NotUnderstoodError, match="没有这个选项"):
        picked(LIST, [3], dialog.catalogue.facts)
    with pytest.raises(NotUnderstoodError, match="只能选一项"):
        picked(fact(dialog, "national_pilot"), [0, 1], dialog.catalogue.facts)


@pytest.mark.parametrize(
    ("text", "international", "national"),
    [
        ("0 2", 0, 2),
        ("国家两项", 0, 2),
        ("国际0 国家2", 0, 2),
        ("国家2、国际1", 1, 2),
        ("国际标准：1项；国家标准：12项", 1, 12),
        ("国家标准 12", 0, 12),
        ("国家十二项", 0, 12),
        ("国际 1 国家 2", 1, 2),
        ("都没有", 0, 0),
        ("没有", 0, 0),
    ],
)
def test_forms(dialog: Dialog, text: str, international: int, national: int) -> None:
    question = form_question(
        "standards", [dialog.catalogue.facts[key] for key in ("std_international", "std_national")]
    )
    expected = {"std_international": exactly(international), "std_national": exactly(national)}
    assert read(dialog, question, text) == expected


@pytest.mark.parametrize(
    ("text", "days", "people"),
    [
        ("3 800", 3, 800),
        ("会期1天 人数800", 1, 800),
        ("三天，八百人", 3, 800),
        ("人数一百二 会期2", 2, 120),
        ("会期3 人数不清楚", 3, None),
        ("不清楚 800", None, 800),
    ],
)
def test_a_figure_in_a_form_is_read_whole(dialog: Dialog, text: str, days: int | None, people: int | None) -> None:
    said = read(dialog, form(dialog, "event"), text)
    wanted = {"event_days": days, "event_attendees": people}
    assert said == {key: None if number is None else exactly(number) for key, number in wanted.items()}


@pytest.mark.parametrize("text", ["5", "会期1天 人数不少", "会期3 会期4", "3天800人", "很多", "1 2 3"])
def test_nothing_in_a_form_is_passed_over(dialog: Dialog, text: str) -> None:
    said = refusal(dialog, form(dialog, "event"), text)
    assert "会期" in said
    assert "人数" in said


def test_a_wrong_unit_in_a_form_names_the_field(dialog: Dialog) -> None:
    assert refusal(dialog, form(dialog, "event"), "3天 800家").startswith("人数：")


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        ("venue_fee", "180万", exactly(180_000_000)),
        ("venue_fee", "没有", exactly(0)),
        ("venue_fee", "８０００多万", Span(8_000_000_000, 8_999_999_999)),
        ("growth_margin", "8%", exactly(80_000)),
        ("growth_margin", "-3%", exactly(-30_000)),
        ("growth_margin", "低于行业增速", Span(None, -1)),
        ("customers", "3000家", exactly(3000)),
        ("customers", "不到30", Span(0, 29)),
    ],
)
def test_figures(dialog: Dialog, key: str, text: str, value: Span) -> None:
    assert read(dialog, fact(dialog, key), text) == {key: value}


@pytest.mark.parametrize(
    ("key", "text", "hint"),
    [
        ("venue_fee", "180", "万元"),
        ("venue_fee", "180家", "单位"),
        ("venue_fee", "很多钱", "没看懂"),
        ("venue_fee", "-3万", "负数"),
        ("growth_margin", "8", "%"),
        ("customers", "3.5家", "家"),
    ],
)
def test_figures_are_asked_back(dialog: Dialog, key: str, text: str, hint: str) -> None:
    assert hint in refusal(dialog, fact(dialog, key), text)


def test_not_known_leaves_every_fact_of_a_list_open() -> None:
    assert unsure(LIST).facts == {"event_held": None, "security_product": None, "std_national": None}
