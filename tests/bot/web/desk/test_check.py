"""The quick check: facts in the address, what follows from them, and nothing lost by a mistake."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from urllib.parse import parse_qsl, urlencode

import pytest
from fastapi.testclient import TestClient
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.store.open import open_database
from bot.web.common.forms import BadFormError
from bot.web.common.pages import environment
from bot.web.desk.check.filled import form_of
from bot.web.desk.check.query import Query, address_of, read_query
from bot.web.desk.check.sheet import known_to, worked_out
from bot.web.desk.check.view import shown
from dialogs.advance import Dialog
from dialogs.check.lines import Mark
from policies.engine.engine import Engine
from policies.law import Corpus
from policies.values import Span, Value
from policies.vocabulary import PLACE
from tests.bot.web.desk.conftest import DIALOG, Served, token_of
from tests.strategies import POLICIES, Enterprises

KNOWN = known_to(DIALOG.catalogue)
SAID = "我们在海珠，做跨行业跨领域的工业互联网平台，去年进了国家试点示范，平台前后投了两千三百万，牵头做了国家标准两项，没办过论坛"
PLATFORM = {
    "where": "海珠区",
    "f.platform_kinds": "跨行业跨领域工业互联网平台",
    "f.national_pilot": "是",
    "f.cross_platform_investment": "2300万",
}
NASTY = '"><script>alert(1)</script>'


@pytest.fixture(scope="module")
def operator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """Somebody signed in, for all tests: a check keeps nothing."""
    with closing(open_database(tmp_path_factory.mktemp("desk") / "huiqi.db")) as database:
        yield Served(database).signed_in()


def page(operator: TestClient, **given_: str) -> str:
    answer = operator.get("/desk/check", params=given_)
    assert answer.status_code == 200
    return html.unescape(answer.text)


def words(text: str) -> str:
    """A page without its marks."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", text))


def tell(operator: TestClient, text: str, state: str = "") -> str:
    token = token_of(operator.get("/desk/check").text)
    answer = operator.post("/desk/check/heard", data={"token": token, "text": text, "state": state})
    assert answer.status_code in (200, 422)
    return html.unescape(answer.text)


def address(text: str) -> dict[str, str]:
    return dict(parse_qsl(re.findall(r'data-address="([^"]*)"', text)[0]))


def checked(text: str, name: str) -> str | None:
    """The choice of a switch that is on."""
    found = re.findall(rf'name="{re.escape(name)}" value="([^"]*)"[^>]* checked', text)
    return found[0] if found else None


def test_an_empty_form_begins_with_the_place_and_has_no_figures(operator: TestClient) -> None:
    text = page(operator)
    assert "企业注册在哪里" in text
    assert 'name="where"' in text
    assert 'name="mark.event_held"' in text
    assert 'name="f.' not in text
    assert "还没有说到具体的事" in text


def test_only_what_matters_where_the_caller_is_can_be_marked(operator: TestClient) -> None:
    haizhu, foshan = page(operator, where="海珠区"), page(operator, where="佛山市")
    assert 'name="mark.event_held"' in haizhu
    assert 'name="mark.event_held"' not in foshan
    assert 'name="mark.node_roles"' in foshan
    assert 'name="mark.node_roles"' not in haizhu


def test_the_whole_check(operator: TestClient) -> None:
    text = page(operator, **PLATFORM, **{"mark.std_international": "yes", "f.std_national": "2项"})
    told = words(text)
    assert "海珠办法（历史口径）：符合 1 项，待确认 1 项，合计 0–560万元" in told
    assert "取 500万元" in told
    assert "标准已公告并执行 海珠办法 第七条 牵头制定国家标准奖励：是 → 符合 60万元；否 → 不符合" in told
    assert 'href="/policies/haizhu-2022#3.1.a"' in text
    assert "可申报" not in told
    assert "保证" not in told
    assert told.index("还差什么") < told.index("按条款符合")
    said = re.findall(r'<pre id="say"[^>]*>(.*?)</pre>', text, re.DOTALL)[0]
    assert said.startswith("海珠办法：结论（历史口径）：符合 1 项")
    assert "“按不超过平台建设投入总额的30%予以平台建设企业资助" in said
    assert "**" not in said
    assert "输入“" not in said


