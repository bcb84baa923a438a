"""A clause is found by few words and filters; the article stands beside it with what to say on the phone."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from contextlib import closing

import pytest
from fastapi.testclient import TestClient

from bot.store.open import open_database
from tests.bot.web.desk.conftest import DOCUMENTS, Served

NASTY = '"><script>alert(1)</script>'


@pytest.fixture(scope="module")
def operator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """One for all: looking things up changes nothing, and the index is made once."""
    with closing(open_database(tmp_path_factory.mktemp("desk") / "huiqi.db")) as database:
        yield Served(database).signed_in()


def found(operator: TestClient, **filters: str) -> list[str]:
    page = operator.get("/desk/search", params=filters, headers={"X-Part": "1"})
    assert page.status_code == 200
    return re.findall(r'data-article="([^"]+)"', page.text)


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("佛山 二级节点 上限", "foshan-2020/3"),
        ("海珠 论坛", "haizhu-2022/10"),
        ("黄埔 标识解析", "huangpu-2019/5"),
        ("600万", "haizhu-2022/12"),
    ],
)
def test_a_few_words_find_the_clause(operator: TestClient, words: str, first: str) -> None:
    assert found(operator, q=words)[0] == first


def test_no_words_list_what_passes_the_filters(operator: TestClient) -> None:
    assert found(operator, district="海珠区")[0].startswith("haizhu-2022/")
    assert {each.partition("/")[0] for each in found(operator, status="draft", kind="money")} <= {
        "baiyun-draft", "baoan-2022-draft"
    }  # fmt: skip
    assert found(operator, status="in_force") == []
    assert found(operator, status="in_force", as_of="2024-03-15", district="海珠区")
    topic = DOCUMENTS.corpus.policies["haizhu-2022"].by_id["haizhu-2022/3.1.a"].measure.topics[0]
    assert "haizhu-2022/3.1" in found(operator, topic=topic, district="海珠区")


def test_kinds_part_all_articles(operator: TestClient) -> None:
    kinds = [set(found(operator, kind=kind, district="宝安区")) for kind in ("money", "in_kind", "rules")]
    assert all(not one & other for one in kinds for other in kinds if one is not other)
    assert kinds[0] and kinds[2]


def test_what_the_documents_do_not_say_is_told_above_what_comes_near(operator: TestClient) -> None:
    page = operator.get("/desk/search", params={"q": "佛山办行业论坛有没有场地补贴"}, headers={"X-Part": "1"}).text
    assert "没有" in page and "haizhu-2022/10" in page
    assert page.count("场租及服务费100%") == 1  # in the list, not above it as well
    for question in ("海珠的申报截止是哪天", "白云评审的专家是从哪里请的"):
        page = operator.get("/desk/search", params={"q": question}, headers={"X-Part": "1"}).text
        assert "没有写" in page


def test_the_article_brings_what_to_say_and_where_else(operator: TestClient) -> None:
    page = html.unescape(operator.get("/desk/article", params={"id": "foshan-2020/3"}).text)
    said = said_of(operator, "foshan-2020/3")
    lines = said.strip().splitlines()
    assert lines[0].startswith("佛山措施 三")
    assert "封顶 200万元" in said
    assert "届满" in said
    assert "三、：“" not in said and "三：“" in said
    assert "**" not in said
    assert "可申报" not in said and "保证" not in said
    assert 'data-article="huangpu-2019/5' in page
    assert 'href="/policies/foshan-2020#3"' in page


def test_the_status_follows_the_day(operator: TestClient) -> None:
    then = operator.get("/desk/article", params={"id": "haizhu-2022/6", "as_of": "2024-03-15"}).text
    assert "有效" in then and "历史口径" not in then
    assert "历史口径" in operator.get("/desk/article", params={"id": "haizhu-2022/6"}).text


@pytest.mark.parametrize("field", ["q", "district", "topic", "kind", "status", "as_of", "open"])
def test_whatever_is_typed_is_only_shown(operator: TestClient, field: str) -> None:
    page = operator.get("/desk/search", params={field: NASTY})
    assert page.status_code in (200, 404)
    assert "<script>alert" not in page.text


def test_a_filter_that_cannot_be_used_is_told_and_the_rest_counts(operator: TestClient) -> None:
    page = html.unescape(
        operator.get("/desk/search", params={"q": "标识解析", "as_of": "2024-02-30", "kind": "x"}).text
    )
    assert "日期看不懂" in page
    assert 'value="标识解析"' in page
    assert "data-article" in page
    part = operator.get("/desk/search", params={"as_of": "2024-02-30"}, headers={"X-Part": "1"})
    assert "日期看不懂" in part.text


@pytest.mark.parametrize("id_", ["", "x", "haizhu-2022", "haizhu-2022/99", "../../etc/passwd", "haizhu-2022/../x", "/"])
def test_an_article_that_is_not_there_is_told(operator: TestClient, id_: str) -> None:
    page = operator.get("/desk/article", params={"id": id_})
    assert page.status_code == 404
    assert "没有这一条" in page.text


def test_without_a_script_the_article_opens_by_its_link(operator: TestClient) -> None:
    page = operator.get("/desk/search", params={"q": "佛山 二级节点 上限"}).text
    link = html.unescape(re.findall(r'<a href="([^"]+)" data-article="huangpu-2019[^"]*"', page)[0])
    assert 'data-open="huangpu-2019/' in operator.get(link).text


def test_filters_hold_for_words_too(operator: TestClient) -> None:
    topic = "标准"
    assert topic in {name for loaded in DOCUMENTS.corpus.measures.values() for name in loaded.measure.topics}
    filtered = found(operator, q="企业 奖励", topic=topic)
    assert filtered
    for each in filtered:
        policy, _, article = each.partition("/")
        own = [loaded for loaded in DOCUMENTS.corpus.policies[policy].measures if loaded.article.id == article]
        assert any(topic in loaded.measure.topics for loaded in own), each
    assert {each.partition("/")[0] for each in found(operator, q="标识解析", status="draft")} == {
        "baiyun-draft", "baoan-2022-draft"
    }  # fmt: skip
    assert set(found(operator, q="标识解析", district="宝安区")) <= {
        f"baoan-2022-draft/{article}" for article in DOCUMENTS.corpus.policies["baoan-2022-draft"].articles
    }


def test_a_place_alone_lists_its_articles(operator: TestClient) -> None:
    assert found(operator, q="佛山") == [
        f"foshan-2020/{id_}" for id_ in DOCUMENTS.corpus.policies["foshan-2020"].articles
    ]


@pytest.mark.parametrize("words", ["600万", "佛山 二级", "30%", "财政拨付", "海珠 十四条", "广州开发区 领跑者"])
def test_words_that_stand_in_an_article_are_no_refusal(operator: TestClient, words: str) -> None:
    page = operator.get("/desk/search", params={"q": words}, headers={"X-Part": "1"}).text
    assert "没有找到" not in page
    policy, _, article = re.findall(r'data-article="([^"]+)"', page)[0].partition("/")
    assert words.rsplit(maxsplit=1)[-1] in DOCUMENTS.corpus.policies[policy].articles[article].text


def test_a_near_miss_is_told_in_one_line(operator: TestClient) -> None:
    page = operator.get("/desk/search", params={"q": "天河 标识解析"}, headers={"X-Part": "1"}).text
    told = re.findall(r'class="note told near_miss">(.*?)</div>', page, re.DOTALL)[0]
    assert "没有收天河区的文件" in told and told.count("<p") == 1
    assert "输入" not in told


def test_a_rule_clause_says_its_ceilings(operator: TestClient) -> None:
    said = said_of(operator, "haizhu-2022/12")
    assert "最多600万元" in said and "70%" in said and "1000万元" in said
    article = DOCUMENTS.corpus.policies["haizhu-2022"].articles["12"].text
    quote = re.findall(r"：“(.*)”", said)[0]
    assert all(part in article for part in quote.split("……"))


def test_an_upper_bound_is_told_of_the_measures_it_is_true_of(operator: TestClient) -> None:
    lines = said_of(operator, "huangpu-2019/5").splitlines()
    assert "下限按 0 元计" in lines[1] and "下限" not in lines[2]
    assert sum("下限按 0 元计" in line for line in said_of(operator, "haizhu-2022/3").splitlines()) == 1


@pytest.mark.parametrize(
    ("id_", "lines"),
    [
        ("foshan-2020/3", ["封顶 200万元", "每年安排不超过600万元（含），全部申请人合计", "届满"]),
        ("foshan-2020/6", ["推动建设佛山特色示范基地、5G应用：", "不得重复申报或多头申报市级专项资金，见尾段"]),
        ("haizhu-2022/3", ["封顶 500万元", "封顶 300万元", "最高 100万元", "第三条与第四条不能同时申报，见第十四条"]),
        ("haizhu-2022/4", ["第三条与第四条不能同时申报，见第十四条", "（全部企业合计） 1000万元，见第十二条"]),
        ("haizhu-2022/14", ["互斥：第三条与第四条不能同时申报\n"]),
        ("baiyun-draft/1", ["择一，见（十七）\n"]),
        ("baiyun-draft/8", ["基础奖励和增量奖励合计 100万元"]),
    ],
)
def test_what_to_say_leaves_out_nothing_that_counts(operator: TestClient, id_: str, lines: list[str]) -> None:
    words = said_of(operator, id_)
    assert [line for line in lines if line not in words] == []


ARTICLES = [f"{policy.id}/{article}" for policy in DOCUMENTS.corpus.policies.values() for article in policy.articles]


def paid_in(id_: str) -> bool:
    """Whether an article pays anything."""
    return any(
        f"{loaded.policy}/{loaded.article.id}" == id_ and loaded.monetary
        for loaded in DOCUMENTS.corpus.measures.values()
    )


def test_a_sentence_several_measures_rest_on_is_said_once(operator: TestClient) -> None:
    assert said_of(operator, "haizhu-2022/3.1").count("按不超过平台建设投入总额的30%") == 1


def test_an_article_brings_the_measures_of_its_items_and_the_terms_it_uses(operator: TestClient) -> None:
    page = html.unescape(operator.get("/desk/article", params={"id": "haizhu-2022/3"}).text)
    assert "用到的定义：" in page and "核心技术、关键零部件、各类软件国产化" in page
    assert page.count("国家试点示范·跨行业跨领域工业互联网平台建设资助</h3>") == 1
    assert page.count("产业互联网交易服务平台、智能制造平台企业奖励</h3>") == 1


def test_an_article_whose_items_pay_counts_as_one_that_pays(operator: TestClient) -> None:
    assert "haizhu-2022/3" in found(operator, kind="money", district="海珠区")
    assert "haizhu-2022/3" not in found(operator, kind="rules", district="海珠区")


def test_links_to_other_articles_keep_words_filters_and_day(operator: TestClient) -> None:
    page = operator.get("/desk/search", params={"q": "标识解析", "as_of": "2021-03-15", "open": "foshan-2020/3"}).text
    links = [html.unescape(link) for link in re.findall(r'<a href="(/desk/search[^"]*open=[^"]+)"', page)]
    assert len(links) > 3
    for link in links:
        assert "as_of=2021-03-15" in link and "q=%E6%A0%87" in link


def test_the_article_that_is_open_is_marked_in_the_list(operator: TestClient) -> None:
    page = operator.get("/desk/search", params={"q": "标识解析", "open": "baiyun-draft/8"}).text
    assert re.findall(r'data-article="([^"]+)" aria-current="true"', page) == ["baiyun-draft/8"]


def test_an_address_whose_article_is_gone_says_so(operator: TestClient) -> None:
    page = operator.get("/desk/search", params={"open": "haizhu-2022/99"})
    assert page.status_code == 404
    assert "没有这一条" in page.text and "data-article" in page.text


@pytest.mark.parametrize("policy", DOCUMENTS.corpus.policies)
def test_what_is_said_of_every_article_is_fit_to_be_said(operator: TestClient, policy: str) -> None:
    for article in DOCUMENTS.corpus.policies[policy].articles.values():
        said = said_of(operator, f"{policy}/{article.id}")
        quote = said.partition("依据：")[2].partition("：“")[2].rpartition("”\n")[0]
        assert said.splitlines()[-1].startswith("以上按条文说明")
        assert quote and all(part in article.text for part in quote.split("……"))
        for word in ("可申报", "保证", "！", "None", "**"):
            assert word not in said.replace(article.text, "")


def said_of(operator: TestClient, id_: str) -> str:
    page = html.unescape(operator.get("/desk/article", params={"id": id_}).text)
    return re.sub("</?strong>", "", re.findall(r"<pre[^>]*>(.*?)</pre>", page, re.DOTALL)[0]).strip()


def test_pages_of_the_desk_are_never_kept(operator: TestClient) -> None:
    for path in ("/desk/search", "/desk/article?id=haizhu-2022/7", "/desk/article?id=x", "/desk/login"):
        answer = operator.get(path)
        assert answer.headers["cache-control"] == "no-store"
        assert "unsafe-inline" not in answer.headers["content-security-policy"]
        assert not re.search(r"<style|<script(?! src)| style=| on[a-z]+=", answer.text)


def test_a_clause_leads_to_its_check_on_the_same_day(operator: TestClient) -> None:
    page = html.unescape(operator.get("/desk/article", params={"id": "foshan-2020/3", "as_of": "2023-06-01"}).text)
    assert 'href="/desk/check/clause?id=foshan-2020/3&day=2023-06-01"' in page
    assert "/desk/check/" not in operator.get("/desk/article", params={"id": "foshan-2020/preface"}).text


@pytest.mark.parametrize("id_", [id_ for id_ in ARTICLES if paid_in(id_)])
def test_every_paying_clause_begins_a_check(operator: TestClient, id_: str) -> None:
    page = html.unescape(operator.get("/desk/article", params={"id": id_}).text)
    link = re.findall(r'href="(/desk/check/clause[^"]+)"', page)[0]
    assert operator.get(link).status_code == 303


def test_a_near_miss_shows_what_other_places_have_though_a_district_is_chosen(operator: TestClient) -> None:
    assert found(operator, q="办论坛有没有场地补贴", district="佛山市")[0] == "haizhu-2022/10"
    page = operator.get(
        "/desk/search", params={"q": "佛山办论坛有没有场地补贴", "status": "in_force"}, headers={"X-Part": "1"}
    ).text
    assert "没有" in page and "收有的文件里写了的" not in page
