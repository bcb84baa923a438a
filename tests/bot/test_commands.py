"""``assess`` with facts in words, ``facts``, ``policies``, ``show``, ``lint`` and the help."""

from __future__ import annotations

import json
import re
import subprocess

import pytest

from bot.cli import linting, listing
from policies.problems import Problem
from tests.bot.conftest import LAUNCH

COMMANDS = ("chat", "assess", "facts", "policies", "show", "lint")
PILOT = (
    "district=海珠区",
    "national_pilot=是",
    "platform_kinds=跨行业跨领域工业互联网平台",
    "cross_platform_investment=1200万元",
)


def is_chinese(text: str) -> bool:
    return re.search("[一-鿿]", text) is not None


def test_assess_leads_with_the_conclusion(run):
    done = run("assess", "--policy", "haizhu-2022", "--as-of", "2024-03-15", *PILOT)
    assert (done.code, done.err) == (0, "")
    first = done.out.splitlines()[0]
    assert first.startswith("海珠办法：结论")
    assert "360万元" in first
    assert "**" not in done.out
    assert "可申报" not in done.out


def test_assess_without_facts_looks_at_every_document(run):
    done = run("assess", "--as-of", "2024-03-15")
    assert done.code == 0
    for short in ("海珠办法", "黄埔办法", "佛山措施", "宝安措施", "白云征求意见稿"):
        assert short in done.out


def test_assess_as_json_is_what_a_line_gets(run):
    shown = run("assess", "--json", "--policy", "haizhu-2022", "--as-of", "2024-03-15", *PILOT)
    facts = dict(pair.split("=") for pair in PILOT) | {"platform_kinds": ["跨行业跨领域工业互联网平台"]}
    request = {"policy": "haizhu-2022", "as_of": "2024-03-15", "facts": facts}
    streamed = run("assess", "--jsonl", given=json.dumps(request))
    assert json.loads(shown.out) == json.loads(streamed.out)


@pytest.mark.parametrize(
    ("written", "meant"),
    [("national_pilot=true", True), ("national_pilot=FALSE", False), ("national_pilot=否", False)],
)
def test_assess_takes_yes_and_no_in_both_languages(run, written, meant):
    done = run("assess", "--json", "--policy", "haizhu-2022", "platform_kinds=跨行业跨领域工业互联网平台", written)
    pilot = next(one for one in json.loads(done.out)["assessments"][0]["measures"] if one["id"] == "haizhu-2022/3.1.a")
    assert (pilot["verdict"] == "eligible") is meant


@pytest.mark.parametrize("comma", [",", "，", "、"])
def test_assess_takes_several_choices(run, comma):
    kinds = f"platform_kinds=智能制造平台{comma}产业互联网交易服务平台"
    assert run("assess", "--policy", "haizhu-2022", kinds).code == 0


@pytest.mark.parametrize("word", ["", "不清楚", "null"])
def test_assess_takes_unknown(run, word):
    plain = run("assess", "--json", "--as-of", "2024-03-15")
    assert run("assess", "--json", "--as-of", "2024-03-15", f"main_revenue={word}").out == plain.out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["national_pilot"], "应写成 要素=值"),
        (["main_revenu=1万元"], "是不是 main_revenue"),
        (["main_revenue=-5万元"], "不能是负数"),
        (["main_revenue=30家"], "单位应是元"),
        (["main_revenue=很多"], "没看懂“很多”"),
        (["main_revenue=" + "9" * 4400 + "元"], "太长"),
        (["national_pilot=也许"], "应答是或否"),
        (["district=天河区"], "可选：海珠区"),
        (["--policy", "nowhere"], "现有：baiyun-draft"),
        (["--policy", "nowhere", "--json"], "现有：baiyun-draft"),
        (["--as-of", "2023-02-30"], "没有“2023-02-30”这一天"),
        (["--as-of", "昨天"], "没看懂日期“昨天”"),
    ],
)  # fmt: skip
def test_assess_with_a_mistake_says_where_and_how_to_mend_it(run, arguments, words):
    done = run("assess", *arguments)
    assert (done.code, done.out) == (2, "")
    assert words in done.err
    assert len(done.err.splitlines()) == 1


def test_facts_lists_the_vocabulary(run, corpus):
    done = run("facts")
    assert (done.code, done.err) == (0, "")
    lines = done.out.splitlines()
    assert [one.split("　")[0] for one in lines] == list(corpus.facts)
    assert any("可选：海珠区、黄埔区" in one for one in lines)
    assert any("单位 家" in one for one in lines)


def test_facts_with_a_word_lists_fewer(run):
    done = run("facts", "主营")
    assert done.code == 0
    assert "main_revenue　" in done.out
    assert "district　" not in done.out


def test_facts_with_a_word_that_is_nowhere(run):
    done = run("facts", "航空母舰")
    assert (done.code, done.out) == (1, "")
    assert "航空母舰" in done.err


def test_facts_as_json(run, corpus):
    rows = json.loads(run("facts", "--json").out)
    assert [row["key"] for row in rows] == list(corpus.facts)
    assert {"key", "label", "type", "unit", "question", "choices"} <= set(rows[0])


def test_policies_with_their_status_on_a_date(run):
    done = run("policies", "--as-of", "2025-07-04")
    assert done.code == 0
    for words in ("海科工商信规字〔2022〕4号", "时效两可", "历史口径", "假如原样生效", "没有文号"):
        assert words in done.out