def test_no_and_unknown_are_different(operator: TestClient) -> None:
    given_ = {**PLATFORM, "mark.event_held": "no"}
    assert "不符合：举办、联合举办、承办产业互联网论坛" in words(page(operator, **given_))
    assert "不符合：举办、联合举办、承办产业互联网论坛" not in words(page(operator, **PLATFORM))
    unsure = page(operator, **PLATFORM, **{"mark.event_held": "unsure"})
    assert "不符合：举办、联合举办、承办产业互联网论坛" not in words(unsure)
    assert checked(unsure, "mark.event_held") == "unsure"


def test_the_rest_of_a_list_is_denied_in_one_go(operator: TestClient) -> None:
    text = page(operator, where="海珠区", rest="done", **{"mark.std_international": "yes"})
    assert checked(text, "mark.std_international") == "yes"
    assert checked(text, "mark.event_held") == "no"
    assert checked(text, "mark.is_manufacturer") == ""
    assert "rest" not in address(text)
    assert address(text)["mark.event_held"] == "no"


def test_a_question_in_vain_is_not_asked_again(operator: TestClient) -> None:
    given_ = {
        "where": "海珠区",
        "rest": "done",
        "mark.std_international": "yes",
        "f.std_national": "2项",
        "f.std_international": "0项",
    }
    before = page(operator, **given_)
    assert re.search(r"下一问</h2>.{0,40}公告", words(before).replace(" ", "")) or "f-std_in_effect" in before
    after = page(operator, **given_, **{"f.std_in_effect": "不清楚"})
    assert "问过，对方不清楚" in after


@pytest.mark.parametrize(
    ("field", "value", "why"),
    [
        ("f.cross_platform_investment", "2300", "元还是"),
        ("f.cross_platform_investment", "很多钱", "没看懂"),
        ("f.cross_platform_investment", "9" * 500, "没看懂"),
        ("f.cross_platform_investment", "1200万" + "，" * 300 + "1", "没看懂"),
        ("f.std_national", "2" + "项" * 300, "没看懂"),
        ("f.growth_margin", "8%" * 200, "没看懂"),
        ("f.national_pilot", "是" * 300, "请答"),
        ("f.national_pilot", "也许", "请答"),
        ("f.platform_kinds", "宇宙平台", "没有选项"),
        ("day", "2024-02-30", "没有“2024-02-30”这一天"),
        ("day", "去年", "没看懂日期"),
        ("day", "2024-03-15" + " " * 50 + "x", "没看懂日期"),
    ],
)
def test_a_mistake_is_told_beside_its_field_and_nothing_else_is_lost(
    operator: TestClient, field: str, value: str, why: str
) -> None:
    given_ = {**PLATFORM, "mark.event_held": "no", "day": "2024-03-15", field: value}
    text = page(operator, **given_)
    assert why in words(text)
    assert 'aria-invalid="true"' in text or "-wrong" in text
    kept = address(text)
    for name, other in given_.items():
        assert kept[name] == other or name == field
    assert kept[field].startswith(value[:20])


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("f.no_such", "1"),
        ("mark.no_such", "yes"),
        ("mark.event_held", "perhaps"),
        ("where", "火星"),
        ("rest", "x"),
        ("if", "x"),
        ("y", "1"),
    ],
)
def test_what_nobody_knows_is_told_and_left_out(operator: TestClient, name: str, value: str) -> None:
    text = page(
        operator, **{"where": "海珠区", name: value} if name != "where" else {"f.national_pilot": "是", name: value}
    )
    assert "地址里有认不出的内容" in text
    assert name not in address(text) or address(text)[name] != value


