"""``huiqi assess --jsonl``: one object a line in, one a line out, in order, whatever the line holds."""

from __future__ import annotations

import io
import json
import select
import subprocess
from datetime import date
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.cli.assessing import stream
from bot.contract import assessment_json
from policies.engine.engine import Engine
from policies.load import load
from policies.values import Span, Value
from tests.bot.conftest import LAUNCH
from tests.strategies import POLICIES, Enterprises

TODAY = date(2024, 3, 15)
ENGINE = Engine(load())
ENTERPRISES = Enterprises(ENGINE)
SURROGATE = "\ud800"

Json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=12),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)
ENVIRONMENTS = [
    {"PYTHONHASHSEED": "1"},
    {"PYTHONHASHSEED": "2", "PYTHONIOENCODING": "ascii"},
    {"PYTHONIOENCODING": "gbk", "LC_ALL": "C"},
]
KEYS = st.sampled_from(sorted(ENGINE.corpus.facts))
MONEY = [key for key, fact in ENGINE.corpus.facts.items() if fact.type == "money"]
WORDS = st.sampled_from(
    ["八千多万", "1200万元", "30%", "15家", "是", "-5", "", "1e9", "不到一个亿", "五六百万", "海珠区"]
)
DAYS = st.sampled_from(["2024-03-15", "2025-07-04", "2024-02-30", "", "9999-12-31", "0001-01-01", SURROGATE])
REQUESTS = st.fixed_dictionaries(
    {},
    optional={
        "policy": st.sampled_from([*POLICIES, None, "x"]) | Json,
        "as_of": DAYS | Json,
        "facts": st.dictionaries(KEYS | st.text(max_size=5), Json | WORDS, max_size=4) | Json,
        "more": Json,
    },
)


def answers(raw: bytes) -> list[dict[str, Any]]:
    out = io.StringIO()
    stream(ENGINE, io.BytesIO(raw), out, TODAY)
    text = out.getvalue()
    text.encode()  # every answer can be written as UTF-8
    assert not text or text.endswith("\n")
    return [json.loads(line) for line in text.split("\n")[:-1]]


def line(**request: Any) -> bytes:
    return json.dumps(request, ensure_ascii=False).encode() + b"\n"


@given(Json | REQUESTS)
@example({"facts": {SURROGATE: 1}})
@example({"facts": {"district": SURROGATE}})
@example({"facts": {"main_revenue": float("nan")}})
@example({"facts": {"main_revenue": float("-inf")}})
@example({"facts": {"main_revenue": 1e300}})
@example({"facts": dict.fromkeys(MONEY, 10**4298)})
@example({"facts": {"platform_kinds": [["a"]]}})
def test_any_json_value_is_answered_on_one_line(value):
    raw = json.dumps(value).encode()
    (answer,) = answers(raw + b"\n")
    assert ("error" in answer) != ("assessments" in answer)
    if "error" in answer:
        assert set(answer["error"]) == {"code", "field", "message"}
        assert answer["error"]["message"]


@given(st.lists(st.binary(max_size=20).map(lambda raw: raw.replace(b"\n", b" ")), max_size=5))
def test_any_bytes_are_answered_line_by_line(lines):
    assert len(answers(b"\n".join(lines))) == sum(bool(one.strip()) for one in lines)


def number(key: str, base: int) -> int | str:
    """A number of a fact as an enterprise's program would write it: a JSON number where it is whole, else with its unit."""
    fact = ENGINE.corpus.facts[key]
    sign, size = "-" if base < 0 else "", abs(base)
    if fact.type == "money":
        return base // 100 if base % 100 == 0 else f"{sign}{size // 100}.{size % 100:02d}元"
    if fact.type == "share":
        return f"{sign}{size // 10_000}.{size % 10_000:04d}%"
    return base


def written(key: str, value: Value | None) -> Any:
    """A value as JSON."""
    if isinstance(value, frozenset):
        return sorted(value)
    if not isinstance(value, Span):
        return value
    if value.exact and value.low is not None:
        return number(key, value.low)
    sides = {"at_least": value.low, "at_most": value.high}
    return {side: number(key, edge) for side, edge in sides.items() if edge is not None}