def test_policies_as_json(run, corpus):
    rows = json.loads(run("policies", "--json", "--as-of", "2025-07-04").out)
    assert {row["id"]: row["measures"] for row in rows} == {
        policy.id: len(policy.measures) for policy in corpus.policies.values()
    }
    status = {row["id"]: row["status"] for row in rows}
    assert (status["haizhu-2022"], status["foshan-2020"]) == ("contested", "expired")
    assert status["baiyun-draft"] == "draft"


def test_policies_on_an_impossible_date(run):
    done = run("policies", "--as-of", "2025-02-29")
    assert (done.code, done.out) == (2, "")
    assert "没有“2025-02-29”这一天" in done.err


@pytest.mark.parametrize(
    ("id_", "words"),
    [
        ("haizhu-2022", "广州市海珠区促进产业互联网发展扶持办法"),
        ("haizhu-2022/3.1", "对列入国家试点示范项目的工业互联网平台"),
        ("haizhu-2022/3.1.a", "封顶：500万元"),
        ("main_revenue", "年主营业务收入"),
        ("platform_kinds", "智能制造平台"),
    ],
)
def test_show(run, id_, words):
    done = run("show", id_)
    assert (done.code, done.err) == (0, "")
    assert words in done.out


def test_show_knows_every_id(corpus, capsys):
    articles = [f"{policy.id}/{article}" for policy in corpus.policies.values() for article in policy.articles]
    for id_ in (*corpus.policies, *articles, *corpus.measures, *corpus.facts):
        listing.show(corpus, id_)
        assert capsys.readouterr().out, id_


@pytest.mark.parametrize("id_", ["nowhere", "haizhu-2022/99", "nowhere/3.1", "/", "", "\udcff"])
def test_show_with_an_unknown_id(run, id_):
    done = run("show", id_)
    assert (done.code, done.out) == (1, "")
    assert "huiqi policies" in done.err


def test_lint_names_place_and_mend_and_ends_with_1(run, two_documents):
    article = two_documents / "haizhu-2022" / "article-03.yaml"
    before = article.read_text(encoding="utf-8")
    article.write_text(before.replace("cap: 500万元", "cap: 501万元", 1), encoding="utf-8")
    line = before[: before.index("cap: 500万元")].count("\n") + 1
    done = run("--corpus", str(two_documents), "lint")
    assert done.code == 1
    assert re.search(rf"haizhu-2022/article-03.yaml 第{line}行：.*501万元.*改法：", done.out)
    assert re.search(r"共 \d+ 个问题", done.err)


def test_lint_checks_the_curated_answers_too(run, monkeypatch):
    wrong = Problem("faq/terms.yaml", 3, "“40%”不在引文里", "在引文里", "改数")
    monkeypatch.setattr(linting, "lint", lambda *_: [])
    monkeypatch.setattr(linting, "lint_faq", lambda _: [wrong])
    done = run("lint")
    assert (done.code, done.out) == (1, f"{wrong}\n")
    monkeypatch.setattr(linting, "lint_faq", lambda _: [])
    monkeypatch.setattr(linting, "faq_schema_is_current", lambda: False)
    done = run("lint")
    assert done.code == 1
    assert "knowledge/faq/schema 与模型不一致" in done.out


def test_help_of_everything_is_chinese(run):
    shown = run("--help")
    assert (shown.code, shown.err) == (0, "")
    for command in COMMANDS:
        assert re.search(rf"\b{command}\b.*[一-鿿]", shown.out), command
        done = run(command, "--help")
        assert (done.code, done.err) == (0, "")
        described = [row for row in done.out.splitlines() if re.search(r"--(?!help)[a-z]", row)]
        assert all(map(is_chinese, described)), described
        assert run(command, "-h").out == done.out


def test_no_command_shows_the_help(run):
    done = run()
    assert done.code == 2
    assert "assess" in done.out + done.err


@pytest.mark.parametrize(
    "arguments",
    [["nonsense"], ["chat", "--bogus"], ["show"], ["assess", "--as-of"], ["--corpus"], ["show", "a", "b"], ["facts", "a", "b"]],
)  # fmt: skip
def test_wrong_usage_is_code_2_and_points_to_the_help(run, arguments):
    done = run(*arguments)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("命令写法不对：")
    assert "huiqi --help" in done.err


@pytest.mark.parametrize("arguments", [["facts"], ["facts", "--json"], ["show", "haizhu-2022"], ["assess", "--json"]])
def test_a_reader_that_goes_away_leaves_no_traceback(home, arguments):
    child = subprocess.Popen([*LAUNCH, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert child.stdout is not None
    child.stdout.close()
    _, err = child.communicate(timeout=120)
    assert b"Traceback" not in err
    assert b"Exception" not in err


def test_a_reader_that_goes_away_in_the_middle_of_many_lines(home):
    child = subprocess.Popen(
        [*LAUNCH, "assess", "--jsonl"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert child.stdin is not None
    assert child.stdout is not None
    child.stdin.write(b"{}\n{}\n{}\n")
    child.stdin.flush()
    assert child.stdout.read(10)
    child.stdout.close()
    _, err = child.communicate(b"{}\n" * 20, timeout=120)
    assert b"Traceback" not in err
    assert b"Exception" not in err