@pytest.mark.parametrize(
    "name",
    [
        "where",
        "day",
        "mark.event_held",
        "f.std_national",
        "f.national_pilot",
        "f.platform_kinds",
        "if",
        "if.value",
        "rest",
        "ask",
        NASTY,
    ],
)
def test_whatever_is_typed_is_only_shown(operator: TestClient, name: str) -> None:
    answer = operator.get("/desk/check", params={"if": "std_national", name: NASTY})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text


def test_whatever_is_said_is_only_shown(operator: TestClient) -> None:
    token = token_of(operator.get("/desk/check").text)
    for data in ({"text": NASTY}, {"text": SAID, "state": f"day={NASTY}&{NASTY}={NASTY}"}):
        answer = operator.post("/desk/check/heard", data={"token": token, **data})
        assert answer.status_code in (200, 422)
        assert "<script>alert" not in answer.text


def test_a_sentence_fills_the_form_where_it_can_be_corrected(operator: TestClient) -> None:
    text = tell(operator, SAID)
    assert "跨行业跨领域平台建设投入总额：2300万元" in words(text)
    assert "原话“投了两千三百万”" in text
    assert checked(text, "mark.event_held") == "no"
    assert checked(text, "f.national_pilot") == "是"
    assert 'name="f.cross_platform_investment" id="f-cross_platform_investment-1" value="2300万元"' in text
    kept = address(text)
    assert kept["where"] == "海珠区"
    assert SAID not in urlencode(kept)
    assert SAID in text  # in the box, to be mended
    corrected = page(operator, **{**kept, "f.cross_platform_investment": "1000万"})
    assert "取 500万元" not in corrected
    assert "300万元" in corrected


def test_a_second_sentence_adds_to_the_first_and_replaces_what_it_says_anew(operator: TestClient) -> None:
    first = urlencode(address(tell(operator, SAID)))
    kept = address(tell(operator, "跨行业跨领域平台其实投了一千万，办过论坛", first))
    assert kept["f.cross_platform_investment"] == "1000万元"
    assert kept["mark.event_held"] == "yes"
    assert kept["f.std_national"] == "2项"
    assert kept["where"] == "海珠区"


def test_what_is_said_anew_leaves_nothing_of_the_old_behind(operator: TestClient) -> None:
    kept = address(tell(operator, "我们有核心自主知识产权", "where=海珠区&f.core_ip=不清楚"))
    assert kept == {"where": "海珠区", "mark.core_ip": "yes"}
    kept = address(
        tell(operator, "我们牵头了国家标准两项", "where=海珠区&mark.std_international=no&mark.event_held=no")
    )
    assert kept["mark.std_international"] == "yes"
    assert kept["mark.event_held"] == "no"
    kept = address(tell(operator, "做跨行业跨领域的工业互联网平台", "where=海珠区&mark.is_platform_operator=no"))
    assert kept == {"where": "海珠区", "f.platform_kinds": "跨行业跨领域工业互联网平台"}


def test_what_is_only_half_heard_is_asked(operator: TestClient) -> None:
    text = tell(operator, "我们在白云，打算明年做5G项目")
    assert "要问清" in text
    assert address(text)["ask"] == "project_5g"
    assert "mark.project_5g" not in address(text)


@pytest.mark.parametrize("said", ["", "  ", "你好", "长" * 2001])
def test_a_sentence_that_says_nothing_loses_nothing(operator: TestClient, said: str) -> None:
    state = urlencode(PLATFORM)
    text = tell(operator, said, state)
    assert "没有听出" in text or "太长" in text
    assert address(text) == dict(parse_qsl(state))
    assert said.strip()[:100] in text


def test_telling_needs_the_form_s_token(operator: TestClient) -> None:
    assert operator.post("/desk/check/heard", data={"token": "x", "text": SAID}).status_code == 403
    assert operator.get("/desk/check/heard").headers["location"] == "/desk/check"