@settings(max_examples=40)
@given(st.sampled_from(POLICIES).flatmap(ENTERPRISES.answers))
def test_facts_written_as_json_are_the_facts_meant(facts):
    (answer,) = answers(line(facts={key: written(key, value) for key, value in facts.items()}, as_of="2024-03-15"))
    assert answer == json.loads(json.dumps(assessment_json(ENGINE, ENGINE.assess(facts, TODAY))))


def test_the_order_is_kept_and_a_bad_line_stops_nothing():
    raw = (
        line(policy="haizhu-2022")
        + b"not json\n"
        + line(policy="foshan-2020", as_of="2022-06-01")
        + line(policy="nowhere")
        + "\xff\xfe\n".encode("latin-1")
        + b"[]\n"
        + b"[" * 100_000
        + b"\n"
        + b'{"policy": "huangpu-2019"}'
    )
    got = answers(raw)
    shown = [one["error"]["code"] if "error" in one else one["assessments"][0]["policy"] for one in got]
    assert shown == [
        "haizhu-2022", "bad_json", "foshan-2020", "bad_request", "bad_json", "bad_request", "bad_json", "huangpu-2019",
    ]  # fmt: skip
    assert [one.get("as_of") for one in (got[0], got[2])] == ["2024-03-15", "2022-06-01"]


def test_an_empty_line_is_no_request():
    assert len(answers(b"\n  \n{}\r\n\n{}")) == 2
    assert answers(b"") == []


def test_half_a_character_comes_back_as_it_went_in():
    (answer,) = answers(b'{"facts": {"\\ud800": 1}}')
    assert answer["error"]["field"] == f"facts.{SURROGATE}"


@pytest.mark.parametrize("number", ["9" * 4400 + "元", "9" * 5000, "9" * 5000 + "万元", "0." + "0" * 5000 + "1元"])
def test_a_number_of_thousands_of_digits_is_refused_as_a_number(number):
    (answer,) = answers(line(facts={"main_revenue": number}))
    assert answer["error"]["code"] == "bad_request"
    assert answer["error"]["field"].startswith("facts")
    assert "JSON" not in answer["error"]["message"]


def test_every_answer_is_written_before_the_next_line_is_read():
    out = io.StringIO()
    seen: list[int] = []

    class Lines(io.BytesIO):
        def __next__(self) -> bytes:
            seen.append(out.getvalue().count("\n"))
            return super().__next__()

    stream(ENGINE, Lines(b"{}\n{}\n"), out, TODAY)
    assert seen == [0, 1, 2]


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_a_process_speaks_utf8_in_every_locale_and_says_the_same_every_time(process, environment):
    raw = line(policy="haizhu-2022", as_of="2024-03-15", facts={"cross_platform_investment": "八千多万"}) + b"oops\n"
    done = process("assess", "--jsonl", given=raw, **environment)
    assert (done.code, done.err) == (0, "")
    first, second = map(json.loads, done.out.splitlines())
    assert first == answers(raw)[0]
    assert second["error"]["code"] == "bad_json"


def test_a_process_answers_a_line_before_it_gets_the_next(home):
    child = subprocess.Popen([*LAUNCH, "assess", "--jsonl"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert child.stdin is not None
    assert child.stdout is not None
    child.stdin.write(b"oops\n")
    child.stdin.flush()
    came, _, _ = select.select([child.stdout], [], [], 60)  # seconds; reached only when nothing comes
    child.communicate(timeout=60)
    assert came


def test_the_date_of_the_command_is_the_default_of_the_lines(run):
    done = run("assess", "--jsonl", "--as-of", "2023-05-01", given=line() + line(as_of="2022-01-01"))
    assert done.code == 0
    assert [json.loads(one)["as_of"] for one in done.out.splitlines()] == ["2023-05-01", "2022-01-01"]


@pytest.mark.parametrize("arguments", [["main_revenue=1万元"], ["--policy", "haizhu-2022"]])
def test_facts_and_document_stand_in_the_lines_only(run, arguments):
    done = run("assess", "--jsonl", *arguments, given=line())
    assert (done.code, done.out) == (2, "")
    assert "每一行" in done.err