def test_what_if(operator: TestClient) -> None:
    given_ = {**PLATFORM, "mark.core_ip": "yes", "f.is_internet_industry_firm": "是", "f.growth_margin": "8%"}
    chosen = words(page(operator, **{"if": "national_pilot"}, **given_))
    assert "现在：是 假如改成" in chosen
    told = words(page(operator, **{"if": "national_pilot", "if.value": "否"}, **given_))
    assert "海珠办法：合计 0–500万元 → 0–100万元（下限不变，上限 −400万元）" in told
    assert "符合 → 不符合，计入合计：下限不变，上限 −500万元" in told
    assert "重新可以计入：第四条" in told
    assert "结果不变" in words(page(operator, **{"if": "cross_platform_investment", "if.value": "3000万"}, **given_))
    assert "元还是" in words(page(operator, **{"if": "cross_platform_investment", "if.value": "3000"}, **given_))


def test_a_clause_looked_up_begins_a_check(operator: TestClient) -> None:
    link = re.findall(r'href="(/desk/check/clause[^"]*)"', operator.get("/desk/article?id=foshan-2020/3").text)[0]
    text = html.unescape(operator.get(operator.get(html.unescape(link)).headers["location"]).text)
    assert re.search(r'value="佛山市"[^>]* checked', text)
    assert 'name="f.node_build_amount"' in text
    asked_first = re.findall(r'class="targets">(.*?)</p>', text, re.DOTALL)[0]
    assert "#f-node_" in asked_first
    assert "#m-" not in asked_first
    assert "还没有说到具体的事" in text  # nothing is taken as said
    event = operator.get("/desk/check/clause?id=haizhu-2022/10&day=2024-03-15").headers["location"]
    text = html.unescape(operator.get(event).text)
    assert 'name="f.event_held"' not in text  # the line above asks it
    assert 'href="#m-event_held"' in text
    assert address(text)["day"] == "2024-03-15"


@pytest.mark.parametrize("id_", ["", "x", "haizhu-2022", "haizhu-2022/16", "haizhu-2022/../3", "/", NASTY])
def test_a_clause_without_measures_begins_none(operator: TestClient, id_: str) -> None:
    assert operator.get("/desk/check/clause", params={"id": id_}).status_code == 404


def test_districts_side_by_side(operator: TestClient) -> None:
    assert "黄埔办法" not in words(page(operator, **PLATFORM))
    told = words(page(operator, **PLATFORM, compare="yes"))
    assert re.search(r"黄埔区 ?黄埔办法 ?历史口径", told)


def test_several_districts_at_once(operator: TestClient) -> None:
    answer = operator.get("/desk/check", params=[("where", "海珠区"), ("where", "黄埔区"), *list(PLATFORM.items())[1:]])
    told = words(html.unescape(answer.text))
    assert "海珠办法（历史口径）" in told
    assert "黄埔办法（历史口径）" in told
    assert "跨地区不能合计" in told


def test_a_number_beyond_measure_is_only_a_number(operator: TestClient) -> None:
    for digits in (30, 60, 190):
        assert "0–500万元" in page(operator, **{**PLATFORM, "f.cross_platform_investment": "9" * digits + "元"})


def test_a_part_is_the_form_alone(operator: TestClient) -> None:
    part = operator.get("/desk/check", params=PLATFORM, headers={"X-Part": "1"})
    assert part.text.lstrip().startswith("<form")
    assert "<html" not in part.text


def test_too_much_of_an_address_is_not_read(operator: TestClient) -> None:
    answer = operator.get("/desk/check?" + "&".join(["y=1"] * 701))
    assert answer.status_code == 400
    assert "太多" in answer.text
    with pytest.raises(BadFormError):
        read_query([("y", "1")] * 701, KNOWN)


NAMES = ("f.std_national", "mark.event_held", "day", "if", "if.value", "where")
WORDS = ("是", "否", "不清楚", "300万", "3项", "12%", "没有平台", "八千多万", "x")


@settings(max_examples=60)
@given(data=st.data())
def test_a_form_filled_with_facts_says_the_same(enterprises: Enterprises, data: st.DataObject) -> None:
    engine, day = DIALOG.engine, date(2024, 3, 15)
    drawn = data.draw(enterprises.answers(data.draw(st.sampled_from(POLICIES))))
    facts = {key: value for key, value in drawn.items() if key == PLACE or _can_be_typed(value)}
    facts[PLACE] = data.draw(st.sampled_from(sorted(KNOWN.places)))
    query = form_of(DIALOG.catalogue, facts, day)
    sheet = worked_out(DIALOG.catalogue, read_query(parse_qsl(address_of(query)), KNOWN)[0], day)
    assert sheet.wrong == {}
    assert {key: value for key, value in sheet.caller.facts.items() if value != facts.get(key)} == {}
    said = engine.assess(facts, day, sheet.caller.documents(engine))
    assert [one.total for one in sheet.assessment.policies] == [one.total for one in said.policies]


def _can_be_typed(value: Value | None) -> bool:
    """Below zero, and without any end, an interval has no words of its own."""
    return not isinstance(value, Span) or (value != Span(None, None) and (value.low or 0) >= 0)


TYPED = st.text(st.characters(codec="utf-8"), max_size=30)
FACTS = st.sampled_from(sorted(KNOWN.facts))
QUERIES = st.builds(
    Query,
    where=st.lists(st.sampled_from(sorted(KNOWN.places)), unique=True, max_size=3).map(tuple),
    day=st.sampled_from(["", "2024-03-15", "2024年3月15日", "昨天"]),
    marks=st.dictionaries(st.sampled_from(sorted(KNOWN.lines)), st.sampled_from(list(Mark)), max_size=6),
    figures=st.dictionaries(FACTS, st.lists(st.sampled_from(WORDS), min_size=1, max_size=2).map(tuple), max_size=6),
    asks=st.lists(FACTS, unique=True, max_size=2).map(tuple),
    compare=st.booleans(),
)


@settings(max_examples=60)
@given(query=QUERIES)
def test_an_address_says_what_was_filled_in(query: Query) -> None:
    read, strange = read_query(parse_qsl(address_of(query)), KNOWN)
    assert strange == ()
    assert read == query
    sheet = worked_out(DIALOG.catalogue, query, date(2026, 11, 25))
    again, _ = read_query(parse_qsl(address_of(sheet.query)), KNOWN)
    assert again == sheet.query
    assert again.figures == query.figures
    assert dict(again.marks) == dict(query.marks)
    assert sheet.wrong.keys() <= query.figures.keys()


@settings(max_examples=150)
@given(items=st.lists(st.tuples(st.one_of(TYPED, st.sampled_from(NAMES)), TYPED), max_size=8))
def test_any_address_can_be_read(items: list[tuple[str, str]]) -> None:
    query, _ = read_query(items, KNOWN)
    read_query(parse_qsl(address_of(query)), KNOWN)


def test_many_districts_are_typed_and_none_chosen_shows_none(corpus: Corpus) -> None:
    """With thousands of documents there is no box for each place, and nobody wants to read them all."""
    own = corpus.policies["haizhu-2022"]
    more = {
        f"x-{n}": replace(own, id=f"x-{n}", header=own.header.model_copy(update={"districts": (f"第{n}区",)}))
        for n in range(30)
    }
    dialog = Dialog(Engine(replace(corpus, policies={**corpus.policies, **more})))
    pages, known = environment("bot.web.desk"), known_to(dialog.catalogue)

    def sheet(**given_: str) -> str:
        query, strange = read_query(list(given_.items()), known)
        worked = worked_out(dialog.catalogue, query, date(2026, 11, 25))
        return pages.get_template("check/sheet.html").render(strange=strange, **shown(dialog, worked))

    nowhere, there = sheet(), sheet(where="第7区")
    assert 'list="districts"' in nowhere
    assert 'name="mark.' not in nowhere
    assert nowhere.count('name="where"') == 1
    assert re.search(r'value="第7区"[^>]* checked', there)
    assert 'name="mark.event_held"' in there
